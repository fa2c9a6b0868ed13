"""The card of one employee: a signed link as a QR code. It dies with the employment, by date, or by HR's hand.

It does not follow somebody who gets a second Employee record: it was printed with the company, and lies about on paper. HR prints a
new one, which shows and counts what was referred by the old one.
"""

import frappe
from frappe.utils import cint, nowdate

from referral_hub import tokens
from referral_hub.people.employments import records_of
from referral_hub.referrals import errors, service
from referral_hub.referrals.making import replay
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules.eligibility import NotEligible
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.tokens import Subject

CHANNEL = "QR"
_SHOWN = 50
_FIELDS = ("name", "employee_name", "first_name", "company", "department", "designation", "status")


def issue(employee: str) -> str:
	"""Make a new card and let the earlier ones die; return its token, which nobody can read again."""
	return tokens.reissue(Purpose.REFER, "Employee", employee, cint(settings().card_days))


def revoke(employee: str) -> int:
	return tokens.revoke(Purpose.REFER, Subject("Employee", employee))


def live(employee: str) -> list[frappe._dict]:
	return tokens.live(Purpose.REFER, Subject("Employee", employee))


def opened_by(token: object) -> frappe._dict | None:
	"""Return whose card this is, None for a card that opens nothing and for somebody who doesn't work here now."""
	subject = tokens.read(Purpose.REFER, token)
	row = subject and frappe.db.get_value("Employee", subject.name, list(_FIELDS), as_dict=True)
	return row if row and row.status == "Active" else None


def of_leavers() -> list[str]:
	"""Return whose cards still live though they don't work here: HR's tools may set a status without any event."""
	token, employee = frappe.qb.DocType(tokens.DOCTYPE), frappe.qb.DocType("Employee")
	query = frappe.qb.from_(token).join(employee).on(employee.name == token.subject)
	query = query.where((token.purpose == Purpose.REFER.value) & (token.revoked == 0))
	return query.where(employee.status != "Active").select(employee.name).distinct().run(pluck=True)


def refer(employee: str, candidate: Candidate, opening: str | None, submission_key: str):
	"""Refer somebody by card; raises what `service.submit` raises, and NotEligible when the card did enough for today."""
	frappe.db.get_value("Employee", employee, "name", for_update=True)  # two phones, one limit
	most = cint(settings().card_referrals_per_day)
	key = f"card:{submission_key}"
	if made_today(employee) >= most and not _was_sent_before(employee, key):
		errors.refuse(NotEligible("card_used_up", limit=most))
	return service.submit(employee, candidate, opening, channel=CHANNEL, submission_key=key)


def _was_sent_before(employee: str, key: str) -> bool:
	"""Say whether the same form made a referral before: sending it twice is no second one."""
	return bool(frappe.db.exists("Referral", {"submission_key": replay.key_of(employee, key)}))


def made_today(employee: str) -> int:
	by_card = {"referrer": ("in", records_of(employee)), "channel": CHANNEL, "link": ("is", "not set")}
	return frappe.db.count("Referral", {**by_card, "submitted_on": (">=", nowdate())})


def referrals_of(employee: str) -> list[frappe._dict]:
	"""Return this employee's newest referrals as a card may show them: whoever finds one learns nobody's name."""
	fields = ["name", "candidate_name", "stage", "outcome", "submitted_on", "stage_changed_on", "erased_on"]
	rows = frappe.get_all(
		"Referral",
		{"referrer": ("in", records_of(employee))},
		fields,
		order_by="submitted_on desc, name desc",
		limit_page_length=_SHOWN,
	)
	for row in rows:
		row.initial = "" if row.erased_on else f"{row.pop('candidate_name')[:1].upper()}."
	return rows
