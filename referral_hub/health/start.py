"""Whether people can refer at all, are promised something, and somebody answers them."""

import frappe
from frappe import _
from frappe.utils import cint, get_url_to_form, get_url_to_list, nowdate
from frappe.utils.user import get_users_with_role

from referral_hub.health.line import BROKEN, LOOK, SOUND, Line, sound
from referral_hub.setup.custom_fields import CUSTOM_FIELDS
from referral_hub.wording.counting import counted

SETTINGS = "Referral Hub Settings"


def programs() -> list[Line]:
	what, link = _("Referral Programs"), get_url_to_list("Referral Program")
	today, rows = (
		nowdate(),
		frappe.get_list("Referral Program", {"enabled": 1}, ["name", "starts_on", "ends_on"]),
	)
	running = [row.name for row in rows if str(row.starts_on or "") <= today <= str(row.ends_on or today)]
	if not running:
		seen = _("None is enabled and running today: nobody can refer.")
		return [Line(what, BROKEN, seen, _("Enable a program, or move its dates."), link)]
	return [sound(what, _("Running today: {0}.").format(", ".join(running)))]


def rules() -> list[Line]:
	what, link = _("Reward Rules"), get_url_to_list("Reward Rule")
	today, rows = (
		nowdate(),
		frappe.get_list("Reward Rule", {"enabled": 1}, ["name", "valid_from", "valid_to"]),
	)
	count = sum(str(row.valid_from or "") <= today <= str(row.valid_to or today) for row in rows)
	if not count:
		seen = _("None is in force today: referrals made now are promised nothing.")
		return [Line(what, LOOK, seen, _("Enable one, or make one; its form shows what it would pay."), link)]
	return [sound(what, _("{0} in force today.").format(count))]


def openings() -> list[Line]:
	what, link = _("Openings"), get_url_to_list("Job Opening")
	count = _count("Job Opening", {"status": "Open"})
	if not count:
		seen = _("No Job Opening is open: the portal has nothing to show.")
		return [Line(what, LOOK, seen, _("Publish one, or let people recommend without an opening."), link)]
	closed = _count("Opening Profile", {"accepts_referrals": 0})
	if not cint(frappe.get_cached_doc(SETTINGS).openings_accept_referrals):
		accepted = _count("Opening Profile", {"accepts_referrals": 1})
		seen = counted(
			accepted,
			_("{0} open, and {1} accepts referrals: new ones do not until somebody says so."),
			_("{0} open, and {1} accept referrals: new ones do not until somebody says so."),
		)
		to_do = (
			""
			if accepted
			else _("Mark Accepts Referrals in the Opening Profiles of those people may refer for.")
		)
		return [Line(what, SOUND if accepted else LOOK, seen.format(count, accepted), to_do, link)]
	return [
		sound(
			what,
			counted(
				closed,
				_("{0} open; {1} does not accept referrals."),
				_("{0} open; {1} do not accept referrals."),
			).format(count, closed),
		)
	]


def people() -> list[Line]:
	what, link = _("Who Answers"), get_url_to_form(SETTINGS, SETTINGS)
	managers = set(get_users_with_role("HR Manager")) - {"Administrator"}
	if not managers:
		seen = _("No user has the role HR Manager: nobody approves, answers, or hears of what waits.")
		return [Line(what, BROKEN, seen, _("Give somebody the role HR Manager."), get_url_to_list("User"))]
	chosen = frappe.get_cached_doc(SETTINGS)
	gone = [user for user in (chosen.recruiter, chosen.hr_manager) if user and not _is_there(user)]
	if gone:
		seen = _("{0} can't sign in any more.").format(", ".join(gone))
		return [Line(what, BROKEN, seen, _("Choose somebody else in Referral Hub Settings."), link)]
	return [sound(what, _("{0} HR Managers.").format(len(managers)))]


def accounts() -> list[Line]:
	"""Look how many of the staff can open the portal; who has no account refers with a card."""
	what, link = _("Employees with an Account"), get_url_to_list("Employee")
	everybody = _count("Employee", {"status": "Active"})
	without = _count("Employee", {"status": "Active", "user_id": ("is", "not set")})
	seen = _("{0} of {1}.").format(everybody - without, everybody)
	if not without:
		return [sound(what, seen)]
	to_do = _("Make users for them, or give them referral cards: a card needs no account.")
	return [Line(what, LOOK, seen, to_do, link)]


def fields() -> list[Line]:
	"""Look whether everything this app added to HRMS's forms is still there."""
	what = _("Fields on HRMS's Forms")
	gone = [
		f"{doctype}.{field['fieldname']}"
		for doctype, fields in CUSTOM_FIELDS.items()
		for field in fields
		if not frappe.get_meta(doctype).has_field(field["fieldname"])
	]
	if gone:
		to_do = _("Run: bench --site {0} migrate").format(frappe.local.site)
		return [Line(what, BROKEN, _("Missing: {0}.").format(", ".join(gone)), to_do)]
	return [sound(what, _("All there."))]


def _count(doctype: str, filters: dict) -> int:
	"""Count the rows that whoever looks may see."""
	return len(frappe.get_list(doctype, filters, pluck="name", limit_page_length=0))


def _is_there(user: str) -> bool:
	return bool(frappe.db.get_value("User", user, "enabled"))
