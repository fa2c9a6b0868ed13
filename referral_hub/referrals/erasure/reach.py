"""How far an erasure reaches, and what of that a person is shown who asks what is held about them: one list for both.

Whatever an erasure empties or deletes is shown, but for what is in NOT_SHOWN, with the reason. A DocType added tomorrow that links to a
person's records is emptied and shown. Called by `referrals.consent.erasing` and by the flow.
"""

import frappe

from referral_hub.referrals.erasure import traces, words
from referral_hub.referrals.erasure.person import APPLICANT, FORM, RECORD, Person

_PAY, _KEY = "what a colleague earns", "a key that says nothing to anybody"
_LOG = "a log of what users of the system did, or of what went wrong in it"
_COPY = "a copy of what is shown, or of what a colleague was told"
# DocType -> why a person is not shown it; docs/hr-talent-pool.md says the same to HR
NOT_SHOWN = {
	"Referral Reward": _PAY,
	"Candidate Key": _KEY,
	**dict.fromkeys(
		("Version", "View Log", "Activity Log", "Access Log", "Route History", "Error Log"), _LOG
	),
	**dict.fromkeys(("Document Follow", "DocShare", traces.WEBHOOK_LOG), _LOG),
	**dict.fromkeys(("Communication Link", "Email Queue", "Notification Log", "Deleted Document"), _COPY),
}
# what colleagues and HR were told is theirs
_TOLD_TO_OTHERS = {"Referral Message": ("recipient", "user")}


def rows_about(person: Person, with_hrms: bool) -> list[tuple[str, str]]:
	"""Return (DocType, name) of every record about a person: their own, the first one first, and whatever links to one of them."""
	own = [(RECORD, person.records), ("Referral", person.referrals)]
	own += [(APPLICANT, person.applicants), (FORM, person.forms)] if with_hrms else []
	rows = [(doctype, name) for doctype, names in own for name in sorted(names)]
	return list(dict.fromkeys([*rows, *words.linking_rows(person, with_hrms)]))


def shown(person: Person) -> dict[str, list[str]]:
	"""Return {DocType: names} of all that a person is shown of what an erasure would take."""
	found: dict[str, list[str]] = {}
	for doctype, name in rows_about(person, with_hrms=True):
		_add(found, doctype, [name])
		_add_beside(found, doctype, name)
	for doctype, names in traces.holding(person):
		_add(found, doctype, names)
	for name in traces.contacts_of(person):
		_add(found, "Contact", [name])
		_add_beside(found, "Contact", name)
	return {doctype: names for doctype, names in found.items() if names}


def _add_beside(found: dict[str, list[str]], doctype: str, name: str) -> None:
	_add(found, "File", traces.files_of(doctype, name))
	for kept_in, names in traces.beside(doctype, name):
		new = _add(found, kept_in, names)
		for each in new if kept_in in traces.HAVE_TRACES else ():
			_add_beside(found, kept_in, each)


def _add(found: dict[str, list[str]], doctype: str, names: list[str]) -> list[str]:
	"""Add what is not there yet and is not left out; return it."""
	if doctype in NOT_SHOWN:
		return []
	known = found.setdefault(doctype, [])
	new = [
		name for name in dict.fromkeys(names) if name not in known and not _is_told_to_another(doctype, name)
	]
	known += new
	return new


def _is_told_to_another(doctype: str, name: str) -> bool:
	columns = _TOLD_TO_OTHERS.get(doctype)
	return bool(columns and any(frappe.db.get_value(doctype, name, columns) or ()))
