"""Row rules inside the site: User Permissions that HR sets for other reasons, companies, and who writes which masters."""

import frappe
import pytest
import shop_mall
import site_factories as hr
from frappe.desk.form.document_follow import update_follow
from frappe.utils import today
from row_factory import Side

from referral_hub import permissions
from referral_hub.api import portal
from referral_hub.api.shop import draws

POINTS = ("Points Account", "Points Ledger Entry", "Points Lot", "Points Refusal")


@pytest.fixture
def two_companies():
	"""employee A in One, employee B in Two."""
	two = frappe.get_doc(doctype="Company", company_name="Hub Rows Two", abbr="HRT", default_currency="CNY")
	two.name = two.company_name
	two.db_insert()
	return hr.COMPANY, two.name


def test_an_employee_limited_to_themselves_still_sees_whom_they_brought(as_user, two_companies):
	a, hired = hr.make_employee(user=True), hr.make_employee()
	_limit(a.user_id, "Employee", a.name)
	_limit(a.user_id, "Company", two_companies[0])
	name = Side(a.name, two_companies[0], hr.make_opening().name).row("Referral")
	elsewhere = {"hired_employee": hired.name, "company": two_companies[1]}
	frappe.db.set_value("Referral", name, elsewhere)
	as_user(a.user_id)
	assert [row["name"] for row in portal.my_referrals()["referrals"]] == [name]
	assert portal.referral(name)["referral"]["name"] == name


def test_hr_of_one_company_sees_its_own_referral_to_another(as_user, two_companies):
	one, two = two_companies
	recruiter = hr.make_employee(user=True, roles=("HR User",))
	_limit(recruiter.user_id, "Company", one)
	opening = hr.make_opening().name
	own = Side(recruiter.name, two, opening).row("Referral")
	foreign = Side(hr.make_employee().name, two, opening).row("Referral")
	as_user(recruiter.user_id)
	assert frappe.get_list("Referral", {"name": ("in", [own, foreign])}, pluck="name") == [own]


def test_a_limit_for_another_doctype_does_not_hide_referrals(as_user, two_companies):
	one, two = two_companies
	user = hr.make_user(roles=("HR User",)).name
	_limit(user, "Company", one, apply_to_all_doctypes=0, applicable_for="Sales Invoice")
	name = Side(hr.make_employee().name, two, hr.make_opening().name).row("Referral")
	as_user(user)
	assert frappe.get_list("Referral", {"name": name}, pluck="name") == [name]


@pytest.mark.parametrize("doctype", ["Reward Rule", "Referral Program"])
def test_hr_of_one_company_reads_rules_for_all_and_writes_only_its_own(as_user, two_companies, doctype):
	one, two = two_companies
	manager = hr.make_user(roles=("HR Manager",)).name
	_limit(manager, "Company", one)
	employee, opening = hr.make_employee().name, hr.make_opening().name
	rows = {company: Side(employee, company, opening).row(doctype) for company in (one, two, None)}
	as_user(manager)
	may = {
		company: [
			frappe.has_permission(doctype, ptype, doc=name, user=manager)
			for ptype in ("read", "write", "delete")
		]
		for company, name in rows.items()
	}
	assert may == {one: [True, True, True], two: [False, False, False], None: [True, False, False]}


def test_hr_of_one_company_moves_no_draw_of_others_and_changes_no_mall(as_user, two_companies):
	one, two = two_companies
	manager = hr.make_user(roles=("HR Manager",)).name
	_limit(manager, "Company", one)
	names = {companies: _draw_for(*companies) for companies in ((one,), (one, two), ())}
	mall = shop_mall.make_mall().name
	as_user(manager)
	may = {
		companies: frappe.has_permission("Prize Draw", "write", doc=name, user=manager)
		for companies, name in names.items()
	}
	assert may == {(one,): True, (one, two): False, (): False}
	with pytest.raises(frappe.PermissionError):
		draws.announce(names[()])
	taken = frappe.get_doc("Prize Draw", names[()])
	taken.append("companies", {"company": one})
	with pytest.raises(frappe.PermissionError):
		taken.save()
	rights = [
		frappe.has_permission("Reward Mall", ptype, doc=mall, user=manager)
		for ptype in ("read", "write", "delete")
	]
	assert rights == [True, False, False]
	with pytest.raises(frappe.PermissionError):
		shop_mall.make_mall()


def _draw_for(*companies: str) -> str:
	draw = frappe.new_doc("Prize Draw")
	draw.update({"draw_name": hr.unique("Draw"), "from_day": today(), "to_day": today()})
	draw.update({"points_per_ticket": 10, "prizes": [{"prize": "Mug", "how_many": 1}]})
	draw.update({"companies": [{"company": company} for company in companies]})
	return draw.insert().name


@pytest.mark.parametrize("doctype", ["Points Account", "Points Ledger Entry", "Referral", "Referral Reward"])
def test_a_site_that_lets_employees_read_the_doctype_shows_them_no_row(as_user, doctype):
	employee = hr.make_employee(user=True)
	name = Side(employee.name, hr.COMPANY, hr.make_opening().name).row(doctype)
	frappe.permissions.add_permission(doctype, "Employee", 0)
	as_user(employee.user_id)
	assert frappe.has_permission(doctype, "read")
	assert frappe.get_list(doctype, pluck="name") == []
	assert not frappe.has_permission(doctype, "read", doc=name)


@pytest.mark.parametrize("status", ["Inactive", "Suspended", "Left"])
def test_whoever_is_not_active_is_nobodys_employee(status):
	employee = hr.make_employee(user=True)
	assert permissions.employee_of(employee.user_id) == employee.name
	employee.db_set("status", status)
	assert permissions.employee_of(employee.user_id) is None


@pytest.mark.parametrize("doctype", POINTS)
def test_not_even_administrator_writes_the_ledger_by_hand(doctype):
	side = Side(hr.make_employee().name, hr.COMPANY, hr.make_opening().name)
	name = side.row(doctype)
	before = frappe.db.sql(f"select * from `tab{doctype}` where name = %s", name)
	for attempt in (
		lambda: frappe.get_doc(doctype, name).save(),
		lambda: frappe.delete_doc(doctype, name, force=True),
		lambda: frappe.rename_doc(doctype, name, f"{name}-renamed", force=True),
		lambda: frappe.get_doc(doctype, name).db_set("idx", 7),
		lambda: frappe.new_doc(doctype).insert(),
	):
		with pytest.raises(frappe.ValidationError):
			attempt()
	assert frappe.db.sql(f"select * from `tab{doctype}` where name = %s", name) == before


def _limit(user: str, allow: str, value: str, **fields) -> None:
	filters = {"user": user, "allow": allow, "for_value": value}
	if not frappe.db.exists("User Permission", filters):
		frappe.get_doc(
			{"doctype": "User Permission", "apply_to_all_doctypes": 1, **filters, **fields}
		).insert()


def test_nobody_is_mailed_the_changes_of_what_they_may_not_read(as_user):
	record = frappe.get_doc(
		doctype="Talent Pool Record",
		person_name="Wang Wei",
		email=hr.unique_email("pool"),
		company=hr.COMPANY,
	).insert()
	people = [hr.make_user(roles=roles).name for roles in (("HR User",), ("Employee",))]
	for user in people:
		frappe.db.set_value("User", user, "document_follow_notify", 1)
		as_user(user)
		update_follow(record.doctype, record.name, True)
	follows = {"ref_doctype": record.doctype, "ref_docname": record.name}
	assert frappe.get_all("Document Follow", follows, pluck="user") == people[:1]
