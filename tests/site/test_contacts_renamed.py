"""Whose contacts are after HR renames an employee, also where the job that follows was lost; and with very many."""

import frappe
import pytest
import site_factories as hr

from referral_hub import background, tasks
from referral_hub.matching.contacts import keeping, knowing, searching, service
from referral_hub.matching.contacts.files import importing
from referral_hub.matching.rules.contacts.contact import Contact

pytestmark = pytest.mark.usefixtures("own_index")


def hashes_of(employee: str) -> set[str]:
	return set(
		frappe.db.sql_list("select digest from `tabReferral Contact Key` where employee = %s", employee)
	)


def test_a_rename_whose_job_was_lost_costs_nobody_their_contacts(commits):
	employee = hr.make_employee(user=True)
	person = Contact("Li Na", ("li.na@example.com",), title="welder")
	[(name, _is_new)] = service.keep(employee.name, [person], employee.user_id)
	frappe.set_user(employee.user_id)
	file = importing.begin(employee.name, "people.csv", b"name,email\nBob,bob@example.com\n", "CN")
	frappe.set_user("Administrator")
	new = f"{employee.name}-NEW"
	frappe.rename_doc("Employee", employee.name, new, force=True)
	frappe.db.after_commit.reset()
	assert keeping.names(employee.name) == [name]
	tasks.look_after_contacts()
	assert (keeping.names(new), keeping.names(employee.name)) == ([name], [])
	assert hashes_of(new) == set(knowing.digests(new, person)) and not hashes_of(employee.name)
	assert importing.of_employee(new).name == file


def test_who_was_given_the_login_later_is_given_no_contacts(commits):
	employee = hr.make_employee(user=True)
	service.keep("HR-EMP-GONE", [Contact("Li Na")], employee.user_id)
	frappe.db.sql("update `tabReferral Contact` set creation = '2020-01-01' where employee = 'HR-EMP-GONE'")
	tasks.look_after_contacts()
	assert keeping.names(employee.name) == keeping.names("HR-EMP-GONE") == []


def test_very_many_contacts_follow_in_one_transaction(monkeypatch):
	old, new = (hr.make_employee().name for _one in range(2))
	people = [Contact(f"Person {number}", (f"p{number}@example.com",)) for number in range(100)]
	service.keep(old, people)
	monkeypatch.setattr(frappe.db, "MAX_WRITES_PER_TRANSACTION", 50)
	frappe.db.transaction_writes = 0
	tasks.follow_contacts(old, new)
	assert (len(keeping.names(new)), keeping.names(old), len(hashes_of(new))) == (100, [], 100)


def test_who_is_set_to_Left_for_another_record_is_followed_by_a_job_and_nobody_is_named_in_a_log(monkeypatch):
	old = hr.make_employee(user=True)
	service.keep(old.name, [Contact("Li Na")], old.user_id)
	new = hr.transfer(old)
	started = []

	def full(*_contacts):
		raise PermissionError(13, "Permission denied")

	monkeypatch.setattr(searching.index(), "save", full)
	monkeypatch.setattr(background, "start", lambda *job, **arguments: started.append((job[0], arguments)))
	frappe.db.set_value("Employee", old.name, "status", "Active")
	frappe.db.set_value("Employee", old.name, "relieving_date", None)
	frappe.db.after_commit.reset()
	leaver = frappe.get_doc("Employee", old.name)
	leaver.update({"status": "Left", "relieving_date": hr.days_ago(0)})
	leaver.save()
	assert len(keeping.names(old.name)) == 1
	frappe.db.after_commit.run()
	job = ("referral_hub.tasks.follow_contacts", {"old": old.name, "new": new.name})
	assert job in started
	assert not frappe.db.exists("Error Log", {"error": ("like", "%Li Na%")})


def _rename(old: str, new: str) -> str:
	"""HR renames somebody, in a request of its own."""
	frappe.local.dynamic_link_map = None
	return frappe.rename_doc("Employee", old, new, force=True)


@pytest.mark.parametrize("status", ["Active", "Suspended"])
def test_after_a_lost_job_contacts_follow_whom_HR_renamed_and_no_login(commits, status):
	xu, anna = hr.make_employee().name, hr.make_employee(user=True)
	[(name, _is_new)] = service.keep(anna.name, [Contact("Li Na")], anna.user_id)
	named = _rename(anna.name, f"{anna.name} A & B")
	service.follow_rename(anna.name, named)
	frappe.db.set_value("Employee", named, {"user_id": hr.make_user().name, "status": status})
	frappe.db.set_value("Employee", xu, "user_id", anna.user_id)
	new = _rename(_rename(named, f"{anna.name}-1"), f"{anna.name}-2")
	frappe.db.after_commit.reset()
	tasks.look_after_contacts()
	assert (keeping.names(xu), keeping.names(new)) == ([], [name])


@pytest.mark.parametrize(("stays_with_login", "is_job_lost"), [(True, False), (False, True)])
def test_a_merge_takes_along_what_the_login_of_who_stays_kept(commits, stays_with_login, is_job_lost):
	old, new, other = hr.make_employee(user=True), hr.make_employee().name, hr.make_user().name
	if stays_with_login:
		frappe.db.set_value("Employee", old.name, "status", "Left")
		frappe.db.set_value("Employee", new, "user_id", old.user_id)
	person = Contact("Li Na", ("li.na@example.com",), title="welder")
	[(name, _is_new)] = service.keep(old.name, [person], old.user_id)
	service.keep(old.name, [Contact("Bob", ("bob@example.com",))], other)
	frappe.local.dynamic_link_map = None
	frappe.rename_doc("Employee", old.name, new, force=True, merge=True)
	frappe.db.after_commit.reset()
	assert keeping.names(old.name) == [name]
	if is_job_lost:
		tasks.look_after_contacts()
	else:
		tasks.follow_contacts(old.name, new)
	assert (keeping.names(new), keeping.names(old.name)) == ([name], [])
	assert hashes_of(new) == set(knowing.digests(new, person)) and not hashes_of(old.name)
