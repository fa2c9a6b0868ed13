"""What one person wants, read from their Referral Preference over the defaults of Referral Hub Settings; and its changes.

Owns the row and the way from the site's clock to a person's. Refuses to decide when something goes: `rules.preferences`.
Called by `readers`, by `planning`, by the portal's settings page and by the controller of Referral Preference.
"""

from datetime import datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_time, now_datetime
from frappe.utils.data import get_system_timezone

from referral_hub.messages.rules.digest import WEEKDAYS, Rhythm, Schedule, last_due, month_due
from referral_hub.messages.rules.events import EVENTS, OWN_SWITCHES
from referral_hub.messages.rules.preferences import Disturbs, Wishes
from referral_hub.messages.rules.quiet_hours import QuietHours
from referral_hub.people import employments

DOCTYPE = "Referral Preference"
QUIET_FOR = {
	"SMS": frozenset({Disturbs.PHONE}),
	"E-mail and SMS": frozenset({Disturbs.MAIL, Disturbs.PHONE}),
}
DEFAULT_DIGEST_TIME = time(9)


def wishes_of(row: dict | None, time_zone: str | None) -> Wishes:
	"""Return what the person with this Referral Preference wants; without one, what HR has set for all."""
	row = row or {}
	settings = company_settings()
	own_hours = row.get("quiet_hours") or None
	return Wishes(
		channels=_choices(row.get("name")),
		quiet=_quiet(row if own_hours == "On" else settings) if own_hours != "Off" else None,
		quiet_for=QUIET_FOR["E-mail and SMS"] if own_hours == "On" else _quiet_for(settings),
		schedule=_schedule(row.get("digest") or settings.digest, settings),
		pressing_at_once=bool(row.get("pressing_at_once", 1)),
		zone=zone_of(time_zone),
		without=frozenset(event for event, box in OWN_SWITCHES.items() if not row.get(box, 1)),
	)


def company_settings() -> Document:
	return frappe.get_cached_doc("Referral Hub Settings")


def offers(switch: str) -> bool:
	"""Say whether HR has switched a message on: by a box, or by how often it comes."""
	return company_settings().get(switch) not in (None, "", 0, "0")


def is_offered(event: str) -> bool:
	"""Say whether HR wants this message told to employees, and shows the page it tells of."""
	switches = (EVENTS[event].switch, EVENTS[event].page_switch)
	return all(offers(switch) for switch in switches if switch)


def week_began() -> datetime:
	"""Return when weekly messages were due last, by the day and time in the settings and the site's clock."""
	zone = ZoneInfo(get_system_timezone())
	return as_stored(last_due(aware(now_datetime()), _schedule(Rhythm.WEEKLY, company_settings()), zone))


def month_began() -> datetime:
	"""Return when monthly messages were due last: on the first, at the time of digests and by the site's clock."""
	at = _schedule(Rhythm.DAILY, company_settings()).at
	return as_stored(month_due(aware(now_datetime()), at, ZoneInfo(get_system_timezone())))


def zone_of(time_zone: str | None) -> tzinfo:
	"""Return the person's zone, else the site's; an unknown name is the site's too."""
	try:
		return ZoneInfo(time_zone or get_system_timezone())
	except (ZoneInfoNotFoundError, ValueError, OSError):
		return ZoneInfo(get_system_timezone())


def aware(moment: datetime | None) -> datetime | None:
	"""Give a time from the database its zone: the site's."""
	return moment and moment.replace(tzinfo=ZoneInfo(get_system_timezone()))


def as_stored(moment: datetime | None) -> datetime | None:
	return moment and moment.astimezone(ZoneInfo(get_system_timezone())).replace(tzinfo=None)


def of_earlier_record(employee: str) -> str | None:
	"""Return the preference of another record this person has or had: who is transferred keeps their choices."""
	others = employments.records_of(employee)[1:]
	rows = others and frappe.get_all(
		DOCTYPE, {"employee": ("in", others)}, pluck="name", order_by="modified desc", limit_page_length=1
	)
	return rows[0] if rows else None


def _name_of(employee: str) -> str | None:
	return frappe.db.get_value(DOCTYPE, {"employee": employee}) or of_earlier_record(employee)


def preference_of(employee: str) -> Document:
	"""Return this person's preference, or a new one that is not saved yet."""
	name = _name_of(employee)
	if name:
		return frappe.get_doc(DOCTYPE, name)
	# empty, not None: Frappe fills a new document's times with the time it is now, and its language with the site's
	return frappe.get_doc(doctype=DOCTYPE, employee=employee, quiet_from="", quiet_to="", language="")


def save(employee: str, *, channels: dict[str, bool], **fields) -> Document:
	"""Keep what this employee has chosen; a channel that is not named stays as it is. Of two at once the second waits."""
	preference = frappe.get_doc(DOCTYPE, _name_of(employee) or _make_row(employee), for_update=True)
	preference.update({field: "" if value is None else value for field, value in fields.items()})
	for channel, wanted in channels.items():
		choose(preference, channel, wanted)
	return preference.save(ignore_permissions=True)


def choose(preference: Document, channel: str, wanted: bool) -> None:
	row = next((row for row in preference.channels if row.channel == channel), None)
	row = row or preference.append("channels", {"channel": channel})
	row.wanted = int(wanted)


def check(preference: Document) -> None:
	"""Refuse quiet hours that never begin or never end."""
	if preference.quiet_hours != "On":
		preference.quiet_from = preference.quiet_to = None
	elif not preference.quiet_from or not preference.quiet_to:
		frappe.throw(_("Say from when and until when you want quiet."))
	elif get_time(preference.quiet_from) == get_time(preference.quiet_to):
		frappe.throw(_("Quiet hours that end when they begin are none. Choose two different times."))


def claim_digest(employee: str) -> tuple[str, datetime | None] | None:
	"""Lock the person's preference for this transaction; None when another process is at their digest.

	Returns its name and when the last digest went out. Everybody who gets digests has a row, made here when missing.
	"""
	name = _name_of(employee) or _make_row(employee)
	Preference = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(Preference).select(Preference.name, Preference.last_digest_on)
	rows = query.where(Preference.name == name).for_update(skip_locked=True).run()
	return rows[0] if rows else None


def digest_went_out(name: str, when: datetime) -> None:
	frappe.db.set_value(DOCTYPE, name, "last_digest_on", when, update_modified=False)


def merge(old: str, new: str) -> None:
	"""Of two who become one the choices of the one that stays hold; where it made none, the other's, whose Link Frappe turns.

	Whoever wished not to be named by either of them is not named.
	"""
	kept = frappe.db.get_value(DOCTYPE, {"employee": new})
	if not kept:
		return
	if frappe.db.get_value(DOCTYPE, {"employee": old}, "incognito"):
		frappe.db.set_value(DOCTYPE, kept, "incognito", 1)
	forget_employee(old)


def forget_employee(employee: str) -> None:
	"""Delete the preference of an employee who is deleted or becomes another one."""
	for name in frappe.get_all(DOCTYPE, filters={"employee": employee}, pluck="name"):
		frappe.delete_doc(DOCTYPE, name, ignore_permissions=True, force=True, delete_permanently=True)


def _make_row(employee: str) -> str:
	"""Insert below the controller: of two that do it at once the second waits, and finds the first one's.

	A row keeps its name when its employee is renamed or merged: that name may be another person's number by now.
	"""
	is_taken = frappe.db.exists(DOCTYPE, {"name": employee, "employee": ("!=", employee)})
	name = frappe.generate_hash(length=12) if is_taken else employee
	preference = frappe.get_doc(doctype=DOCTYPE, employee=employee, name=name, **_ticked())
	try:
		preference.db_insert(ignore_if_duplicate=True)
	except frappe.UniqueValidationError:
		frappe.clear_last_message()
	return frappe.db.get_value(DOCTYPE, {"employee": employee}, for_update=True)


def _ticked() -> dict[str, int]:
	"""Return the boxes that are ticked until somebody says otherwise: below the controller nobody fills them in."""
	boxes = frappe.get_meta(DOCTYPE).get("fields", {"fieldtype": "Check", "default": "1"})
	return {box.fieldname: 1 for box in boxes}


def _choices(preference: str | None) -> dict[str, bool]:
	if not preference:
		return {}
	rows = frappe.get_all(
		"Referral Channel Choice",
		filters={"parent": preference, "parenttype": DOCTYPE},
		fields=["channel", "wanted"],
	)
	return {row.channel: bool(row.wanted) for row in rows}


def _quiet(row) -> QuietHours | None:
	starts, ends = row.get("quiet_from"), row.get("quiet_to")
	if starts is None or ends is None:
		return None
	return QuietHours(get_time(starts), get_time(ends))


def _quiet_for(settings: Document) -> frozenset[Disturbs]:
	return QUIET_FOR.get(settings.quiet_hours_for, frozenset())


def _schedule(rhythm: str | None, settings: Document) -> Schedule:
	at = get_time(settings.digest_time) if settings.digest_time else DEFAULT_DIGEST_TIME
	weekday = WEEKDAYS.index(settings.digest_weekday) if settings.digest_weekday in WEEKDAYS else 0
	return Schedule(Rhythm(rhythm) if rhythm else Rhythm.IMMEDIATELY, at, weekday)
