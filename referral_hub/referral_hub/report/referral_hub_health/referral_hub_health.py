"""Whether this site can do what Referral Hub promises: what was looked at, how it is, what to do."""

from frappe import _

from referral_hub.health import checkup
from referral_hub.health.line import BROKEN, LOOK, NOT_USED, SOUND
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language

COLOURS = {BROKEN: "Red", LOOK: "Orange", SOUND: "Green"}


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	lines = checkup.run()
	return columns(), [_row(line) for line in lines], None, None, _summary(lines)


def columns() -> list[dict]:
	return [
		column("what", _("Looked At", context="Referral Hub Health"), "Data", 230),
		column("state", _("State", context="Referral Hub Health"), "Data", 130),
		column("seen", _("What Was Seen", context="Referral Hub Health"), "Data", 620),
		column("to_do", _("What to Do"), "Data", 520),
		column("link", _("Where", context="Referral Hub Health"), "Data", 90),
	]


def _row(line: checkup.Line) -> dict:
	said = {"what": line.what, "seen": line.seen, "to_do": line.to_do, "link": line.link}
	return said | {"code": line.state, "state": _states()[line.state]}


def _states() -> dict[str, str]:
	return {
		BROKEN: _("Broken", context="Referral Hub Health"),
		LOOK: _("Look at This", context="Referral Hub Health"),
		SOUND: _("Sound", context="Referral Hub Health"),
		NOT_USED: _("Not Used", context="Referral Hub Health"),
	}


def _summary(lines: list[checkup.Line]) -> list[dict]:
	return [
		{
			"label": _states()[state],
			"value": sum(line.state == state for line in lines),
			"indicator": colour,
			"datatype": "Int",
		}
		for state, colour in COLOURS.items()
	]
