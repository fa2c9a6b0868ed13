"""Makes referrals, one use case a module: `submit`, `invite`, and `admit` for whoever was invited.

`proposals` decides whether it may be, `records` writes it; the three put them together in one transaction each.
Called through `referrals.service`; nothing here commits.
"""
