"""HR asks a colleague to write: they read exactly that person, only while the request is open, write or hand it back, and HR knows."""

import frappe
import portal_requests as portal
import pytest
import site_factories as hr
from count_queries import counted_queries
from frappe.core.doctype.communication.communication import Communication
from frappe.utils import add_days, getdate, today
from portal_factories import make_referrer

from referral_hub.api.talent import requests as api
from referral_hub.patches import begin_calling_back
from referral_hub.portal.requests import listing
from referral_hub.talent import service
from referral_hub.talent.capturing import merging
from referral_hub.talent.requests import answering, asking, watching
from referral_hub.talent.requests.answering import NoRequest, NothingSaid
from referral_hub.talent.requests.asking import CantBeAsked
from referral_hub.talent.sending import NotCalled

POOL, REQUEST = "Talent Pool Record", "Recall Request"


@pytest.fixture(autouse=True)
def works_every_day():
	"""Today may be a day off of the company; here every day is a working day."""
	frappe.local.lang = "en"
	calendar = frappe.db.get_value("Company", hr.COMPANY, "default_holiday_list")
	every_day = frappe.get_doc(doctype="Holiday List", holiday_list_name=hr.unique("Every Day"))
	every_day.update({"from_date": add_days(today(), -300), "to_date": add_days(today(), 300)}).insert()
	_works_by(every_day.name)
	yield
	_works_by(calendar)


def _works_by(calendar: str | None) -> None:
	frappe.db.set_value("Company", hr.COMPANY, "default_holiday_list", calendar)
	frappe.clear_document_cache("Company", hr.COMPANY)


@pytest.fixture
def recruiter():
	return hr.make_user(roles=("HR User",)).name


@pytest.fixture
def manager():
	return make_referrer("Mei")


def make_person(**values):
	email = hr.unique_email("pool")
	record = frappe.get_doc(doctype=POOL, person_name="Li Na", email=email, company=hr.COMPANY).insert()
	record.db_set({"reason": "No-show", "happened_on": add_days(today(), -60), **values})
	return record


@pytest.fixture
def person():
	begin_calling_back.execute()
	return make_person()


@pytest.fixture
def request_(person, manager, recruiter, as_user):
	as_user(recruiter)
	name = api.ask(person.name, manager.name, note="You met her.", subject="Hello", words="Dear Li Na")
	as_user(manager.user_id)
	return frappe.get_doc(REQUEST, name)


def make_colleague(name: str):
	frappe.set_user("Administrator")
	return make_referrer(name)


def page(request) -> portal.Answer:
	return portal.get(f"/referrals/requests/{request.name}")


def press(request, button: str, **form) -> portal.Answer:
	return portal.post(f"/referrals/requests/{request.name}", {"do": button, **form})


def told(event: str, **where) -> int:
	return frappe.db.count("Referral Message", {"event": event, **where})


def heard(user: str) -> list[str]:
	return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject", order_by="creation asc")


def contacts(person) -> list[tuple]:
	fields = ["kind", "direction", "by_user", "summary"]
	rows = frappe.get_all("Talent Interaction", {"record": person.name}, fields, order_by="creation asc")
	return [tuple(row.values()) for row in rows]


# asking


def test_the_colleague_is_told_without_a_name_and_finds_the_person_and_the_draft(request_, person, manager):
	facts = frappe.get_all(
		"Referral Message", {"event": "recall_asked", "recipient": manager.name}, pluck="facts"
	)
	assert facts and not any("Li Na" in fact for fact in facts)
	assert f"/referrals/requests/{request_.name}" in facts[0]
	answer = page(request_)
	assert answer.status_code == 200
	for words in ("Write to Li Na", "You met her.", "Dear Li Na", person.email):
		assert words in answer.text
	assert "HR asks you to write to Li Na" in portal.get("/referrals").text
	assert "Li Na" in portal.get("/referrals/requests").text


def test_the_settings_say_until_when_it_is_due_and_how_long_it_stays_open(request_, recruiter):
	assert (getdate(request_.due_on), getdate(request_.closes_on)) == (in_days(5), in_days(15))
	assert (request_.state, request_.asked_by, request_.person_name) == ("Open", recruiter, "Li Na")


def in_days(days: int):
	return getdate(add_days(today(), days))


def test_without_words_the_draft_is_filled_in_the_colleagues_name(person, manager, recruiter, as_user):
	as_user(recruiter)
	request = frappe.get_doc(REQUEST, api.ask(person.name, manager.name, purpose="Opening"))
	assert request.words.startswith("Hello Li Na")
	own = frappe.db.get_value("User", manager.user_id, "full_name")
	assert own in request.words
	assert api.draft(person.name, manager.name, "Opening", "en")["words"] == request.words


@pytest.mark.parametrize("lacks", ["a user", "an enabled user", "a job"])
def test_a_colleague_who_could_not_open_it_is_not_asked(person, manager, lacks):
	if lacks == "a user":
		manager.db_set("user_id", None)
	elif lacks == "a job":
		manager.db_set("status", "Left")
	else:
		frappe.db.set_value("User", manager.user_id, "enabled", 0)
	said = "does not work here now" if lacks == "a job" else "has no user account and can't open the request"
	with pytest.raises(CantBeAsked, match=said):
		asking.ask(person.name, manager.name)
	assert frappe.db.count(REQUEST, {"record": person.name}) == 0


def test_one_open_request_for_a_person_and_a_colleague(person, manager):
	first, other = asking.ask(person.name, manager.name), make_referrer("Bo")
	with pytest.raises(CantBeAsked, match="is asked about this person already"):
		asking.ask(person.name, manager.name)
	asking.ask(person.name, other.name)
	asking.withdraw(first)
	asking.ask(person.name, manager.name)
	service.put(person.name, service.DO_NOT_CONTACT)
	with pytest.raises(CantBeAsked, match="This person is not called: Do Not Contact"):
		asking.ask(person.name, make_referrer("Cy").name)


def test_several_are_asked_about_by_their_hiring_managers(manager, recruiter, as_user):
	opening = hr.make_opening().name
	frappe.get_doc(doctype="Opening Profile", job_opening=opening, hiring_manager=manager.name).insert()
	known, unknown = make_person(applied_for=opening), make_person(person_name="Wu")
	as_user(recruiter)
	answer = api.ask_about([known.name, unknown.name, known.name], note="Please")
	refused = [
		{"person_name": "Wu", "why": "No hiring manager is known for the opening this person applied for."}
	]
	assert answer == {"asked": 1, "refused": refused}
	assert frappe.get_all(REQUEST, {"record": known.name}, ["asked", "note"]) == [
		{"asked": manager.name, "note": "Please"}
	]
	again = api.ask_about([known.name])
	assert (again["asked"], "already" in again["refused"][0]["why"]) == (0, True)


def test_of_more_people_than_go_at_once_none_is_left_out_in_silence(person, manager):
	names = [person.name, *(f"made-up-{number}" for number in range(100))]
	with pytest.raises(CantBeAsked, match="At most 100 people at once"):
		api.ask_about(names, manager.name)
	assert frappe.db.count(REQUEST, {"record": person.name}) == 0


def test_only_hr_asks_withdraws_and_gives_time(request_, person, manager):
	for act in (
		lambda: api.ask(person.name, manager.name),
		lambda: api.ask_about([person.name]),
		lambda: api.draft(person.name),
		lambda: api.withdraw(request_.name),
		lambda: api.give_more_time(request_.name, add_days(today(), 9)),
	):
		with pytest.raises(frappe.PermissionError):
			act()


# what the colleague may read


def interview(person) -> None:
	"""The person applied, expected 31,415, and was interviewed by somebody who wrote what they thought."""
	fields = {"email": person.email, "lower_range": 31415, "currency": "CNY"}
	applicant = hr.make_applicant(hr.make_opening(), **fields)
	interviewer = hr.make_user(roles=("Interviewer",)).name
	round_ = hr.make_interview_round(interviewers=(interviewer,))
	feedback = hr.give_feedback(hr.schedule_interview(applicant, round_), interviewer)
	feedback.db_set("feedback", "Rather arrogant")
	hr.make_offer(applicant, offer_terms=[{"offer_term": _term(), "value": "27182"}])
	person.db_set("job_applicant", applicant.name)
	mail = {"communication_type": "Communication", "subject": "Your terms", "content": "We agreed on 16180"}
	about = {"reference_doctype": "Job Applicant", "reference_name": applicant.name}
	frappe.get_doc(doctype="Communication", **mail, **about).insert()


def _term() -> str:
	return hr.ensure("Offer Term", "Pay of the test", offer_term="Pay of the test")


def test_pay_and_what_interviewers_said_only_by_role(person, request_, manager):
	frappe.set_user("Administrator")
	interview(person)
	hidden = ("Rather arrogant", "31,415", "27182", "16180")
	for role, shown in ((None, []), ("Interviewer", ["Rather arrogant"]), ("HR User", list(hidden))):
		if role:
			frappe.get_doc("User", manager.user_id).add_roles(role)
		frappe.set_user(manager.user_id)
		answer = page(request_)
		assert (answer.status_code, [word for word in hidden if word in answer.text]) == (200, shown)
		frappe.set_user("Administrator")


def test_hrs_own_remarks_are_not_shown(request_, person, recruiter):
	service.note(person.name, "Note", "Asks for too much")
	service.note(person.name, "Call", "Likes the team", direction="Out")
	about = {"reference_doctype": POOL, "reference_name": person.name, "sent_or_received": "Received"}
	mail = {"communication_type": "Communication", "subject": "Li Na", "content": "I would not take her"}
	colleagues = frappe.get_doc(doctype="Communication", sender=recruiter, **mail, **about)
	colleagues.insert(ignore_permissions=True)
	text = page(request_).text
	assert ("Asks for too much" in text, "Likes the team" in text) == (False, True)
	assert "I would not take her" not in text


def _ends(way: str, request, person, manager) -> None:
	if way == "withdrawn":
		asking.withdraw(request.name)
	elif way == "past its end":
		request.db_set("closes_on", add_days(today(), -1))
	elif way == "answered":
		answering.not_me(request.name, manager.name)
	elif way == "left":
		manager.db_set("status", "Left")
	elif way == "merged with a no":
		person.db_set("state", service.DO_NOT_CONTACT)
	elif way == "said no":
		service.put(person.name, service.DO_NOT_CONTACT)
	else:
		service.forget({person.name})


@pytest.mark.parametrize(
	"way", ["withdrawn", "past its end", "answered", "left", "said no", "merged with a no", "erased"]
)
def test_it_is_over_at_once_and_looks_like_one_that_never_was(request_, person, manager, way):
	assert page(request_).status_code == 200
	_ends(way, request_, person, manager)
	shut = 403 if way == "left" else 404
	for answer in (page(request_), press(request_, "mail", subject="Hello", words="Hello")):
		assert (answer.status_code, "Li Na" in answer.text, person.email in answer.text) == (
			shut,
			False,
			False,
		)
	assert "Li Na" not in portal.get("/referrals/requests").text
	for act in (answering.send_mail, answering.keep_copied, answering.knows_better, answering.leave_word):
		with pytest.raises(NoRequest):
			act(request_.name, manager.name, *(["Hello"] * (2 if act is answering.send_mail else 1)))


def test_another_colleagues_request_looks_like_one_that_never_was(request_, as_user):
	other = make_colleague("Bo")
	as_user(other.user_id)
	strangers, nothing = page(request_), portal.get("/referrals/requests/never")
	assert strangers.status_code == 404
	assert strangers.text.replace(request_.name, "x") == nothing.text.replace("never", "x")
	with pytest.raises(NoRequest):
		answering.not_me(request_.name, other.name)


# answering


def test_a_mail_goes_the_same_way_as_hrs_and_closes_the_request(request_, person, manager, recruiter):
	assert press(request_, "mail", subject="Hello", words="One\n<b>two</b>").status_code == 303
	request_.reload()
	assert (request_.state, request_.answer) == ("Answered", "Wrote")
	row = frappe.get_doc("Talent Interaction", request_.interaction)
	assert (row.kind, row.direction, row.by_user) == ("E-mail", "Out", manager.user_id)
	mail = frappe.get_doc("Communication", row.communication)
	assert (mail.reference_name, mail.recipients) == (person.name, person.email)
	assert manager.user_id in mail.sender
	assert "One<br>&lt;b&gt;two&lt;/b&gt;" in mail.content
	assert frappe.db.count("Email Queue", {"communication": mail.name}) == 1
	assert len([subject for subject in heard(recruiter) if "answered your request" in subject]) == 1
	for ptype in ("read", "write", "delete"):
		assert not mail.has_permission(ptype, user=manager.user_id)
	assert page(request_).status_code == 404


def test_what_was_copied_is_kept_and_counts_for_the_colleague(request_, person, manager):
	assert press(request_, "copied", words="Hello Li Na").status_code == 303
	assert contacts(person) == [("Message", "Out", manager.user_id, "Hello Li Na")]


def test_how_much_is_asked_of_a_colleague_costs_the_list_no_more_statements(request_, manager, as_user):
	def statements() -> int:
		frappe.local.fullnames = {}
		with counted_queries() as sent:
			assert len(listing.lines(manager.name)) == len(people)
		return len(sent)

	people = [request_.record]
	statements()  # what is read once of the DocTypes
	before = statements()
	as_user("Administrator")
	people += [make_person().name for _more in range(3)]
	for record in people[1:]:
		asking.ask(record, manager.name, {"words": "Dear Li Na"}, days=3)
	frappe.db.set_value(REQUEST, {"asked": manager.name}, "asked_by", request_.asked_by)
	assert statements() == before
	service.put(people[1], service.DO_NOT_CONTACT)
	frappe.db.set_value(POOL, people[2], "state", service.CLOSED)  # without its request being told
	del people[1:3]
	assert statements() == before


def test_not_me_and_a_better_way_close_it_and_hr_reads_why(request_, person, manager, recruiter):
	assert press(request_, "better", said=" ").status_code == 422
	assert press(request_, "better", said="She moved to Berlin").status_code == 303
	request_.reload()
	assert (request_.state, request_.answer, request_.answer_words) == (
		"Answered",
		"Knows Better",
		"She moved to Berlin",
	)
	assert contacts(person) == [("Note", "", manager.user_id, "She moved to Berlin")]
	assert any("answered your request" in subject for subject in heard(recruiter))


def test_a_word_to_hr_leaves_it_open(request_, person, recruiter):
	assert press(request_, "word", said="On Monday").headers["Location"].endswith("?kept=1")
	press(request_, "word", said="On Tuesday")
	request_.reload()
	assert (request_.state, request_.answer_words) == ("Open", "On Monday\nOn Tuesday")
	assert len(heard(recruiter)) == 2
	with pytest.raises(NothingSaid):
		answering.leave_word(request_.name, request_.asked, " ")


def test_what_is_refused_keeps_what_was_typed(request_, person):
	answer = press(request_, "mail", subject=" ", words="My own words")
	assert (answer.status_code, "needs a subject" in answer.text) == (422, True)
	assert "My own words" in answer.text
	person.db_set("email", None)
	with pytest.raises(NotCalled, match="No e-mail address"):
		answering.send_mail(request_.name, request_.asked, "Hello", "Hello")


def test_where_no_mail_goes_out_the_colleague_keeps_their_words_and_the_request(request_, monkeypatch):
	monkeypatch.setattr(Communication, "get_outgoing_email_account", lambda _mail: None)
	answer = press(request_, "mail", subject="Hello", words="My own words")
	assert (answer.status_code, "My own words" in answer.text) == (422, True)
	assert "missing email account" in answer.text
	assert frappe.db.count("Communication", {"reference_name": request_.record}) == 0
	assert request_.reload().state == "Open"


def test_what_comes_of_the_message_is_noted_and_the_furthest_stays(request_, person, manager):
	untouched = asking.ask(person.name, make_colleague("Bo").name)
	answering.keep_copied(request_.name, manager.name, "Hello")
	service.note(person.name, "Call", "Gladly", direction="In")
	assert request_.reload().outcome == "Replied"
	service.put(person.name, service.HIRED)
	service.note(person.name, "Call", "Thank you", direction="In")
	assert (request_.reload().outcome, getdate(request_.outcome_on)) == ("Hired", getdate())
	assert frappe.db.get_value(REQUEST, untouched, "state") == "Withdrawn"


# watching


def move(request, days: int) -> None:
	"""Let so many days go by: the request becomes older."""
	request.reload()
	fields = ("asked_on", "due_on", "closes_on")
	request.db_set({field: add_days(request.get(field), -days) for field in fields})


def test_reminded_before_and_after_the_day_then_hr_each_once(request_, manager, recruiter, as_user):
	as_user("Administrator")
	patience, said = frappe.db.get_single_value("Referral Hub Settings", "sla_escalation_days"), []
	for days in (3, 1, 2, patience):
		move(request_, days)
		for _night in range(2):
			watching.look(request_.name)
		reminders = [told(event, recipient=manager.name) for event in ("recall_reminder", "recall_overdue")]
		said.append((*reminders, len(heard(recruiter))))
	once = told("recall_asked", recipient=manager.name)  # a message for each way that reaches the colleague
	assert said == [(0, 0, 0), (once, 0, 0), (once, once, 0), (once, once, 1)]


def test_past_its_end_and_after_the_colleague_has_left_hr_is_told_once(request_, manager, recruiter, as_user):
	as_user("Administrator")
	move(request_, 60)
	for _night in range(2):
		watching.look(request_.name)
	assert (request_.reload().state, len(heard(recruiter))) == ("Expired", 1)
	as_user(recruiter)
	second = api.ask(request_.record, manager.name)
	manager.db_set("status", "Left")
	watching.look(second)
	assert (frappe.db.get_value(REQUEST, second, "state"), len(heard(recruiter))) == ("Withdrawn", 2)


def test_about_somebody_who_is_not_called_any_more_nobody_is_asked(request_, person, manager, as_user):
	as_user("Administrator")
	person.db_set("state", service.DO_NOT_CONTACT)
	for _night in range(2):
		watching.look(request_.name)
	assert request_.reload().state == "Withdrawn"
	assert told("recall_withdrawn", recipient=manager.name) == told("recall_asked", recipient=manager.name)
	assert told("recall_reminder", recipient=manager.name) == 0


def test_more_time_is_told_and_begins_the_reminders_anew(request_, manager, recruiter, as_user):
	request_.db_set({"reminded_on": today(), "overdue_on": today(), "escalated_on": today()})
	as_user(recruiter)
	with pytest.raises(CantBeAsked, match="a day to come"):
		api.give_more_time(request_.name, today())
	api.give_more_time(request_.name, add_days(today(), 30))
	request_.reload()
	assert (request_.reminded_on, request_.overdue_on, request_.escalated_on) == (None, None, None)
	assert getdate(request_.closes_on) > getdate(add_days(today(), 30))
	assert told("recall_reminder", recipient=manager.name) > 0
	api.withdraw(request_.name, "Done otherwise")
	assert told("recall_withdrawn", recipient=manager.name) > 0
	with pytest.raises(CantBeAsked, match="closed already"):
		api.give_more_time(request_.name, add_days(today(), 40))


def test_records_that_become_one_ask_a_colleague_once(request_, manager):
	frappe.set_user("Administrator")
	other = make_person()
	second = asking.ask(other.name, manager.name)
	record = frappe.get_doc(POOL, request_.record)
	merging.merge(record, [other.name])
	assert frappe.db.get_value(REQUEST, second, ["record", "state"]) == (record.name, "Withdrawn")
	assert request_.reload().state == "Open"


def test_whoever_is_forgotten_leaves_no_request(request_, person):
	service.forget({person.name})
	assert frappe.db.count(REQUEST, {"person_name": "Li Na", "name": request_.name}) == 0
