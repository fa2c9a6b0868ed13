"""Pages about what referrals have brought: my score, level and badges; who refers best."""
