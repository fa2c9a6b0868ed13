"""What only the app writes stays as it is, also for a System Manager who was given every right, over every way in."""

import frappe
import pytest
import rest_verbs as verbs
import site_factories as hr
from frappe.permissions import add_permission, update_permission_property
from referral_factories import make_referral
from rest_client import Person, serving
from row_factory import Side

from referral_hub.kept import KeptByTheApp

KEPT = (
	"Candidate Key",
	"Referral",
	"Referral Dispute",
	"Referral Message",
	"Referral Nudge",
	"Referral Reward",
)


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
