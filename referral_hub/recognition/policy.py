"""What HR has set: how a score is weighed, which levels there are, which badges give themselves; and what they may not set.

Called by the counting, by the controllers of Referral Level and Recognition Badge and by the check of the settings.
"""

from dataclasses import dataclass
from fractions import Fraction

import frappe
from frappe import _
from frappe.utils import cint, flt

from referral_hub.background import start_after_commit
from referral_hub.recognition.rules.badges import BadgeRule
from referral_hub.recognition.rules.levels import SCORE, Level
from referral_hub.recognition.rules.score import HIGHEST, MOST_EXPECTED, PARTS, Weights

LEVEL, BADGE, SETTINGS = "Referral Level", "Recognition Badge", "Referral Hub Settings"
PERKS = ("training_priority", "promotion_priority")
MOST_STRENGTH, MOST_MONTHS, MOST_DAYS, MOST_COUNT, MOST_RANK = 100, 60, 3650, 10_000, 1000
EVERYBODY_JOB = "referral_hub_recognize_everybody"


@dataclass(frozen=True)
class Policy:
	weights: Weights
	months: int
	levels: tuple[Level, ...]
	badges: tuple[BadgeRule, ...]
	perks: dict[str, dict[str, int]]


def read() -> Policy:
	"""Return what holds now: two queries, and the settings from their cache."""
	settings = frappe.get_cached_doc(SETTINGS)
	rows = frappe.get_all(
		LEVEL, {"enabled": 1}, ["name", "rank", "counts", "at_least", "period", *PERKS], order_by="`rank` asc"
	)
	rules = frappe.get_all(
		BADGE,
		{"enabled": 1, "counts": ("is", "set")},
		["name", "counts", "at_least", "valid_months"],
		order_by="name asc",
	)
	return Policy(
		weights_of(settings),
		cint(settings.score_months) or 1,
		tuple(level_of(row) for row in rows),
		tuple(BadgeRule(row.name, row.counts, cint(row.at_least), cint(row.valid_months)) for row in rules),
		{row.name: {perk: cint(row[perk]) for perk in PERKS} for row in rows},
	)


def level_of(row) -> Level:
	return Level(row.name, cint(row.rank), row.counts, _exact(row.at_least), row.period)


def weights_of(settings) -> Weights:
	return Weights(
		**{part: _exact(settings.get(f"score_{part}")) for part in PARTS},
		expected=_exact(settings.score_expected),
		strength=max(1, cint(settings.score_strength)),
		quick_days=cint(settings.score_quick_days),
		slow_days=cint(settings.score_slow_days),
	)


def check(settings) -> None:
	"""Refuse weights that would make no score, or one in which one of one beats eighteen of twenty."""

	def label(field: str) -> str:
		return _(settings.meta.get_label(field))

	if not sum(flt(settings.get(f"score_{part}")) for part in PARTS) > 0:
		frappe.throw(_("Give at least one part of the score a weight."))
	for part in PARTS:
		if not 0 <= flt(settings.get(f"score_{part}")) <= HIGHEST:
			frappe.throw(_("{0}: from {1} to {2}.").format(label(f"score_{part}"), 0, HIGHEST))
	for field, least, most in (
		("score_expected", 0, MOST_EXPECTED),
		("score_strength", 1, MOST_STRENGTH),
		("score_months", 1, MOST_MONTHS),
		("score_quick_days", 0, MOST_DAYS),
		("score_slow_days", 1, MOST_DAYS),
	):
		if not least <= flt(settings.get(field)) <= most:
			frappe.throw(_("{0}: from {1} to {2}.").format(label(field), least, most))
	if cint(settings.score_quick_days) >= cint(settings.score_slow_days):
		frappe.throw(_("A hire is slow after more days than those within which it is quick."))


def check_level(level) -> None:
	most = HIGHEST if level.counts == SCORE else MOST_COUNT
	if not 0 < flt(level.at_least) <= most:
		frappe.throw(_("{0}: more than {1}, at most {2}.").format(_("At Least"), 0, most))
	if level.counts != SCORE and flt(level.at_least) != cint(level.at_least):
		frappe.throw(_("Hires are counted in whole numbers."))
	if not 1 <= cint(level.rank) <= MOST_RANK:
		frappe.throw(_("{0}: from {1} to {2}.").format(_("Rank"), 1, MOST_RANK))
	same = {"rank": cint(level.rank), "name": ("!=", level.name or "")}
	if other := frappe.db.get_value(LEVEL, same):
		frappe.throw(_("{0} has this rank already. Two levels can't be equally high.").format(other))


def check_badge(badge) -> None:
	if badge.counts and not 1 <= cint(badge.at_least) <= MOST_COUNT:
		frappe.throw(_("{0}: from {1} to {2}.").format(_("At Least"), 1, MOST_COUNT))


def check_deleting_level(level) -> None:
	"""Refuse to delete a level that somebody holds or an item of the shop asks for: it would be had by everybody."""
	if frappe.db.exists("Reward Item", {"from_level": level.name}):
		words = _("Items of the shop are for referrers from {0} on. Choose another level there first.")
		frappe.throw(words.format(level.name))
	if frappe.db.exists("Referral Recognition", {"level": level.name}):
		words = _(
			"People have reached {0}. Untick Enabled instead; once they are counted again it can be deleted."
		)
		frappe.throw(words.format(level.name))


def check_deleting_badge(badge) -> None:
	if frappe.db.exists("Recognition Award", {"badge": badge.name}):
		frappe.throw(_("{0} was given to people. Untick Enabled instead: they keep it.").format(badge.name))


def follow_change() -> None:
	"""Levels, badges or weights have changed: everybody is counted again."""
	start_after_commit("referral_hub.tasks.count_recognition", "long", once_as=EVERYBODY_JOB)


def follow_badge(badge) -> None:
	if any(badge.has_value_changed(field) for field in ("counts", "at_least", "enabled", "valid_months")):
		follow_change()


def follow_settings(settings) -> None:
	fields = [field.fieldname for field in settings.meta.fields if field.fieldname.startswith("score_")]
	if any(settings.has_value_changed(field) for field in fields):
		follow_change()


def _exact(value) -> Fraction:
	return Fraction(str(flt(value, 6)))
