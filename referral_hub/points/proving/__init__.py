"""Proof that the ledger is sound: its invariants checked on the data, daily heads kept outside it, findings in words.

Moves no points. Called by `points.service`, `hub-verify` and the daily task that keeps the heads.
"""
