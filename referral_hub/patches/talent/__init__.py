"""What sites with a talent pool from before are given once."""
