"""What WeCom tells us of external contacts: believed when it is signed for us now, kept once and only with consent."""

import time

import frappe
import pytest
import site_factories as hr
from channel_factories import make_app
from chat_services import CALLBACK_KEY, CALLBACK_TOKEN, CORP, encrypt, envelope, signed
from in_process import answering
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from referral_hub import flow
from referral_hub.api.channels import wecom
from referral_hub.messages.channels import wecom_callback
from referral_hub.messages.channels.wecom_callback import Said
from referral_hub.messages.rules.protocols.wecom_crypt import Refused

ADDRESS = "/api/method/referral_hub.api.channels.wecom.callback"
NUMBER = "13800138777"
SIGNAL = "Talent Signal"


@pytest.fixture
def app(services):
	return make_app(callback_token=CALLBACK_TOKEN, callback_key=CALLBACK_KEY)


@pytest.fixture
def person(services):
	services.people["wmContact"] = NUMBER
	record = frappe.get_doc(
		doctype="Talent Pool Record", person_name="Li Na", phone="+86" + NUMBER, company=hr.COMPANY
	).insert()
	record.db_set("consent_state", "Given")
	return record


def event(
	change: str = "add_external_contact", contact: str = "wmContact", kind: str = "change_external_contact"
):
	fields = {"ToUserName": CORP, "MsgType": "event", "Event": kind, "ChangeType": change}
	fields |= {"UserID": "ZhangSan", "ExternalUserID": contact, "CreateTime": "1403610513"}
	inside = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
	return f"<xml>{inside}</xml>".encode()


def call(method: str, query: dict, body: str = "") -> tuple[int, bytes]:
	"""Ask the web method as WeCom does."""
	builder = EnvironBuilder(path=ADDRESS, method=method, query_string=query, data=body.encode() or None)
	frappe.local.request = Request(builder.get_environ())
	answer = wecom.callback(**query)
	return answer.status_code, answer.get_data()


def post(message: bytes, **signing) -> tuple[int, bytes]:
	encrypted = encrypt(message)
	return call("POST", signed(encrypted, **signing), envelope(encrypted))


@pytest.fixture
def started(monkeypatch):
	"""What would be done in a job."""
	jobs = []
	monkeypatch.setattr(
		wecom, "start_after_commit", lambda method, queue, **given: jobs.append((method, given))
	)
	return jobs


def signals_of(person) -> list:
	fields = ["kind", "source", "words"]
	return [tuple(row.values()) for row in frappe.get_all(SIGNAL, {"record": person.name}, fields)]


def test_the_address_proves_that_it_is_ours(app):
	echo = encrypt(b"1616140317555161061")
	assert call("GET", {**signed(echo), "echostr": echo}) == (200, b"1616140317555161061")


def test_an_event_is_answered_at_once_and_becomes_one_signal_in_a_job(app, person, started):
	assert post(event()) == (200, b"success")
	assert post(event()) == (200, b"success")
	assert NUMBER not in str(started)  # the queue names nobody
	for method, given in started:
		assert method == "referral_hub.tasks.hear_wecom"
		flow.hear_wecom(**given)
	assert signals_of(person) == [("Wrote to Us", "Webhook", "")]


@pytest.mark.parametrize("state", ["Not Asked", "Asked", "Refused", "Withdrawn"])
def test_without_consent_nothing_is_stored(app, person, started, state):
	person.db_set("consent_state", state)
	post(event())
	assert flow.hear_wecom(**started[0][1]) == 0
	assert frappe.db.count(SIGNAL, {"record": person.name}) == 0


def test_nobody_we_know_is_nobody(app, services, started):
	before = frappe.db.count(SIGNAL)
	post(event(contact="wmStranger"))
	assert (flow.hear_wecom(**started[0][1]), frappe.db.count(SIGNAL)) == (0, before)
	assert frappe.db.get_value("Referral Channel", app.name, "closed_until") is None


@pytest.mark.parametrize(
	("query", "status"),
	[
		(lambda good: {**good, "msg_signature": "0" * 40}, 401),
		(lambda good: {**good, "timestamp": str(int(good["timestamp"]) + 1)}, 401),
		(lambda good: {**good, "nonce": "1"}, 401),
		(lambda good: {}, 401),
	],
)
def test_a_forged_call_is_refused_and_nothing_follows(app, person, started, query, status):
	encrypted = encrypt(event())
	assert call("POST", query(signed(encrypted)), envelope(encrypted)) == (status, b"")
	assert started == []


def test_what_is_late_or_for_somebody_else_is_refused(app, person, started):
	assert post(event(), at=time.time() - 400)[0] == 401
	assert post(event(), token="another token")[0] == 401
	other = encrypt(event(), corp="wwother")
	assert call("POST", signed(other), envelope(other))[0] == 400
	assert call("POST", signed("x"), "<xml></xml>")[0] == 400
	assert started == []


def test_a_message_of_a_chat_is_answered_and_forgotten(app, started):
	assert post(event(kind="enter_agent")) == (200, b"success")
	assert started == []


def test_a_channel_that_is_off_or_has_no_token_takes_nothing(services):
	make_app(callback_token=CALLBACK_TOKEN, callback_key=CALLBACK_KEY, enabled=0)
	make_app()
	encrypted = encrypt(event())
	for token in (CALLBACK_TOKEN, ""):
		query = signed(encrypted, token=token)
		said = Said(query["msg_signature"], query["timestamp"], query["nonce"])
		with pytest.raises(Refused, match="unsigned"):
			wecom_callback.event_in(said, envelope(encrypted).encode(), time.time())


def test_half_a_callback_is_refused_when_it_is_saved(services):
	with pytest.raises(frappe.ValidationError, match="Events need both the Token"):
		make_app(callback_token=CALLBACK_TOKEN)
	with pytest.raises(frappe.ValidationError, match="Events need both the Token"):
		make_app(callback_token=CALLBACK_TOKEN, callback_key="short")


def test_over_the_wire_a_forged_call_learns_nothing(site):
	"""Through the whole web application: plain text, no page, no traceback."""
	with answering() as web:
		answer = web.ask("POST", f"{ADDRESS}?msg_signature={'0' * 40}&timestamp=1&nonce=1", data="<xml/>")
		assert (answer.status_code, answer.content) == (400, b"")
		answer = web.ask("GET", f"{ADDRESS}?msg_signature=x&echostr=x")
		assert (answer.status_code, answer.content) == (401, b"")


def test_a_service_that_is_away_is_noted_with_the_channel_and_keeps_nothing(app, services, person, started):
	post(event())
	flow.hear_wecom(app.name, {"ExternalUserID": "wmStranger"})  # a token is there
	services.answer = 503, ""
	assert flow.hear_wecom(**started[0][1]) == 0
	assert frappe.db.get_value("Referral Channel", app.name, "last_error").startswith(
		"WeCom Application answered HTTP 503"
	)
	assert signals_of(person) == []


@pytest.mark.parametrize(
	"said", [{}, {"follow_user": 7}, {"follow_user": [7, {"remark_mobiles": "1"}, {"remark_mobiles": [7]}]}]
)
def test_an_answer_of_another_form_names_nobody(said):
	assert wecom_callback._noted(said) == []
