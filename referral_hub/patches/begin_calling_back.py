"""Sites with a talent pool from before people were called back get the first words for it; HR edits, disables and adds."""

from referral_hub.setup.words.recall_templates import make_recall_templates


def execute():
	make_recall_templates()
