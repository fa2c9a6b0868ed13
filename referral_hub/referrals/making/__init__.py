"""Makes referrals, one use case a module: `submit`, `invite`, and `admit` for whoever was invited.

`proposals` decides whether it may be, from what `situation` gathers; `ownership` locks the candidate, `records` writes.
The three put them together in one transaction each.
Called through `referrals.service`; nothing here commits.
"""
