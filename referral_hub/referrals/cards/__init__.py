"""Employees without a user account refer by a personal signed card: `cards.service` issues, reads and revokes it.

A card says whose it is, so that a lost one is recognised; it shows candidates by initial only and can do little in a day.
Called by the desk's API, the page /refer/TOKEN and HRMS's events. Nothing here commits.
"""
