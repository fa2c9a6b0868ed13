"""Whether the likelihood of the talent pool came true: by the score people had, how many came back, and what chance explains."""

from frappe import _

from referral_hub.referral_hub.report.columns import column
from referral_hub.talent.finding import calibrating
from referral_hub.talent.rules.calibration import Band

_FILTERS = ("company", "reason")
_ONE_DIGIT = {"precision": 1}


def execute(filters: dict | None = None) -> tuple:
	chosen = {name: value for name, value in (filters or {}).items() if name in _FILTERS and value}
	found = calibrating.found(chosen)
	return columns(), [_row(band) for band in found], _message(found), None


def columns() -> list[dict]:
	return [
		column("scores", _("Likelihood"), "Data", 120),
		column("people", _("People"), "Int", 90),
		column("came_back", _("Came Back"), "Int", 110),
		column("expected", _("Mean Score"), "Percent", 120) | _ONE_DIGIT,
		column("rate", _("Came Back (%)"), "Percent", 140) | _ONE_DIGIT,
		column("at_least", _("At Least (95 %)"), "Percent", 140) | _ONE_DIGIT,
		column("at_most", _("At Most (95 %)"), "Percent", 140) | _ONE_DIGIT,
		column("says", _("What This Says"), "Data", 260),
	]


def _row(band: Band) -> dict:
	rates = {
		name: round(100 * getattr(band, name), 1) for name in ("expected", "rate", "at_least", "at_most")
	}
	says = _("Fits, as far as one can tell")
	if band.is_off:
		says = (
			_("More come back than the score says")
			if band.rate > band.expected
			else _("Fewer come back than the score says")
		)
	counted = {"scores": f"{band.low} - {band.high}", "people": band.people, "came_back": band.came_back}
	return {**counted, **rates, "says": says}


def _message(found: list[Band]) -> str | None:
	if any(band.came_back for band in found):
		return None
	return _("Nobody of the pool has come back yet: there is nothing to compare the score with.")
