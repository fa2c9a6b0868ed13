"""Where a referral stands: facts gathered from HRMS, derived, written on its timeline, healed when a hint was missed."""
