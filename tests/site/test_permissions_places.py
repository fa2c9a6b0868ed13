"""HR limited to a department, a designation or a company reads the rows that belong there, over HTTP, whichever way they ask.

company One: own (department P, designation X), below (department S under P, designation Y), neighbour (N, X), none (neither)
company Two: elsewhere (a department of Two, X)
"""

import frappe
import pytest
import rest_verbs as verbs
import site_factories as hr
from count_queries import counted_queries
from in_process import ORIGIN, Here, answering
from live_site import Commits
from rest_client import Person
from row_factory import Side

from referral_hub.people.places import PLACES
from referral_hub.permissions import CONDITIONS

ALL = {"own", "below", "neighbour", "none", "elsewhere"}
SEEN = {
	"of all": ALL,
	"of department P": {"own", "below"},
	"of P alone": {"own"},
	"of designation X": {"own", "neighbour", "elsewhere"},
	"of company One": {"own", "below", "neighbour", "none"},
	"of P and X": {"own"},
	"of P in invoices": ALL,
}
# figures of a department, whatever its people do
BY_DESIGNATION_NOBODY = {"Path Evidence"}
# one row a company and month
OF_COMPANIES = ("own", "elsewhere")
# seen with the record they belong to
THROUGH = ("Referral Event", "Points Ledger Entry", "Points Lot", "Talent Former Key", "Path Feedback Entry")
DOCTYPES = sorted({*PLACES, *THROUGH, "Reward Mall Message"})


def seen_by(person: str, doctype: str) -> set[str]:
	limited_by_designation = person in ("of designation X", "of P and X")
	return set() if doctype in BY_DESIGNATION_NOBODY and limited_by_designation else SEEN[person]


@pytest.fixture(scope="module")
def world(site):
	helper = Commits()
	try:
		sides, places = _make_sides()
		rows = {doctype: {name: side.row(doctype) for name, side in sides.items()} for doctype in DOCTYPES}
		of_companies = {name: sides[name].row("Points Provision") for name in OF_COMPANIES}
		rows["Points Provision"] = of_companies
		readers = {person: _reader(places, person) for person in SEEN}
		helper.commit()
		with answering() as web:
			people = {
				name: Person(ORIGIN, user, hr.PASSWORD, way=Here(web)) for name, user in readers.items()
			}
			yield rows, people, sides
	finally:
		helper.clean_up()


def _make_sides() -> tuple[dict[str, Side], dict[str, str]]:
	two = hr.other_company()
	above = hr.make_department(is_group=1).name
	department = {
		"own": above,
		"below": hr.make_department(parent_department=above).name,
		"neighbour": hr.make_department().name,
		"none": None,
		"elsewhere": hr.make_department(company=two).name,
	}
	x, y = hr.make_designation().name, hr.make_designation().name
	designation = {"own": x, "below": y, "neighbour": x, "none": None, "elsewhere": x}
	sides = {}
	for name in department:
		where = {"department": department[name], "designation": designation[name]}
		company = two if name == "elsewhere" else hr.COMPANY
		employee, opening = hr.make_employee(), hr.make_opening()
		for doc in (employee, opening):
			doc.db_set({**where, "company": company})
		sides[name] = Side(employee.name, company, opening.name)
		applicant = hr.make_applicant(opening.name).name
		sides[name].links |= {
			"Job Applicant": applicant,
			"Department": department[name],
			"Designation": designation[name],
		}
	return sides, {"Department": above, "Designation": x, "Company": hr.COMPANY}


def _reader(places: dict[str, str], person: str) -> str:
	user = hr.make_user(roles=("HR User",)).name
	limits = {
		"of department P": {"Department": {}},
		"of P alone": {"Department": {"hide_descendants": 1}},
		"of designation X": {"Designation": {}},
		"of company One": {"Company": {}},
		"of P and X": {"Department": {}, "Designation": {}},
		"of P in invoices": {
			"Department": {"apply_to_all_doctypes": 0, "applicable_for": "Sales Invoice"},
		},
	}
	for allow, fields in limits.get(person, {}).items():
		given = {"user": user, "allow": allow, "for_value": places[allow], "apply_to_all_doctypes": 1}
		frappe.get_doc({"doctype": "User Permission", **given, **fields}).insert()
	return user


def test_every_place_has_a_rule():
	assert set(PLACES) <= set(CONDITIONS)


IN_FEW = ("of all", "of P alone", "of P in invoices")
FEW = ("Points Account", "Referral", "Talent Interaction")


@pytest.mark.parametrize(
	("person", "doctype"),
	[(person, doctype) for person in SEEN for doctype in (FEW if person in IN_FEW else DOCTYPES)],
)
def test_lists_reads_reports_and_exports_show_what_belongs_where_the_reader_works(world, person, doctype):
	rows, reader = world[0][doctype], world[1][person]
	expected = seen_by(person, doctype)
	ways = {**verbs.LISTS, **verbs.ROWS}
	found = {name: ask(reader, doctype, rows) for name, ask in ways.items()}
	found["export"] = verbs.export(reader, doctype, rows)
	assert found == dict.fromkeys(found, expected)
	assert verbs.count(reader, doctype, rows) == [len(expected)] * 2


@pytest.mark.parametrize("person", SEEN)
def test_what_is_set_aside_for_a_whole_company_is_read_by_whoever_reads_all_of_it(world, person):
	rows, reader = world[0]["Points Provision"], world[1][person]
	whole = person in ("of all", "of company One", "of P in invoices")
	assert verbs.LISTS[next(iter(verbs.LISTS))](reader, "Points Provision", rows) == (
		SEEN[person].intersection(OF_COMPANIES) if whole else set()
	)


def _answer(reader: Person, method: str, **given):
	return reader.post(f"/api/method/{method}", **given).json()["message"]


@pytest.fixture(scope="module")
def of_one_referrer(world):
	"""All referrals are of the colleague whose form HR looks at, open and made today."""
	rows = world[0]["Referral"]
	referrer = world[2]["own"].links["Employee"]
	values = {
		"referrer": referrer,
		"outcome": "Open",
		"submitted_on": frappe.utils.now(),
		"consent_state": "",
	}
	frappe.db.set_value("Referral", {"name": ("in", list(rows.values()))}, values)
	frappe.db.commit()
	return referrer


@pytest.mark.parametrize("person", ["of department P", "of P alone", "of P and X"])
def test_cards_charts_connections_and_reports_count_the_same_rows(world, of_one_referrer, person):
	reader, expected = world[1][person], len(SEEN[person])
	card = frappe.get_doc("Number Card", "Open Referrals")
	number = _answer(
		reader,
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc=card.as_json(),
		filters=card.filters_json,
	)
	chart = _answer(reader, "referral_hub.api.insights.desk.referrals_of_each_month", filters="{}")
	connections = _answer(
		reader, "frappe.desk.notifications.get_open_count", doctype="Employee", name=of_one_referrer
	)["count"]["external_links_found"]
	linked = {link["doctype"]: link["count"] for link in connections}
	report, queue, liability = (
		_answer(reader, "frappe.desk.query_report.run", report_name=name, filters="{}")
		for name in ("Referral Funnel", "Referral Queue", "Points Liability")
	)
	assert number == expected
	assert sum(chart["datasets"][0]["values"]) == expected
	assert linked["Referral"] == expected
	assert liability["result"] == []
	[total] = [row for row in report["result"] if row.get("is_total") or len(report["result"]) == 1]
	assert total["referred"] == expected
	assert len(queue["result"]) == expected


def test_who_is_limited_to_nothing_pays_no_query_for_it(as_user, world):
	as_user(world[1]["of all"].user)
	frappe.get_list("Referral", limit=1)
	with counted_queries() as queries:
		CONDITIONS["Reward Order"](frappe.session.user, "Reward Order")
	assert queries == []
