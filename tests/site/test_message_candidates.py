"""What the candidate hears: once, by the way there is, only what HR has switched on and what is still true."""

from datetime import UTC, datetime, timedelta

import frappe
import pytest
from freezegun import freeze_time
from message_factories import make_event, make_interview_row, make_reader, make_referral_row

from referral_hub.messages import service, suppression


@pytest.fixture
def referral():
	return make_referral_row(make_reader(), candidate_email="lin.wei@example.com", candidate_language="en")


def to_candidate(referral) -> list:
	return frappe.get_all("Referral Message", {"candidate_of": referral.name}, ["*"], order_by="creation asc")


def step(referral, kind="Stage", **fields):
	"""The referral moves, and its event is told."""
	frappe.db.set_value("Referral", referral.name, fields)
	service.tell_candidate_of(make_event(referral, kind, **fields), referral)


def later(hours: int):
	return freeze_time(datetime.now(UTC) + timedelta(hours=hours))


def test_a_candidate_hears_once_that_somebody_recommended_them(referral):
	for _again in range(3):
		step(referral, stage="Submitted")
	service.send_pending()
	(message,) = to_candidate(referral)
	assert (message.event, message.channel, message.state) == ("candidate_received", "Email", "Sent")
	assert message.subject == "You have been recommended at _Hub Test Company"
	queued = frappe.get_doc("Email Queue", message.sent_as)
	assert [row.recipient for row in queued.recipients] == ["lin.wei@example.com"]


def test_the_outbox_keeps_no_address_of_a_candidate(referral):
	step(referral, stage="Submitted")
	service.send_pending()
	assert "lin.wei@example.com" not in str(to_candidate(referral))


def test_a_refusal_waits_a_day_and_gives_no_reason(referral):
	step(referral, "Outcome", outcome="Not Selected", reason="Pay expectations differ")
	with later(23):
		assert service.send_pending()["sent"] == 0
	with later(25):
		service.send_pending()
	(message,) = to_candidate(referral)
	assert (message.state, message.subject) == ("Sent", "Your application at _Hub Test Company")
	assert "Pay expectations" not in message.content
	assert "go on with other candidates" in message.content


def test_a_refusal_put_right_meanwhile_is_not_sent(referral):
	step(referral, "Outcome", outcome="Not Selected")
	frappe.db.set_value("Referral", referral.name, "outcome", "Open")
	with later(25):
		service.send_pending()
	(message,) = to_candidate(referral)
	assert (message.state, message.error) == ("Skipped", "The referral says something else by now.")


def test_good_news_is_told_once_at_the_first_step_that_says_it(referral):
	for stage in ("Selected", "Offered"):
		step(referral, stage=stage)
	service.send_pending()
	assert [(m.event, m.subject) for m in to_candidate(referral)] == [
		("candidate_result", "Good news from _Hub Test Company")
	]


@pytest.mark.parametrize(
	("switch", "move"),
	[
		("tell_candidate_received", {"stage": "Submitted"}),
		("tell_candidate_result", {"stage": "Selected"}),
	],
)
def test_what_hr_switched_off_is_not_told(referral, switch, move):
	frappe.db.set_single_value("Referral Hub Settings", switch, 0)
	step(referral, **move)
	assert to_candidate(referral) == []


def test_interview_dates_are_told_only_where_hr_wants_it(referral):
	moment = {"happened_on": "2099-03-14 10:00:00"}
	service.tell_candidate_of(make_event(referral, "Interview", **moment), referral)
	assert to_candidate(referral) == []
	frappe.db.set_single_value("Referral Hub Settings", "tell_candidate_interview", 1)
	make_interview_row(referral, moment["happened_on"])
	service.tell_candidate_of(make_event(referral, "Interview", **moment), referral)
	service.send_pending()
	assert [m.subject for m in to_candidate(referral)] == [
		"Your interview at _Hub Test Company: Saturday, 14 March 2099, 10:00"
	]


@pytest.mark.parametrize("address", [None, "abc@referral-hub.invalid"])
def test_without_an_address_or_a_gateway_nobody_is_written_to(address):
	referral = make_referral_row(make_reader(), candidate_email=address, candidate_phone="+8613800138000")
	step(referral, stage="Submitted")
	assert to_candidate(referral) == []


def test_somebody_who_asked_us_to_stop_is_not_written_to_in_any_spelling():
	suppression.add("lin.wei@gmail.com")
	referral = make_referral_row(make_reader(), candidate_email="LinWei+jobs@gmail.com")
	step(referral, stage="Submitted")
	assert to_candidate(referral) == []


def test_who_asks_us_to_stop_while_a_message_waits_does_not_get_it(referral):
	step(referral, stage="Submitted")
	suppression.add("lin.wei@example.com")
	service.send_pending()
	assert [m.state for m in to_candidate(referral)] == ["Skipped"]


def test_the_list_of_contacts_to_leave_alone_names_nobody():
	suppression.add("lin.wei@example.com")
	assert "lin" not in str(frappe.get_all("Referral Suppression", fields=["*"]))


def test_candidates_hear_in_their_language():
	referral = make_referral_row(make_reader(), candidate_email="wei@example.com", candidate_language="zh")
	step(referral, stage="Submitted")
	service.send_pending()
	assert to_candidate(referral)[0].subject == "您被推荐到_Hub Test Company"


def test_an_event_for_employees_is_refused(referral):
	with pytest.raises(ValueError, match="No such message to candidates: offer_made"):
		service.tell_candidate("offer_made", referral.name, key="x")


def test_a_candidate_whose_referral_forgot_them_gets_nothing(referral):
	step(referral, stage="Submitted")
	frappe.db.set_value("Referral", referral.name, "candidate_email", None)
	service.send_pending()
	assert [(m.state, m.error) for m in to_candidate(referral)] == [
		("Skipped", "This person can't be reached this way.")
	]


def test_after_erasure_no_message_holds_the_person_and_none_is_told_again(referral):
	reader = frappe._dict(name=referral.referrer)
	step(referral, stage="Submitted")
	service.tell("offer_made", reader.name, key=referral.name, referral=referral.name)
	service.send_pending()
	service.tell("candidate_joined", reader.name, key=referral.name, referral=referral.name)
	assert service.forget_candidate(referral.name) == 5
	everything = frappe.get_all("Referral Message", {"referral": referral.name}, ["*"])
	mails = frappe.get_all("Email Queue", {"reference_name": referral.name}, ["*"])
	bells = frappe.get_all("Notification Log", {"document_name": referral.name}, ["*"])
	assert [word for word in ("Lin Wei", "lin.wei") if word in str(everything + mails + bells)] == []
	frappe.db.set_value("Referral", referral.name, {"candidate_name": "-", "candidate_email": None})
	service.tell("offer_made", reader.name, key=referral.name, referral=referral.name)
	assert service.send_pending()["sent"] == 0
