"""Sites installed before there were boards get them once."""

from referral_hub.setup.views import make_boards


def execute():
	make_boards()
