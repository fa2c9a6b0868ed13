"""Which companies, departments and designations User Permissions limit somebody to, and where a row of ours belongs.

Frappe's own rules hold: a permission for a department is for those below it too unless it hides them, and one for another DocType
limits nothing here. Our links ignore User Permissions, so that an employee who is limited to themselves still sees what is theirs;
that is why the rows are limited here.
"""

import frappe
from frappe.permissions import get_user_permissions

KINDS = {"company": "Company", "department": "Department", "designation": "Designation"}
WITHIN_COMPANY = ("department", "designation")
NOWHERE = "1 = 0"

Columns = tuple[str, ...]


def _of(*links: str) -> dict[str, Columns]:
	return {field: tuple(f"{link}.{field}" for link in links) for field in WITHIN_COMPANY}


OWN = {field: (field,) for field in WITHIN_COMPANY}
OF_EMPLOYEE, OF_REFERRAL, OF_OPENING = _of("employee"), _of("referral"), _of("job_opening")
IN_POOL = {
	"department": ("applied_for.department", "job_opening.department"),
	"designation": ("designation", "job_opening.designation"),
}
OF_PERSON = {field: tuple(f"record.{column}" for column in columns) for field, columns in IN_POOL.items()}

# The columns that say where a row belongs, over links where it has none of its own; several: any of them. What is earned for a
# referral belongs where the referral does, what an employee has or spends where the employee does. What is missing here belongs nowhere.
PLACES: dict[str, dict[str, Columns]] = {
	"Referral": OWN,
	"Referral Survey Response": OWN,
	"Referral Reward": OF_REFERRAL,
	"Referral Assessment": OF_REFERRAL,
	"Reward Recovery": _of("reward.referral"),
	"Referral Dispute": _of("referral", "job_opening"),
	"Referral Application": _of("job_opening", "referral"),
	"Opening Profile": OF_OPENING,
	"Referral Link": OF_OPENING,
	"Named Referrer": OF_OPENING,
	"Talent Pool Record": IN_POOL,
	"Talent Interaction": OF_PERSON,
	"Talent Prompt": OF_PERSON,
	"Talent Signal": OF_PERSON,
	"Recall Request": OF_PERSON,
	"Onboarding Goal Plan": {
		"department": ("job_applicant.job_title.department",),
		"designation": ("designation",),
	},
	"Onboarding Goal Note": {
		"department": ("plan.job_applicant.job_title.department",),
		"designation": ("plan.designation",),
	},
	"Path Evidence": {"department": ("department",), "designation": ()},
	"Referral Message": _of("recipient"),
	**dict.fromkeys(
		(
			"Path Case",
			"Path Feedback",
			"Path Measurement",
			"Points Account",
			"Prize Draw Ticket",
			"Prize Draw Winner",
			"Recognition Award",
			"Referral Club Answer",
			"Referral Club Member",
			"Referral Preference",
			"Referral Recognition",
			"Referral Standing",
			"Reward Fulfilment",
			"Reward Order",
		),
		OF_EMPLOYEE,
	),
}


def allowed(kind: str, doctype: str, user: str | None = None) -> list[str]:
	"""Return the companies, departments or designations this user is limited to in rows of a DocType; empty: all.

	:param kind: "Company", "Department" or "Designation"
	"""
	permitted = get_user_permissions(user or frappe.session.user).get(kind) or []
	return sorted({row.get("doc") for row in permitted if row.get("applicable_for") in (None, "", doctype)})


def is_limited_within_company(doctype: str, user: str | None = None) -> bool:
	"""Say whether this user reads less than whole companies."""
	return any(allowed(KINDS[field], doctype, user) for field in WITHIN_COMPANY)


def filters(doctype: str, user: str | None = None) -> dict[str, tuple]:
	"""Return the same as filters of a list whose rows have these columns themselves, as HRMS's records do."""
	limits = {field: allowed(kind, doctype, user) for field, kind in KINDS.items()}
	return {field: ("in", names) for field, names in limits.items() if names}


def conditions(doctype: str, user: str | None = None) -> str:
	"""Return the SQL for the rows in the departments and designations of this user; "" for who is not limited to any."""
	limits = {field: allowed(KINDS[field], doctype, user) for field in WITHIN_COMPANY}
	return " and ".join(_within(doctype, field, names) for field, names in limits.items() if names)


def _within(doctype: str, field: str, names: list[str]) -> str:
	listed = ", ".join(map(frappe.db.escape, names))
	columns = PLACES[doctype][field] if doctype in PLACES else ()
	ways = [_reached(doctype, column.split("."), listed) for column in columns]
	return f"({' or '.join(ways)})" if ways else NOWHERE


def _reached(doctype: str, columns: list[str], listed: str) -> str:
	column, *further = columns
	here = f"`tab{doctype}`.{column}"
	if not further:
		return f"{here} in ({listed})"
	linked = frappe.get_meta(doctype).get_options(column)
	there = _reached(linked, further, listed)
	return f"{here} in (select `tab{linked}`.name from `tab{linked}` where {there})"
