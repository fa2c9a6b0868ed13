"""The language of who asked for something that a job does: Frappe lets every job speak the site's.

For what a person will read as it came out: reports that the desk prepares in the background or sends by mail.
"""

from functools import wraps

import frappe

from referral_hub.wording import languages


def in_their_language(work):
	"""Let a function speak to the user it runs for; a request has set that already."""

	@wraps(work)
	def spoken(*args, **kwargs):
		if not getattr(frappe.local, "job", None):
			return work(*args, **kwargs)
		with languages.speaking_to(frappe.session.user):
			return work(*args, **kwargs)

	return spoken
