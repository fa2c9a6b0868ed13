"""What only the app writes stays as it is, also for a System Manager who was given every right, over every way in."""

import frappe
import pytest
import rest_verbs as verbs
import site_factories as hr
from frappe.core.doctype.data_import.data_import import start_import
from frappe.custom.doctype.property_setter.property_setter import make_property_setter
from frappe.desk.doctype.kanban_board import kanban_board as kanban
from frappe.permissions import add_permission, update_permission_property
from referral_factories import make_referral
from rest_client import Person, serving
from row_factory import Side

from referral_hub.kept import KeptByTheApp

KEPT = (
	"Candidate Key",
	"Path Feedback",
	"Recognition Award",
	"Referral Recognition",
	"Referral Standing",
	"Reward Recovery",
	"Referral",
	"Referral Dispute",
	"Referral Message",
	"Referral Nudge",
	"Referral Reward",
	"Referral Survey Response",
	"Prize Draw Ticket",
	"Prize Draw Winner",
	"Reward Fulfilment",
	"Reward Item Code",
	"Reward Mall Message",
	"Reward Order",
	"Talent Former Key",
)
WITHOUT_STATES = ("Prize Draw Ticket", "Referral Recognition")


def first_field(doctype: str, fieldtype: str) -> str:
	return next(field.fieldname for field in frappe.get_meta(doctype).fields if field.fieldtype == fieldtype)


def rows_of(doctype: str) -> list:
	frappe.db.rollback()
	return frappe.db.sql(f"select * from `tab{doctype}` order by name")


def test_every_right_and_every_way_over_http_changes_nothing(commits):
	side = Side(hr.make_employee().name, hr.COMPANY, hr.make_opening().name)
	names = {doctype: side.row(doctype) for doctype in KEPT}
	user = hr.make_user(roles=("System Manager",)).name
	for doctype in KEPT:
		add_permission(doctype, "System Manager")
		for right in ("read", "write", "create", "delete"):
			update_permission_property(doctype, "System Manager", 0, right, 1)
	commits.commit()
	with serving() as address:
		person = Person(address, user, hr.PASSWORD)
		for doctype, name in names.items():
			before = rows_of(doctype)
			verbs.try_to_change(person, doctype, name)
			assert "never deleted by hand" in person.delete(f"/api/resource/{doctype}/{name}").text
			change = person.put(f"/api/resource/{doctype}/{name}", idx=77)
			assert f"{doctype} is written by the app alone." in change.text
			copy = dict(frappe.get_doc(doctype, name).as_dict(convert_dates_to_str=True), name=None)
			assert (
				f"{doctype} is written by the app alone."
				in person.post(f"/api/resource/{doctype}", **copy).text
			)
			assert rows_of(doctype) == before, doctype


@pytest.mark.parametrize("doctype", KEPT)
def test_not_even_administrator_writes_or_deletes(doctype):
	name = Side(hr.make_employee().name, hr.COMPANY, hr.make_opening().name).row(doctype)
	for attempt in (
		lambda: frappe.get_doc(doctype, name).save(),
		lambda: frappe.copy_doc(frappe.get_doc(doctype, name)).insert(),
		lambda: frappe.delete_doc(doctype, name, force=True),
	):
		with pytest.raises(KeptByTheApp):
			attempt()


def test_a_referral_just_made_is_closed_to_its_maker_too():
	referral = make_referral()
	referral.note = "Something else"
	with pytest.raises(KeptByTheApp, match="Use Close as ..., Open Again or Look Again."):
		referral.save()


def test_an_import_that_an_administrator_opened_for_it_is_refused_row_by_row(commits):
	side = Side(hr.make_employee().name, hr.COMPANY, hr.make_opening().name)
	names = {doctype: side.row(doctype) for doctype in KEPT}
	for doctype in KEPT:
		make_property_setter(doctype, None, "allow_import", 1, "Check", for_doctype=True)
	commits.commit()
	for doctype, name in names.items():
		before = rows_of(doctype)
		row = {"name": name, first_field(doctype, "Data"): "Somebody Else"}
		for import_type in ("Update Existing Records", "Insert New Records"):
			said = imported(doctype, import_type, row)
			assert f"{doctype} is written by the app alone." in said, (doctype, import_type)
		assert rows_of(doctype) == before, doctype


def imported(doctype: str, import_type: str, row: dict) -> str:
	"""Import one row as the desk does; what the log says why it was not taken."""
	content = ",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values())
	file = frappe.new_doc(
		"File", file_name=f"{frappe.generate_hash(length=8)}.csv", content=content, is_private=1
	)
	settings = {
		"reference_doctype": doctype,
		"import_type": import_type,
		"import_file": file.insert().file_url,
	}
	data_import = frappe.new_doc("Data Import", **settings).insert()
	start_import(data_import.name)
	log = frappe.get_all(
		"Data Import Log", {"data_import": data_import.name}, ["success", "messages", "exception"]
	)
	assert [entry.success for entry in log] == [0], (log, data_import.reload().template_warnings)
	return log[0].messages + log[0].exception


@pytest.mark.parametrize("doctype", [name for name in KEPT if name not in WITHOUT_STATES])
def test_a_card_dragged_on_a_kanban_board_stays_what_it_is(doctype):
	name = Side(hr.make_employee().name, hr.COMPANY, hr.make_opening().name).row(doctype)
	column = first_field(doctype, "Select")
	was = frappe.db.get_value(doctype, name, column)
	board = kanban.quick_kanban_board(doctype, hr.unique("Board"), column)
	other = next(column.column_name for column in board.columns if column.column_name != was)
	before = frappe.db.sql(f"select * from `tab{doctype}` order by name")
	with pytest.raises(KeptByTheApp, match=f"{doctype} is written by the app alone"):
		kanban.update_order_for_single_card(board.name, name, was, other, 0, 0)
	with pytest.raises(KeptByTheApp, match=f"{doctype} is written by the app alone"):
		kanban.update_order(board.name, frappe.as_json({other: [name]}))
	assert frappe.db.sql(f"select * from `tab{doctype}` order by name") == before
