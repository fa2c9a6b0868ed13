"""Performance Paths, promotions as HR makes them, and what requirements are counted from."""

import frappe
import site_factories as hr


def level(code: str, designation: str, **fields) -> dict:
	return {"code": code, "designation": designation, **fields}


def needed(of: str, requirement: str, target: float, **fields) -> dict:
	return {"level": of, "requirement": requirement, "target": target, **fields}


def make_path(*levels: dict, requirements=(), company: str = "", **fields):
	"""Make a path; without a company it is for all, which Frappe's defaults would not leave so."""
	path = frappe.get_doc(
		doctype="Performance Path",
		path_name=hr.unique("Path"),
		company=company,
		levels=list(levels),
		requirements=list(requirements),
		**fields,
	)
	return path.insert()


def promote(employee: str, on: str, submit: bool = True, **changes):
	"""Promote with HRMS's own document, as its form writes it: the words of before and after."""
	before = frappe.db.get_value("Employee", employee, list(changes), as_dict=True)
	meta = frappe.get_meta("Employee")
	promotion = frappe.get_doc(
		doctype="Employee Promotion",
		employee=employee,
		promotion_date=on,
		promotion_details=[
			{
				"property": meta.get_label(field),
				"fieldname": field,
				"current": before[field] or "",
				"new": value,
			}
			for field, value in changes.items()
		],
	).insert()
	if submit:
		promotion.submit()
	return promotion


def make_goal(employee: str, progress: float, **fields):
	return frappe.get_doc(
		doctype="Goal",
		employee=employee,
		goal_name=fields.pop("goal_name", None) or hr.unique("Goal"),
		start_date=fields.pop("start_date", hr.days_ago(1)),
		progress=progress,
		**fields,
	).insert()
