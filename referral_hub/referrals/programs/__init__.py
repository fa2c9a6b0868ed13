"""Referral Programs: which one applies (`applying`), and what HR may write in one (`editing`).

Decides with `rules/deciding/program.py` alone. Called by `policy`, the portal and the DocType's controller.
"""
