"""Referrals and openings made ready for the pages: dots, next step, what was earned, what still can be.

Takes rows that were read for one employee, adds words. A constant number of queries for any number of rows.
"""

from dataclasses import asdict
from functools import reduce

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime, nowdate

from referral_hub.people import departments, employments
from referral_hub.portal import words
from referral_hub.referrals import policy
from referral_hub.referrals.making import situation
from referral_hub.referrals.programs import applying, ties
from referral_hub.referrals.rules.showing.next_step import NextStep, next_step, progress
from referral_hub.referrals.showing import sentences
from referral_hub.rewards import service as rewards
from referral_hub.rewards.choices import still_open
from referral_hub.rewards.promising import rule_words
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules import terms as terms_rules
from referral_hub.rewards.rules.milestones import Progress, is_reachable
from referral_hub.wording import case_words
from referral_hub.wording.counting import counted

EARNED = states.STANDING - states.NOT_YET_EARNED
REWARD_FIELDS = (
	"name",
	"referral",
	"milestone",
	"after_months",
	"share",
	"option",
	"period",
	"counted_key",
	"kind",
	"amount",
	"currency",
	"details",
	"state",
	"state_reason",
	"decided_by",
	"earned_on",
	"due_on",
	"paid_on",
	"payout_doctype",
	"payout_name",
	"explanation",
)


def people(referrals: list[frappe._dict]) -> list[frappe._dict]:
	"""Add to each referral what its row on a page says."""
	paid = rewards_of([row.name for row in referrals])
	return [_person(row, paid.get(row.name, [])) for row in referrals]


def rewards_of(referrals: list[str]) -> dict[str, list[frappe._dict]]:
	"""Read the rewards of several referrals in one query, by referral."""
	found: dict[str, list] = {}
	if not referrals:
		return found
	Reward, Referral = frappe.qb.DocType("Referral Reward"), frappe.qb.DocType("Referral")
	rows = (
		frappe.qb.from_(Reward)
		.join(Referral)
		.on(Referral.name == Reward.referral)
		.select(*[Reward[name] for name in REWARD_FIELDS], Reward.referrer, Referral.referrer.as_("credited"))
		.where(Reward.referral.isin(referrals))
		.where((Reward.referrer == Referral.referrer) | Reward.counted_key.isnotnull())
		.orderby(Reward.referral)
		.orderby(Reward.share)
	).run(as_dict=True)
	drafts, withheld = rewards.in_drafts(rows), rewards.withheld(rows)
	for row in rows:
		row.update(is_draft=row.name in drafts, is_withheld=row.name in withheld)
		if employments.are_one(row.credited, row.referrer) and not rewards.is_set_aside(row):
			found.setdefault(row.referral, []).append(row)
	return found


def still_possible(referral, rewards_so_far: list) -> list[terms_rules.Promise]:
	"""Return the promises that were not earned and can still be: what `rewards.possible` says, without a query."""
	terms = terms_rules.load(referral.terms)
	if not terms:
		return []
	at = Progress(stage=referral.stage, outcome=referral.outcome)
	taken = {
		row.share
		for row in rewards_so_far
		if states.leaves_nothing(row.state, bool(row.decided_by)) and not row.counted_key
	}
	return [
		promise
		for promise in promised(referral, rewards_so_far, terms)
		if promise.share not in taken and is_reachable(promise.milestone, at)
	]


def promised(referral, rewards_so_far: list, terms: terms_rules.Terms) -> tuple[terms_rules.Promise, ...]:
	"""Return what counts for this employee: of a choice the option chosen, else the one a reward waits with."""
	waiting = (row.option for row in rewards_so_far if row.option and row.state in states.UNPAID)
	return still_open(terms, referral.reward_option or next(waiting, None))


def openings_with_offers(openings: list[frappe._dict], employee: str) -> list[frappe._dict]:
	"""Add to each opening what a success pays this employee under the program that applies there."""
	offers = offers_for(openings, employee)
	different = {id(offer): offer for offer in offers.values()}
	said = {number: offer_words(offer) for number, offer in different.items()}
	for opening in openings:
		opening.offer = said[id(offers[opening.name])]
	return openings


def offers_for(openings: list[frappe._dict], employee: str) -> dict[str, dict]:
	"""Return what each opening pays this employee; the openings are told their program on the way."""
	row, tree = situation.row_of(employee), departments.parents()
	programs = applying.for_openings(openings, employee, row, tree)
	for opening in openings:
		opening.program = programs[opening.name]
	offers = rewards.offers_for(openings, employee, row=row, tree=tree)
	standing, today = ties.standing_of(employee, row), getdate(nowdate())
	policies = {name: policy.for_program(name) for name in set(programs.values())}
	for opening in openings:
		ruling = ties.ruling_of(standing.to(opening), policies[opening.program], today)
		if because := case_words.unpaid(list(ruling.unpaid_because)):
			offers[opening.name] = {"milestones": [], "totals": [], "unpaid": because}
	return offers


def offer_words(offer: dict) -> frappe._dict:
	"""Put an offer into words: the sum, each milestone, and which rule says so."""
	lines = [_offer_line(promise) for promise in offer["milestones"]]
	why = ""
	if lines:
		parts = [_("{0}: {1}", context="Referral Hub").format(line["when"], line["amount"]) for line in lines]
		why = _("Rule {0}, version {1}. {2}. The amounts are fixed the day you refer.").format(
			offer["rule_name"], offer["rule_version"], "; ".join(parts)
		)
		why = words.sentences(why, *_how(offer))
	lines += [_counting_line(promise, offer["counting"]) for promise in _counting(offer)]
	return frappe._dict(words=_offered(offer), lines=lines, why=why, unpaid=offer.get("unpaid", ""))


def _offered(offer: dict) -> str:
	"""Say what a success comes to; of a choice, each way in turn."""
	options = offer.get("options") or {}
	if not options:
		return words.amounts(offer["totals"])
	return reduce(_either, (words.amounts(totals) for totals in options.values()))


def _either(one: str, other: str) -> str:
	return _("{0} or {1}", context="Reward").format(one, other)


def _offer_line(promise: dict) -> dict:
	when = milestone_words(promise["milestone"], promise["after_months"])
	when = rule_words.with_condition(when, promise.get("back_within") or 0)
	if promise.get("option"):
		when = _("Option {0}, {1}").format(promise["option"], when)
	return {"when": when, "amount": _amount_of(promise)}


def _counting(offer: dict) -> list[dict]:
	return (offer.get("counting") or {}).get("milestones") or []


def _counting_line(promise: dict, terms: dict) -> dict:
	when = counted(promise["hires"], _("More for {0} hire ({1})"), _("More for {0} hires ({1})")).format(
		promise["hires"], rule_words.period(terms["period"])
	)
	return {"when": when, "amount": _amount_of(promise)}


def _amount_of(promise: dict) -> str:
	return words.amount(promise["kind"], promise["amount"], promise["currency"], promise.get("details"))


def _how(offer: dict) -> list[str]:
	"""Say how the amounts come about, each way once."""
	terms = terms_rules.load(offer)
	said = (rule_words.arithmetic(promise, terms.stacking) for promise in terms.milestones)
	return list(dict.fromkeys(words for words in said if words))


def salary(opening) -> str:
	"""The salary range, when HR publishes it."""
	if not opening.publish_salary_range or not (opening.lower_range or opening.upper_range):
		return ""
	ends = [
		words.amount("Cash", value, opening.currency)
		for value in (opening.lower_range, opening.upper_range)
		if value
	]
	return (_("{0} a year") if opening.salary_per == "Year" else _("{0} a month")).format(" – ".join(ends))


def milestone_words(milestone: str, after_months: int = 0) -> str:
	"""Say when a milestone pays."""
	if milestone == "Retained":
		return counted(after_months, _("After {0} month with us"), _("After {0} months with us")).format(
			after_months
		)
	return {
		"Received": _("When the referral arrives"),
		"Screened": _("When a recruiter gets in touch"),
		"Interviewed": _("When interviews start"),
		"Selected": _("When the interviews are passed"),
		"Offered": _("When an offer is made"),
		"Joined": _("On the first day at work"),
		"Confirmed": _("When probation is passed"),
	}[milestone]


def milestone_reached_words(milestone: str, after_months: int = 0) -> str:
	"""Say what had happened when a milestone paid."""
	if milestone == "Retained":
		return counted(after_months, _("{0} month with us"), _("{0} months with us")).format(after_months)
	return {
		"Received": _("Referral received"),
		"Screened": _("A recruiter got in touch"),
		"Interviewed": _("Interviews started"),
		"Selected": _("Interviews passed"),
		"Offered": _("Offer made"),
		"Joined": _("First day at work"),
		"Confirmed": _("Probation passed"),
	}[milestone]


def handed_over_words(reward) -> str:
	"""Say how far a reward has come that was handed over; cash is paid by the salary slip that carries it, not before."""
	day = words.day(reward.paid_on)
	if reward.is_draft:
		return _("With HR, prepared for payroll")
	if reward.kind == words.CASH and reward.state == states.CONFIRMED:
		return _("In a salary that is withheld") if reward.is_withheld else _("Paid with the salary")
	if reward.kind == words.CASH:
		return _("Handed to payroll {0}").format(day) if day else _("Handed to payroll")
	return _("Paid {0}").format(day) if day else _("Paid", context="Referral Hub")


def step_of(row: frappe._dict) -> NextStep:
	"""Return what happens next, for a row of `reading`."""
	return next_step(
		row.stage,
		row.outcome,
		row.next_interview_on,
		bool(row.interviews_without_result),
		now_datetime(),
		bool(row.applicant_deleted),
		sentences.is_asked_first(row),
	)


def _person(row: frappe._dict, rewards_so_far: list) -> frappe._dict:
	earned = [reward for reward in rewards_so_far if reward.state in EARNED]
	at = progress(row.stage, row.outcome)
	step = step_of(row)
	answer_by = words.day(row.invited_until)
	names = sentences.dot_names()
	return frappe._dict(
		row,
		initials=initials(row.candidate_name),
		dots=at.dots,
		reached=at.reached,
		progress_words=_("Step {0} of 5: {1}").format(at.reached, names[at.reached - 1])
		if at.reached
		else sentences.stage_name(row.stage),
		next_step=sentences.next_step_words(
			step, row.outcome, words.moment(row.next_interview_on), answer_by
		),
		earned=words.amounts(earned),
		possible=words.amounts([asdict(promise) for promise in still_possible(row, rewards_so_far)]),
		rewards=rewards_so_far,
	)


def initials(name: str) -> str:
	"""Two letters for a name in Latin script, the last character for a Chinese one."""
	parts = name.split()
	if name and ord(name[0]) > 0x2E7F:
		return name[-1]
	return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() if parts else "?"
