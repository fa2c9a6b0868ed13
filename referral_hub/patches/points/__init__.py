"""What sites with points or a points shop from before are given once."""
