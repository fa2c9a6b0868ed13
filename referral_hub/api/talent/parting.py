"""HR says that one record of the talent pool holds two people. HR roles only, for records they may write; the change by POST."""

import frappe
from frappe import _

from referral_hub.permissions import HR_ROLES
from referral_hub.retry import retry_deadlocks
from referral_hub.talent.parting import choosing, splitting
from referral_hub.talent.parting.splitting import Chosen, NotParted

RECORD = choosing.DOCTYPE
_PARTS = ("applications", "addresses", "contacts", "mails", "signals", "files")


@frappe.whitelist(methods=["GET"])
def facts(record: str) -> dict:
	"""Return what may be another person's: {"applications", "addresses", "contacts", "mails", "signals", "files"}, rows with a "name".

	An application: {name, person_name, opening, on, email, phone}. An address that stands on none of them: {name, kind, contact}. A contact
	or a signal: {name, kind, on, words}. A mail or a file: {name, words}.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	"""
	_check(record)
	return choosing.shown(frappe.get_doc(RECORD, record))


@frappe.whitelist(methods=["POST"])
def split(record: str, name: str, stays_as: str, chosen: str | dict, has_decided: int = 0) -> str:
	"""Make two records of one that holds two people; return the new one. Links that were sent to either open nothing any more.

	:param record: name of the Talent Pool Record. Raises PermissionError when the caller may not write it.
	:param name: of the other person.
	:param stays_as: name of the person who stays in this record.
	:param chosen: what is the other person's, as JSON: {part: [name]} of what `facts` returns. Raises NotParted where it is not there any
		more, where nobody would be known by it, and where the two would be taken for one person again.
	:param has_decided: 1: what was agreed to, a no, or the wish to be deleted, is the other person's.
	"""
	_check(record)
	if not frappe.has_permission(RECORD, "create"):
		raise frappe.PermissionError
	parts = {part: frozenset(rows) for part, rows in _parts(chosen).items()}
	wanted = Chosen(name, stays_as, **parts, has_decided=bool(has_decided))
	return retry_deadlocks(lambda: splitting.split(record, wanted))


def _parts(chosen: str | dict) -> dict[str, list[str]]:
	try:
		found = frappe.parse_json(chosen)
	except ValueError:
		found = None
	rows = [found.get(part) or [] for part in _PARTS] if isinstance(found, dict) else [None]
	if not all(isinstance(each, list) and all(isinstance(name, str) for name in each) for each in rows):
		frappe.throw(_("Something that was chosen is not in this record any more. Look again."), NotParted)
	return dict(zip(_PARTS, rows, strict=True))


def _check(record: str) -> None:
	frappe.only_for(tuple(HR_ROLES))
	frappe.get_doc(RECORD, record).check_permission("write")
