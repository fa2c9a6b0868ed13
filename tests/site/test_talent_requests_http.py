"""A manager with an open request, over HTTP: exactly that person's page, nothing by REST, the desk's API, files or reports; and no neighbour's."""

import re

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days
from portal_factories import make_referrer
from rest_client import Person, serving

from referral_hub.messages import service as messages
from referral_hub.talent import sending
from referral_hub.talent.requests import answering, asking, watching

POOL, REQUEST = "Talent Pool Record", "Recall Request"
CALLS = "/api/method/referral_hub.api."


class World:
	"""Li Na, whom the manager is asked to write to, and her neighbour; both have a file, a mail and an application."""

	def __init__(self):
		self.manager = make_referrer("Mei")
		self.names = {word: self._keep(word) for word in ("Li Na Asked", "Wu Neighbour")}
		self.asked, self.neighbour = self.names.values()
		self.request = asking.ask(self.asked, self.manager.name, {"words": "Dear Li Na"})
		self.other = make_referrer("Bo")
		self.foreign = asking.ask(self.neighbour, self.other.name, {"words": "Dear Wu"})
		self.files = frappe.get_all(
			"File",
			{"attached_to_doctype": POOL, "attached_to_name": ("in", self.names.values())},
			pluck="file_url",
		)

	def _keep(self, name: str) -> str:
		email = hr.unique_email("pool")
		applicant = hr.make_applicant(hr.make_opening(), name=name, email=email)
		values = {"person_name": name, "email": email, "company": hr.COMPANY}
		record = frappe.get_doc(doctype=POOL, **values).insert()
		record.db_set("job_applicant", applicant.name)
		content = f"Resume of {name}"
		about = {"attached_to_doctype": POOL, "attached_to_name": record.name, "is_private": 1}
		frappe.get_doc(doctype="File", file_name=f"{record.name}.txt", content=content, **about).insert()
		sending.send_mail(record.name, "Hello", f"Hello {name}")
		return record.name


@pytest.fixture
def world(commits):
	made = World()
	commits.commit()
	with serving() as address:
		yield made, Person(address, made.manager.user_id, hr.PASSWORD)


def addresses(world: World) -> list[str]:
	"""Every address that could tell of the two people or their requests, but for the one page."""
	linked = {
		POOL: world.names.values(),
		REQUEST: (world.request, world.foreign),
		"Talent Interaction": _of("Talent Interaction", "record", world),
		"Job Applicant": frappe.get_all(POOL, {"name": ("in", world.names.values())}, pluck="job_applicant"),
		"Communication": _of("Communication", "reference_name", world),
	}
	reads = [f"/api/resource/{doctype}/{name}" for doctype, names in linked.items() for name in names]
	lists = [f'/api/resource/{doctype}?fields=["*"]' for doctype in linked]
	archive = [f"{CALLS}desk_talent.archive?record={name}" for name in world.names.values()]
	drafts = [f"{CALLS}talent.requests.draft?record={name}" for name in world.names.values()]
	reports = [
		f"/api/method/frappe.desk.query_report.run?report_name={report}"
		for report in ("People to Call", "Recall Outcomes")
	]
	search = [f"/api/method/frappe.desk.search.search_link?doctype={doctype}&txt=" for doctype in linked]
	foreign = [f"/referrals/requests/{world.foreign}"]
	titles = [
		f"/api/method/frappe.desk.search.get_link_title?doctype={doctype}&docname={name}"
		for doctype, names in linked.items()
		for name in names
	]
	return [*reads, *lists, *archive, *drafts, *reports, *search, *titles, *foreign, *world.files]


def _of(doctype: str, field: str, world: World) -> list[str]:
	return frappe.get_all(doctype, {field: ("in", world.names.values())}, pluck="name")


def names_in(text: str) -> list[str]:
	return [name for name in ("Li Na", "Wu Neighbour") if name in text]


def test_a_manager_reads_one_person_on_one_page_until_it_is_answered(world, commits):
	made, manager = world
	page = manager.get(f"/referrals/requests/{made.request}")
	assert (page.status_code, names_in(page.text)) == (200, ["Li Na"])
	token = re.search(r'name="csrf_token" value="(\w+)"', page.text)[1]
	manager.session.headers["X-Frappe-CSRF-Token"] = token
	told = _told(made, manager)
	assert {path: names for path, names in told.items() if names} == {}
	assert len(made.files) == 2
	assert not {f"/api/resource/{POOL}/{made.asked}", *made.files} & told.keys()
	_try_what_hr_does(made, manager)

	frappe.set_user(made.manager.user_id)
	answering.send_mail(made.request, made.manager.name, "Hello", "Hello Li Na")
	frappe.set_user("Administrator")
	commits.commit()
	contact = frappe.db.get_value(REQUEST, made.request, "interaction")
	mail = frappe.db.get_value("Talent Interaction", contact, "communication")
	assert manager.get(f"/referrals/requests/{made.request}").status_code == 404
	assert names_in(manager.get("/referrals/requests").text) == []
	assert {path: names for path, names in _told(made, manager).items() if names} == {}
	assert manager.delete(f"/api/resource/Communication/{mail}").status_code == 403


def test_who_is_late_is_reminded_then_hr_reads_it_and_a_neighbour_hears_nothing(world, commits):
	made, manager = world
	boss = hr.make_user(roles=("HR Manager",)).name
	commits.commit()
	_work_every_day(commits)
	row = frappe.get_doc(REQUEST, made.request)
	days = frappe.utils.date_diff(row.due_on, frappe.utils.today())
	heard, people = {}, _people(made, boss, manager)
	for late in (1, 4 + frappe.db.get_single_value("Referral Hub Settings", "sla_escalation_days")):
		row.db_set({field: add_days(row.get(field), -days - late) for field in ("asked_on", "due_on")})
		row.db_set("closes_on", "2099-01-01")
		days = 0
		for _night in range(2):
			watching.look(made.request)
		messages.send_pending()
		commits.commit()
		heard[late] = {who: _heard(person) for who, person in people.items()}
	once, much_later = heard.values()
	assert {who: len(subjects) for who, subjects in once.items()} == {"manager": 2, "HR": 0, "neighbour": 1}
	assert {who: len(subjects) for who, subjects in much_later.items()} == {
		"manager": 2,
		"HR": 1,
		"neighbour": 1,
	}
	assert names_in(str(heard)) == []
	_read_by_role(made, people)


def _people(made: World, boss: str, manager: Person) -> dict[str, Person]:
	others = {"HR": boss, "neighbour": made.other.user_id}
	return {"manager": manager} | {
		who: Person(manager.address, user, hr.PASSWORD) for who, user in others.items()
	}


def _heard(person: Person) -> list[dict]:
	"""Return what somebody's bell says about requests to write, as they read it themselves."""
	fields = '["subject", "email_content", "link"]'
	answer = person.get("/api/resource/Notification Log", fields=fields, limit_page_length=0)
	return [row for row in answer.json()["data"] if "request" in (row["link"] or "")]


def _read_by_role(made: World, people: dict[str, Person]) -> None:
	"""The colleague still has the page, whom it was escalated to has the record, the neighbour has neither."""
	manager, boss, neighbour = people.values()
	page, row = f"/referrals/requests/{made.request}", f"/api/resource/{REQUEST}/{made.request}"
	assert [person.get(page).status_code for person in (manager, neighbour)] == [200, 404]
	assert [person.get(row).status_code for person in (boss, manager, neighbour)] == [200, 403, 403]
	assert boss.get(row).json()["data"]["escalated_on"] == frappe.utils.today()
	assert names_in(neighbour.get("/referrals/requests").text) == ["Wu Neighbour"]


def _work_every_day(commits) -> None:
	before = frappe.db.get_value("Company", hr.COMPANY, "default_holiday_list")
	_work_by(None)
	commits.at_end(lambda: _work_by(before))


def _work_by(calendar: str | None) -> None:
	frappe.db.set_value("Company", hr.COMPANY, "default_holiday_list", calendar)
	frappe.clear_document_cache("Company", hr.COMPANY)


def _told(made: World, manager: Person) -> dict[str, list[str]]:
	"""Return whom each address names that answers this manager at all."""
	answers = {path: manager.get(path) for path in addresses(made)}
	return {path: names_in(answer.text) for path, answer in answers.items() if answer.ok}


def _try_what_hr_does(made: World, manager: Person) -> None:
	for method, given in {
		"talent.requests.ask": {"record": made.asked, "asked": made.manager.name},
		"talent.requests.withdraw": {"request": made.request},
		"talent.requests.give_more_time": {"request": made.request, "due_on": "2099-01-01"},
		"talent.calls.send_mail": {"record": made.asked, "subject": "Hello", "words": "Hello"},
		"talent.calls.keep_copied": {"record": made.asked, "words": "Hello"},
		"desk_talent.log_contact": {"record": made.asked, "kind": "Call", "summary": "Hello"},
	}.items():
		assert manager.post(CALLS + method, **given).status_code == 403, method
	for doctype, name in ((REQUEST, made.request), (POOL, made.asked)):
		assert manager.put(f"/api/resource/{doctype}/{name}", note="mine").status_code == 403
