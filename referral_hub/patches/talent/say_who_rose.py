"""Sites from before get our words for those to whom growing matters; what HR deleted of the others stays away."""

from referral_hub.setup.words.recall_templates import FOR_WHOM, make_recall_templates


def execute() -> None:
	make_recall_templates(FOR_WHOM)
