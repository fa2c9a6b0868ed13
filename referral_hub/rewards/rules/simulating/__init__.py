"""Real referrals played through rules that were never in force: what they would have cost, and for whom. Pure."""
