"""Where referrals fare worse than elsewhere in the same company, why it is named, and what may help. What is weak: docs/reports.md."""

from frappe import _

from referral_hub.insights import weak
from referral_hub.insights.asking import Asked, asked
from referral_hub.insights.rules.weak import Measure, Spot
from referral_hub.referral_hub.report import drilling, groups, referral_records
from referral_hub.referral_hub.report.columns import column
from referral_hub.wording.asked_for import in_their_language
from referral_hub.wording.counting import counted


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	given = asked(filters, weak.BY, weak.STEPS)
	if not given.step:
		return _spots(given)
	return referral_records.shown(weak.records(given), _title(Measure(given.step.rpartition("_")[0])))


def _spots(given: Asked) -> tuple:
	found = weak.spots(given)
	names = groups.names(given.by, [spot.group for spot in found])
	is_whole = weak.is_of_whole_company(given)
	rows = [_row(spot, names, is_whole) for spot in found]
	return columns(given.by, is_whole), rows, _said(found), _chart(found), _summary(found)


def _said(found: list[Spot]) -> str | None:
	said = [] if found else [_("Nothing is weaker than chance explains.")]
	if weak.is_limited():
		said.append(
			_(
				"Your User Permissions leave you a part of the company: groups are compared within that part, and a single one with nothing."
			)
		)
	return " ".join(said) or None


def columns(by: str, is_whole: bool = True) -> list[dict]:
	label = _("Department") if by == "Department" else _("Job Opening", context="Referral")
	return [
		column("group", label, "Data", 200),
		column("company", _("Company"), "Data", 160),
		column("measure", _("What Is Weak"), "Data", 220),
		column("own", _("Here"), "Float", 90) | {"precision": 1},
		column("usual", _("In the Company") if is_whole else _("Of All Counted Here"), "Float", 130)
		| {"precision": 1},
		drilling.figure("part", _("Of Them"), 100),
		drilling.figure("whole", _("Counted"), 100),
		column("reason", _("Why It Is Named"), "Data", 420),
		column("advice", _("What May Help"), "Data", 520),
	]


def _row(spot: Spot, names, is_whole: bool) -> dict:
	is_share = spot.measure is not Measure.REFERRED
	return {
		"group": names(spot.group),
		"key": drilling.key(spot.group),
		"company": spot.company,
		"measure": _title(spot.measure),
		"own": spot.own,
		"usual": spot.usual,
		"part": spot.part,
		"whole": spot.whole if is_share else None,
		"reason": _reason(spot, is_whole),
		"advice": _advice(spot.measure),
		"is_closed": int(not is_share),
		"steps": {side: f"{spot.measure}_{side}" for side in ("part", "whole")},
	}


def _title(measure: Measure) -> str:
	return {
		Measure.INTERVIEWED: _("Interviewed of those decided (%)"),
		Measure.ACCEPTED: _("Joined of those offered a job (%)"),
		Measure.STAYED: _("Still here of those who joined (%)"),
		Measure.IN_TIME: _("Told in time of those who wait (%)"),
		Measure.REFERRED: _("Referrals for an opening"),
	}[measure]


def _reason(spot: Spot, is_whole: bool) -> str:
	if spot.measure is Measure.REFERRED:
		words = (
			counted(
				spot.part,
				_(
					"{0} referral; openings of the company have {1} on average in as many days. Chance alone rarely leaves so few."
				),
				_(
					"{0} referrals; openings of the company have {1} on average in as many days. Chance alone rarely leaves so few."
				),
			)
			if is_whole
			else counted(
				spot.part,
				_(
					"{0} referral; openings counted here have {1} on average in as many days. Chance alone rarely leaves so few."
				),
				_(
					"{0} referrals; openings counted here have {1} on average in as many days. Chance alone rarely leaves so few."
				),
			)
		)
		return words.format(spot.part, spot.usual)
	words = (
		_("{0} of {1}: {2} %, in the whole company {3} %. Chance alone rarely makes such a difference.")
		if is_whole
		else _("{0} of {1}: {2} %, of all counted here {3} %. Chance alone rarely makes such a difference.")
	)
	return words.format(spot.part, spot.whole, spot.own, spot.usual)


def _advice(measure: Measure) -> str:
	return {
		Measure.INTERVIEWED: _(
			"Confirm the requirements on the Opening Profile, so that employees see who fits, and tell referrers why somebody was not selected."
		),
		Measure.ACCEPTED: _(
			"Read the reasons of those who declined or did not come, and compare pay, team and place with what they hoped for."
		),
		Measure.STAYED: _(
			"Agree on first goals before joining, answer questions of newcomers under the clock, and name honest challenges on the Opening Profile."
		),
		Measure.IN_TIME: _(
			"Name a recruiter on the Opening Profile, and go through the Referral Queue: what is most overdue stands first."
		),
		Measure.REFERRED: _(
			"Mark the opening as urgent, share its link and poster, or let a Reward Rule pay more for it."
		),
	}[measure]


def _chart(found: list[Spot]) -> dict | None:
	"""Draw how many weak spots there are of each kind."""
	counted = {measure: sum(spot.measure is measure for spot in found) for measure in Measure}
	named = {measure: number for measure, number in counted.items() if number}
	if not named:
		return None
	return drilling.bars([_title(measure) for measure in named], _("Weak Spots"), list(named.values()))


def _summary(found: list[Spot]) -> list[dict]:
	return [drilling.summed(_("Weak Spots"), len(found), indicator="Red" if found else "Green")]
