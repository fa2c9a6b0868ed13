"""What employees read: openings that accept referrals, their own referrals, and what happened in sentences. Reads only."""
