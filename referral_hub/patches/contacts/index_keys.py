"""What contacts are known by stood in one text of theirs, which had to be read to be looked through; now it is a row a hash, found by an index."""

import frappe

from referral_hub.matching.contacts import knowing

_CHUNK = 1000


def execute():
	if not frappe.db.has_column("Referral Contact", "known_by"):
		return
	last = ""
	while rows := frappe.db.sql(
		"select name, employee, known_by from `tabReferral Contact` where name > %s and known_by > '' order by name limit %s",
		(last, _CHUNK),
	):
		last = rows[-1][0]
		of_employees: dict[str, dict[str, list[str]]] = {}
		for name, employee, digests in rows:
			of_employees.setdefault(employee, {})[name] = list(dict.fromkeys(digests.split()))
		for employee, some in of_employees.items():
			knowing.forget(some)
			knowing.keep(employee, some)
		frappe.db.commit()  # stopped in between it begins again, and forgets first what it wrote
	frappe.db.sql("update `tabReferral Contact` set known_by = null where known_by is not null")
