"""The tree of departments, read once for many questions. Every slice may ask; nothing is written."""

import frappe

Parents = dict[str, str | None]


def parents() -> Parents:
	"""Return the parent of every department."""
	Department = frappe.qb.DocType("Department")
	return dict(frappe.qb.from_(Department).select(Department.name, Department.parent_department).run())


def with_ancestors(department: str | None, parents: Parents) -> tuple[str, ...]:
	"""Return a department and those above it, nearest first; a loop in the tree ends the walk."""
	chain: list[str] = []
	while department and department not in chain:
		chain.append(department)
		department = parents.get(department)
	return tuple(chain)
