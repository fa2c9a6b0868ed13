"""Badges and levels for other programs: `desk` for HR, `portal` for employees."""
