"""The language of who asked for something that a job does: Frappe lets every job speak the site's.

For what a person will read as it came out: reports that the desk prepares in the background or sends by mail.
"""

from functools import wraps

import frappe
from frappe.translate import get_user_lang


def in_their_language(work):
	"""Let a function speak to the user it runs for; a request has set that already."""

	@wraps(work)
	def spoken(*args, **kwargs):
		if not getattr(frappe.local, "job", None):
			return work(*args, **kwargs)
		before, frappe.local.lang = frappe.local.lang, get_user_lang()
		try:
			return work(*args, **kwargs)
		finally:
			frappe.local.lang = before

	return spoken
