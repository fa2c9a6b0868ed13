"""What a referrer and a candidate may know about where a referral stands. Pure."""
