"""Referrals that begin elsewhere: an applicant who names somebody, and HRMS's own Employee Referral. Pure."""
