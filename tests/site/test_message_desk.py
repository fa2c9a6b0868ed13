"""What HR does with messages in the desk, and what nobody else can."""

import frappe
import pytest
import site_factories as hr
from message_factories import WORDS, make_reader, messages_to

from referral_hub.api import desk_messages
from referral_hub.messages import service
from referral_hub.messages.rendering import UnreadableTemplate

TEMPLATE = "Referral: Offer Made (en)"


def failed_message(reader) -> str:
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	(mail,) = messages_to(reader, channel="Email")
	frappe.db.set_value(
		"Referral Message", mail.name, {"state": "Failed", "attempts": 6, "error": "no account"}
	)
	return mail.name


def test_hr_sends_a_failed_message_again(as_user):
	reader = make_reader()
	name = failed_message(reader)
	as_user(hr.make_user(roles=("HR User",)).name)
	desk_messages.resend(name)
	as_user("Administrator")
	service.send_pending()
	assert frappe.db.get_value("Referral Message", name, ["state", "error"]) == ("Sent", None)


def test_a_sent_message_is_not_sent_again():
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	service.send_pending()
	desk_messages.resend(messages_to(reader, channel="Email")[0].name)
	assert service.send_pending()["sent"] == 0


def test_hr_of_another_company_neither_sees_nor_resends(as_user):
	reader = make_reader()
	name = failed_message(reader)
	other = frappe.get_doc(
		doctype="Company",
		company_name="_Hub Elsewhere",
		abbr="HEW",
		default_currency="EUR",
		country="Germany",
	).insert()
	elsewhere = hr.make_user(roles=("HR User", "HR Manager")).name
	frappe.permissions.add_user_permission("Company", other.name, elsewhere)
	as_user(elsewhere)
	assert frappe.get_list("Referral Message", filters={"name": name}) == []
	with pytest.raises(frappe.PermissionError):
		desk_messages.resend(name)


@pytest.mark.parametrize(
	"roles", [(), ("Employee",), ("Employee", "Employee Self Service"), ("System Manager",)]
)
def test_who_may_resend(as_user, roles):
	name = failed_message(make_reader())
	as_user(hr.make_user(roles=roles).name)
	if "System Manager" in roles:
		desk_messages.resend(name)
		assert frappe.db.get_value("Referral Message", name, "state") == "Pending"
		return
	with pytest.raises(frappe.PermissionError):
		desk_messages.resend(name)
	assert frappe.db.get_value("Referral Message", name, "state") == "Failed"


def test_an_hr_manager_edits_the_words_of_our_messages(as_user):
	as_user(hr.make_user(roles=("HR Manager",)).name)
	words = desk_messages.message_words("offer_made", "en-GB")
	assert (words["template"], words["subject"]) == (TEMPLATE, "{{ candidate_name }} has an offer")
	assert words["facts"] == ("reader_name", "candidate_name", "number", "opening", "link")
	desk_messages.save_message_words(TEMPLATE, "New {{ number }}", "<p>{{ opening }}</p>")
	assert frappe.db.get_value("Email Template", TEMPLATE, ["subject", "response_html"]) == (
		"New {{ number }}",
		"<p>{{ opening }}</p>",
	)


def test_the_words_of_a_text_message_are_edited_the_same_way(as_user):
	as_user(hr.make_user(roles=("HR Manager",)).name)
	words = desk_messages.message_words("offer_made", "en", "SMS")
	assert words["template"] == "Referral SMS: Offer Made (en)"
	assert words["body"] == "{{ candidate_name }} has an offer {{ link }}"
	with pytest.raises(UnreadableTemplate, match="salary is not known in this message"):
		desk_messages.save_message_words(words["template"], "SMS", "{{ salary }}")


def test_an_hr_manager_can_not_read_the_database_through_a_template(as_user):
	as_user(hr.make_user(roles=("HR Manager",)).name)
	with pytest.raises(UnreadableTemplate, match="frappe is not known in this message"):
		desk_messages.save_message_words(TEMPLATE, "x", "{{ frappe.get_all('Salary Slip') }}")


def test_an_hr_manager_can_not_change_templates_of_others(as_user):
	as_user(hr.make_user(roles=("HR Manager",)).name)
	with pytest.raises(frappe.PermissionError, match="does not hold the words of a referral message"):
		desk_messages.save_message_words("Dispatch Notification", "x", "y")


@pytest.mark.parametrize("roles", [("Employee",), ("HR User",)])
def test_others_edit_no_words(as_user, roles):
	as_user(hr.make_user(roles=roles).name)
	for call in (
		lambda: desk_messages.message_words("offer_made", "en"),
		lambda: desk_messages.save_message_words(TEMPLATE, "x", "y"),
	):
		with pytest.raises(frappe.PermissionError):
			call()


def test_an_unknown_message_is_said_to_be_unknown():
	with pytest.raises(frappe.DoesNotExistError, match="There is no message called offer_maid"):
		desk_messages.message_words("offer_maid", "en")


def test_changes_need_post():
	for function in (desk_messages.resend, desk_messages.save_message_words):
		assert frappe.allowed_http_methods_for_whitelisted_func[function] == ["POST"]


def test_an_employee_does_not_see_the_outbox(as_user):
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	as_user(reader.user_id)
	with pytest.raises(frappe.PermissionError):
		frappe.get_list("Referral Message")


def test_without_an_outgoing_account_the_message_waits_and_says_so(monkeypatch):
	monkeypatch.setattr(frappe, "conf", frappe._dict(frappe.conf, mute_emails=0))
	monkeypatch.setattr(frappe.local, "conf", frappe.conf)
	frappe.db.delete("Email Account")
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	assert service.send_pending() == {"sent": 1, "skipped": 0, "failed": 1}
	(mail,) = messages_to(reader, channel="Email")
	assert (mail.state, mail.error) == (
		"Pending",
		"No outgoing Email Account is set up. Add one, or switch off e-mail in Referral Hub Settings.",
	)
