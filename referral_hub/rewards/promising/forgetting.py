"""Referrals with whom they protect, rewards and debts of a deleted employee stay, and are not those of the next one with that number."""

from referral_hub.people.deleted import set_aside_in

OWNED_BY = (
	("Referral", "referrer"),
	("Candidate Key", "referrer"),
	("Referral Reward", "referrer"),
	("Referral Reward", "employee"),
	("Reward Recovery", "employee"),
	("Reward Fulfilment", "employee"),
)


def forget_employee(employee: str) -> None:
	"""Leave what they were promised or owe to nobody: it waits for HR, who finds it by who it was."""
	set_aside_in(employee, *OWNED_BY)
