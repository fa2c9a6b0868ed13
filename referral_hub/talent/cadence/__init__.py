"""Asks people to call somebody of the pool: `people` reads who stands where, `planning` says when, `prompts` asks, `closing` ends it.

Nothing is ever sent from here. What comes when is decided by `rules.cadence`.
"""
