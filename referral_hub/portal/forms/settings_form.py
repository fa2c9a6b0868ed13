"""What an employee chooses about messages, for the page and for the API alike: show it, read it, keep it.

Nothing is kept until they save; until then everything is as HR has set it. Called by www/referrals/settings.py and api/portal.py.
"""

from datetime import time

import frappe
from frappe import _
from frappe.utils import get_time

from referral_hub.messages import asking, preferences
from referral_hub.messages.channels import Channel, installed_channels
from referral_hub.messages.channels.configured import Configured
from referral_hub.messages.readers import Reader, find_reader
from referral_hub.messages.rules.digest import Rhythm
from referral_hub.messages.rules.events import OWN_SWITCHES
from referral_hub.messages.rules.preferences import hears
from referral_hub.portal import page

LANGUAGES = ("en", "zh")
# messages with a box of their own: its name in the form -> the message
BOXES = {
	"contacts_fit": "contacts_fit",
	"board": "board_told",
	"news": "announcement",
	"survey": "survey_asked",
}


def channel_words() -> dict[str, str]:
	return {"In-app": _("In the app"), "Email": _("E-mail"), "SMS": _("SMS")}


def shown(employee: str) -> dict:
	"""Return what holds for this employee now, their own choice or HR's, as plain values."""
	reader, chosen = find_reader(employee), preferences.preference_of(employee)
	quiet = reader.wishes.quiet
	return {
		"channels": [
			_channel(channel, reader) for channel in installed_channels().values() if _is_for(channel, reader)
		],
		"digest": reader.wishes.schedule.rhythm.value,
		"pressing_at_once": reader.wishes.pressing_at_once,
		**{box: hears(reader.wishes, event) for box, event in BOXES.items()},
		**{
			f"{box}_off": "" if preferences.offers(OWN_SWITCHES[event]) else _("HR has switched this off.")
			for box, event in BOXES.items()
		},
		"quiet": bool(quiet) and chosen.quiet_hours != "Off",
		"quiet_from": _clock(quiet.starts if quiet else chosen.quiet_from),
		"quiet_to": _clock(quiet.ends if quiet else chosen.quiet_to),
		"time_zone": str(reader.wishes.zone),
		"language": chosen.language or "",
		"incognito": bool(chosen.incognito),
	}


def languages() -> list[tuple[str, str]]:
	"""Return the languages there are words in, by their own names."""
	rows = frappe.get_all("Language", filters={"name": ("in", LANGUAGES)}, fields=["name", "language_name"])
	return [(row.name, row.language_name) for row in rows]


def save(employee: str, values: dict) -> None:
	"""Keep what was chosen. `values` is a form: a box that is not ticked is not there. Raises ValidationError."""
	offered = {channel["label"] for channel in shown(employee)["channels"] if not channel["why_off"]}
	switches = {OWN_SWITCHES[event]: bool(values.get(box)) for box, event in BOXES.items()}
	preferences.save(
		employee,
		channels={label: bool(values.get(f"channel:{label}")) for label in offered},
		digest=_one_of(values.get("digest"), [rhythm.value for rhythm in Rhythm]),
		pressing_at_once=int(bool(values.get("pressing_at_once"))),
		quiet_hours="On" if values.get("quiet") else "Off",
		quiet_from=_time(values.get("quiet_from")),
		quiet_to=_time(values.get("quiet_to")),
		language=_one_of(values.get("language"), ["", *LANGUAGES]) or None,
		incognito=int(bool(values.get("incognito"))),
		**{switch: int(ticked) for switch, ticked in switches.items() if preferences.offers(switch)},
	)


def prepare(context, problem: str = "") -> None:
	context.update(
		title=_("Messages to me"),
		section="settings",
		problem=problem,
		form=shown(context.employee.name),
		languages=languages(),
		saved=bool(frappe.form_dict.get("saved")) and not problem,
	)


def send(context) -> page.Redirect | None:
	"""Keep the posted form, and show the page again; what was wrong is said above the form."""
	try:
		save(context.employee.name, frappe.form_dict)
	except frappe.ValidationError as error:
		frappe.db.rollback()
		frappe.clear_messages()
		context.status = 422
		prepare(context, str(error))
		return None
	return page.Redirect("/referrals/settings?saved=1")


def _is_for(channel: Channel, reader: Reader) -> bool:
	"""Leave out the groups, and what another company has set up or has switched off."""
	if isinstance(channel, Configured):
		return (
			not channel.is_group and not channel.why_off() and channel.company in (None, "", reader.company)
		)
	return not channel.is_group


def _channel(channel: Channel, reader: Reader) -> dict:
	why_off = asking.why_off(channel)
	if not why_off and not asking.reached(channel, reader, is_asked=False):
		why_off = _("We have no address for you. Please ask HR to add it.")
	return {
		"label": channel.label,
		"words": channel_words().get(channel.label) or _(channel.label),
		"wanted": asking.safely(channel, lambda: asking.is_wanted(channel, reader), False),
		"why_off": why_off or "",
	}


def _clock(value) -> str:
	return get_time(value).strftime("%H:%M") if value is not None else ""


def _time(value) -> str | None:
	try:
		return time.fromisoformat(str(value)).strftime("%H:%M:%S") if value else None
	except ValueError as error:
		raise frappe.ValidationError(_("Please give times as hours and minutes, such as 22:00.")) from error


def _one_of(value, allowed: list[str]) -> str:
	value = str(value or "")
	if value not in allowed:
		frappe.throw(_("Please choose one of the options shown."))
	return value
