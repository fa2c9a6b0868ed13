"""/hello/TOKEN: pictures and voices that went to somebody of the talent pool, for whoever got the link by a messenger. It names nobody."""

import frappe
from frappe import _

from referral_hub.portal import page
from referral_hub.portal.guests import entrance, languages
from referral_hub.talent.templates import media


def get_context(context):
	row = entrance.open_by_token(context, media.ROOM, media.opened_by)
	if not row:
		return None
	if frappe.form_dict.get("file"):
		return file_of(context, row.name)
	here = f"/{media.ROOM}/{context.token}"
	languages.offer(context, here)
	title = _("Hello from {0}").format(row.company or context.brand.name)
	context.update(template="guests/hello.html", here=here, files=row.files, title=title)
	return None


def file_of(context, record: str) -> page.Shown | None:
	"""Answer with one file that went to this person; the page that says no for any other."""
	found = media.read(record, str(frappe.form_dict.get("file")))
	return page.Shown(*found) if found else entrance.gone(context)
