"""Whatever the app refuses, without JavaScript, what was typed is still there."""

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from candidate_factories import CandidatePage, Card, form_token
from portal_factories import make_referrer
from referral_factories import make_referral
from sharing_factories import Guest, filled_form, make_event_link, make_link
from werkzeug.datastructures import FileStorage

from referral_hub.portal.guests import apply_form, candidate, card

TYPED = {
	"candidate_name": 'Ou\'yang "Mei"',
	"phone": "123",
	"email": "mei at home",
	"note": "I <know> the shop\nwell.",
}
SHOWN = ("Ou&#39;yang &#34;Mei&#34;", 'value="123"', "mei at home", "I &lt;know&gt; the shop\nwell.")


@pytest.fixture(autouse=True)
def no_limits_left_over(rolled_back):
	frappe.cache.delete_keys("referral_hub_limit:")
	yield
	frappe.cache.delete_keys("referral_hub_limit:")


def missing(html: str, *shown: str) -> list[str]:
	return [text for text in shown if text not in html]


@pytest.mark.parametrize(
	("changes", "status"),
	[
		({}, 422),
		({"consent": ""}, 422),
		({"candidate_name": ""}, 422),
		({"form_token": "1.2.3"}, 422),
		({"email": "", "phone": ""}, 422),
		({"note": "x" * 2001}, 422),
	],
)
def test_an_application(changes, status):
	link = make_link()
	page = Guest().post(f"/r/{link.code}", {**filled_form(link), **TYPED, **changes})
	html = page.get_data(as_text=True)
	assert page.status_code == status
	left = {name: shown for name, shown in zip(TYPED, SHOWN, strict=True) if name not in changes}
	assert missing(html, *left.values()) == []
	assert missing(html, changes.get("note", "")) == []
	assert ('name="consent" value="1" checked' in html) == (changes.get("consent", "1") == "1")


def test_an_application_beyond_the_limit(monkeypatch):
	monkeypatch.setattr(apply_form, "PER_LINK", 0)
	link = make_event_link()
	page = Guest().post(f"/r/{link.code}", {**filled_form(link), **TYPED, "told_by": "Li <b>"})
	assert page.status_code == 429
	assert missing(page.get_data(as_text=True), *SHOWN, 'value="Li &lt;b&gt;"') == []


def test_an_application_with_a_file_says_that_it_has_to_be_chosen_again():
	from io import BytesIO

	link = make_link()
	file = FileStorage(BytesIO(b"%PDF-1.4"), filename="me.pdf")
	page = Guest().post(f"/r/{link.code}", {**filled_form(link), **TYPED, "resume": file})
	html = page.get_data(as_text=True)
	assert (page.status_code, missing(html, *SHOWN, "Please choose the file again.")) == (422, [])
	page = Guest().post(f"/r/{link.code}", {**filled_form(link), **TYPED})
	assert "Please choose the file again." not in page.get_data(as_text=True)


@pytest.mark.parametrize("token", [None, "1.2.3"])
def test_a_correction(token):
	page = CandidatePage(make_referral())
	answer = page.post("correct", **TYPED, **({"form_token": token} if token else {}))
	assert answer.status_code == 422
	assert missing(answer.get_data(as_text=True), *SHOWN[:3]) == []


def test_a_correction_and_a_reason_beyond_the_limit(monkeypatch):
	monkeypatch.setattr(candidate, "CHANGES_PER_TOKEN", 0)
	page = CandidatePage(make_referral())
	answer = page.post("correct", **TYPED)
	assert (answer.status_code, missing(answer.get_data(as_text=True), *SHOWN[:3])) == (429, [])
	reason = frappe.get_all("Referral Reason", {"applies_to": "Withdrawn", "enabled": 1}, pluck="name")[-1]
	answer = page.post("withdraw", reason=reason)
	assert f'<option value="{frappe.utils.escape_html(reason)}" selected>' in answer.get_data(as_text=True)


@pytest.mark.parametrize("most", [0, 30])
def test_a_referral_by_card(monkeypatch, most):
	monkeypatch.setattr(card, "SENT_PER_CARD", most)
	answer = Card(hr.make_employee()).refer(**TYPED)
	assert answer.status_code == (422 if most else 429)
	assert missing(answer.get_data(as_text=True), *SHOWN[:3]) == []


def test_an_invitation_and_the_words_of_the_link_beside_it(commits, as_user):
	anna, opening = make_referrer("Anna"), hr.make_opening()
	make_link(anna, opening, message="Come & see")
	commits.commit()
	as_user(anna.user_id)
	form = {**TYPED, "action": "invite", "message": TYPED["note"], "opening": opening.name}
	answer = web.post("/referrals/share", form)
	assert answer.status_code == 422
	assert missing(answer.text, *SHOWN, "Come &amp; see") == []


def test_a_form_that_is_not_ours_changes_nothing_but_keeps_it():
	referral = make_referral()
	page = CandidatePage(referral)
	answer = page.post("correct", **TYPED, form_token=form_token("REF-of-another"))
	assert (answer.status_code, missing(answer.get_data(as_text=True), *SHOWN[:3])) == (422, [])
	assert frappe.db.get_value("Referral", referral.name, "candidate_name") == referral.candidate_name


def test_who_invites_reads_what_to_say_and_when(as_user):
	anna, opening = make_referrer("Anna"), hr.make_opening()
	as_user(anna.user_id)
	frappe.db.set_single_value("Referral Hub Settings", "coach_say", "Say why **you** stay.")
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	for address in ("/referrals/share", f"/referrals/share?opening={opening.name}"):
		html = web.get(address).text
		assert missing(html, "Before you talk to them", "Say why <strong>you</strong> stay.") == []
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
