"""An employee's private contacts: kept once, encrypted, found by their employee alone, gone when they leave."""

from contextlib import nullcontext

import frappe
import pytest
import rest_verbs as verbs
import site_factories as hr
from click.testing import CliRunner
from message_factories import make_reader, messages_to
from rest_client import Person, serving

from referral_hub import commands, tasks
from referral_hub.kept import KeptByTheApp
from referral_hub.matching.contacts import erasing, fitting, knowing, retention, searching, service
from referral_hub.matching.index import files
from referral_hub.matching.rules.contacts.contact import Contact
from referral_hub.matching.rules.contacts.forgetting import Forgotten
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.vocabulary.shipped import vocabulary

LI_NA = "Li Na, store manager at Acme, 13800138000, li.na@example.com"
pytestmark = pytest.mark.usefixtures("own_index")


@pytest.fixture
def employee():
	return hr.make_employee().name


def rows_of(employee: str) -> list:
	return frappe.db.sql("select * from `tabReferral Contact` where employee = %s", employee, as_dict=True)


def hashes_of(employee: str) -> set[str]:
	"""Return by what the contacts of an employee are known."""
	return set(
		frappe.db.sql_list("select digest from `tabReferral Contact Key` where employee = %s", employee)
	)


def test_nothing_that_is_stored_can_be_read(employee):
	service.add_line(employee, LI_NA, "CN")
	written = f"{rows_of(employee)} {hashes_of(employee)}"
	said = [word for word in ("Li Na", "store manager", "Acme", "13800138000", "li.na@") if word in written]
	assert said == []
	assert frappe.db.count("Version", {"ref_doctype": "Referral Contact"}) == 0


def test_the_same_person_is_kept_once_and_knows_more(employee):
	first = service.add_line(employee, LI_NA, "CN")
	again = service.add_line(employee, "Li Na, manager, 138 0013 8000, retail", "CN")
	assert again == first
	kept = service.find(employee, first)
	assert (kept.title, kept.skills, kept.phones) == ("store manager", ("retail",), ("+8613800138000",))
	assert service.search(employee, "") == [first]


def test_of_two_who_are_kept_at_once_and_known_by_the_same_nothing_is_lost(employee):
	rows = [
		Contact("Li Na", ("l.i@gmail.com",), skills=("SAP",)),
		Contact("Li", ("li@gmail.com",), title="cook"),
	]
	[(name, _new), (same, _is_new)] = service.keep(employee, rows)
	kept = service.find(employee, name)
	assert (same, kept.title, kept.skills) == (name, "cook", ("SAP",))


def test_colleagues_with_the_number_of_one_office_stay_themselves_however_often_they_are_added(employee):
	lines = [f"{name}, welder, 010-62345678, {name[:4]}@example.com" for name in ("John Smith", "Mary Jones")]
	john, mary = ([service.add_line(employee, line, "CN") for line in lines] for _each in range(2))
	assert (john, mary[0] != mary[1]) == (mary, True)
	assert [service.find(employee, name).name for name in mary] == ["John Smith", "Mary Jones"]
	service.change(
		employee, mary[1], {"name": "Mary Jo", "phone": "010-62345678", "email": "m@example.com"}, "CN"
	)
	service.change(employee, mary[1], {"name": "Mary Jo", "phone": "010-62345678"}, "CN")
	assert service.add(employee, "Paul Li, 010-62345678", "CN") == (mary[0], True)
	assert service.add(employee, "Mary Jo, 010-62345678, cook", "CN") == (mary[1], False)


def test_whoever_is_added_or_forgotten_is_looked_for_by_an_index(employee, monkeypatch):
	lines = [LI_NA, "Wang Fang, 13900139000", "Zhao Min, welder"]
	names = [service.add_line(employee, line, "CN") for line in lines]
	by_mail = knowing.digests(employee, service.find(employee, names[0]))
	assert knowing.known(employee, by_mail) == dict.fromkeys(by_mail, names[:1])
	assert knowing.known(employee, ["0" * 24]) == knowing.known(employee, []) == {}
	asked, ask = [], frappe.db.sql

	def note(query, values=(), *how, **named):
		asked.append((str(query), values))
		return ask(query, values, *how, **named)

	monkeypatch.setattr(frappe.db, "sql", note)
	assert [service.add_line(employee, line, "CN") for line in lines] == names
	mail = frozenset(["li.na@example.com"])
	assert erasing.forget(Forgotten(frozenset(), mail, frozenset(), frozenset(), lambda *_who: False)) == 1
	monkeypatch.undo()
	plans = [
		ask(f"explain {query}", values, as_dict=True)[0]
		for query, values in asked
		if query.startswith("select") and "Referral Contact Key" in query and "force index" in query
	]
	assert {(plan.key, plan.type in ("ref", "range")) for plan in plans} == {("known_of_employee", True)}
	assert len(plans) == 4
	assert knowing.known(employee, by_mail) == {}


def test_a_colleague_finds_none_of_it_and_changes_none(employee):
	other = hr.make_employee().name
	name = service.add_line(employee, LI_NA, "CN")
	theirs = service.add_line(other, LI_NA, "CN")
	assert theirs != name
	assert service.find(other, name) is None
	assert service.delete(other, name) is False
	with pytest.raises(Refused, match="contact_missing"):
		service.change(other, name, {"name": "Somebody"}, "CN")
	hashes = [hashes_of(one) for one in (employee, other)]
	assert len(hashes[0]) == len(hashes[1]) == 2 and hashes[0].isdisjoint(hashes[1])


def test_an_address_of_another_contact_is_refused(employee):
	service.add_line(employee, LI_NA, "CN")
	other = service.add_line(employee, "Wang Fang, welder", "CN")
	with pytest.raises(Refused, match="contact_known"):
		service.change(employee, other, {"name": "Wang Fang", "email": "li.na@example.com"}, "CN")
	service.change(employee, other, {"name": "Wang Fang", "title": "焊工", "years": "8"}, "CN")
	assert (service.find(employee, other).title, service.find(employee, other).years) == ("焊工", 8.0)


def test_who_was_known_by_name_and_employer_is_not_doubled_once_somebody_typed_their_number(employee):
	row = Contact("Li Na", employer="Acme", title="welder")
	[(name, _is_new)] = service.keep(employee, [row])
	for phone in ("13900139000", "13900139001"):
		said = {"name": "Lina Li", "employer": "Acme China", "phone": phone}
		service.change(employee, name, said, "CN")
		assert service.keep(employee, [row]) == [(name, False)]
	assert service.find(employee, name).name == "Lina Li"
	assert service.keep(employee, [Contact("Li Na", employer="Foo")])[0][1] is True


def test_two_whom_a_third_row_gave_one_number_can_both_be_changed(employee):
	first, other = (service.add_line(employee, line, "CN") for line in (LI_NA, "Wang Fang, 13900139000"))
	assert service.add_line(employee, "Li Na, li.na@example.com, 13900139000", "CN") == first
	for name, said in ((first, "Li Na"), (other, "Wang Fang")):
		service.change(employee, name, {"name": said, "phone": "13900139000", "title": "cook"}, "CN")
		assert (service.find(employee, name).name, service.find(employee, name).title) == (said, "cook")


def found_for(employee: str, requirement: Requirement) -> list[str]:
	return [one.key for one in searching.index().search([requirement], vocabulary(), group=employee)]


def test_contacts_are_found_by_what_they_do_until_they_are_deleted(employee):
	wanted = Requirement("row", "Welding")
	name = service.add_line(employee, "王强，焊工，8年", "CN")
	assert found_for(employee, wanted) == [name]
	assert found_for(hr.make_employee().name, wanted) == []
	assert service.delete_all(employee) == 1
	assert rows_of(employee) == []
	assert frappe.db.count("Deleted Document", {"deleted_doctype": "Referral Contact"}) == 0


def test_words_of_the_site_are_used_when_a_line_is_read_kept_and_compared(employee):
	asked = [Requirement("row", "Zorbing")]
	line = "太空球，13800138000"
	assert typed_as(employee, line) == ("太空球", "")
	service.delete_all(employee)
	frappe.get_doc(doctype="Skill Synonym", word="Zorbing", word_zh="太空球").insert()
	assert typed_as(employee, line) == ("太空球", "太空球")
	[found] = fitting.for_opening(employee, "an opening", asked)
	assert (found.name, found.match.score, found.match.met[0].words) == ("太空球", 100, ("太空球",))
	[found] = fitting.best(employee, {"an opening": asked})
	contact = service.find(employee, found.contact)
	assert fitting.for_contact(employee, found.contact, contact, {"an opening": asked}) == [found]
	searching.index().remove(found.contact)
	searching.build()
	assert fitting.for_opening(employee, "an opening", asked) == [found]


def typed_as(employee: str, line: str) -> tuple[str, str]:
	contact = service.find(employee, service.add_line(employee, line, "CN"))
	return contact.name, contact.title


def test_the_index_is_built_anew_from_what_is_kept(employee):
	name = service.add_line(employee, "王强，焊工，8年", "CN")
	searching.index().remove(name)
	tasks.build_contact_index()
	assert found_for(employee, Requirement("row", "Welding")) == [name]


def test_the_command_says_how_many_can_be_searched_and_when_another_build_runs(employee, monkeypatch):
	service.add_line(employee, "王强，焊工，8年", "CN")
	monkeypatch.setattr(commands, "_site", nullcontext)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)

	def said() -> str:
		return CliRunner().invoke(commands.hub_match_index, obj={"profile": False}).output.strip()

	assert said() == f"{frappe.db.count('Referral Contact')} contacts can be searched"
	with files.locked(searching.index().folder, "build.lock"):
		assert said() == "The index is being built already: please ask again in a few minutes"


def test_a_build_begins_again_after_a_lock_and_asks_for_another_where_a_file_came_in_meanwhile(
	employee, monkeypatch
):
	asked, tried, build = [], [], searching.build
	monkeypatch.setattr(searching, "build_soon", lambda: asked.append("build"))

	def build_slowly(asked_by=None):
		tried.append(asked_by)
		if len(tried) == 1:
			raise frappe.QueryTimeoutError
		return build(asked_by)

	def everybody():
		service.add_line(employee, "王强，焊工，8年", "CN")
		return iter([])

	monkeypatch.setattr(searching, "build", build_slowly)
	monkeypatch.setattr(frappe.db, "rollback", lambda: None)
	assert (tasks.build_contact_index("a start"), tried, asked) == (
		frappe.db.count("Referral Contact"),
		["a start"] * 2,
		[],
	)
	monkeypatch.setattr(searching, "_everybody", everybody)
	monkeypatch.setattr("referral_hub.matching.index.index._LONG", 0)
	monkeypatch.setattr(searching.index(), "is_long", lambda: False)
	assert (tasks.build_contact_index(), asked) == (0, ["build"])


def test_after_a_start_of_the_machine_the_index_is_built_soon(employee, monkeypatch):
	started = []
	monkeypatch.setattr(searching, "start", lambda method, *_queue, **_how: started.append(method))
	searching.build()
	tasks.heal_contact_index()
	assert started == []
	monkeypatch.setattr(searching.index(), "may_lack_changes", lambda: True)
	tasks.heal_contact_index()
	assert started == ["referral_hub.tasks.build_contact_index"]


def test_contacts_of_whoever_leaves_are_gone():
	leaver = hr.make_employee()
	service.add_line(leaver.name, LI_NA, "CN")
	leaver.reload()
	leaver.update({"status": "Left", "relieving_date": hr.days_ago(1)})
	leaver.save()
	assert rows_of(leaver.name) == []


def test_an_index_that_can_not_be_written_keeps_nobody_from_leaving(monkeypatch):
	leaver, started, logged = hr.make_employee(), [], []
	name = service.add_line(leaver.name, LI_NA, "CN")

	def full(*_names):
		raise PermissionError(13, "Permission denied")

	monkeypatch.setattr(searching.index(), "remove", full)
	monkeypatch.setattr(searching, "start", lambda method, *_queue, **_how: started.append(method))
	monkeypatch.setattr(frappe, "log_error", lambda *said, **_how: logged.append(said))
	leaver.reload()
	leaver.update({"status": "Left", "relieving_date": hr.days_ago(1)})
	leaver.save()
	assert rows_of(leaver.name) == []
	frappe.db.after_commit.reset()
	searching.remove([name])
	frappe.db.after_commit.run()
	assert started == ["referral_hub.tasks.build_contact_index"]
	[(title, said)] = logged
	assert title == "The index of contacts can't be written"
	assert "PermissionError: Permission denied" in said


def test_a_long_journal_is_built_into_the_index(employee, monkeypatch):
	asked = []
	monkeypatch.setattr(searching, "build_soon", lambda: asked.append("build"))
	service.add_line(employee, LI_NA, "CN")
	assert asked == []
	monkeypatch.setattr("referral_hub.matching.index.index._LONG", 0)
	service.add_line(employee, "Wang Fang, welder", "CN")
	assert asked == ["build"]


def test_contacts_of_a_leaver_nobody_noticed_are_gone_by_night(employee, commits):
	service.add_line(employee, LI_NA, "CN")
	frappe.db.set_value("Employee", employee, "status", "Left")
	tasks.look_after_contacts()
	assert rows_of(employee) == []


def test_whom_one_waved_away_hides_nobody_behind_them(employee):
	asked = [Requirement("row", "Welding")]
	names = [service.add_line(employee, f"Person {number:02}, welder", "CN") for number in range(20)]
	for name in sorted(names)[:16]:
		service.mark_unfit(employee, name, "an opening")
	found = fitting.for_opening(employee, "an opening", asked)
	assert {one.contact for one in found} <= set(sorted(names)[16:]) and len(found) == 3


def test_contacts_follow_an_employee_who_is_renamed(employee):
	name = service.add_line(employee, LI_NA, "CN")
	service.follow_rename(employee, "HR-EMP-RENAMED")
	assert [row.name for row in rows_of("HR-EMP-RENAMED")] == [name]
	contact = service.find("HR-EMP-RENAMED", name)
	assert hashes_of("HR-EMP-RENAMED") == set(knowing.digests("HR-EMP-RENAMED", contact))
	assert hashes_of(employee) == set()


def test_not_even_administrator_reads_writes_deletes_or_shares_one(employee):
	name = service.add_line(employee, LI_NA, "CN")
	document = frappe.get_doc("Referral Contact", name)
	for attempt in (document.save, lambda: frappe.delete_doc("Referral Contact", name, force=True)):
		with pytest.raises((KeptByTheApp, frappe.PermissionError)):
			attempt()
	assert document.has_permission("read") is False
	assert frappe.get_list("Referral Contact") == []
	with pytest.raises(frappe.PermissionError, match="can't be shared"):
		frappe.new_doc(
			"DocShare", share_doctype="Referral Contact", share_name=name, user="Administrator", read=1
		).insert(ignore_permissions=True)


def test_administrator_over_http_is_told_nothing(commits):
	keeper = hr.make_employee(user=True)
	employee = keeper.name
	rows = {"A": service.add_line(employee, LI_NA, "CN")}
	user = hr.make_user(roles=("System Manager", "HR Manager")).name
	colleague = hr.make_employee(user=True).user_id
	for role in ("System Manager", "Employee"):
		frappe.permissions.add_permission("Referral Contact", role)
	commits.commit()
	with serving() as address:
		people = [Person(address, one, hr.PASSWORD) for one in (user, colleague)]
		people.append(Person(address, "Administrator", "admin"))
		for person in people:
			ways = verbs.LISTS | verbs.ROWS | verbs.DESK | {"export": verbs.export}
			seen = {name: ask(person, "Referral Contact", rows) for name, ask in ways.items()}
			assert {way: sides for way, sides in seen.items() if sides} == {}, person.user
			assert verbs.count(person, "Referral Contact", rows) == [0, 0]
			found = person.get(
				"/api/method/frappe.utils.global_search.search", text="Li Na", doctype="Referral Contact"
			)
			assert (found.status_code, found.json().get("message") or []) == (200, []), person.user
			before = rows_of(employee)
			verbs.try_to_change(person, "Referral Contact", rows["A"])
			frappe.db.rollback()
			assert rows_of(employee) == before
			if person.user == colleague:
				continue
			assert not person.get("/api/resource/DocType/Referral Contact").json().get("exc")
		frappe.db.set_value("Referral Contact", rows["A"], "owner", keeper.user_id)
		commits.commit()
		assert "Li Na" in Person(address, keeper.user_id, hr.PASSWORD).get("/referrals/contacts").text
		_looks_in_their_place(people[-1], keeper.user_id, rows["A"])


def _looks_in_their_place(administrator: Person, user: str, contact: str) -> None:
	"""The platform lets Administrator become anybody: for as long as that lasts, nobody's contacts are shown."""
	way = "/api/method/frappe.core.doctype.user.user.impersonate"
	assert administrator.post(way, user=user, reason="A test").status_code == 200
	assert (
		administrator.get("/api/method/frappe.auth.get_logged_user").json()["message"],
		"You are signed in for somebody else." in administrator.get("/referrals/contacts").text,
	) == (user, True)
	for path in ("", "/person", "/import"):
		assert "Li Na" not in administrator.get(f"/referrals/contacts{path}", name=contact).text
	assert "Li Na" not in administrator.get("/referrals/refer", contact=contact).text
	for call in ("find", "one", "fits"):
		answer = administrator.get(f"/api/method/referral_hub.api.v1.contacts.{call}", contact=contact)
		assert (answer.status_code, "Li Na" in answer.text) == (404, False), call


def test_contacts_nobody_looks_after_are_told_of_then_deleted(employee):
	reader = make_reader()
	owner = reader.name
	old, new = (service.add_line(owner, line, "CN") for line in (LI_NA, "Wang Fang, welder"))
	frappe.db.set_value("Referral Contact", old, "touched_on", hr.days_ago(800))
	assert owner in retention.to_warn()
	retention.warn(owner)
	assert owner not in retention.to_warn() + retention.to_end()
	assert {row.event for row in messages_to(reader)} == {"contacts_ending"}
	assert "Li Na" not in str(messages_to(reader))
	frappe.db.set_value("Referral Contact", old, "warned_on", hr.days_ago(31))
	assert owner in retention.to_end()
	retention.end(owner)
	assert service.search(owner, "") == [new]


def test_whoever_keeps_them_is_left_alone(employee):
	name = service.add_line(employee, LI_NA, "CN")
	frappe.db.set_value(
		"Referral Contact", name, {"touched_on": hr.days_ago(800), "warned_on": hr.days_ago(31)}
	)
	assert retention.ending(employee)[0] == 1
	retention.keep_on(employee)
	assert employee not in retention.to_end() + retention.to_warn()
	retention.end(employee)
	assert service.search(employee, "") == [name]
