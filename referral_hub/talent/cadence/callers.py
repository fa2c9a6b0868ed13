"""Who is asked to call, and how many each is asked for on one day."""

from collections import Counter
from datetime import date

import frappe
from frappe.utils import cint

from referral_hub.fulfilment import assigning
from referral_hub.permissions import is_hr
from referral_hub.talent.cadence.closing import DOCTYPE


class Callers:
	"""Says who knows the opening, else who the settings name, else the first HR Manager of the company; asks for each once."""

	def __init__(self):
		self._known: dict[tuple, str | None] = {}

	def __call__(self, row) -> str | None:
		about = (row.applied_for, row.company)
		if about not in self._known:
			self._known[about] = _caller(*about)
		return self._known[about]


class Free:
	"""Counts what each was asked for on a day; 0 in the settings is no limit."""

	def __init__(self, day: date):
		self._most = cint(frappe.get_cached_doc("Referral Hub Settings").prompts_a_day)
		given = {"due_on": day, "after_days": (">=", 0)}
		self._asked = Counter(frappe.get_all(DOCTYPE, given, pluck="caller"))

	def has(self, user: str | None) -> bool:
		return not self._most or self._asked[user] < self._most

	def take(self, user: str | None) -> bool:
		if not self.has(user):
			return False
		self._asked[user] += 1
		return True


def _caller(opening: str | None, company: str | None) -> str | None:
	settings = frappe.get_cached_doc("Referral Hub Settings")
	recruiter = opening and frappe.db.get_value("Opening Profile", {"job_opening": opening}, "recruiter")
	named = [user for user in (recruiter, settings.caller) if assigning.is_enabled(user) and is_hr(user)]
	return next(iter(named or assigning.managers(company)), None)
