"""Who may see which row: one rule per DocType, for lists, forms, reports and the API alike.

An employee is whoever `Employee.user_id` names, never a role. Employees reach their own rows; HR reaches
the rows of the companies it is allowed to work for.
"""

import frappe

HR_ROLES = frozenset({"HR Manager", "HR User", "System Manager"})


def employee_of(user=None):
	"""Return the name of the active Employee whose user this is, or None."""
	user = user or frappe.session.user
	if user in ("Guest", "Administrator"):
		return None
	return frappe.db.get_value("Employee", {"user_id": user, "status": "Active"}, "name")


def is_hr(user=None):
	user = user or frappe.session.user
	return user == "Administrator" or bool(HR_ROLES.intersection(frappe.get_roles(user)))


def allowed_companies(user):
	"""Return the companies a User Permission limits this user to; empty means every company."""
	permitted = frappe.permissions.get_user_permissions(user).get("Company") or []
	return sorted({row.get("doc") for row in permitted})


def referral_conditions(user=None):
	return _conditions("Referral", "referrer", user)


def referral_reward_conditions(user=None):
	return _conditions("Referral Reward", "employee", user)


def points_account_conditions(user=None):
	return _conditions("Points Account", "employee", user)


def referral_event_conditions(user=None):
	return _through("Referral Event", "referral", "Referral", referral_conditions(user))


def points_ledger_entry_conditions(user=None):
	return _through("Points Ledger Entry", "account", "Points Account", points_account_conditions(user))


def referral_message_conditions(user=None):
	return _through("Referral Message", "recipient", "Employee", _conditions("Employee", "name", user))


CONDITIONS = {
	"Referral": referral_conditions,
	"Referral Event": referral_event_conditions,
	"Referral Message": referral_message_conditions,
	"Referral Reward": referral_reward_conditions,
	"Points Account": points_account_conditions,
	"Points Ledger Entry": points_ledger_entry_conditions,
}


def has_permission(doc, ptype=None, user=None, **_kwargs):
	"""Agree with the list: a row that the list does not show can't be opened either."""
	conditions = CONDITIONS[doc.doctype](user)
	if not conditions or doc.is_new():
		return True
	found = frappe.db.sql(f"select 1 from `tab{doc.doctype}` where name = %s and ({conditions})", doc.name)
	return bool(found)


def _conditions(doctype, employee_field, user):
	user = user or frappe.session.user
	if is_hr(user):
		companies = allowed_companies(user)
		if not companies:
			return ""
		return f"`tab{doctype}`.company in ({', '.join(map(frappe.db.escape, companies))})"
	employee = employee_of(user)
	return f"`tab{doctype}`.{employee_field} = {frappe.db.escape(employee)}" if employee else "1 = 0"


def _through(doctype, link_field, parent_doctype, parent_conditions):
	if not parent_conditions:
		return ""
	return (
		f"`tab{doctype}`.{link_field} in "
		f"(select `tab{parent_doctype}`.name from `tab{parent_doctype}` where {parent_conditions})"
	)
