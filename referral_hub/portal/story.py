"""One referral told to its referrer: the card, the timeline with its future, each reward with its reason.

Used by the page and by api/portal.py. Returns None for a referral that is not this employee's.
"""

from dataclasses import asdict

import frappe
from frappe import _

from referral_hub.portal import cards, words
from referral_hub.referrals.assessing import answers
from referral_hub.referrals.rules.showing.next_step import STILL_MOVING
from referral_hub.referrals.showing import catalogue, reading, sentences
from referral_hub.rewards import service as rewards
from referral_hub.rewards.promising import rule_words
from referral_hub.rewards.rules import states
from referral_hub.rewards.rules import terms as terms_rules
from referral_hub.rewards.rules.milestones import STAGE_OF_MILESTONE

# state -> how it feels and its icon; the words are in _state_words
LOOKS = {
	states.PROMISED: ("waiting", "wait"),
	states.EARNED: ("good", "done"),
	states.CHOICE: ("waiting", "wait"),
	states.APPROVAL: ("waiting", "wait"),
	states.DUE: ("good", "done"),
	states.PAID: ("good", "done"),
	states.CONFIRMED: ("good", "done"),
	states.ON_HOLD: ("waiting", "wait"),
	states.VOID: ("neutral", "close"),
	states.CLAWED_BACK: ("neutral", "close"),
	states.OWED: ("problem", "alert"),
}

WITH_A_NOTE = frozenset({states.APPROVAL, states.ON_HOLD, states.DUE, states.PAID, *states.UNDONE})


def tell(name: str | None, employee: str) -> frappe._dict | None:
	row = reading.find(name, employee)
	if not row:
		return None
	card = cards.people([row])[0]
	return frappe._dict(
		card=card,
		entries=_entries(card),
		ahead=_ahead(card),
		rewards=_rewards(card),
		choice=choice_of(card),
		unpaid=rewards.why_unpaid(card.terms),
		resume=_resume(card),
		is_moved=_is_moved(card),
		said=answers.told(card.assessment),
		closed=card.outcome not in STILL_MOVING,
		opening_open=bool(catalogue.find(card.job_opening)),
		dot_names=sentences.dot_names(),
	)


def _is_moved(card) -> bool:
	"""Say whether HR looks at them for another opening; which one is not told before HR tells it."""
	is_known = card.job_opening and card.opening_now and not card.applicant_deleted
	return bool(is_known) and card.outcome in STILL_MOVING and card.opening_now != card.job_opening


def _resume(card) -> str:
	"""Say which file came with the referral; empty when none did."""
	if not card.resume_name:
		return ""
	return _("{0}, {1}", context="Referral Hub").format(card.resume_name, words.file_size(card.resume_bytes))


def _entries(card) -> list[sentences.Entry]:
	"""The past, newest first, each step with what it earned."""
	events = reading.events_of(card.name)
	entries = sentences.history(events, card.candidate_name, words.moment, sentences.is_asked_first(card))
	for reward in card.rewards:
		if reward.state in cards.EARNED:
			_entry_of(entries, reward).rewards.append(
				words.amount(reward.kind, reward.amount, reward.currency, reward.details)
			)
	return entries


def _entry_of(entries: list[sentences.Entry], reward) -> sentences.Entry:
	"""Return the oldest step that had reached the milestone, or the oldest entry."""
	needed = STAGE_OF_MILESTONE[reward.milestone]
	for entry in reversed(entries):
		if entry.stage and not sentences.is_after(needed, entry.stage):
			return entry
	return entries[-1]


def _ahead(card) -> list[dict]:
	"""The future, nearest first, each step with what it will pay; nothing is ahead of an application that is gone."""
	if card.applicant_deleted and card.outcome == "Open":
		return []
	promises = cards.still_possible(card, card.rewards)
	told = []
	for stage, text in sentences.future(card.stage, card.outcome):
		due = [promise for promise in promises if _paid_at(promise, stage)]
		told.append({"text": text, "pays": _sum(due), "when": _date_of(card, stage)})
	staying = [promise for promise in promises if promise.milestone == "Retained"]
	for months in sorted({promise.after_months for promise in staying}):
		due = [promise for promise in staying if promise.after_months == months]
		told.append({"text": cards.milestone_words("Retained", months), "pays": _sum(due), "when": ""})
	return told


def _paid_at(promise, stage: str) -> bool:
	return promise.milestone != "Retained" and STAGE_OF_MILESTONE[promise.milestone] == stage


def _date_of(card, stage: str) -> str:
	"""The day a step is expected, where it is known."""
	if stage == "Interviewing" and card.next_interview_on:
		return words.moment(card.next_interview_on)
	return words.day(card.joined_on) if stage == "Joined" and card.joined_on else ""


def _sum(promises) -> str:
	return words.amounts([asdict(each) for each in promises])


def _rewards(card) -> list[dict]:
	"""Every promise of the frozen terms: what became of it, or what it waits for."""
	terms = terms_rules.load(card.terms)
	if not terms:
		return []
	by_share = {reward.share: reward for reward in card.rewards if not reward.counted_key}
	open_shares = {promise.share for promise in cards.still_possible(card, card.rewards)}
	told = [
		_told(by_share.get(promise.share), promise, terms, promise.share in open_shares)
		for promise in cards.promised(card, card.rewards, terms)
	]
	return told + [_given(reward) for reward in card.rewards if reward.counted_key]


def _told(reward, promise, terms, is_open: bool) -> dict:
	"""Say what became of a promise. One that was taken back, because a step was, and can be earned again is still awaited."""
	if not reward:
		return _awaited(promise, terms, is_open)
	if is_open and reward.state in states.UNDONE:
		return _awaited(promise, terms, is_open) | {"note": rewards.sentences(reward)["state_sentence"]}
	return _given(reward)


def choice_of(card) -> frappe._dict | None:
	"""Return the options of a reward and until when the employee can choose; None when there is no choice."""
	options = [option | {"words": words.amounts(option["totals"])} for option in rewards.options_of(card)]
	if not options:
		return None
	fixed = rewards.is_choice_frozen(card.rewards)
	return frappe._dict(
		options=options,
		fixed=fixed,
		until="" if fixed or card.reward_option or not card.choose_until else words.day(card.choose_until),
		made=any(option["is_chosen"] for option in options),
	)


def _given(reward) -> dict:
	meaning, icon = LOOKS[states.DUE if reward.is_draft else reward.state]
	told = rewards.sentences(reward)
	return {
		"what": _("More for several hires")
		if reward.counted_key
		else cards.milestone_words(reward.milestone, reward.after_months),
		"amount": words.amount(reward.kind, reward.amount, reward.currency, reward.details),
		"state": _state_words(reward),
		"meaning": meaning,
		"icon": icon,
		"note": _note(reward, told),
		"why": told["sentence"],
	}


def _note(reward, told: dict) -> str:
	"""Say what stands in the way, or what payroll paid instead of what was promised."""
	paid = rewards.paid_otherwise(reward)
	if paid:
		said = (words.amount(reward.kind, *money) for money in (paid, (reward.amount, reward.currency)))
		return _("Payroll pays {0} instead of {1}.").format(*said)
	return told["state_sentence"] if reward.state in WITH_A_NOTE else ""


def _awaited(promise, terms, is_open: bool) -> dict:
	return {
		"what": cards.milestone_words(promise.milestone, promise.after_months),
		"amount": words.amount(promise.kind, promise.amount, promise.currency, promise.details),
		"state": _("Still possible") if is_open else _("Not reached"),
		"meaning": "waiting" if is_open else "neutral",
		"icon": "wait" if is_open else "close",
		"note": "",
		"why": _why_awaited(promise, terms),
	}


def _why_awaited(promise, terms) -> str:
	why = _("Rule {0}, version {1}, as it stood on {2}, the day you referred.").format(
		terms.rule_name, terms.rule_version, words.exact(terms.frozen_on)
	)
	return words.sentences(why, rule_words.arithmetic(promise, terms.stacking))


def _state_words(reward) -> str:
	if reward.state == states.EARNED and reward.due_on:
		is_cash, due = reward.kind == words.CASH, words.day(reward.due_on)
		return (_("Earned, goes to payroll {0}") if is_cash else _("Earned, paid {0}")).format(due)
	if reward.state in states.HANDED_OVER:
		return cards.handed_over_words(reward)
	return {
		states.PROMISED: _("Comes {0}").format(words.day(reward.earned_on)),
		states.EARNED: _("Earned"),
		states.CHOICE: _("Waits for your choice"),
		states.APPROVAL: _("Waits for an approval"),
		states.DUE: _("On its way"),
		states.ON_HOLD: _("On hold"),
		states.VOID: _("Not paid"),
		states.CLAWED_BACK: _("Taken back"),
		states.OWED: _("Owed"),
	}[reward.state]
