"""A reward keeps the record it was promised to, apart from the one that is paid: rewards of before are told apart once.

Of several rewards for one promise whose people are one, the one that stands is the one promised to who is credited now.
The index of before goes: by the record that is paid, the same promise could be made twice.
"""

from itertools import groupby

import frappe

from referral_hub.people.employments import are_one
from referral_hub.rewards.rules.states import STANDING

_TABLE, _OLD_INDEX = "tabReferral Reward", "unique_promise_to_employee"
_PROMISE = ("referral", "rule", "rule_version", "milestone", "share", "counted_key")


def execute() -> None:
	for _promise, rows in groupby(_rows(), key=lambda row: tuple(row[column] or "" for column in _PROMISE)):
		for name, referrer in promised_to(list(rows)).items():
			frappe.db.set_value("Referral Reward", name, "referrer", referrer, update_modified=False)
	if frappe.db.has_index(_TABLE, _OLD_INDEX):
		frappe.db.sql_ddl(f"alter table `{_TABLE}` drop index {_OLD_INDEX}")


def promised_to(rows: list[frappe._dict]) -> dict[str, str]:
	"""Return whom each reward for one promise was made to: no two the same, as no two are paid to the same record."""
	credited_now = rows[0].credited_now
	employees = {row.name: row.employee for row in rows}
	theirs = [row for row in rows if credited_now and are_one(credited_now, row.employee)]
	if not theirs:
		return employees
	first = max(theirs, key=lambda row: (row.state in STANDING, row.employee == credited_now))
	others = {name: first.employee if one == credited_now else one for name, one in employees.items()}
	return others | {first.name: credited_now}


def _rows() -> list[frappe._dict]:
	"""Read the rewards that do not say yet whom they were promised to, promise by promise."""
	Reward, Referral = frappe.qb.DocType("Referral Reward"), frappe.qb.DocType("Referral")
	query = (
		frappe.qb.from_(Reward)
		.left_join(Referral)
		.on(Referral.name == Reward.referral)
		.select(Reward.name, Reward.employee, Reward.state, Referral.referrer.as_("credited_now"))
		.select(*[Reward[column] for column in _PROMISE])
		.where(Reward.referrer.isnull() | (Reward.referrer == ""))
	)
	for column in _PROMISE:
		query = query.orderby(Reward[column])
	return query.orderby(Reward.name).run(as_dict=True)
