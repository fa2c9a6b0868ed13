"""A person of the pool is forgotten: what stays is a row that counts. What the platform keeps beside it the flow removes.

Kept are the reason, the days, the company, the post, how often there was contact and who recommended: numbers stay true. Everything
else is emptied, so that a field added tomorrow is emptied too.
"""

import frappe
from frappe.utils import now_datetime

from referral_hub.talent import signals
from referral_hub.talent.archive import former
from referral_hub.talent.cadence import closing
from referral_hub.talent.capturing import ties
from referral_hub.talent.requests import ending
from referral_hub.talent.states import ANONYMISED, lock
from referral_hub.talent.stopping import stop
from referral_hub.talent.wecom import calling_off

DOCTYPE = "Talent Pool Record"
_COUNTS = frozenset(
	{
		*("company", "reason", "reason_given", "happened_on", "captured_on", "preferences"),
		*("applied_for", "designation", "job_opening", "matched_on", "contacts", "last_contact_on"),
		*("interview_rounds", "likelihood", "hired_on", "referral", "referrer", "referrer_name"),
		*("first_referrer", "first_referral", "first_referred_on"),
	}
)
_HIDDEN = ("_user_tags", "_comments", "_liked_by", "_assign", "_seen")
_NUMBERS = ("Int", "Currency", "Rating", "Check", "Float")


def forget(records: set[str], why: str = "") -> None:
	for name in sorted(records):
		anonymise(name, why)


def anonymise(name: str, why: str = "") -> bool:
	"""Empty a record and the words of its contacts, below the documents; False when that was done before."""
	record = lock(name)
	if record.state == ANONYMISED:
		return False
	stop(name, why or ANONYMISED)
	values = {field.fieldname: 0 if field.fieldtype in _NUMBERS else None for field in _personal(record.meta)}
	values |= {column: None for column in _HIDDEN if column in frappe.db.get_table_columns(DOCTYPE)}
	values |= {
		"person_name": name,
		"state": ANONYMISED,
		"state_on": now_datetime(),
		"state_reason": why or None,
	}
	number = record.phone_key
	frappe.db.set_value(DOCTYPE, name, values)
	ties.pass_on(number)
	_empty_contacts(name)
	closing.forget(name)
	ending.forget(name)
	signals.forget(name)
	former.forget(name)
	frappe.clear_document_cache(DOCTYPE, name)
	return True


def _personal(meta) -> list:
	stored = [field for field in meta.fields if field.fieldtype not in frappe.model.no_value_fields]
	return [field for field in stored if field.fieldname not in _COUNTS]


def _empty_contacts(record: str) -> None:
	"""That there was a contact stays, what was said goes."""
	values = {"summary": None, "communication": None}
	frappe.db.set_value("Talent Interaction", {"record": record}, values, update_modified=False)
	calling_off.forget(record)
