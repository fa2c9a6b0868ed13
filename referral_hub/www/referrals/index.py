"""Home: what moved, is there something to do, and one button."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from referral_hub.people.employments import records_of
from referral_hub.points import service as points
from referral_hub.portal import bonuses, cards, page, wallet, words
from referral_hub.portal.announcing import news
from referral_hub.portal.contacts import suggesting
from referral_hub.portal.feedback import listing as feedback
from referral_hub.portal.growth import path_words
from referral_hub.portal.points import latest, shop
from referral_hub.portal.requests import listing
from referral_hub.referrals.named import answering
from referral_hub.referrals.rules.showing.next_step import NextStep
from referral_hub.referrals.showing import catalogue, reading, sentences
from referral_hub.rewards import service as rewards
from referral_hub.survey import service as survey

SHOWN_PEOPLE = 5
SHOWN_OPENINGS = 3
NEWS_DAYS = 14
AFTER_INTERVIEWS = (NextStep.INTERVIEW_DONE, NextStep.HR_DECIDES)


@page.for_employees
def get_context(context):
	employee = context.employee
	records = records_of(employee.name)
	counts = reading.count(employee.name, records)
	rows = reading.mine(employee.name, group=reading.ON_THEIR_WAY, limit=SHOWN_PEOPLE)
	openings = catalogue.find_all(catalogue.Search(), limit=SHOWN_OPENINGS)
	context.update(
		greeting=_greeting(employee),
		news=news.banners(employee.name),
		put_away=news.put_away(employee.name, frappe.form_dict.get("put_away")),
		choices=_choices(records),
		asked=answering.waiting_for(employee.name),
		requests=listing.lines(employee.name),
		feedback=feedback.waiting(frappe.session.user),
		survey=survey.waiting_for(employee.name),
		people=cards.people(rows),
		all_people=sum(counts.values()),
		change=_change(employee.name),
		balance=shop.balance(employee),
		wallets=wallet.wallets(employee, records),
		last_reward=latest.reward(records),
		bonuses=bonuses.on_the_way(employee.name),
		expires=words.expires_next(points.expiring(employee.name)),
		openings=cards.openings_with_offers(openings, employee.name),
		my_path=path_words.line(employee.name),
		suggestions=suggesting.best(employee.name),
		title=_("Referrals"),
		script="home.js",
	)


def _greeting(employee) -> str:
	name = employee.first_name or employee.employee_name
	hour = words.local(now_datetime()).hour
	if 5 <= hour < 11:
		return _("Good morning, {0}").format(name)
	return _("Good evening, {0}").format(name) if hour >= 18 else _("Hello, {0}").format(name)


def _change(employee: str) -> frappe._dict | None:
	"""The one thing to know: the next interview, else the last thing that happened."""
	coming = reading.next_interview(employee, now_datetime())
	if coming:
		text = _("{0} has an interview: {1}.").format(
			coming.candidate_name, words.moment(coming.next_interview_on)
		)
		return frappe._dict(text=text, referral=coming.name, icon="calendar")
	event = reading.newest_event(employee, words.ago(NEWS_DAYS))
	text = event and _told(event, employee)
	return frappe._dict(text=text, referral=event.referral, icon="flag") if text else None


def _choices(records: list[str]) -> list[frappe._dict]:
	"""Say each reward that waits for a choice, with the day until which it can be made."""
	return [
		frappe._dict(
			address=f"{page.address_of(row.name)}#reward-title",
			text=_("Choose your reward for {0}, {1} at the latest.").format(
				row.candidate_name, words.day(row.choose_until)
			)
			if row.choose_until
			else _("Choose your reward for {0}.").format(row.candidate_name),
		)
		for row in rewards.choices_waiting_for(records)
	]


def _told(event, employee: str) -> str | None:
	"""Say the newest event; what announced interviews that are over by now gives way to what comes next."""
	if event.stage == "Interviewing" and event.kind in ("Stage", "Interview"):
		row = reading.find(event.referral, employee)
		step = row and cards.step_of(row)
		if step in AFTER_INTERVIEWS:
			return _("{0}: {1}", context="Referral Hub").format(
				event.candidate_name, sentences.next_step_words(step, row.outcome)
			)
	return sentences.latest_change(event, event.candidate_name, words.moment)
