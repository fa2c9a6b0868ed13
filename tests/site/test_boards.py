"""The boards that a site starts with: every state has its column, and nobody moves a card by hand."""

import json

import frappe
import pytest
import site_factories as hr
from frappe.desk.doctype.kanban_board.kanban_board import update_order_for_single_card
from referral_factories import make_referral

from referral_hub.setup.views import boards, make_boards


@pytest.mark.parametrize("number", range(3))
def test_a_board_has_a_column_for_every_state_and_shows_fields_there_are(number):
	make_boards()
	board = frappe.get_doc("Kanban Board", list(boards())[number])
	meta = frappe.get_meta(board.reference_doctype)
	assert [row.column_name for row in board.columns] == meta.get_options(board.field_name).split("\n")
	assert all(meta.has_field(field) for field in json.loads(board.fields))
	filters = json.loads(board.filters)
	frappe.get_list(board.reference_doctype, filters, limit=1)
	make_boards()
	assert frappe.db.count("Kanban Board", {"reference_doctype": board.reference_doctype}) == 1


def test_hr_sees_the_board_and_moves_no_referral(as_user):
	make_boards()
	referral = make_referral()
	as_user(hr.make_hr_manager().name)
	assert frappe.get_doc("Kanban Board", "Referrals by Stage").has_permission("read")
	with pytest.raises(frappe.PermissionError):
		update_order_for_single_card("Referrals by Stage", referral.name, "Submitted", "Joined", 0, 0)
	assert frappe.db.get_value("Referral", referral.name, "stage") == "Submitted"
