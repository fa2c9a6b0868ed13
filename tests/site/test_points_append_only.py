"""Nobody writes, renames or deletes a row of the ledger through the platform, Administrator included."""

import frappe
import pytest
import site_factories as hr
from frappe.core.doctype.data_import.importer import Importer
from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs
from frappe.desk.reportview import delete_bulk
from frappe.model.rename_doc import bulk_rename, rename_doc

from referral_hub.points import service
from referral_hub.points.errors import InsufficientPoints, LedgerIsAppendOnly
from referral_hub.points.moving import refusals

DOCTYPES = ("Points Ledger Entry", "Points Account", "Points Lot", "Points Refusal")
FIELD = {
	"Points Ledger Entry": "points",
	"Points Account": "balance",
	"Points Lot": "remaining",
	"Points Refusal": "refused_on",
}
VALUE = {"Points Refusal": "2020-01-01 00:00:00"}
WORDS = "is written by the points ledger alone and never changed or deleted"


def written_by_the_ledger(doctype: str):
	"""A row the ledger wrote itself."""
	employee = hr.make_employee().name
	name = service.post(employee, 100, "Issuance", hr.unique("key"))
	if doctype == "Points Account":
		name = frappe.db.get_value("Points Ledger Entry", name, "account")
	if doctype == "Points Refusal":
		with pytest.raises(InsufficientPoints):
			service.post(employee, -101, "Shop", hr.unique("key"))
		refusals.keep_pending()
		name = frappe.db.get_value("Points Refusal", {}, "name", order_by="creation desc")
	return frappe.get_doc(doctype, name)


@pytest.fixture(params=DOCTYPES)
def row(request):
	return written_by_the_ledger(request.param)


def value(row):
	return VALUE.get(row.doctype, 1_000_000)


def changed(row):
	row.set(FIELD[row.doctype], value(row))
	return row


def copied(row):
	return frappe.copy_doc(row)


ROADS = {
	"save": lambda row: changed(row).save(ignore_permissions=True),
	"save, ignoring everything": lambda row: ignoring(changed(row)).save(),
	"db_set": lambda row: row.db_set(FIELD[row.doctype], value(row)),
	"db_set of several": lambda row: row.db_set({FIELD[row.doctype]: value(row)}, update_modified=False),
	"db_update": lambda row: changed(row).db_update(),
	"insert": lambda row: copied(row).insert(ignore_permissions=True),
	"insert, ignoring everything": lambda row: ignoring(copied(row)).insert(),
	"db_insert": lambda row: copied(row).db_insert(),
	"delete": lambda row: row.delete(),
	"delete_doc by force": lambda row: frappe.delete_doc(row.doctype, row.name, force=True, ignore_permissions=True),
	"rename": lambda row: rename_doc(row.doctype, row.name, "other", force=True, ignore_permissions=True),
	"merge": lambda row: rename_doc(row.doctype, row.name, row.name, force=True, merge=True),
	"client.insert": lambda row: frappe.call("frappe.client.insert", doc={**copied(row).as_dict(), "name": None}),
	"client.set_value": lambda row: frappe.call(
		"frappe.client.set_value", doctype=row.doctype, name=row.name, fieldname=FIELD[row.doctype], value=value(row)
	),
	"client.save": lambda row: frappe.call("frappe.client.save", doc=changed(row).as_dict()),
	"client.delete": lambda row: frappe.call("frappe.client.delete", doctype=row.doctype, name=row.name),
	"client.rename_doc": lambda row: frappe.call(
		"frappe.client.rename_doc", doctype=row.doctype, old_name=row.name, new_name="other"
	),
	"desk form save": lambda row: frappe.call(
		"frappe.desk.form.save.savedocs", doc=frappe.as_json(changed(row).as_dict()), action="Save"
	),
}  # fmt: skip


def ignoring(row):
	row.flags.update(
		{"ignore_permissions": 1, "ignore_validate": 1, "ignore_mandatory": 1, "ignore_links": 1}
	)
	return row


def stored(doctype: str) -> list:
	return frappe.db.sql(f"select * from `tab{doctype}` order by name")


@pytest.mark.parametrize("road", ROADS)
def test_no_road_through_the_platform_changes_the_ledger(row, road):
	before = stored(row.doctype)
	with pytest.raises(LedgerIsAppendOnly, match=WORDS):
		ROADS[road](row)
	assert stored(row.doctype) == before


def bulk_update(row):
	submit_cancel_or_update_docs(row.doctype, [row.name], "update", {FIELD[row.doctype]: value(row)})


def bulk_delete(row):
	delete_bulk(row.doctype, [row.name])


def rename_in_bulk(row):
	assert "** Failed" in bulk_rename(row.doctype, [[row.name, "other"]])[0]


def import_data(row):
	"""The update that Data Import does for each line of a file."""
	data_import = frappe.new_doc("Data Import")
	data_import.update({"reference_doctype": row.doctype, "import_type": "Update Existing Records"})
	with pytest.raises(frappe.ValidationError):
		data_import.insert()
	importer = Importer.__new__(Importer)  # without a file: the line comes from us
	importer.doctype, importer.data_import = row.doctype, data_import
	with pytest.raises(LedgerIsAppendOnly):
		importer.update_record(changed(row).as_dict())
	with pytest.raises(LedgerIsAppendOnly):
		importer.insert_record(copied(row).as_dict())


def test_bulk_tools_change_nothing(commits):
	"""They roll back what failed and go on, so here the rows are committed first."""
	rows = [written_by_the_ledger(doctype) for doctype in DOCTYPES]
	commits.commit()
	for tool in (bulk_update, bulk_delete, rename_in_bulk, import_data):
		for row in rows:
			before = stored(row.doctype)
			tool(frappe.get_doc(row.doctype, row.name))
			frappe.db.commit()
			assert (tool.__name__, row.doctype, stored(row.doctype)) == (tool.__name__, row.doctype, before)


def test_nobody_is_offered_to_write_in_the_desk():
	for doctype in DOCTYPES:
		meta = frappe.get_meta(doctype)
		assert (meta.in_create, meta.allow_import, meta.allow_rename, meta.is_submittable) == (1, 0, 0, 0)
		for permission in meta.permissions:
			allowed = [
				verb
				for verb in ("write", "create", "delete", "submit", "cancel", "amend", "import")
				if permission.get(verb)
			]
			assert (doctype, permission.role, allowed) == (doctype, permission.role, [])
		assert all(
			field.read_only
			for field in meta.fields
			if field.fieldtype not in ("Section Break", "Column Break")
		)
