"""What HR does for those who refer: what it announces, the referrers' club, learning how to refer."""
