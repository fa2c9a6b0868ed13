"""Words to somebody of the pool through WeCom: whoever wrote them confirms there; kept with where they stand, refused in words."""

import frappe
import pytest
import site_factories as hr
from another_transaction import another_transaction
from channel_factories import make_app
from chat_services import CALLBACK_KEY, CALLBACK_TOKEN
from message_factories import make_reader

from referral_hub import flow, tasks
from referral_hub.api.talent import calls
from referral_hub.messages import service as messages
from referral_hub.messages.channels import NotSent
from referral_hub.messages.customers.wecom import Came
from referral_hub.talent import held, keeping, service
from referral_hub.talent.capturing.merging import merge
from referral_hub.talent.sending import NotCalled
from referral_hub.talent.wecom import calling_off, known, sending

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
	for contact in sending.waiting():
		sending.look(contact)


@pytest.fixture
def jobs(monkeypatch) -> list[dict]:
	"""What the jobs that call something off are given; none of them runs."""
	given = []
	monkeypatch.setattr(calling_off, "start_after_commit", lambda _job, queue, **said: given.append(said))
	return given


@pytest.fixture
def beside(commits):
	"""Leave to commit, for what another transaction is to see; goes before `services`."""
	before = frappe.db.get_single_value("Referral Hub Settings", "quiet_hours_for")
	commits.at_end(lambda: frappe.db.set_single_value("Referral Hub Settings", "quiet_hours_for", before))
	return commits


@pytest.fixture
def uncommitted(monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)


ENDS = [
	lambda name: service.put(name, service.DO_NOT_CONTACT),
	lambda name: service.put(name, service.HIRED),
	service.anonymise,
]


def stopped(services) -> list[bool]:
	return [bool(task.get("stopped")) for task in services.tasks.values()]


def in_wecom(person) -> list[tuple]:
	fields = ["wecom_state", "wecom_task", "wecom_corp"]
	return [tuple(row.values()) for row in frappe.get_all(CONTACT, {"record": person.name}, fields)]


@pytest.mark.parametrize("end", ENDS)
def test_what_nobody_confirmed_is_called_off_when_the_person_is_not_written_to_any_more(
	services, person, lina, jobs, uncommitted, end
):
	contact = calls.send_by_wecom(person.name, "Hello")
	end(person.name)
	assert jobs == [{"contact": contact}]
	tasks.call_off_wecom(**jobs[0])
	assert (stopped(services), in_wecom(person)) == ([True], [("Stopped", None, None)])
	asked = len(services.asked)
	tasks.follow_wecom()
	assert len(services.asked) == asked


@pytest.mark.parametrize("end", ENDS)
def test_what_could_not_be_called_off_is_called_off_within_the_hour(
	app, services, person, lina, jobs, uncommitted, end
):
	calls.send_by_wecom(person.name, "Hello")
	(number,) = services.tasks
	end(person.name)  # the job is lost, as without Redis
	logged = frappe.db.count("Error Log")
	services.answer = 503, ""
	tasks.follow_wecom()
	tasks.follow_wecom()
	assert in_wecom(person) == [("Stopping", number, app.corp_id)]
	assert frappe.db.count("Error Log") == logged + 1
	services.answer = None
	tasks.follow_wecom()
	assert (stopped(services), in_wecom(person)) == ([True], [("Stopped", None, None)])


def test_what_wecom_does_not_take_in_two_weeks_is_not_asked_for_any_more(
	services, person, lina, jobs, uncommitted
):
	contact = calls.send_by_wecom(person.name, "Hello")
	service.anonymise(person.name)
	frappe.db.set_value(CONTACT, contact, "happened_on", frappe.utils.add_days(None, -15))
	services.answer = 503, ""
	tasks.follow_wecom()
	assert in_wecom(person) == [("Unknown", None, None)]


def test_a_no_that_waited_for_a_message_calls_it_off(beside, services, person, lina, jobs):
	beside.commit()
	frappe.db.get_value(POOL, person.name, "state")  # from here on this transaction sees what there was
	with another_transaction():
		calls.send_by_wecom(person.name, "Hello")
		frappe.db.commit()
	service.put(person.name, service.DO_NOT_CONTACT)
	assert len(jobs) == 1


def test_whose_number_was_corrected_meanwhile_is_called_off_too(
	app, services, person, lina, jobs, uncommitted
):
	calls.send_by_wecom(person.name, "Hello")
	services.people["wmContact"] = "13700137000"
	hear(app, at="1403610600")
	assert contact_of(person) is None
	service.put(person.name, service.DO_NOT_CONTACT)
	tasks.call_off_wecom(**jobs[0])
	assert stopped(services) == [True]


def test_a_no_holds_for_what_was_asked_of_the_same_person_s_other_record(services, person, lina, jobs):
	older = make_person(phone=None, email=hr.unique_email())
	service.put(older.name, service.DO_NOT_CONTACT)
	contact = calls.send_by_wecom(person.name, "Hello")
	merge(frappe.get_doc(POOL, older.name, for_update=True), [person.name])
	assert jobs == [{"contact": contact}]


@pytest.mark.parametrize("came", [Came.SENT, Came.NO_CONTACT])
def test_what_came_of_a_message_brings_no_words_back(beside, services, person, lina, jobs, monkeypatch, came):
	contact = calls.send_by_wecom(person.name, "Hello Li Na")
	beside.commit()

	def slowly(*_asked):
		with another_transaction():
			service.anonymise(person.name)
			frappe.db.commit()
		return came

	monkeypatch.setattr(messages, "came_of_wecom", slowly)
	sending.look(contact)
	beside.commit()
	assert frappe.db.get_value(CONTACT, contact, ["summary", "wecom_state"]) == (None, "Stopping")


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
	assert asked == [("stop", []), ("look", [])]
