"""Reads the form of the set-up guide: what HR answered, and which sample set it chose. Reads only."""

import csv
import json
from functools import cache
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import flt, getdate, nowdate

from referral_hub.rewards.money import to_decimal
from referral_hub.setup.guide import planning
from referral_hub.setup.guide.planning import ENGINEERING, MANAGER, OPERATIONS, Answers, Plan

DOCTYPE = "Referral Setup Guide"
POINTS_ONLY = "Points Only"
FILES = {
	"Start-up": "start-up",
	"Retail": "retail",
	"Manufacturing": "manufacturing",
	"Software": "software",
}
# The words of the samples for people -> the field of the form that says who is meant
MEANT = {
	("department", OPERATIONS): "operations",
	("department", ENGINEERING): "engineering",
	("grade", MANAGER): "managers",
}
_SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def sample(business: str) -> dict:
	"""Return the sample set of a kind of business, one of FILES."""
	return json.loads((_SAMPLES / f"{FILES[business]}.json").read_text(encoding="utf-8"))


def planned(guide) -> Plan:
	"""Return what the answers come to."""
	return planning.plan(sample(guide.business), _answers(guide))


def asked(business: str | None) -> list[str]:
	"""Return the fields of the form that say who is meant in a sample set."""
	if business not in FILES:
		return []
	words = planning.words_meant(sample(business))
	return [field for pair, field in MEANT.items() if pair in words]


def said(text: str, language: str | None = None) -> str:
	"""Say a name of a sample in the reader's language: what HR reads later is a name of their own."""
	is_chinese = (language or frappe.local.lang or "").startswith("zh")
	return _chinese().get(text, text) if is_chinese else text


def check(guide) -> None:
	"""Refuse answers that nothing could be made of, and say which."""
	if guide.has_value_changed("company"):  # made and started was what the other one has
		guide.update({"made_on": None, "started_on": None})
	if not guide.business or not guide.company:
		return
	guide.currency = frappe.get_cached_value("Company", guide.company, "default_currency")
	if flt(guide.usual_bonus) < 0 or flt(guide.point_value) < 0:
		frappe.throw(_("A bonus and the worth of a point are above 0."))
	if not flt(guide.usual_bonus):
		guide.usual_bonus = flt(planning.usual_bonus(sample(guide.business)))
	if not flt(guide.point_value):
		guide.point_value = 1
	for fieldname in ("probation_months", "word_within_days"):
		if guide.get(fieldname) is not None and int(guide.get(fieldname) or 0) < 0:
			label = _(guide.meta.get_label(fieldname), context=DOCTYPE)
			frappe.throw(_("{0} can't be below 0.").format(label))


def _answers(guide) -> Answers:
	return Answers(
		currency=guide.currency,
		usual_bonus=to_decimal(guide.usual_bonus),
		today=getdate(nowdate()),
		points_only=guide.pays_with == POINTS_ONLY,
		point_value=to_decimal(guide.point_value or 1),
		meant={pair: guide.get(field) for pair, field in MEANT.items() if guide.get(field)},
		badges=frozenset(frappe.get_all("Recognition Badge", {"enabled": 1}, pluck="name")),
	)


@cache
def _chinese() -> dict[str, str]:
	with (_SAMPLES / "zh.csv").open(encoding="utf-8", newline="") as file:
		return {row[0]: row[1] for row in csv.reader(file) if row}
