"""The form of a Performance Path: its picture, and the path as a file."""

import frappe
from frappe import _

from referral_hub.background import start_after_commit
from referral_hub.paths import files, links, reading
from referral_hub.paths.rules import diagram
from referral_hub.paths.rules.diagram import Words
from referral_hub.people import places
from referral_hub.permissions import HR_ROLES


@frappe.whitelist()
def picture(path: str) -> str:
	"""Return a path the caller may read as SVG, every word escaped.

	:param path: name of a Performance Path
	"""
	document = _readable(path)
	words = {
		row.code: Words(row.title or row.designation, _months(row.usual_months)) for row in document.levels
	}
	return diagram.picture(reading.ladder_of(document), words, document.path_name)


@frappe.whitelist()
def export_path(path: str, kind: str = "csv") -> dict:
	"""Return a path the caller may read as a file.

	:param path: name of a Performance Path
	:param kind: "csv" (levels and requirements) or "json" (everything)
	Returns {"file_name", "content"}.
	"""
	document = _readable(path)
	return {"file_name": f"{document.path_name}.{kind}", "content": files.written(document, kind)}


@frappe.whitelist(methods=["POST"])
def import_path(path: str, content: str, kind: str = "csv") -> dict:
	"""Put what a file holds in the place of a path's rows; all of it, or nothing.

	:param path: name of a Performance Path the caller may write
	:param content: the text of the file
	:param kind: "csv" (former names stay) or "json"
	Returns {"levels": n, "requirements": n}. Raises UnreadableFile, InvalidPath.
	"""
	document = frappe.get_doc("Performance Path", path)
	document.check_permission("write")
	document = files.taken(document, content, kind)
	return {"levels": len(document.levels), "requirements": len(document.requirements)}


@frappe.whitelist(methods=["POST"])
def count_again(show_anew: int = 0) -> None:
	"""Have the figures of all paths counted again, in the background.

	:param show_anew: 1 to have employees and candidates see the figures of today
	"""
	frappe.only_for(("HR Manager", "System Manager"))
	if any(places.allowed(kind, "Path Evidence") for kind in places.KINDS.values()):
		frappe.throw(
			_("These figures are of all companies: HR of one can't have them counted."),
			frappe.PermissionError,
		)
	start_after_commit("referral_hub.tasks.count_path_figures", "long", show_anew=bool(int(show_anew)))


@frappe.whitelist(methods=["POST"])
def make_link(offer: str) -> str:
	"""Return the address of a page that shows the path of an offer's designation, for a while and without a login.

	:param offer: name of a Job Offer the caller may write. Raises NoPathToShow.
	"""
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(links.OFFER, offer).check_permission("write")
	return links.make(links.OFFER, offer)


def _readable(path: str):
	document = frappe.get_doc("Performance Path", path)
	document.check_permission("read")
	return document


def _months(number: int) -> str:
	if not number:
		return ""
	return _("usually 1 month") if number == 1 else _("usually {0} months").format(number)
