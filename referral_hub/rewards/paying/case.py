"""What is looked at to pay one reward: its referral, the two people, the employee's payroll. Each is read once per attempt.

Kept in the flags of the locked reward, so for no longer than one attempt to pay it lasts: the next one locks and reads anew.
"""

from datetime import date

import frappe

from referral_hub.rewards.paying import salaries
from referral_hub.rewards.telling import REFERRAL_READ

OF_REFERRAL = ("name", "candidate_name", "job_opening", "designation", "company", "program", "hired_employee")
OF_REFERRAL += ("job_applicant", "employee_referral")
OF_EMPLOYEE = ("name", "status", "company", "relieving_date", "owner", "employee_name", "department")
NOBODY = frappe._dict()


def referral(reward) -> frappe._dict:
	"""Return the referral of a reward, as far as paying looks at it."""
	if not reward.flags.get(REFERRAL_READ):
		found = frappe.db.get_value("Referral", reward.referral, OF_REFERRAL, as_dict=True)
		reward.flags[REFERRAL_READ] = found or NOBODY
	return reward.flags[REFERRAL_READ]


def is_without_form(reward) -> bool:
	"""Say whether who pays has read that no Employee Referral stands behind this; False while nobody has looked."""
	read = reward.flags.get(REFERRAL_READ)
	return bool(read) and not read.get("employee_referral")


def employee(reward) -> frappe._dict:
	"""Return the one who is paid; empty when there is no such employee."""
	return _both(reward).get(reward.employee, NOBODY)


def hire(reward) -> frappe._dict:
	"""Return the one who was hired; empty while nobody was."""
	return _both(reward).get(referral(reward).hired_employee, NOBODY)


def standing(reward) -> str | None:
	"""Return the Additional Salary that pays a reward already; whoever makes one by hand waits for the reward's lock."""
	return _once(reward, ("standing", reward.employee), lambda: salaries.standing(reward))


def payroll_date(reward, today: date) -> date:
	"""Return the first day from today that no submitted salary slip of the employee covers yet."""
	key = "payroll date", reward.employee, today
	return _once(reward, key, lambda: salaries.payroll_date(reward.employee, today))


def salary(reward, on: date):
	"""Return the Salary Structure Assignment in force."""
	return _once(
		reward, ("salary", reward.employee, on), lambda: salaries.structure_assignment(reward.employee, on)
	)


def _both(reward) -> dict[str, frappe._dict]:
	names = tuple(name for name in (reward.employee, referral(reward).hired_employee) if name)
	return _once(reward, ("people", names), lambda: _people(names))


def _people(names: tuple[str, ...]) -> dict[str, frappe._dict]:
	rows = frappe.get_all("Employee", filters={"name": ["in", names]}, fields=list(OF_EMPLOYEE))
	return {row.name: row for row in rows}


def _once(reward, key: tuple, read):
	known = reward.flags.setdefault("read_to_pay", {})
	if key not in known:
		known[key] = read()
	return known[key]
