"""Plays a year of referrals through the real services and real HRMS documents, then dates them as they would have been.

Deterministic: the same seed and the same lists give the same people and outcomes. The services work with today's clock;
each step is moved to its own day right after it was taken. Points Ledger Entries keep today's date: they can't be changed.
No mail goes out: every message is marked as skipped in the transaction that wrote it.
"""

import json
import random
from collections.abc import Callable
from datetime import date, datetime, time

import frappe
from frappe.utils import add_days, getdate, today

from referral_hub.referrals import service as referrals
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.rewards.paying import payouts
from referral_hub.setup.demo import cast, company

SEED = 20261
REFERRALS_AT_SCALE_ONE = 60
YEAR = 365

# step -> days after the referral was made
DAYS = {
	"screen": 3,
	"interview": 9,
	"clear": 10,
	"fail": 10,
	"reject": 12,
	"withdraw": 12,
	"offer": 16,
	"accept": 20,
	"decline": 20,
	"join": 45,
	"no_show": 55,
	"leave": 105,
	"confirm": 137,
}
JOINING = DAYS["join"]

# what can become of a referral: how often, and the steps it takes
OFFERED = ("screen", "interview", "clear", "offer")
ENDINGS = (
	(38, (*OFFERED, "accept", "join", "confirm")),
	(4, (*OFFERED, "accept", "join", "leave")),
	(16, ("screen", "reject")),
	(18, ("screen", "interview", "fail", "reject")),
	(8, ("screen", "interview", "withdraw")),
	(10, (*OFFERED, "decline")),
	(6, (*OFFERED, "accept", "no_show")),
)


def play(scale: int, progress: Callable[[int, int], None]) -> int:
	"""Make the referrals one by one, each committed; return how many."""
	count, chance = REFERRALS_AT_SCALE_ONE * scale, random.Random(SEED)
	people, openings = company.employees(), company.openings()
	weights, endings = zip(*ENDINGS, strict=True)
	for number in range(count):
		made_on = _made_on(number / count)
		steps = chance.choices(endings, weights)[0]
		Story(number, made_on, chance.choice(people), chance.choice(openings), chance).play(steps)
		commit_quietly()
		progress(number + 1, count)
	return count


def _made_on(part: float) -> date:
	"""Return a day of the last year: the program grows, so there is more to see of late."""
	return getdate(add_days(today(), -round(YEAR * (1 - part) ** 2)))


def commit_quietly() -> None:
	"""Commit without the jobs and mails that would follow: the story has taken every step itself."""
	frappe.db.after_commit.reset()
	frappe.db.commit()


class Story:
	"""One referral, from the day it was made to where it has come by today."""

	def __init__(self, number: int, made_on: date, referrer: str, opening, chance: random.Random):
		self.number, self.day, self.made_on = number, made_on, made_on
		self.referrer, self.opening, self.chance = referrer, opening, chance
		self.joins_on = getdate(add_days(made_on, JOINING))
		self.first = chance.choice(cast.CANDIDATE_FIRST_NAMES)
		self.last = chance.choice(cast.CANDIDATE_LAST_NAMES)
		self.dated = 0

	def play(self, steps: tuple[str, ...]) -> None:
		self.submit()
		for step in steps:
			self.day = getdate(add_days(self.made_on, DAYS[step]))
			if self.day > getdate(today()):
				self._plan(step)
				break
			getattr(self, step)()
			self._follow()

	def submit(self) -> None:
		self.referral = referrals.submit(
			self.referrer,
			self._candidate(),
			opening=self.opening.name,
			note=self.chance.choice(cast.NOTES),
			relation=self.chance.choice(cast.RELATIONS),
		).name
		row = frappe.db.get_value("Referral", self.referral, ["job_applicant", "terms"], as_dict=True)
		self.applicant, terms = row.job_applicant, json.loads(row.terms or "{}")
		if terms:
			terms["frozen_on"] = str(self.day)
		at = _at(self.day)
		values = {"submitted_on": at, "creation": at, "terms": frappe.as_json(terms)}
		frappe.db.set_value("Referral", self.referral, values, update_modified=False)
		_date("Job Applicant", self.applicant, self.day)
		self._date_what_followed()

	def _candidate(self) -> Candidate:
		"""One in ten is known by phone only, as long as there are numbers that are reserved for stories."""
		name, tenth = f"{self.first} {self.last}", self.number // 10
		if self.number % 10 == 9 and tenth < 100 * len(cast.AREA_CODES):
			return Candidate(name=name, phone=f"+1{cast.AREA_CODES[tenth // 100]}55501{tenth % 100:02}")
		address = f"{self.first}.{self.last}.{self.number}".lower().replace("ü", "u")
		return Candidate(name=name, email=f"{address}@candidates.{cast.DOMAIN}")

	# what HR and the candidate do

	def screen(self) -> None:
		self._save_applicant(status="Replied")

	def interview(self) -> None:
		self.meeting = self._schedule(self.day)

	def clear(self) -> None:
		self._finish_interview("Cleared")

	def fail(self) -> None:
		self._finish_interview("Rejected")

	def reject(self) -> None:
		self._save_applicant(status="Rejected", referral_hub_reason=self._reason("Not Selected"))

	def withdraw(self) -> None:
		referrals.close(self.referral, "Withdrawn", self._reason("Withdrawn"))

	def offer(self) -> None:
		offer = frappe.get_doc(
			doctype="Job Offer",
			job_applicant=self.applicant,
			applicant_name=f"{self.first} {self.last}",
			designation=self.opening.designation,
			company=cast.COMPANY,
			offer_date=self.day,
			referral_hub_joining_date=self.joins_on,
			status="Awaiting Response",
		).insert(ignore_permissions=True)
		offer.submit()
		self.job_offer = offer.name

	def accept(self) -> None:
		self._answer_offer("Accepted")

	def decline(self) -> None:
		self._answer_offer("Rejected")
		self._save_applicant(referral_hub_reason=self._reason("Declined Offer"))

	def no_show(self) -> None:
		referrals.close(self.referral, "No-show", self._reason("No-show"))

	def join(self) -> None:
		employee = frappe.get_doc(
			doctype="Employee",
			first_name=self.first,
			last_name=self.last,
			employee_number=f"{cast.ABBR}-hired-{self.number + 1:03}",
			gender="Female",
			date_of_birth="1994-06-15",
			date_of_joining=self.day,
			final_confirmation_date=add_days(today(), 1),
			company=cast.COMPANY,
			department=self.opening.department,
			designation=self.opening.designation,
			job_applicant=self.applicant,
			status="Active",
		).insert(ignore_permissions=True)
		self.employee = employee.name

	def confirm(self) -> None:
		self._save_employee(final_confirmation_date=self.day)

	def leave(self) -> None:
		self._save_employee(status="Left", relieving_date=self.day)

	def _plan(self, step: str) -> None:
		"""The next interview is in the calendar already."""
		if step == "interview":
			self._schedule(self.day)
			self.day = getdate(today())
			self._follow()

	def _schedule(self, on: date) -> str:
		interview = frappe.get_doc(
			doctype="Interview",
			interview_round=company.ROUND,
			job_applicant=self.applicant,
			scheduled_on=on,
			from_time="10:00:00",
			to_time="11:00:00",
			status="Pending",
			interview_details=[{"interviewer": company.login_address(4)}],
		).insert(ignore_permissions=True)
		return interview.name

	def _finish_interview(self, result: str) -> None:
		interview = frappe.get_doc("Interview", self.meeting)
		interview.status = result
		interview.submit()

	def _answer_offer(self, answer: str) -> None:
		offer = frappe.get_doc("Job Offer", self.job_offer)
		offer.status = answer
		offer.save(ignore_permissions=True)

	def _save_applicant(self, **values) -> None:
		frappe.get_doc("Job Applicant", self.applicant).update(values).save(ignore_permissions=True)

	def _save_employee(self, **values) -> None:
		frappe.get_doc("Employee", self.employee).update(values).save(ignore_permissions=True)

	def _reason(self, applies_to: str) -> str | None:
		filters = {"applies_to": applies_to, "enabled": 1}
		reasons = frappe.get_all("Referral Reason", filters, pluck="name", order_by="name asc")
		return self.chance.choice(reasons) if reasons else None

	# what the app does then, and when it would have done it

	def _follow(self) -> None:
		referrals.refresh(self.referral)
		self._date_what_followed()
		for reward in payouts.due_rewards(referral=self.referral):
			due_on = getdate(frappe.db.get_value("Referral Reward", reward, "due_on"))
			payouts.pay_together([reward], max(due_on, self.day))
		_silence_messages(self.referral, self.day)

	def _date_what_followed(self) -> None:
		at = _at(self.day)
		for event in self._new_events():
			values = {"recorded_on": at, "creation": at, "modified": at}
			if event.kind != "Interview":
				values["happened_on"] = at
			frappe.db.set_value("Referral Event", event.name, values, update_modified=False)
			self.dated = event.seq
		values = {"stage_changed_on": at, "modified": at}
		frappe.db.set_value("Referral", self.referral, values, update_modified=False)
		self._date_rewards()
		_silence_messages(self.referral, self.day)

	def _new_events(self) -> list:
		filters = {"referral": self.referral, "seq": (">", self.dated)}
		return frappe.get_all("Referral Event", filters, ["name", "seq", "kind"], order_by="seq asc")

	def _date_rewards(self) -> None:
		"""What a stage earned just now was earned on the day of this step."""
		filters = {"referral": self.referral, "earned_on": getdate(today())}
		for reward in frappe.get_all("Referral Reward", filters, ["name", "earned_on", "due_on"]):
			delay = (reward.due_on - reward.earned_on).days
			values = {"earned_on": self.day, "due_on": add_days(self.day, delay), "creation": _at(self.day)}
			if self.day < getdate(today()):
				values["state"] = "Due" if getdate(values["due_on"]) <= getdate(today()) else "Earned"
			frappe.db.set_value("Referral Reward", reward.name, values, update_modified=False)


def _silence_messages(referral: str, day: date) -> None:
	"""Send nothing of this referral, neither to the referrer nor to the candidate."""
	frappe.db.set_value(
		"Referral Message",
		{"referral": referral, "state": "Pending"},
		{"state": "Skipped", "error": "This is the demo: nothing is sent.", "creation": _at(day)},
		update_modified=False,
	)


def _date(doctype: str, name: str, day: date) -> None:
	frappe.db.set_value(doctype, name, {"creation": _at(day), "modified": _at(day)}, update_modified=False)


def _at(day: date) -> datetime:
	return datetime.combine(day, time(10, 30))
