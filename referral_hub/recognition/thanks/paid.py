"""Which rewards have reached somebody: what payroll has but a draft of, or withholds, is no reason to thank. Reads only.

Queries name the reward `reward` and bring `paid` (STATES).
"""

import frappe

STATES = ("Paid", "Confirmed")
PAYOUT = """left join `tabAdditional Salary` salary
		on reward.payout_doctype = 'Additional Salary' and salary.name = reward.payout_name"""
HAS_REACHED = """reward.state in %(paid)s and ifnull(salary.docstatus, 1) = 1 and not exists (
			select 1 from `tabSalary Slip` slip join `tabSalary Detail` detail on detail.parent = slip.name
			where slip.employee = salary.employee and slip.docstatus = 1 and slip.status = 'Withheld'
				and detail.additional_salary = salary.name)"""


def people_since(day: str) -> set[str]:
	"""Return whom a reward has reached after this day, by the record it was paid to."""
	return set(
		frappe.db.sql_list(
			f"""select distinct reward.employee from `tabReferral Reward` reward {PAYOUT}
			where reward.paid_on > %(day)s and {HAS_REACHED}""",
			{"day": day, "paid": STATES},
		)
	)
