"""Sites installed before the talent pool had saved views get them once."""

from referral_hub.setup.views import make_views


def execute():
	make_views()
