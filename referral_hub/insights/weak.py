"""Reads what departments and openings are compared by, and who stands behind it. Figures are summed by the database, group by group.

A department that is asked for says which groups are told of; what they are compared with is the company all the same.
"""

from dataclasses import replace

import frappe
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import add_days, cint, getdate

from referral_hub.insights import funnel, scope
from referral_hub.insights.asking import Asked, Page
from referral_hub.insights.rules import weak
from referral_hub.insights.rules.weak import NOT_LATE, SHARES, WAITS, Box, Measure, Opened, Share, Spot
from referral_hub.referrals.rules.outcomes import NEVER_MEANT

BY = {"Department": "department", "Job Opening": "job_opening"}
# an opening is given that long to be known
_KNOWN_AFTER_DAYS = 30
# of a measure: who counts for it, and of whom
STEPS = tuple(f"{measure}_{side}" for measure in SHARES for side in ("part", "whole"))


def spots(asked: Asked) -> list[Spot]:
	"""Return what is weak, by department or by opening, in the departments that are asked for."""
	every = replace(asked, department=None)
	found = weak.weak_shares(_shares(every))
	found += weak.weak_openings(_openings(every)) if asked.by == "Job Opening" else []
	if not asked.department:
		return found
	told = _told_of(asked, [spot.group for spot in found])
	return [spot for spot in found if spot.group in told]


def is_limited() -> bool:
	"""Say whether User Permissions leave this reader a part of a company."""
	kinds, doctypes = ("Department", "Designation"), ("Referral", "Job Opening")
	return any(scope.allowed(kind, doctype) for kind in kinds for doctype in doctypes)


def is_of_whole_company(asked: Asked) -> bool:
	"""Say whether groups are compared with all there is in their company."""
	return not (asked.designation or asked.program or is_limited())


def records(asked: Asked) -> Page:
	"""Return the referrals a share is made of: those that count for it, or all it is taken of."""
	measure, _line, side = asked.step.rpartition("_")
	boxes = SHARES[Measure(measure)][0 if side == "part" else 1]
	# what a group is made of, wherever its opening has moved since
	query = scope.referrals(replace(asked, department=None) if asked.group else asked).where(_within(boxes))
	group = Coalesce(DocType("Referral")[BY[asked.by]], "")
	return funnel.listed(scope.in_group(query, group, asked), asked)


def _told_of(asked: Asked, groups: list[str]) -> set[str]:
	"""Return the groups that are in the departments asked for."""
	if asked.by == "Department":
		return set(asked.departments)
	there = {"name": ("in", [*groups, ""]), "department": ("in", asked.departments)}
	return set(frappe.get_all("Job Opening", there, pluck="name", limit_page_length=0))


def _shares(asked: Asked) -> list[Share]:
	referral = DocType("Referral")
	group = Coalesce(referral[BY[asked.by]], "")
	sums = [_sum(boxes) for sides in SHARES.values() for boxes in sides]
	query = scope.referrals(asked).where(group != "").select(referral.company, group, *sums)
	return [
		Share(company or "", name, measure, cint(numbers[2 * place]), cint(numbers[2 * place + 1]))
		for company, name, *numbers in query.groupby(referral.company, group).run()
		for place, measure in enumerate(SHARES)
	]


def _openings(asked: Asked) -> list[Opened]:
	"""Return how often was referred for each opening that has long been open to referrals, and for how many days of the time it was."""
	opening, profile, referral = DocType("Job Opening"), DocType("Opening Profile"), DocType("Referral")
	counted = scope.referrals(asked).where(referral.outcome.notin([outcome.value for outcome in NEVER_MEANT]))
	counted = counted.select(referral.job_opening, Count("*").as_("number")).groupby(referral.job_opening)
	counted = counted.as_("counted")
	query = frappe.qb.from_(opening).left_join(profile).on(profile.job_opening == opening.name)
	query = query.left_join(counted).on(counted.job_opening == opening.name)
	query = query.where((opening.status == "Open") & (Coalesce(profile.accepts_referrals, _usually()) == 1))
	posted = Coalesce(opening.posted_on, opening.creation)
	query = query.where(posted < _known_until())
	query = scope.limited(scope.narrowed(query, opening, asked), opening, "Job Opening")
	found = query.select(opening.company, opening.name, Coalesce(counted.number, 0), posted).run()
	until = min(asked.until, getdate())
	return [
		Opened(company or "", name, number, days)
		for company, name, number, since in found
		if (days := (until - max(asked.since, getdate(since))).days + 1) > 0
	]


def _usually() -> int:
	return cint(frappe.get_cached_doc("Referral Hub Settings").openings_accept_referrals)


def _known_until():
	return getdate(add_days(getdate(), -_KNOWN_AFTER_DAYS))


def _sum(boxes: tuple[Box, ...]):
	return Sum(Case().when(_within(boxes), 1).else_(0))


def _within(boxes: tuple[Box, ...]):
	found = _in_box(boxes[0])
	for box in boxes[1:]:
		found |= _in_box(box)
	return found


def _in_box(box: Box):
	referral = DocType("Referral")
	found = referral.stage.isin([stage.value for stage in sorted(box.stages)]) & referral.outcome.isin(
		[outcome.value for outcome in sorted(box.outcomes)]
	)
	if box.word in (WAITS, NOT_LATE):
		found &= referral.next_word_due.isnotnull()
	return found & (referral.next_word_due >= getdate()) if box.word == NOT_LATE else found
