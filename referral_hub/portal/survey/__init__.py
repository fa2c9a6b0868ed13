"""The minute after a referral: the page for employees (`mine`), the one behind a candidate's link (`guest`), and the form both show."""
