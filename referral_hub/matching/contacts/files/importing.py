"""A file of contacts, from the upload to the last row: looked at first, then read in the background, some hundreds at a time.

How far it is stands in a row, changed in one transaction with the contacts: a job that is killed goes on there, and people who are there
already are known again. The file lies encrypted on the disk and is deleted when it is read. Nobody is written to.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict

import frappe
from cryptography.fernet import InvalidToken
from frappe.utils import add_to_date, now, now_datetime
from frappe.utils.password import decrypt, encrypt

from referral_hub.background import start_after_commit
from referral_hub.matching.contacts import searching, service
from referral_hub.matching.contacts.files import uploads
from referral_hub.matching.rules.contacts import reading
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.reading import Column
from referral_hub.referrals.rules.refusal import Refused

DOCTYPE = "Referral Contact Import"
PREVIEW, WAITING, RUNNING, DONE, FAILED = "Preview", "Waiting", "Running", "Done", "Failed"
UNDER_WAY = (WAITING, RUNNING)
_CHUNK = 250
# a job that said nothing for so long was lost; so often it is tried without getting on
_SILENT_MINUTES, _MOST_ATTEMPTS = 5, 5
_KEPT_DAYS = 7
_SHOWN_BAD = 10_000


def of_employee(employee: str) -> frappe._dict | None:
	"""Return the newest import of an employee."""
	rows = frappe.db.sql(
		"select * from `tabReferral Contact Import` where employee = %s order by creation desc limit 1",
		employee,
		as_dict=True,
	)
	return rows[0] if rows else None


def begin(employee: str, file_name: str, data: bytes, region: str | None) -> str:
	"""Take a file in and put it beside the database; raises Refused for what can't be read. Nothing is imported yet."""
	there = of_employee(employee)
	if there and there.state in UNDER_WAY:
		raise Refused("import_runs")
	uploads.check(data)
	reading.preview(data, file_name)
	forget_all(employee)
	name = frappe.generate_hash(length=20)
	moment, user = now(), frappe.session.user
	settings = encrypt(json.dumps({"file_name": file_name[:200], "mapping": None}))
	columns = [
		"name",
		"owner",
		"modified_by",
		"creation",
		"modified",
		"employee",
		"state",
		"region",
		"settings",
	]
	values = (name, user, user, moment, moment, employee, PREVIEW, region or "", settings)
	frappe.db.bulk_insert(DOCTYPE, columns, [values])
	uploads.keep(name, data)
	return name


def columns(row) -> list[Column]:
	"""Return what the columns of a file that waits are taken for; none for a vCard."""
	return reading.preview(uploads.read(row.name), _settings(row)["file_name"])


def go(row, mapping: Mapping[int, str] | None) -> None:
	"""Begin, with what the employee says the columns are."""
	if row.state != PREVIEW:
		return
	settings = {
		**_settings(row),
		"mapping": None if mapping is None else {str(key): field for key, field in mapping.items()},
	}
	_set(row.name, state=WAITING, settings=encrypt(json.dumps(settings)))
	start_after_commit(
		"referral_hub.tasks.import_contacts", "long", once_as=f"contact_import:{row.name}", name=row.name
	)


def try_again(name: str) -> bool:
	"""Count an attempt to read the file, False when that was tried too often; to be committed before: reading may kill the job."""
	row = _locked(name)
	if not row or row.state not in UNDER_WAY:
		return False
	if row.attempts >= _MOST_ATTEMPTS:
		_fail(name, "stopped")
		return False
	_set(name, state=RUNNING, attempts=row.attempts + 1)
	return True


def open_file(name: str) -> list[Contact]:
	"""Read the file of an import that waits or was stopped; note what is wrong with rows. None of the contacts is kept yet."""
	row = _locked(name)
	if not row or row.state not in UNDER_WAY:
		return []
	settings = _settings(row)
	mapping = settings["mapping"] and {int(key): field for key, field in settings["mapping"].items()}
	try:
		found = reading.read(
			uploads.read(name), settings["file_name"], region=row.region or None, mapping=mapping
		)
	except (Refused, FileNotFoundError, InvalidToken) as error:
		return _fail(name, getattr(error, "reason", "stopped"))
	bad = [asdict(one) for one in found.bad[:_SHOWN_BAD]]
	report = encrypt(json.dumps({"bad": bad, "reason": ""}, ensure_ascii=False))
	_set(name, state=RUNNING, report=report, people=len(found.contacts), bad=len(found.bad))
	return list(found.contacts)


def take_some(name: str, people: list[Contact]) -> bool:
	"""Keep the next contacts of a file; False when all are kept, or the employee has stopped it."""
	row = _locked(name)
	if not row or row.state != RUNNING:
		return False
	some = people[row.looked_at : row.looked_at + _CHUNK]
	if not some:
		_set(name, state=DONE)
		searching.build_soon()
		frappe.db.after_commit.add(lambda: uploads.remove(name))
		return False
	added = sum(is_new for _name, is_new in service.keep(row.employee, some, row.owner))
	counts = {"looked_at": row.looked_at + len(some), "added": row.added + added}
	_set(name, known=row.known + len(some) - added, attempts=0, **counts)
	return True


def bad_rows(row) -> list[dict]:
	"""Return what was left out: [{"line", "reason", "said"}]."""
	return _report(row)["bad"]


def why_failed(row) -> str:
	return _report(row)["reason"]


def forget_all(employee: str) -> None:
	"""Stop and forget the imports of an employee, file and report; contacts that were kept stay."""
	for name in frappe.db.sql_list(
		"select name from `tabReferral Contact Import` where employee = %s", employee
	):
		forget(name)


def forget(name: str) -> None:
	frappe.db.delete(DOCTYPE, {"name": name})
	frappe.db.after_commit.add(lambda: uploads.remove(name))


def stopped() -> list[str]:
	"""Return imports that should run and of which nothing was heard for a while."""
	return frappe.db.sql_list(
		"select name from `tabReferral Contact Import` where state in %s and modified < %s",
		(UNDER_WAY, add_to_date(now_datetime(), minutes=-_SILENT_MINUTES)),
	)


def over() -> list[str]:
	"""Return imports nobody needs any more: some days old, or of somebody who left."""
	return frappe.db.sql_list(
		"""select import.name from `tabReferral Contact Import` import
		left join `tabEmployee` employee on employee.name = import.employee
		where import.modified < %s or ifnull(employee.status, 'Left') = 'Left'""",
		add_to_date(now_datetime(), days=-_KEPT_DAYS),
	)


def sweep() -> None:
	"""Delete files nobody waits for: of an upload that was rolled back, of an import that was killed after its last row."""
	waiting = frappe.db.sql_list(
		"select name from `tabReferral Contact Import` where state in %s", ((PREVIEW, *UNDER_WAY),)
	)
	uploads.remove_others(set(waiting))


def _fail(name: str, reason: str) -> list:
	_set(name, state=FAILED, report=encrypt(json.dumps({"bad": [], "reason": reason})))
	frappe.db.after_commit.add(lambda: uploads.remove(name))
	return []


def _locked(name: str) -> frappe._dict | None:
	rows = frappe.db.sql(
		"select * from `tabReferral Contact Import` where name = %s for update", name, as_dict=True
	)
	return rows[0] if rows else None


def _settings(row) -> dict:
	return json.loads(decrypt(row.settings))


def _report(row) -> dict:
	return json.loads(decrypt(row.report)) if row.report else {"bad": [], "reason": ""}


def _set(name: str, **values) -> None:
	values["modified"] = now()
	columns = ", ".join(f"`{column}` = %({column})s" for column in values)
	frappe.db.sql(
		f"update `tabReferral Contact Import` set {columns} where name = %(name)s", values | {"name": name}
	)
