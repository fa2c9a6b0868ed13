"""What a program was answered about contacts is nobody else's, and opens no other text that the site has sealed."""

import frappe
import pytest
import site_factories as hr
from rest_client import Person, serving

from referral_hub import idempotency
from referral_hub.idempotency import Asked
from referral_hub.matching.contacts import erasing, retention, service
from referral_hub.matching.rules.contacts.forgetting import Forgotten

DOCTYPE = "Referral Idempotency Key"
KEEP_ON = "/api/method/referral_hub.api.v1.contacts.keep_on"
pytestmark = pytest.mark.usefixtures("own_index")


def test_administrator_opens_no_contact_as_a_kept_answer(commits):
	employee = hr.make_employee().name
	name = service.add_line(employee, "Li Na, store manager, li.na@example.com", "CN")
	sealed = frappe.db.get_value("Referral Contact", name, "sealed")
	asked = Asked("Administrator", "contacts_keep_on", "k1", "{}")
	row = {"user": asked.user, "operation": asked.operation, "answer": sealed}
	row |= {"key_hash": asked.name, "contents_hash": asked.contents_hash}
	commits.commit()
	commits.at_end(lambda: frappe.db.delete(DOCTYPE, {"name": asked.name}))
	frappe.permissions.add_permission(DOCTYPE, "System Manager")
	for right in ("write", "create", "delete"):
		frappe.permissions.update_permission_property(DOCTYPE, "System Manager", 0, right, 1)
	manager = hr.make_user(roles=("System Manager",)).name
	commits.commit()
	with serving() as address:
		people = [Person(address, "Administrator", "admin"), Person(address, manager, hr.PASSWORD)]
		for person in people:
			assert person.post(f"/api/resource/{DOCTYPE}", **row).status_code == 403, person.user
		_put_in_below_the_documents(row)
		commits.commit()
		for person in people:
			seen = person.get(f"/api/resource/{DOCTYPE}", fields='["*"]')
			assert (seen.status_code, seen.json().get("data") or []) in ((200, []), (403, [])), person.user
			assert person.get(f"/api/resource/{DOCTYPE}/{asked.name}").status_code == 403, person.user
		people[0].session.headers["Idempotency-Key"] = "k1"
		answer = people[0].post(KEEP_ON)
		assert (answer.json()["error"]["code"], "Li Na" in answer.text) == ("already_done", False)


def _put_in_below_the_documents(row: dict) -> None:
	columns = {**row, "name": row["key_hash"]}
	frappe.db.sql(
		f"insert into `tab{DOCTYPE}` ({', '.join(columns)}, creation, modified) values %s",
		[(*columns.values(), frappe.utils.now(), frappe.utils.now())],
	)


def test_an_answer_stands_under_no_other_key(rolled_back):
	mine, other = (Asked("Administrator", "contacts_change", key, "{}") for key in ("one", "two"))
	for asked in (mine, other):
		assert idempotency.once(asked, lambda: {"name": "Li Na"}) == ({"name": "Li Na"}, False)
	assert idempotency.once(mine, lambda: {}) == ({"name": "Li Na"}, True)
	sealed = frappe.db.get_value(DOCTYPE, mine.name, "answer")
	frappe.db.set_value(DOCTYPE, other.name, "answer", sealed)
	with pytest.raises(idempotency.AnswerGone):
		idempotency.once(other, lambda: {})


def _erase(_employee: str) -> None:
	mail = frozenset(["li.na@example.com"])
	assert erasing.forget(Forgotten(frozenset(), mail, frozenset(), frozenset(), lambda *_who: False)) == 1


def _end(employee: str) -> None:
	frappe.db.sql("update `tabReferral Contact` set warned_on = '2020-01-01' where employee = %s", employee)
	retention.end(employee)


@pytest.mark.parametrize("go", [_erase, _end], ids=["an erasure", "the end of their time"])
def test_what_a_program_was_answered_goes_whoever_deletes_the_contact(rolled_back, go):
	employee = hr.make_employee(user=True)
	service.add_line(employee.name, "Li Na, store manager, li.na@example.com", "CN")
	asked = Asked(employee.user_id, "contacts_change", "a key", "{}")
	idempotency.once(asked, lambda: {"name": "Li Na"})
	go(employee.name)
	assert service.search(employee.name, "") == []
	with pytest.raises(idempotency.AnswerGone):
		idempotency.once(asked, lambda: {})


def test_what_the_other_login_was_answered_goes_with_the_contacts_it_kept(rolled_back):
	employee, before = hr.make_employee(user=True), hr.make_user().name
	asked = Asked(before, "contacts_change", "a key", "{}")
	frappe.set_user(before)
	service.add_line(employee.name, "Li Na, store manager, li.na@example.com", "CN")
	idempotency.once(asked, lambda: {"name": "Li Na"})
	frappe.set_user(employee.user_id)
	assert service.delete_of_another_login(employee.name, employee.user_id) == 1
	with pytest.raises(idempotency.AnswerGone):
		idempotency.once(asked, lambda: {})


def test_the_answers_of_one_login_are_found_by_an_index(rolled_back):
	query = f"explain update `tab{DOCTYPE}` set answer = null where answer is not null and user = %s"
	[step] = frappe.db.sql(query, "nobody@example.com", as_dict=True)
	assert step.key in ("user", "user_index")  # made with the table, or later
