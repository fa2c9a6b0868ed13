"""Referrals that wait for the candidate, candidates with a link, employees with a card, and the forms they send."""

import re
import time

import frappe
import site_factories as hr
from frappe.utils.password import get_encryption_key
from referral_factories import make_candidate
from sharing_factories import Guest

from referral_hub.referrals import service
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.consent import asking
from referral_hub.referrals.rules.sharing import guest_forms


def make_consent_program(**fields) -> str:
	values = {"consent_first": 1, "consent_days": 30, **fields}
	return (
		frappe.get_doc(doctype="Referral Program", program_name=hr.unique("Consent"), **values).insert().name
	)


def make_waiting(employee=None, opening=None, candidate=None, program: str | None = None, **fields):
	"""A referral of somebody who has not agreed yet."""
	employee, opening = employee or hr.make_employee("Anna"), opening or hr.make_opening()
	program = program or make_consent_program()
	candidate = candidate or make_candidate()
	return service.submit(employee.name, candidate, opening.name, program, **fields)


class CandidatePage:
	"""What a candidate does on their page."""

	def __init__(self, referral, **guest):
		self.referral = referral.name
		self.path = asking.link_of(referral.name)
		self.token = self.path.rpartition("/")[2]
		self.guest = Guest(**guest)

	def get(self, **query):
		return self.guest.get(self.path, **query)

	def post(self, action: str, **fields):
		form = {"action": action, "form_token": form_token(self.referral), **fields}
		return self.guest.post(self.path, form)

	def text(self, **query) -> str:
		return self.get(**query).get_data(as_text=True)


class Card:
	"""What somebody does with an employee's card."""

	def __init__(self, employee, **guest):
		self.employee = employee.name
		self.token = cards.issue(employee.name)
		self.path = f"/refer/{self.token}"
		self.guest = Guest(**guest)

	def get(self, **query):
		return self.guest.get(self.path, **query)

	def text(self, **query) -> str:
		return self.get(**query).get_data(as_text=True)

	def refer(self, **fields):
		return self.guest.post(self.path, {"form_token": form_token(self.employee), **fields})


def form_token(subject: str, seconds_ago: int = 30) -> str:
	issued = int(time.time()) - seconds_ago
	return guest_forms.make(get_encryption_key(), subject, issued, frappe.generate_hash(length=24))


def without_secrets(response) -> str:
	"""The page's text without what is different each time."""
	return re.sub(r'value="[^"]*"|nonce-?[^"\' ]*', "", response.get_data(as_text=True))


def link_told(referral, event: str) -> str | None:
	"""The path of the link the newest message of this kind carries."""
	facts = frappe.get_all(
		"Referral Message",
		{"candidate_of": referral.name, "event": event},
		pluck="facts",
		order_by="creation desc",
		limit=1,
	)
	return frappe.parse_json(facts[0])["link"] if facts else None
