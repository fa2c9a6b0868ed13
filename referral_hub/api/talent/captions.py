"""HR writes what pictures and voices show that go to people of the talent pool. HR roles only; changes by POST."""

import frappe

from referral_hub.permissions import HR_ROLES
from referral_hub.talent.templates import captions, media


@frappe.whitelist(methods=["GET"])
def of_template(template: str) -> list[dict]:
	"""Return the pictures and voices of a template: [{"file", "file_name", "kind", "caption", "caption_zh"}].

	:param template: name of the Recall Template. Raises PermissionError when the caller may not read it.
	"""
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(media.TEMPLATE, template).check_permission("read")
	return media.with_captions(template)


@frappe.whitelist(methods=["POST"])
def write(file: str, caption: str = "", caption_zh: str = "") -> None:
	"""Write what a picture shows or a voice says, in a line; both may be empty.

	:param file: name of a File that is attached to a Recall Template or a Talent Pool Record. Raises PermissionError when the caller may
		not write that, NotSentAlong for any other file.
	:param caption: in English, at most 140 characters; NoCaption for more.
	:param caption_zh: in Chinese, likewise.
	"""
	frappe.only_for(tuple(HR_ROLES))
	doctype, name = media.hangs_on(file)
	frappe.get_doc(doctype, name).check_permission("write")
	captions.write(file, caption, caption_zh)
