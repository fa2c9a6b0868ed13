"""Referral Links: made for an employee or an event, opened by code, switched off. Counts are kept by `visits` and `applications`.

A link that does not work (any more) is None for everybody who asks from outside, whatever the cause.
"""

import os

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import Order
from frappe.utils import cint, get_url, getdate, nowdate
from frappe.utils.password import get_encryption_key

from referral_hub.people.employments import record_now, records_of
from referral_hub.referrals.making import situation
from referral_hub.referrals.policy import settings
from referral_hub.referrals.rules.sharing import links as rules
from referral_hub.referrals.rules.sharing.links import Channel, LinkState
from referral_hub.referrals.showing import catalogue

DOCTYPE = "Referral Link"
LONGEST_MESSAGE = 500
SAVEPOINT = "referral_hub_link"
SHOWN = (
	"name",
	"code",
	"channel",
	"enabled",
	"expires_on",
	"event_name",
	"employee",
	"employee_name",
	"job_opening",
	"company",
	"message",
	"referral",
	"clicks",
	"applications",
	"creation",
	"reminded_on",
)


class LinkRefused(frappe.ValidationError):
	"""A link that can't be made like this."""


def prepare(link: Document) -> None:
	"""Give a new link its code and an end."""
	link.code = rules.make_code(os.urandom(4 * rules.LENGTH))
	if not link.expires_on:
		link.expires_on = rules.expires_on(getdate(nowdate()), cint(settings().link_lifetime_days))


def validate(link: Document) -> None:
	"""Check what HR typed; a link of an employee stays that employee's."""
	link.message = (link.message or "").strip()
	if len(link.message) > LONGEST_MESSAGE:
		frappe.throw(_("Please shorten the words to {0} characters.").format(LONGEST_MESSAGE), LinkRefused)
	if link.channel == Channel.EVENT:
		_check_event(link)
	elif not link.employee:
		frappe.throw(_("Employees make their own links on the portal. Choose Event here."), LinkRefused)
	if link.job_opening:
		link.company = frappe.db.get_value("Job Opening", link.job_opening, "company") or link.company
	link.slot = _slot(link) if link.enabled and link.channel in rules.SHARED_BY_EMPLOYEES else None


def _check_event(link: Document) -> None:
	link.event_name = " ".join((link.event_name or "").split())
	if not link.event_name:
		frappe.throw(_("Please name the event."), LinkRefused)
	link.employee = link.employee_name = None


def _slot(link: Document) -> str:
	"""One working link per employee, opening and way: the database sees to it."""
	return rules.digest(get_encryption_key(), "slot", link.employee, link.job_opening or "", link.channel)


def share(employee: str, opening: str | None, message: str | None = None) -> list[str]:
	"""Make the links an employee shares for this opening, or for all; those that exist stay. Returns their names."""
	return [_get_or_make(employee, opening, channel, message) for channel in rules.SHARED_BY_EMPLOYEES]


def _get_or_make(employee: str, opening: str | None, channel: Channel, message: str | None) -> str:
	link = frappe.new_doc(DOCTYPE)
	link.update(_of_employee(employee, opening, channel, message))
	existing = _existing(link)
	if existing and not is_over(existing.expires_on):
		return existing.name
	if existing:
		switch_off(existing)
	return _insert_or_find(link)


def _existing(link: Document) -> frappe._dict | None:
	"""Return the working link of this person for the same opening and way, by whichever record they made it."""
	slots = [_slot(frappe._dict(link.as_dict(), employee=each)) for each in records_of(link.employee)]
	found = frappe.get_all(DOCTYPE, {"slot": ("in", slots)}, ["name", "expires_on"], order_by="creation desc")
	return found[0] if found else None


def _insert_or_find(link: Document) -> str:
	"""Insert a link, or return the one that another tab made in its place meanwhile."""
	frappe.db.savepoint(SAVEPOINT)
	try:
		link.insert(ignore_permissions=True)
	except (frappe.UniqueValidationError, frappe.DuplicateEntryError):
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_messages()
		first = frappe.db.get_value(DOCTYPE, {"slot": link.slot}, "name", for_update=True)
		if not first:
			raise frappe.QueryDeadlockError("the other link was undone meanwhile") from None
		return first
	frappe.db.release_savepoint(SAVEPOINT)
	return link.name


def make_invitation_link(referral: Document, message: str) -> Document:
	"""Make the link of one invitation; it leads to the opening the referral is for."""
	link = frappe.new_doc(DOCTYPE)
	link.update(_of_employee(referral.referrer, referral.job_opening, Channel.INVITE, message))
	link.update({"referral": referral.name, "company": referral.company})
	return link.insert(ignore_permissions=True)


def _of_employee(employee: str, opening: str | None, channel: Channel, message: str | None) -> dict:
	row = frappe.db.get_value("Employee", employee, ["employee_name", "company"], as_dict=True)
	return {
		"channel": channel.value,
		"employee": employee,
		"employee_name": row.employee_name,
		"job_opening": opening,
		"company": row.company,
		"message": message or "",
	}


def open(code: str | None, any_opening: bool = False) -> frappe._dict | None:
	"""Return the link of this code when it works today, else None. `any_opening`: also when its opening has closed."""
	normal = rules.normal_code(code)
	link = normal and _row({"code": normal, "enabled": 1})
	if not link or is_over(link.expires_on):
		return None  # after one query, as for a code nobody has
	_give_to_record_now(link)
	opening = bool(link.job_opening) and not any_opening
	state = LinkState(
		enabled=bool(link.enabled),
		expires_on=link.expires_on,
		employee_active=not link.employee or _is_active(link.employee),
		needs_opening=opening,
		opening_open=opening and is_open(link.job_opening),
	)
	return link if rules.is_live(state, getdate(nowdate())) else None


def read(which: str | dict) -> frappe._dict | None:
	"""Return a link as it is; one of somebody who has another record by now is that record's."""
	link = _row(which)
	if link:
		_give_to_record_now(link)
	return link


def _row(which: str | dict) -> frappe._dict | None:
	return frappe.db.get_value(DOCTYPE, which, SHOWN, as_dict=True)


def _give_to_record_now(link: frappe._dict) -> None:
	if link.employee:
		link.employee = record_now(link.employee)


def is_open(opening: str) -> bool:
	"""Say whether this opening takes referrals today."""
	found = situation.opening(opening)
	closed = found.closes_on and getdate(found.closes_on) < getdate(nowdate())
	return found.exists and found.status == "Open" and found.accepts_referrals and not closed


def published_openings(company: str) -> list[frappe._dict]:
	"""Return the openings of a company that HR published and that take referrals: what a link without an opening leads to."""
	return catalogue.published(company)


def of_employee(employee: str, opening: str | None = None) -> list[frappe._dict]:
	"""Return the links an employee shares, newest first; with an opening ("" for none), those of that opening only."""
	filters: dict = {
		"employee": ("in", records_of(employee)),
		"channel": ("in", [str(each) for each in rules.SHARED_BY_EMPLOYEES]),
	}
	if opening is not None:
		filters |= {"job_opening": opening or ("is", "not set"), "enabled": 1}
	rows = frappe.get_all(DOCTYPE, filters, list(SHOWN), order_by="creation desc", limit_page_length=300)
	return [row for row in rows if opening is None or not is_over(row.expires_on)]


def invitations_of(employee: str, limit: int = 50) -> list[frappe._dict]:
	"""Return the invitations an employee sent, newest first, with the person and where they stand."""
	Link, Referral = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Referral")
	return (
		frappe.qb.from_(Link)
		.join(Referral)
		.on(Referral.name == Link.referral)
		.select(*[Link[field] for field in SHOWN], Referral.candidate_name, Referral.stage, Referral.outcome)
		.where(Link.employee.isin(records_of(employee)) & (Link.channel == Channel.INVITE.value))
		.orderby(Link.creation, order=Order.desc)
		.limit(limit)
		.run(as_dict=True)
	)


def find_own(name: str | None, employee: str) -> Document | None:
	"""Return this employee's link as a document, or None for what is somebody else's or does not exist."""
	if not name or not frappe.db.exists(DOCTYPE, {"name": name, "employee": ("in", records_of(employee))}):
		return None
	return frappe.get_doc(DOCTYPE, name)


def switch_off(link) -> None:
	"""Let a link lead nowhere from now on; what came through it stays. Another tab may do the same."""
	row = frappe.get_doc(DOCTYPE, link.name, for_update=True)
	if row.enabled:
		row.update({"enabled": 0}).save(ignore_permissions=True)


def change_words(employee: str, opening: str | None, message: str) -> None:
	"""Put other words on the links an employee shares for this opening."""
	for row in of_employee(employee, opening or ""):
		link = frappe.get_doc(DOCTYPE, row.name, for_update=True)
		link.update({"message": message}).save(ignore_permissions=True)


def address_of(code: str) -> str:
	"""Return the whole address of a link, never built from a request's Host header."""
	return get_url(f"/r/{code}", allow_header_override=False)


def _is_active(employee: str) -> bool:
	return frappe.db.get_value("Employee", employee, "status") == "Active"


def is_over(expires_on) -> bool:
	return bool(expires_on) and getdate(expires_on) < getdate(nowdate())
