"""Who is asked to call, and how many each is asked for on one day."""

from collections import Counter
from datetime import date

import frappe
from frappe.utils import cint

from referral_hub.database.prepared import Prepared, given
from referral_hub.fulfilment import assigning
from referral_hub.permissions import HR_ROLES
from referral_hub.talent.cadence.closing import DOCTYPE


class Callers:
	"""Says who knows the opening, else who the settings name, else the first HR Manager of the company; asks for each once."""

	def __init__(self):
		self._settings = frappe.get_cached_doc("Referral Hub Settings")
		self._recruiters: dict[str, str | None] = {}
		self._calls: dict[str | None, bool] = {None: False, "": False}
		self._managers: dict[str | None, str | None] = {}
		self.know([])

	def know(self, rows: list) -> None:
		"""Read at once what is asked about these records: the recruiters of their openings, and who of them may call."""
		openings = {row.applied_for for row in rows if row.applied_for} - self._recruiters.keys()
		self._recruiters |= dict.fromkeys(openings)
		self._recruiters |= dict(_recruiters.run(openings=tuple(openings))) if openings else {}
		users = {self._settings.caller, *self._recruiters.values()} - self._calls.keys()
		self._calls |= dict.fromkeys(users, False)
		self._calls |= dict.fromkeys(_of_hr(users), True)

	def __call__(self, row) -> str | None:
		if row.applied_for and row.applied_for not in self._recruiters:
			self.know([row])
		named = (self._recruiters.get(row.applied_for), self._settings.caller)
		return next((user for user in named if self._calls[user]), None) or self._manager(row.company)

	def _manager(self, company: str | None) -> str | None:
		if company not in self._managers:
			self._managers[company] = next(iter(assigning.managers(company)), None)
		return self._managers[company]


class Free:
	"""Counts what each was asked for on a day; 0 in the settings is no limit."""

	def __init__(self, day: date):
		self._most = cint(frappe.get_cached_doc("Referral Hub Settings").prompts_a_day)
		self._asked = Counter(caller for (caller,) in _asked_for.run(day=day))

	def has(self, user: str | None) -> bool:
		return not self._most or self._asked[user] < self._most

	def take(self, user: str | None) -> bool:
		if not self.has(user):
			return False
		self._asked[user] += 1
		return True


@Prepared
def _asked_for():
	"""One that somebody set for themselves is no step: it has no days."""
	prompt = frappe.qb.DocType(DOCTYPE)
	steps_of_day = (prompt.due_on == given("day")) & (prompt.after_days >= 0)
	return frappe.qb.from_(prompt).select(prompt.caller).where(steps_of_day)


@Prepared
def _recruiters():
	Profile = frappe.qb.DocType("Opening Profile")
	query = frappe.qb.from_(Profile).select(Profile.job_opening, Profile.recruiter)
	return query.where(Profile.job_opening.isin(given("openings")))


def _of_hr(users: set[str]) -> list[str]:
	"""Return who of these users is of HR and can log in."""
	if not users:
		return []
	found = _enabled_with_a_role.run(users=tuple(users), roles=tuple(HR_ROLES))
	return [*(name for (name,) in found), *({"Administrator"} & users)]


@Prepared
def _enabled_with_a_role():
	User, Role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	held = (Role.parent == User.name) & (Role.parenttype == "User") & Role.role.isin(given("roles"))
	query = frappe.qb.from_(User).inner_join(Role).on(held).select(User.name).distinct()
	return query.where(User.name.isin(given("users")) & (User.enabled == 1))
