"""Sites installed before there was a survey get its themes once."""

from referral_hub.setup.words.survey.themes import make_themes


def execute():
	make_themes()
