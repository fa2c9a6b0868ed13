"""What the people of the demo say of it once a referral is over: most of them answered, half of those without a name; a few are asked now.

Deterministic: the same referrals get the same answers. Each is given by the service and on its own day, some days after the end.
"""

import random
from datetime import date, datetime, time

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import add_days, getdate, nowdate

from referral_hub.referrals.rules.consent import Consent
from referral_hub.setup.demo import cast, company
from referral_hub.survey import asking, service
from referral_hub.survey.rules.questions import ASKED, Answer, Role

SEED = 20262
# how likely somebody answers, and how what became of the referral weighs: usual score, from 0 to 10
ANSWERS = {Role.REFERRER: 0.75, Role.CANDIDATE: 0.5}
USUAL = {"Hired": 9, "Left": 8, "Declined Offer": 8, "Withdrawn": 7, "No-show": 7, "Not Selected": 6}
# news from this department come late
LATE = "Demo Logistics"
WORDS = {
	Role.REFERRER: (
		"I always knew where my friend was. Thank you.",
		"Two weeks without a word are long when somebody asks you every day.",
		"The form took me a minute on the bus.",
		"没想到这么快就有消息，很好。",
	),
	Role.CANDIDATE: (
		"Everybody was kind, also when it was a no.",
		"Three rounds for this job were one too many.",
		"I would have liked to hear the reason.",
		"面试官很专业，流程清楚。",
	),
}


def play() -> None:
	"""Take every step; the caller commits."""
	chance, logins = random.Random(SEED), {company.employees()[number] for number in cast.LOGINS}
	waiting: set[str] = set()
	for row in _over():
		if row.referrer in logins and row.referrer not in waiting:
			waiting.add(row.referrer)  # the newest: they find the question on their home
			service.invite(row.name, Role.REFERRER, row.referrer)
			continue
		for role, likely in ANSWERS.items():
			if chance.random() < likely:
				_answer(row, role, chance)


def _answer(row, role: Role, chance: random.Random) -> None:
	asked_on = getdate(add_days(row.ended_on, 3))
	given_on = getdate(add_days(asked_on, chance.randint(0, 9)))
	answer = _say(row, role, chance)
	if given_on > getdate(nowdate()):
		return
	if role == Role.CANDIDATE:
		agreed = {"consent_state": Consent.GIVEN.value, "consent_on": row.submitted_on}
		frappe.db.set_value("Referral", row.name, agreed, update_modified=False)
	invitation = service.invite(row.name, role, row.referrer if role == Role.REFERRER else None)
	service.answer(invitation, answer, _at(given_on))
	dated = {"asked_on": asked_on, "open_until": add_days(asked_on, 30)}
	frappe.db.set_value(asking.INVITATION, invitation, dated, update_modified=False)


def _say(row, role: Role, chance: random.Random) -> Answer:
	is_late = row.department == company.department_name(LATE)
	usual = USUAL.get(row.outcome, 7) - (2 if is_late else 0)
	score = min(max(usual + chance.choice((-2, -1, 0, 0, 1, 1)), 0), 10)
	ratings = {question: min(max(round(score / 2) + chance.randint(-1, 1), 1), 5) for question in ASKED[role]}
	themes = [theme.theme for theme in service.themes_for(role)]
	named = tuple(chance.sample(themes, min(len(themes), chance.randint(0, 2))))
	words = chance.choice(WORDS[role]) if chance.random() < 0.4 else ""
	return Answer(score, ratings, named, words, chance.random() < 0.5)


def _over() -> list[frappe._dict]:
	"""Return the demo's referrals that are over, the newest end first."""
	referral, event = DocType("Referral"), DocType("Referral Event")
	query = frappe.qb.from_(referral).inner_join(event).on(event.referral == referral.name)
	query = query.where((referral.company == cast.COMPANY) & (event.kind == "Outcome"))
	query = query.where((referral.outcome != "Open") & referral.erased_on.isnull())
	fields = ("name", "referrer", "outcome", "department", "submitted_on")
	columns = [referral[field] for field in fields]
	ended_on = Max(event.recorded_on)
	rows = query.select(*columns, ended_on.as_("ended_on")).groupby(*columns).run(as_dict=True)
	return sorted(rows, key=lambda row: (row.ended_on, row.name), reverse=True)


def _at(day: date) -> datetime:
	return datetime.combine(day, time(18, 15))
