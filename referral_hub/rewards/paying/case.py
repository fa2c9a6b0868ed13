"""What is looked at to pay one reward: its referral, the two people, the employee's payroll. Each is read once per attempt.

Kept in the flags of the locked reward, so for no longer than one attempt to pay it lasts: the next one locks and reads anew.
Where a round (rounds.py) has read it for all its rewards, that is taken.
"""

from collections.abc import Collection
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
		name = reward.referral
		found = _once(reward, ("referral", name), lambda: referrals({name}).get(name))
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
	key = "standing", reward.name, reward.employee
	return _once(reward, key, lambda: salaries.standing(reward))


def may_owe(reward) -> bool:
	"""Say whether the one who is paid may owe something: only a round knows that somebody surely does not."""
	return _once(reward, ("owes", reward.employee), lambda: True)


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
	names = names_of_both(reward)
	return _once(reward, ("people", names), lambda: people(names))


def names_of_both(reward) -> tuple[str, ...]:
	return tuple(name for name in (reward.employee, referral(reward).hired_employee) if name)


def people(names: Collection[str]) -> dict[str, frappe._dict]:
	rows = frappe.get_all("Employee", filters={"name": ["in", sorted(names)]}, fields=list(OF_EMPLOYEE))
	return {row.name: row for row in rows}


def referrals(names: Collection[str]) -> dict[str, frappe._dict]:
	"""Read referrals as far as paying and telling of it look at them, with the title of the opening, and which HR looks at now."""
	Referral, Opening, Applicant = map(frappe.qb.DocType, ("Referral", "Job Opening", "Job Applicant"))
	query = frappe.qb.from_(Referral).left_join(Opening).on(Opening.name == Referral.job_opening)
	query = query.left_join(Applicant).on(Applicant.name == Referral.job_applicant)
	query = query.select(*(Referral[name] for name in OF_REFERRAL), Opening.job_title.as_("opening_title"))
	query = query.select(Applicant.job_title.as_("opening_now"))
	return {row.name: row for row in query.where(Referral.name.isin(sorted(names))).run(as_dict=True)}


def _once(reward, key: tuple, read):
	shared = reward.flags.round.known if reward.flags.round else {}
	if key in shared:
		return shared[key]
	known = reward.flags.setdefault("read_to_pay", {})
	if key not in known:
		known[key] = read()
	return known[key]
