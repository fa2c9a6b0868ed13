"""Words to somebody of the pool through WeCom: whoever wrote them confirms there; kept with where they stand, refused in words."""

import frappe
import pytest
import site_factories as hr
from channel_factories import make_app
from chat_services import CALLBACK_KEY, CALLBACK_TOKEN
from message_factories import make_reader

from referral_hub import flow, tasks
from referral_hub.api.talent import calls
from referral_hub.messages import service as messages
from referral_hub.messages.channels import NotSent
from referral_hub.talent import held, keeping, service
from referral_hub.talent.sending import NotCalled
from referral_hub.talent.wecom import calling_off, known

POOL, CONTACT, NUMBER = "Talent Pool Record", "Talent Interaction", "13800138777"


@pytest.fixture
def app(services):
	frappe.local.lang = "en"
	services.people |= {"LinaLi": "13900139000", "wmContact": NUMBER}
	services.customers["LinaLi"] = {"wmContact"}
	return make_app(callback_token=CALLBACK_TOKEN, callback_key=CALLBACK_KEY)


def make_person(**fields):
	values = {"person_name": "Li Na", "phone": "+86" + NUMBER, "company": hr.COMPANY, **fields}
	record = frappe.get_doc(doctype=POOL, **values).insert()
	record.db_set("consent_state", "Given")
	return record


def hear(app, contact: str = "wmContact", at: str = "1403610513") -> None:
	event = {"ChangeType": "add_external_contact", "UserID": "LinaLi", "CreateTime": at}
	flow.hear_wecom(app.name, {**event, "ExternalUserID": contact})


@pytest.fixture
def person(app):
	record = make_person()
	hear(app)
	return record


@pytest.fixture
def lina(app, as_user):
	"""A recruiter who is somebody in WeCom, and is logged in."""
	reader = make_reader()
	reader.db_set("referral_hub_wecom_user", "LinaLi")
	frappe.get_doc("User", reader.user_id).add_roles("HR User")
	as_user(reader.user_id)
	return reader


def kept(person) -> list[tuple]:
	fields = ["kind", "direction", "by_user", "summary", "wecom_state", "wecom_task"]
	rows = frappe.get_all(CONTACT, {"record": person.name}, fields)
	return [tuple(row.values()) for row in rows]


def test_wecom_asks_the_colleague_to_confirm_and_what_came_of_it_is_kept(services, person, lina):
	assert calls.draft(person.name)["by_wecom"] is True
	calls.send_by_wecom(person.name, " Hello Li Na ")
	((number, task),) = services.tasks.items()
	assert task == {"sender": "LinaLi", "contact": "wmContact", "text": "Hello Li Na", "status": 0}
	assert kept(person) == [("Message", "Out", lina.user_id, "Hello Li Na", "Asked", number)]

	look()
	assert kept(person)[0][4] == "Asked"
	task["status"] = 1
	look()
	assert kept(person)[0][1::3] == ("Out", "Sent")
	assert len(services.tasks) == 1


def look() -> None:
	from referral_hub.talent.wecom import sending

	for contact in sending.waiting():
		sending.look(contact)


@pytest.mark.parametrize("end", [lambda name: service.put(name, service.DO_NOT_CONTACT), service.anonymise])
def test_what_nobody_confirmed_is_called_off_when_the_person_says_no_or_is_forgotten(
	services, person, lina, monkeypatch, end
):
	jobs = []
	monkeypatch.setattr(
		calling_off, "start_after_commit", lambda job, queue, **given: jobs.append((job, given))
	)
	calls.send_by_wecom(person.name, "Hello")
	end(person.name)
	((job, given),) = jobs
	assert (job, "Li Na" in str(given), "wmContact" in str(given)) == (
		"referral_hub.tasks.call_off_wecom",
		False,
		False,
	)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	tasks.call_off_wecom(**given)
	assert services.tasks[given["task"]]["stopped"] is True


@pytest.mark.parametrize(
	("status", "said"), [(2, "is no contact any more"), (3, "as many messages as WeCom lets them get")]
)
def test_what_never_went_called_nobody(services, person, lina, status, said):
	calls.send_by_wecom(person.name, "Hello")
	next(iter(services.tasks.values()))["status"] = status
	look()
	((_kind, direction, _by, summary, state, _task),) = kept(person)
	assert (direction, state) == (None, "Not Sent")
	assert said in summary
	assert frappe.db.get_value(POOL, person.name, "contacts") == 0


def test_what_wecom_refuses_is_said_and_not_kept(services, person, lina):
	def refused(said: str) -> None:
		frappe.db.savepoint("sent")
		with pytest.raises(NotSent, match=said):
			calls.send_by_wecom(person.name, "Hello")
		frappe.db.rollback(save_point="sent")  # as the request does

	frappe.clear_messages()
	services.limited = 1
	refused("answered 45009. Too much is asked of it just now")
	assert "answered 45009" in str(frappe.local.message_log)  # what the desk shows
	services.had_enough = {"wmContact"}
	refused(r"as many messages as it lets them get.*\(41048\)")
	services.had_enough = set()
	services.customers["LinaLi"] = set()
	refused("no contact of yours")  # the list of those whom it can't go to
	del services.customers["LinaLi"]
	refused(r"You may not write to contacts.*\(84074\)")
	del services.people["LinaLi"]
	refused(r"You may not write to contacts.*\(60111\)")
	services.people = {"LinaLi": "1"}
	services.customers["LinaLi"] = {"wmContact"}
	refused(r"no contact of yours.*\(84061\)")
	services.answer = 200, {"errcode": 48002, "errmsg": "api forbidden"}
	refused("answered 48002. The application lacks this right")
	assert (services.tasks, kept(person)) == ({}, [])
	# news to employees goes on by this application
	assert frappe.db.get_value("Referral Channel", {"kind": "WeCom Application"}, "closed_until") is None


def test_where_no_answer_came_it_is_kept_as_such_and_nobody_is_asked_again(services, person, lina):
	calls.send_by_wecom(person.name, "Hello")  # a token is there
	services.answer = lambda: None  # closes without a word
	calls.send_by_wecom(person.name, "Hello again")
	assert sorted(row[4] for row in kept(person)) == ["Asked", "Unknown"]


def test_without_an_answer_before_anything_was_asked_nothing_is_kept(services, person, lina):
	services.answer = lambda: None
	with pytest.raises(NotSent, match="gave no answer"):
		calls.send_by_wecom(person.name, "Hello")


def test_it_is_offered_where_it_can_go_and_refused_in_words_elsewhere(services, person, lina, as_user):
	def refused(said: str, words: str = "Hello") -> None:
		with pytest.raises(NotCalled, match=said):
			calls.send_by_wecom(person.name, words)

	def change(field: str, value):
		frappe.db.set_value(POOL, person.name, field, value)

	refused("too long for WeCom", "你" * 1334)
	assert calls.draft(person.name)["by_wecom"] is True
	messages.suppress("+86" + NUMBER)
	change("phone", NUMBER)  # as somebody dials it here
	refused("asked us to stop writing")
	frappe.db.delete("Referral Suppression")
	change("consent_state", "Withdrawn")
	refused("has not agreed")
	change("consent_state", "Given")
	change("wecom_contact", None)
	refused("not known to us as a contact")
	change("wecom_contact", "wmContact")
	frappe.db.set_value("Employee", lina.name, "referral_hub_wecom_user", None)
	refused("You are nobody in WeCom for us")
	assert calls.draft(person.name)["by_wecom"] is False
	change("wecom_corp", "wwother")
	refused("No WeCom application of the company")
	service.put(person.name, service.DO_NOT_CONTACT)
	refused("This person is not called")
	as_user("Guest")
	with pytest.raises(frappe.PermissionError):
		calls.send_by_wecom(person.name, "Hello")
	assert (services.tasks, kept(person)) == ({}, [])


def test_who_a_contact_is_stays_while_wecom_is_away(app, services, person):
	services.answer = 503, ""
	hear(app, at="1403610600")
	assert contact_of(person) == "wmContact"


def contact_of(record) -> str | None:
	return frappe.db.get_value(POOL, record.name, "wecom_contact")


def test_who_a_contact_is_is_kept_with_consent_for_one_person_and_goes_with_them(app, services, person):
	assert contact_of(person) == "wmContact"
	row = keeping.opened_by(keeping.link_of(person.name).rpartition("/")[2])
	assert held.about(row)["contact_in_wecom"] == "wmContact"

	services.people["wmContact"] = "13700137000"  # a colleague corrects the number
	other = make_person(person_name="Wu Gang", phone="+8613700137000")
	hear(app, at="1403610600")
	assert (contact_of(person), contact_of(other)) == (None, "wmContact")

	other.db_set("consent_state", "Withdrawn")
	hear(app, at="1403610700")
	assert contact_of(other) is None

	other.db_set("consent_state", "Given")
	hear(app, at="1403610800")
	service.anonymise(other.name)
	assert frappe.db.get_value(POOL, other.name, list(known.FIELDS)) == (None, None)


def test_a_contact_with_the_numbers_of_two_is_nobody_s(app, person):
	other = make_person(person_name="Wu Gang", phone="+8613700137000")
	assert known.remember("wmContact", app.corp_id, ["+86" + NUMBER, "+8613700137000"]) is None
	assert (contact_of(person), contact_of(other)) == (None, None)


def test_nobody_types_a_contact_in(app):
	record = make_person(wecom_contact="wmOfSomebody", wecom_corp=app.corp_id)
	assert contact_of(record) is None
	record.reload()
	record.update({"wecom_contact": "wmOfSomebody"}).save()
	assert contact_of(record) is None


def test_the_task_is_there(monkeypatch):
	from referral_hub.tasks import talent

	asked = []
	monkeypatch.setattr(talent, "one_by_one", lambda work, names: asked.append((work.__name__, names)))
	tasks.follow_wecom()
	assert asked == [("look", [])]
