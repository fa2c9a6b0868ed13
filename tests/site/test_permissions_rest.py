"""Who reaches what over HTTP: every DocType of ours, every verb, for employees, HR and guests.

company One: employee A, HR of One        company Two: employee B        both: HR User, HR Manager, administrator
"""

import frappe
import pytest
import rest_verbs as verbs
import site_factories as hr
from in_process import ORIGIN, Here, answering
from live_site import Commits
from rest_client import Person
from row_factory import Side, our_doctypes

BOTH, ONE, NONE = {"A", "B"}, {"A"}, set()
PEOPLE = ("employee A", "employee B", "HR User", "HR Manager", "HR of One", "administrator", "guest")
# To whom the rows of both sides are alike, as the lists and reads of both show
IMPARTIAL = ("HR User", "HR Manager", "administrator", "guest")

# DocType -> whose rows are seen by: (an employee, HR User and HR Manager, HR of One, a System Manager). An employee sees
# none, not even their own: the portal tells them theirs, without what colleagues hang on the record.
SEEN = {
	"Access Token": (NONE, NONE, NONE, BOTH),
	"Candidate Key": (NONE, NONE, NONE, BOTH),
	"Named Referrer": (NONE, BOTH, ONE, BOTH),
	"Opening Profile": (NONE, BOTH, ONE, BOTH),
	"Forgotten Person": (NONE, NONE, NONE, BOTH),
	"Onboarding Goal Note": (NONE, BOTH, ONE, BOTH),
	"Onboarding Goal Plan": (NONE, BOTH, ONE, BOTH),
	"Onboarding Goal Template": (NONE, BOTH, ONE, BOTH),
	"Path Case": (NONE, BOTH, ONE, BOTH),
	"Path Evidence": (NONE, BOTH, ONE, BOTH),
	"Path Feedback": (NONE, BOTH, ONE, BOTH),
	"Path Feedback Entry": (NONE, BOTH, ONE, BOTH),
	"Path Measurement": (NONE, BOTH, ONE, BOTH),
	"Performance Path": (NONE, BOTH, ONE, BOTH),
	"Points Account": (NONE, BOTH, ONE, BOTH),
	"Points Ledger Entry": (NONE, BOTH, ONE, BOTH),
	"Points Lot": (NONE, BOTH, ONE, BOTH),
	"Points Provision": (NONE, BOTH, ONE, BOTH),
	"Points Refusal": (NONE, NONE, NONE, BOTH),
	"Reward Recovery": (NONE, BOTH, ONE, BOTH),
	"Recall Request": (NONE, BOTH, ONE, BOTH),
	"Recall Template": (NONE, BOTH, BOTH, BOTH),
	"Recognition Award": (NONE, BOTH, ONE, BOTH),
	"Recognition Badge": (NONE, BOTH, BOTH, BOTH),
	"Referral": (NONE, BOTH, ONE, BOTH),
	"Referral Level": (NONE, BOTH, BOTH, BOTH),
	"Referral Recognition": (NONE, BOTH, ONE, BOTH),
	"Referral Standing": (NONE, BOTH, ONE, BOTH),
	"Referral Announcement": (NONE, BOTH, BOTH, BOTH),
	"Referral Announcement View": (NONE, NONE, NONE, NONE),
	"Referral Application": (NONE, BOTH, ONE, BOTH),
	"Referral Club Answer": (NONE, BOTH, ONE, BOTH),
	"Referral Club Event": (NONE, BOTH, BOTH, BOTH),
	"Referral Club Member": (NONE, BOTH, ONE, BOTH),
	"Referral Assessment": (NONE, BOTH, ONE, BOTH),
	"Referral Channel": (NONE, BOTH, ONE, BOTH),
	"Referral Contact": (NONE, NONE, NONE, NONE),
	"Referral Contact Import": (NONE, NONE, NONE, NONE),
	"Referral Contact Key": (NONE, NONE, NONE, NONE),
	"Referral Dispute": (NONE, BOTH, ONE, BOTH),
	"Referral Event": (NONE, BOTH, ONE, BOTH),
	"Referral Link": (NONE, BOTH, ONE, BOTH),
	"Referral Link Visitor": (NONE, NONE, NONE, BOTH),
	"Referral Idempotency Key": (NONE, NONE, NONE, NONE),
	"Referral Message": (NONE, BOTH, ONE, BOTH),
	"Referral Preference": (NONE, BOTH, ONE, BOTH),
	"Referral Nudge": (NONE, NONE, NONE, BOTH),
	"Referral Program": (NONE, BOTH, ONE, BOTH),
	"Referral Reason": (NONE, BOTH, BOTH, BOTH),
	"Referral Reward": (NONE, BOTH, ONE, BOTH),
	"Referral Survey Invitation": (NONE, NONE, NONE, NONE),
	"Referral Survey Response": (NONE, BOTH, ONE, BOTH),
	"Referral Survey Theme": (NONE, BOTH, BOTH, BOTH),
	"Referral Suppression": (NONE, NONE, NONE, BOTH),
	"Prize Draw": (NONE, BOTH, BOTH, BOTH),
	"Prize Draw Ticket": (NONE, BOTH, ONE, BOTH),
	"Prize Draw Winner": (NONE, BOTH, ONE, BOTH),
	"Reward Fulfilment": (NONE, BOTH, ONE, BOTH),
	"Reward Item": (NONE, BOTH, BOTH, BOTH),
	"Reward Item Code": (NONE, BOTH, BOTH, BOTH),
	"Reward Mall": (NONE, BOTH, BOTH, BOTH),
	"Reward Mall Message": (NONE, BOTH, ONE, BOTH),
	"Reward Order": (NONE, BOTH, ONE, BOTH),
	"Reward Rule": (NONE, BOTH, ONE, BOTH),
	"Skill Synonym": (NONE, BOTH, BOTH, BOTH),
	"Talent Former Key": (NONE, BOTH, ONE, BOTH),
	"Talent Interaction": (NONE, BOTH, ONE, BOTH),
	"Talent Pool Record": (NONE, BOTH, ONE, BOTH),
	"Talent Preference": (NONE, BOTH, BOTH, BOTH),
	"Talent Prompt": (NONE, BOTH, ONE, BOTH),
	"Talent Signal": (NONE, BOTH, ONE, BOTH),
}
# DocType -> who changes rows by hand; all others are written by the app alone
CHANGED_BY = {
	"Onboarding Goal Plan": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Onboarding Goal Template": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Opening Profile": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Recall Template": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Path Measurement": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Performance Path": {"HR Manager", "administrator"},
	"Recognition Badge": {"HR Manager", "administrator"},
	"Referral Announcement": {"HR Manager", "administrator"},
	"Referral Club Event": {"HR Manager", "administrator"},
	"Referral Channel": {"administrator"},
	"Referral Level": {"HR Manager", "administrator"},
	"Referral Link": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Referral Program": {"HR Manager", "administrator"},
	"Referral Reason": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Referral Survey Theme": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Prize Draw": {"HR Manager", "administrator"},
	"Reward Item": {"HR Manager", "administrator"},
	"Reward Mall": {"HR Manager", "administrator"},
	"Referral Assessment": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Reward Rule": {"HR Manager", "administrator"},
	"Skill Synonym": {"HR Manager", "administrator"},
	"Talent Pool Record": {"HR User", "HR Manager", "HR of One", "administrator"},
	"Talent Preference": {"HR User", "HR Manager", "HR of One", "administrator"},
}

# written by HR, but begun by somebody else: here by a candidate's yes
BEGUN_BY_OTHERS = {"Referral Assessment"}

# the DocTypes that have rows of employees
OF_EMPLOYEES = (
	"Points Account",
	"Points Ledger Entry",
	"Referral",
	"Referral Dispute",
	"Referral Event",
	"Referral Reward",
)
MARKS = {
	"_user_tags": ",overpriced",
	"_assign": '["recruiter@hub.example"]',
	"_liked_by": '["boss@hub.example"]',
	"_comments": "he drinks",
}
API = "/api/method/"


def _asked(path: str, **given):
	"""Ask one address about one record; in what is given, {doctype} and {name} stand for it."""

	def ask(person: Person, doctype: str, name: str):
		filled = {
			key: text.replace("{doctype}", doctype).replace("{name}", name) for key, text in given.items()
		}
		return person.get(path.replace("{doctype}", doctype).replace("{name}", name), **filled)

	return ask


ALL_MARKS = '["name", "_user_tags", "_assign", "_liked_by", "_comments"]'
ONE = '[["name", "=", "{name}"]]'
HUNTS = {
	"read": _asked("/api/resource/{doctype}/{name}"),
	"read, second version": _asked("/api/v2/document/{doctype}/{name}/"),
	"list": _asked("/api/resource/{doctype}", fields=ALL_MARKS, filters=ONE),
	"list of everything": _asked("/api/resource/{doctype}", fields='["*"]', filters=ONE),
	"list, second version": _asked("/api/v2/document/{doctype}", fields=ALL_MARKS, filters=ONE),
	"search by a tag": _asked("/api/resource/{doctype}", filters='[["_user_tags", "like", "%overpriced%"]]'),
	"search by a tag, second version": _asked(
		"/api/v2/document/{doctype}", filters='[["_user_tags", "like", "%overpriced%"]]'
	),
	"search by who is assigned": _asked(
		"/api/resource/{doctype}", filters='[["_assign", "like", "%recruiter%"]]'
	),
	"report": _asked(
		f"{API}frappe.desk.reportview.get", doctype="{doctype}", fields='["name", "_user_tags"]', filters=ONE
	),
	"client list": _asked(f"{API}frappe.client.get_list", doctype="{doctype}", fields=ALL_MARKS, filters=ONE),
	"client read": _asked(f"{API}frappe.client.get", doctype="{doctype}", name="{name}"),
	"client value": _asked(
		f"{API}frappe.client.get_value", doctype="{doctype}", fieldname="_user_tags", filters="{name}"
	),
	"link field": _asked(f"{API}frappe.desk.search.search_link", doctype="{doctype}", txt="", filters=ONE),
	"tagged": _asked(
		f"{API}frappe.desk.doctype.tag.tag.get_tagged_docs", doctype="{doctype}", tag="%overpriced%"
	),
	"comments": _asked(
		"/api/resource/Comment", fields='["content"]', filters='[["reference_name", "=", "{name}"]]'
	),
	**{
		f"{method}{version}": _asked(f"/api{version}/method/{method}", doctype="{doctype}", name="{name}")
		for version in ("", "/v1", "/v2")
		for method in (
			"frappe.desk.form.load.getdoc",
			"frappe.desk.form.load.get_docinfo",
			"frappe.desk.form.load.get_communications",
			"frappe.tests.test_permissions.getdoc",
		)
	},
}
# what shows these marks to nobody, HR included
NOT_FOR_HR = {name for name in HUNTS if "comm" in name or "test_permissions" in name}


@pytest.fixture(scope="module")
def world(site):
	helper = Commits()
	try:
		rows, logins = _make_world()
		tag = _tag(rows["Referral"]["A"])
		helper.commit()
		with answering() as web:
			people = {name: Person(ORIGIN, *login, way=Here(web)) for name, login in logins.items()}
			yield rows, people, tag
	finally:
		helper.clean_up()


@pytest.fixture(scope="module")
def marked(world):
	"""The world, with HR's tags, assignments, likes and comments on every row of an employee."""
	rows, people, _tag = world
	for doctype in OF_EMPLOYEES:
		columns = set(frappe.db.get_table_columns(doctype))
		row = {column: text for column, text in MARKS.items() if column in columns}
		frappe.db.set_value(doctype, rows[doctype]["A"], row, update_modified=False)
	frappe.db.commit()
	return rows, people


def _tag(referral: str) -> str:
	link = {"document_type": "Referral", "document_name": referral, "title": "Candidate", "tag": "overpriced"}
	frappe.get_doc(doctype="Tag", name="overpriced").insert()
	return frappe.get_doc(doctype="Tag Link", **link).insert().name


def _make_world():
	employees = [hr.make_employee(user=True) for _ in BOTH]
	openings = [hr.make_opening() for _ in BOTH]
	two = _second_company()
	for doc in (employees[1], openings[1]):
		doc.db_set("company", two)
	sides = {
		side: Side(employee.name, company, opening.name)
		for side, employee, company, opening in zip("AB", employees, (hr.COMPANY, two), openings, strict=True)
	}
	rows = {doctype: {name: side.row(doctype) for name, side in sides.items()} for doctype in our_doctypes()}
	users = {
		"employee A": employees[0].user_id,
		"employee B": employees[1].user_id,
		"HR User": hr.make_user(roles=("HR User",)).name,
		"HR Manager": hr.make_user(roles=("HR Manager",)).name,
		"HR of One": _hr_of(hr.COMPANY),
		"administrator": hr.make_user(roles=("System Manager",)).name,
		"line manager": _manager_of(employees[0]),
	}
	return rows, {"guest": (), **{name: (user, hr.PASSWORD) for name, user in users.items()}}


def _second_company() -> str:
	company = frappe.get_doc(doctype="Company", company_name="Hub Permission Two", abbr="HPT")
	company.update({"name": company.company_name, "default_currency": "CNY", "country": "China"})
	company.db_insert()
	return company.name


def _hr_of(company: str) -> str:
	user = hr.make_user(roles=("HR User",)).name
	frappe.get_doc(doctype="User Permission", user=user, allow="Company", for_value=company).insert()
	return user


def _manager_of(employee) -> str:
	"""A colleague who may read the employee's record, as HRMS gives it to managers, and nothing else of theirs."""
	user = hr.make_employee(user=True).user_id
	frappe.get_doc(doctype="User Permission", user=user, allow="Employee", for_value=employee.name).insert()
	return user


def seen_by(person: str, doctype: str) -> set[str]:
	if person == "guest":
		return NONE
	employee, hr_people, hr_of_one, administrator = SEEN[doctype]
	if person in ("employee A", "employee B"):
		return employee
	return {"HR of One": hr_of_one, "administrator": administrator}.get(person, hr_people)


def test_the_table_names_every_doctype_of_the_app():
	assert our_doctypes() == sorted(SEEN)


@pytest.mark.parametrize("doctype", sorted(SEEN))
@pytest.mark.parametrize("person", PEOPLE)
def test_lists_and_reads_show_exactly_the_rows_a_person_may_see(world, person, doctype):
	rows, people = world[0][doctype], world[1]
	expected = seen_by(person, doctype)
	ways = {**verbs.LISTS, **verbs.ROWS}
	found = {name: ask(people[person], doctype, rows) for name, ask in ways.items()}
	assert found == dict.fromkeys(ways, expected)
	assert verbs.count(people[person], doctype, rows) == [len(expected)] * 2


@pytest.mark.parametrize("doctype", sorted(SEEN))
@pytest.mark.parametrize("person", PEOPLE)
def test_the_desk_form_its_timeline_and_export_are_for_hr(world, person, doctype):
	rows, people = world[0][doctype], world[1]
	expected = seen_by(person, doctype)
	found = {name: ask(people[person], doctype, rows) for name, ask in verbs.DESK.items()}
	assert found == dict.fromkeys(verbs.DESK, expected)
	assert verbs.export(people[person], doctype, rows) == expected


@pytest.mark.parametrize("doctype", sorted(SEEN))
@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_changes_a_row_that_is_not_theirs_to_change(world, person, doctype):
	rows, people = world[0][doctype], world[1]
	changer = person in CHANGED_BY.get(doctype, ())
	for side in "B" if person in IMPARTIAL else "AB":
		name = rows[side]
		if changer and side in seen_by(person, doctype):
			continue
		before = _row(doctype, name)
		verbs.try_to_change(people[person], doctype, name)
		assert _row(doctype, name) == before, f"{person} changed the row of {side}"
	assert verbs.may_create(people[person], doctype) == (changer and doctype not in BEGUN_BY_OTHERS)


@pytest.mark.parametrize("person", ["employee A", "HR User", "HR of One"])
def test_the_rows_of_a_record_are_seen_by_those_who_see_it(world, child_rows, person):
	people, shown, expected = world[1], {}, {}
	for (parent, child), names in child_rows.items():
		asked = {
			"doctype": child,
			"parent": parent,
			"filters": frappe.as_json({"name": ("in", [*names.values()])}),
		}
		ways = [
			people[person].get(f"{API}frappe.client.get_list", **asked),
			people[person].get(f"/api/resource/{child}", parent=parent, filters=asked["filters"]),
			people[person].get(f"{API}frappe.client.get_value", fieldname="name", **asked),
		]
		shown[parent, child] = set().union(*(verbs.sides_in(names, answer) for answer in ways))
		expected[parent, child] = seen_by(person, parent)
	assert shown == expected


@pytest.mark.parametrize("person", ["HR User", "HR of One"])
def test_the_names_of_files_are_read_by_those_who_read_the_record(world, files, person):
	people, of_records, of_nothing = world[1], *files
	shown, expected = {}, {}
	for doctype, names in of_records.items():
		asked = frappe.as_json({"name": ("in", [*names.values()])})
		shown[doctype] = verbs.sides_in(names, people[person].get("/api/resource/File", filters=asked))
		expected[doctype] = seen_by(person, doctype)
	assert shown == expected
	asked = frappe.as_json({"name": of_nothing[person]})
	assert of_nothing[person] in people[person].get("/api/resource/File", filters=asked).text


@pytest.fixture(scope="module")
def files(world) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
	"""A file on a record of each side, by DocType; and one on no record, by whose it is."""
	rows, people = world[:2]
	of_records = {
		doctype: {
			side: _file(attached_to_doctype=doctype, attached_to_name=name)
			for side, name in rows[doctype].items()
		}
		for doctype in ("Referral Dispute", "Reward Fulfilment", "Talent Pool Record")
	}
	of_nothing = {name: _file(owner=people[name].user) for name in ("HR User", "HR of One")}
	frappe.db.commit()
	return of_records, of_nothing


def _file(**fields) -> str:
	file = frappe.get_doc(doctype="File", file_name="proof.txt", is_private=1)
	file.name = "file" + frappe.generate_hash(length=12)
	file.db_insert()
	frappe.db.set_value("File", file.name, fields)
	return file.name


@pytest.fixture(scope="module")
def child_rows(world) -> dict[tuple[str, str], dict[str, str]]:
	"""The row that each side has in each child table: under the DocTypes of record and row, its names by side."""
	rows, found = world[0], {}
	for doctype in sorted(SEEN):
		for field in frappe.get_meta(doctype).get_table_fields():
			names = {side: _child_row(doctype, name, field) for side, name in rows[doctype].items()}
			found[doctype, field.options] = names
	frappe.db.commit()
	return found


def _child_row(parent: str, name: str, field) -> str:
	row = frappe.new_doc(field.options)
	row.update({"parent": name, "parenttype": parent, "parentfield": field.fieldname})
	# an item or an announcement with a company is for that one alone
	row.company = (
		hr.COMPANY if parent in ("Reward Item", "Referral Announcement", "Referral Club Event") else None
	)
	row.name = "row" + frappe.generate_hash(length=12)
	row.db_insert()
	return row.name


@pytest.mark.parametrize("doctype", sorted(CHANGED_BY))
def test_those_who_keep_a_master_can_change_it(world, doctype):
	rows, people = world[0][doctype], world[1]
	name = rows["A"]
	for person in sorted(CHANGED_BY[doctype]):
		answer = people[person].put(f"/api/resource/{doctype}/{name}", idx=5)
		assert answer.status_code != 403, f"{person}: {answer.text}"


@pytest.mark.parametrize("person", PEOPLE)
def test_settings_are_for_the_hr_manager(world, person):
	answer = world[1][person].get("/api/resource/Referral Hub Settings/Referral Hub Settings")
	assert answer.ok == (person in ("HR Manager", "administrator")), answer.text
	answer = world[1][person].put(
		"/api/resource/Referral Hub Settings/Referral Hub Settings", points_name="Points"
	)
	assert answer.ok == (person in ("HR Manager", "administrator")), answer.text


@pytest.mark.parametrize("doctype", ["Referral", "Referral Message"])
def test_the_title_of_a_record_names_no_candidate_to_strangers(world, doctype):
	name = world[0][doctype]["A"]
	answer = world[1]["employee B"].get(
		"/api/method/frappe.desk.search.get_link_title", doctype=doctype, docname=name
	)
	assert answer.json()["message"] == name


@pytest.mark.parametrize("doctype", ["Referral", "Referral Reward", "Points Account"])
def test_hr_can_not_share_a_row_with_a_colleague(world, doctype):
	rows, people = world[0][doctype], world[1]
	answer = people["HR Manager"].post(
		"/api/method/frappe.share.add", doctype=doctype, name=rows["A"], user=people["employee B"].user
	)
	assert answer.status_code == 403, answer.text
	assert people["employee B"].get(f"/api/resource/{doctype}/{rows['A']}").status_code == 403


def test_what_hr_writes_on_a_referral_stays_with_hr(world):
	rows, people = world[0]["Referral"], world[1]
	words = "He asked for far too much"
	answer = people["HR User"].post(
		"/api/method/frappe.desk.form.utils.add_comment",
		reference_doctype="Referral",
		reference_name=rows["A"],
		content=words,
		comment_email="hr@example.com",
		comment_by="HR",
	)
	assert answer.ok, answer.text
	answers = [ask(people["employee A"], "Referral", rows["A"]) for ask in HUNTS.values()]
	assert [words in answer.text for answer in answers] == [False] * len(answers)
	timeline = people["HR User"].get(
		"/api/method/frappe.desk.form.load.get_docinfo", doctype="Referral", name=rows["A"]
	)
	assert words in timeline.text


@pytest.mark.parametrize("hunt", HUNTS)
@pytest.mark.parametrize("doctype", OF_EMPLOYEES)
def test_what_hangs_on_a_record_is_neither_shown_to_its_employee_nor_found_by_them(marked, doctype, hunt):
	rows, people = marked
	secrets = (*MARKS.values(), rows[doctype]["A"])
	found = HUNTS[hunt](people["HR User"], doctype, rows[doctype]["A"])
	assert any(secret in found.text for secret in secrets) or hunt in NOT_FOR_HR, found.text
	shown = HUNTS[hunt](people["employee A"], doctype, rows[doctype]["A"])
	assert [secret for secret in secrets if shown.ok and secret in shown.text] == []


def test_a_tag_names_no_candidate_to_those_who_may_not_see_the_record(world):
	rows, people = world[0]["Referral"], world[1]
	name = world[2]
	for path in (f"/api/resource/Tag Link/{name}", f"/api/v2/document/Tag Link/{name}/"):
		assert people["employee A"].get(path).status_code == 403
	for path in ("/api/resource/Tag Link", "/api/v2/document/Tag Link"):
		listed = people["employee A"].get(path, fields='["document_name", "title"]')
		assert listed.ok and rows["A"] not in listed.text
	assert rows["A"] in people["HR User"].get("/api/resource/Tag Link", fields='["document_name"]').text


@pytest.mark.parametrize("method", ["/api/method/", "/api/v2/method/"])
@pytest.mark.parametrize("asked", ["what the form shows", "whatever the client names"])
def test_the_counts_on_an_employees_form_are_for_those_who_may_read_the_rows(world, asked, method):
	rows, people = world[0], world[1]
	employee = frappe.db.get_value("Referral", rows["Referral"]["A"], "referrer")
	named = ["Referral", *(name for name in our_doctypes() if frappe.get_meta(name).has_field("employee"))]
	items = {"items": frappe.as_json(named)} if asked == "whatever the client names" else {}

	def counted(person: str) -> dict[str, int]:
		path = f"{method}frappe.desk.notifications.get_open_count"
		answer = people[person].get(path, doctype="Employee", name=employee, **items)
		assert answer.ok, answer.text
		found = (answer.json().get("message") or answer.json().get("data"))["count"]
		return {link["doctype"]: link["count"] for link in found["external_links_found"]}

	ours = set(our_doctypes())
	seen = {name: count for name, count in counted("HR User").items() if name in ours}
	assert {"Points Account": 1, "Referral": 1, "Referral Reward": 1}.items() <= seen.items()
	for person in ("line manager", "employee A"):
		found = counted(person)
		assert {name: found[name] for name in seen} == dict.fromkeys(seen, 0)


def _row(doctype: str, name: str) -> dict:
	frappe.db.rollback()
	found = frappe.db.sql(f"select * from `tab{doctype}` where name = %s", name, as_dict=True)
	return found[0] if found else {}
