"""Words for somebody who is called back: filled with what is so, sent by a person, answered to the record."""

import re

import frappe
import pytest
import site_factories as hr
from frappe.email.receive import InboundMail
from frappe.utils import add_days, fmt_money, today
from referral_factories import unique_phone

from referral_hub.api.talent import calls, parting
from referral_hub.patches import begin_calling_back, mend_first_words
from referral_hub.patches.talent import keep_pay_then, say_when_they_rose, say_who_rose
from referral_hub.setup.words.recall_templates import TEMPLATES, make_recall_templates
from referral_hub.talent import keys, service
from referral_hub.talent.archive import former
from referral_hub.talent.cadence import people
from referral_hub.talent.rules import drafts
from referral_hub.talent.rules.reasons import HAND_PICKED
from referral_hub.talent.sending import NotCalled
from referral_hub.talent.templates.writing import NoSuchWords

POOL, TEMPLATE = "Talent Pool Record", "Recall Template"
PAY = {"currency": "CNY", "salary_per": "Month"}


@pytest.fixture(autouse=True)
def samples():
	make_recall_templates()


@pytest.fixture
def person():
	designation = hr.make_designation().name
	before = hr.make_opening(designation=designation, lower_range=10000, upper_range=20000, **PAY)
	before.db_set("status", "Closed")
	record = frappe.get_doc(
		doctype=POOL, person_name="Li Na", email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	happened = add_days(today(), -183)
	return (
		record.db_set(
			{
				"designation": designation,
				"applied_for": before.name,
				"reason": "No-show",
				"happened_on": happened,
			}
		)
		or record.reload()
	)


def reopen(person, top: float, **more):
	pay = {**PAY, "lower_range": 12000, "upper_range": top, **more}
	return hr.make_opening(designation=person.designation, job_title="Store Manager", **pay)


def make_template(**fields):
	values = {
		"purpose": "News",
		"language": "en",
		"subject": "Hello",
		"words": "Hello {{ name }}",
		"enabled": 1,
	}
	return frappe.get_doc(doctype=TEMPLATE, title=hr.unique("Words"), **{**values, **fields}).insert()


def test_the_draft_says_what_opened_and_how_the_pay_rose(person):
	reopen(person, 23000)
	found = calls.draft(person.name, "Opening", "en")
	assert (found["template"], found["subject"]) == ("Opening (en)", "Store Manager")
	before, now = (
		" - ".join(fmt_money(amount, precision=0, currency="CNY") for amount in amounts)
		for amounts in ((10000, 20000), (12000, 23000))
	)
	rose = f"The pay range rose by 15 % since you applied, from {before} to {now}."
	assert rose in found["words"]
	assert "Hello Li Na," in found["words"]
	assert "上调 15%" in calls.draft(person.name, "Opening", "zh")["words"]


@pytest.mark.parametrize(
	"pay", [{"top": 20000}, {"top": 23000, "currency": "USD"}, {"top": 23000, "salary_per": "Year"}]
)
def test_what_did_not_rise_or_can_t_be_compared_is_not_said(person, pay):
	reopen(person, **pay)
	words = calls.draft(person.name, "Opening", "en")["words"]
	assert ("Store Manager" in words, "pay range" in words) == (True, False)


def test_the_pay_of_the_very_opening_is_compared_with_what_it_was_when_the_person_was_kept():
	"""HRMS keeps no history of an opening: what it said then is on the record, and a later look does not take the new one."""
	opening = hr.make_opening(job_title="Store Manager", lower_range=10000, upper_range=20000, **PAY)
	applicant = hr.make_applicant(opening)
	hr.answer_offer(hr.make_offer(applicant), "Rejected")
	service.look_at([applicant.name])
	kept = frappe.get_doc(POOL, {"job_applicant": applicant.name})
	assert "pay range" not in calls.draft(kept.name, "Opening", "en")["words"]
	opening.update({"lower_range": 12000, "upper_range": 23000})
	opening.save()
	service.look_at([applicant.name])
	words = calls.draft(kept.name, "Opening", "en")["words"]
	assert "The pay range rose by 15 % since you applied" in words
	kept.reload()
	then = (kept.pay_then_from, kept.pay_then_to, kept.pay_then_currency, kept.pay_then_per)
	assert then == (10000, 20000, "CNY", "Month")


def test_whoever_was_in_the_pool_before_keeps_the_pay_of_today(person):
	keep_pay_then.execute()
	assert (person.reload().pay_then_from, person.pay_then_to) == (10000, 20000)
	frappe.db.set_value("Job Opening", person.applied_for, {"upper_range": 23000, "status": "Open"})
	keep_pay_then.execute()
	assert person.reload().pay_then_to == 20000
	assert "rose by 15 %" in calls.draft(person.name, "Opening", "en")["words"]


@pytest.mark.parametrize("kept", [{"state": "Anonymised"}, {"pay_then_per": "Year"}])
def test_who_was_forgotten_or_has_something_of_the_pay_then_is_told_nothing_of_today(person, kept):
	person.db_set(dict.fromkeys(("pay_then_currency", "pay_then_per")) | kept)
	keep_pay_then.execute()
	assert (person.reload().pay_then_from, person.pay_then_to) == (0, 0)


def test_the_newest_opening_of_the_company_itself_is_told(person):
	reopen(person, 23000).db_set("creation", add_days(today(), -9))
	hr.make_opening(designation=person.designation, job_title="Head of Store")
	elsewhere = hr.make_opening(designation=person.designation, job_title="Abroad")
	elsewhere.db_set({"company": "Another", "creation": add_days(today(), 1)})
	assert calls.draft(person.name, "Opening", "en")["subject"] == "Head of Store"


def test_what_they_said_and_since_when_is_told(person):
	row = {"reason": hr.unique("Pay too low"), "reason_zh": "薪资偏低"}
	reason = frappe.get_doc(doctype="Referral Reason", applies_to="Withdrawn", **row).insert()
	person.db_set({"reason_given": reason.name, "happened_on": today()})
	for language, said in (("en", row["reason"]), ("zh", "薪资偏低")):
		template = make_template(language=language, words="{{ reason }}, {{ months }}")
		assert calls.draft(person.name, template=template.name)["words"] == f"{said}, 1"


def test_without_an_opening_the_words_still_make_sense(person):
	found = calls.draft(person.name, "Opening", "en")
	assert found["subject"] == "Shall we talk again?"
	assert found["words"].startswith("Hello Li Na,\n\nWould you like to talk about it?")


def test_the_template_that_says_most_about_the_person_is_chosen(person):
	person.append("preferences", {"preference": "Pay"})
	person.save()
	make_template(preference="Growth and promotion")
	fitting = make_template(preference="Pay", words="{{ preference }}, {{ months }} months")
	found = calls.draft(person.name, "News", "en")
	assert (found["template"], found["words"]) == (fitting.name, "Pay, 6 months")
	fitting.db_set("enabled", 0)
	assert calls.draft(person.name, "News", "en")["template"] == "News (en)"
	with pytest.raises(NoSuchWords, match="switched off"):
		calls.draft(person.name, template=fitting.name)


@pytest.mark.parametrize(
	("words", "said"),
	[
		("{{ name.__class__ }}", "A template can name facts .* nothing else"),
		("{{ salary }}", "salary is not known in this message. It can use: name, sender"),
		("{{ name", "This can't be read"),
	],
)
def test_hr_is_told_what_is_wrong_with_a_template(words, said):
	with pytest.raises(NoSuchWords, match=said):
		make_template(words=words)


def test_a_mail_goes_out_once_and_its_answer_ends_the_asking(person, as_user):
	recruiter = hr.make_user(roles=("HR User",)).name
	as_user(recruiter)
	calls.remind(person.name, add_days(today(), 3))
	contact = calls.send_mail(person.name, "Hello", "One\n<b>two</b>", "Opening (en)")
	row = frappe.get_doc("Talent Interaction", contact)
	assert (row.kind, row.direction, row.by_user, row.template) == (
		"E-mail",
		"Out",
		recruiter,
		"Opening (en)",
	)
	mail = frappe.get_doc("Communication", row.communication)
	assert (mail.reference_name, mail.recipients) == (person.name, person.email)
	assert "One<br>&lt;b&gt;two&lt;/b&gt;" in mail.content
	assert frappe.db.count("Email Queue", {"communication": mail.name}) == 1
	state = {"record": person.name}
	assert frappe.db.get_value("Talent Prompt", state, "state") == "Done"
	answer(person)
	contacts = frappe.get_all("Talent Interaction", state, ["direction", "summary"], order_by="creation asc")
	assert [(one.direction, one.summary) for one in contacts] == [("Out", "Hello"), ("In", "Re: Hello")]


@pytest.fixture
def sent(person, as_user):
	"""A mail that a recruiter sent to the person, as the mail server sees it."""
	as_user(hr.make_user(roles=("HR User",)).name)
	contact = calls.send_mail(person.name, "Hello", "Hello Li Na")
	mail = frappe.db.get_value("Talent Interaction", contact, "communication")
	frappe.set_user("Administrator")
	return frappe.db.get_value("Email Queue", {"communication": mail}, "message_id")


def arrive(sent: str, sender: str, **headers):
	"""Take in a mail as Frappe does when it reads the mailbox."""
	account = frappe.get_doc(doctype="Email Account", email_id="jobs@example.com", enable_incoming=1)
	account.name = "Jobs"
	said = {"From": sender, "To": account.email_id, "Subject": "Re: Hello", "In-Reply-To": f"<{sent}>"}
	said |= {"Message-ID": f"<{hr.unique('mail')}@example.com>"} | headers
	lines = [f"{name.replace('_', '-')}: {value}" for name, value in said.items()]
	return InboundMail("\n".join([*lines, "", "Yes, why not?"]), account).process()


def heard(person) -> int:
	return frappe.db.count("Talent Interaction", {"record": person.name, "direction": "In"})


def test_an_answer_comes_back_to_the_one_record_that_two_became(person, sent):
	"""An application names the e-mail of one and the number of the other: the older one stays."""
	number = f"+86{unique_phone()}"
	older = frappe.get_doc(doctype=POOL, person_name="Li Na", phone=number, company=hr.COMPANY).insert()
	older.db_set("creation", add_days(today(), -9))
	applicant = hr.make_applicant(hr.make_opening(), name="Li Na", email=person.email, phone_number=number)
	assert service.capture(applicant.name, HAND_PICKED) == older.name
	mail = arrive(sent, person.email)
	assert (mail.reference_doctype, mail.reference_name) == (POOL, older.name)
	assert heard(older) == 1


def test_an_answer_comes_back_to_whom_the_mail_went_when_two_are_told_apart(person, sent):
	mother = hr.unique_email("mother")
	key = keys.hashes_of(keys.read("", mother, None, None))["email_key"]
	former.remember(person.name, [former.Contact(key, former.EMAIL, mother)], is_confirmed=True)
	said = frappe.get_all("Talent Interaction", {"record": person.name}, pluck="name")
	chosen = frappe.as_json({"addresses": [person.email_key], "contacts": said})
	other = frappe.get_doc(POOL, parting.split(person.name, "Li Na", "Ruan Wenjing", chosen))
	mail = arrive(sent, other.email)
	assert (mail.reference_name, heard(other), heard(person)) == (other.name, 1, 0)


@pytest.mark.parametrize(
	"headers",
	[
		{"Auto_Submitted": "auto-replied"},
		{"Precedence": "bulk"},
		{"X_Auto_Response_Suppress": "All"},
		{"Return_Path": "<>"},
	],
)
def test_what_a_machine_answers_is_kept_as_a_mail_and_is_no_answer(person, sent, headers):
	mail = arrive(sent, person.email, **headers)
	assert (mail.reference_name, heard(person)) == (person.name, 0)


def test_a_colleague_who_was_copied_in_does_not_answer_for_the_person(person, sent):
	arrive(sent, hr.make_user(roles=("HR User",)).name)
	assert heard(person) == 0


def answer(person):
	return frappe.get_doc(
		doctype="Communication",
		communication_type="Communication",
		communication_medium="Email",
		sent_or_received="Received",
		subject="Re: Hello",
		content="Yes, why not?",
		sender=person.email,
		reference_doctype=POOL,
		reference_name=person.name,
	).insert(ignore_permissions=True)


def test_a_colleague_who_has_left_may_answer_for_themselves(person, sent):
	former = hr.make_user(roles=("HR User",))
	former.db_set("enabled", 0)
	arrive(sent, former.name)
	assert heard(person) == 1


def test_what_lacks_words_a_subject_or_an_address_is_not_sent(person):
	for subject, words, said in ((" ", "Hello", "needs a subject"), ("Hello", " ", "nothing to send")):
		with pytest.raises(NotCalled, match=said):
			calls.send_mail(person.name, subject, words)
	with pytest.raises(NotCalled, match="nothing to send"):
		calls.keep_copied(person.name, " ")
	person.db_set("email", None)
	with pytest.raises(NotCalled, match="No e-mail address"):
		calls.send_mail(person.name, "Hello", "Hello")
	assert frappe.db.count("Talent Interaction", {"record": person.name}) == 0


def test_what_was_copied_is_kept(person):
	contact = calls.keep_copied(person.name, "Hello Li Na", "Message", "Greeting (en)")
	row = frappe.get_doc("Talent Interaction", contact)
	assert (row.kind, row.direction, row.summary, row.template) == (
		"Message",
		"Out",
		"Hello Li Na",
		"Greeting (en)",
	)


def test_nobody_writes_to_who_said_no_and_only_hr_writes(person, as_user):
	service.put(person.name, service.DO_NOT_CONTACT, "Please not")
	for send in (calls.send_mail, calls.keep_copied):
		with pytest.raises(NotCalled, match="This person is not called: Do Not Contact"):
			send(person.name, "Hello", "Hello")
	as_user(hr.make_employee(user=True).user_id)
	for ask in (calls.draft, calls.keep_copied):
		with pytest.raises(frappe.PermissionError):
			ask(person.name, "Greeting")


def test_a_site_from_before_gets_the_words_and_the_usual_steps():
	frappe.db.delete(TEMPLATE)
	make_template().db_set("title", "Ours")
	begin_calling_back.execute()
	begin_calling_back.execute()
	assert frappe.db.count(TEMPLATE) == len(TEMPLATES) + 1
	assert [step.after_days for step in people.steps()] == [30, 90, 180]


def test_a_site_from_before_gets_the_words_of_growth_alone():
	frappe.db.delete(TEMPLATE)
	say_who_rose.execute()
	made = frappe.get_all(TEMPLATE, {}, ["name", "preference"], order_by="name asc", as_list=True)
	assert made == (("Growth (en)", "Growth and promotion"), ("Growth (zh)", "Growth and promotion"))


@pytest.mark.parametrize("mine", ["{{promoted_in}} 年，", "{{ promoted_in }}年", "{{ promoted_in }} 年"])
def test_words_of_hr_s_own_say_a_year_once(mine):
	template = frappe.get_doc(TEMPLATE, "Growth (zh)")
	template.db_set("words", f"您好：{mine}有人晋升。")
	say_when_they_rose.execute()
	value, _year, _rest = mine.partition(" 年" if " 年" in mine else "年")
	assert template.reload().words == f"您好：{value}，有人晋升。"


def test_the_first_words_are_fit_to_be_used():
	for _title, _purpose, _language, subject, words in TEMPLATES:
		drafts.check(subject)
		drafts.check(words)


NOTHING = {"name": "Li Na", "sender": "Bo", "company": "Hub", "openings_link": "https://hub/jobs"}


def test_whatever_is_not_known_of_somebody_the_first_words_are_whole_sentences():
	said = {title: drafts.fill(words, NOTHING) for title, *_of, words in TEMPLATES}
	assert said["News (en)"].splitlines()[2] == (
		"Some things have changed here since we last spoke, and I would be glad to tell you about them."
	)
	for words in said.values():
		assert not re.search(r"  |“”|: ?[.,]|\n[a-z]+ [a-z ]+\.\s[A-Z]", words.replace("\n\nwe spoke", "")), (
			words
		)


def test_a_site_from_before_gets_the_whole_sentence_unless_hr_wrote_its_own():
	for before, is_mended in ((mend_first_words._BEFORE, True), ("Hello {{ name }}", False)):
		frappe.db.set_value(TEMPLATE, "News (en)", "words", before)
		mend_first_words.execute()
		assert (frappe.db.get_value(TEMPLATE, "News (en)", "words") != before) is is_mended
