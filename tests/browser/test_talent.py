"""The talent pool as people use it: HR's morning in the desk, and somebody of the pool who takes back their word on a phone."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from referral_factories import unique_phone

from referral_hub.setup.words.recall_templates import make_recall_templates
from referral_hub.talent import keeping, keys, service
from referral_hub.talent.archive import former
from referral_hub.talent.cadence import prompts
from referral_hub.talent.rules.cadence import DONE, OPEN

POOL = "Talent Pool Record"


@pytest.fixture
def recruiter(commits):
	return hr.make_hr_manager().name


@pytest.fixture
def person(commits):
	"""Declined half a year ago; there is an opening of their designation now."""
	make_recall_templates()
	opening = hr.make_opening(job_title="Store Manager, Harbour")
	contact = {"email": hr.unique_email("pool"), "phone": unique_phone(), "company": hr.COMPANY}
	record = frappe.get_doc(doctype=POOL, person_name=hr.unique("Li Na"), **contact).insert()
	record.db_set({"designation": opening.designation, "happened_on": add_days(today(), -183)})
	return record.reload()


def ask(recruiter: str, person, why: str) -> str:
	"""The recruiter is asked to call somebody today."""
	frappe.set_user(recruiter)
	prompt = prompts.remind(person.name, add_days(today(), 1), why)
	frappe.set_user("Administrator")
	frappe.db.set_value("Talent Prompt", prompt, {"state": OPEN, "until": None, "due_on": today()})
	return prompt


def test_hr_s_morning(commits, page_as, recruiter, person, axe, screenshot):
	"""Whom to call, why, a draft, a word of one's own, sent: the prompt is done, the mail is on the record."""
	prompt = ask(recruiter, person, "She is back from her sabbatical.")
	commits.commit()
	page = page_as(recruiter)
	page.goto("/app/query-report/People to Call")
	row = page.locator(".dt-row", has_text=person.person_name)
	row.get_by_text("She is back from her sabbatical.").first.wait_for()
	screenshot(page, "talent-people-to-call")
	row.get_by_role("link", name=person.person_name).first.click()
	page.wait_for_url(f"**/app/talent-prompt/{prompt}")
	page.get_by_role("button", name="Write").click()
	dialog = page.locator(".modal.show")
	words = dialog.locator("textarea[data-fieldname='words']")
	dialog.locator("select[data-fieldname='purpose']").select_option("Greeting")
	page.wait_for_function("document.querySelector('.modal.show textarea')?.value.includes('Hello')")
	screenshot(page, "talent-write")
	axe(
		page, within=".modal.show .modal-body", but=("label", "select-name")
	)  # the platform labels no field of a dialog
	drafted = words.input_value()
	assert person.person_name in drafted
	words.fill(f"{drafted}\n\nYour old team asks after you.")
	dialog.locator("input[data-fieldname='subject']").fill("A word from the harbour")
	dialog.get_by_role("button", name="Send by E-mail").click()
	dialog.wait_for(state="hidden")
	page.locator(".indicator-pill", has_text="Done").first.wait_for()
	frappe.db.rollback()
	about = {"reference_doctype": POOL, "reference_name": person.name, "sent_or_received": "Sent"}
	(mail,) = frappe.get_all("Communication", about, ["subject", "content", "recipients"])
	assert (mail.subject, mail.recipients) == ("A word from the harbour", person.email)
	assert "Your old team asks after you." in mail.content
	assert frappe.db.get_value("Talent Prompt", prompt, ["state", "closed_by"]) == (DONE, recruiter)


def test_hr_sees_a_template_as_somebody_would_get_it(commits, page_as, recruiter, person):
	commits.commit()
	page = page_as(recruiter)
	page.goto("/app/recall-template/Opening (en)")
	page.get_by_role("button", name="Preview").click()
	dialog = page.locator(".modal.show")
	dialog.locator("input[data-fieldname='record']").fill(person.person_name)
	dialog.get_by_role("option", name=person.person_name).first.click()
	dialog.get_by_text(f"Hello {person.person_name},").wait_for()
	assert "we are looking for somebody again: Store Manager, Harbour." in dialog.inner_text()


def test_hr_tells_two_people_apart(commits, page_as, recruiter, person, axe, screenshot):
	"""What is the other person's is ticked, each is called as on their application, and both records are there."""
	number = person.phone
	son = hr.make_applicant(
		hr.make_opening(), name="Deng Siyuan", phone_number=number, email=hr.unique_email("son")
	)
	key = keys.hashes_of(keys.read("", son.email_id, None, None))["email_key"]
	former.remember(person.name, [former.Contact(key, former.EMAIL, son.email_id)], is_confirmed=True)
	said = service.note(person.name, "Call", "He is at sea.", direction="In")
	commits.commit()
	page = page_as(recruiter)
	page.goto(f"/app/talent-pool-record/{person.name}")
	page.get_by_role("button", name="More").click()
	page.get_by_role("link", name="These Are Two People").click()
	dialog = page.locator(".modal.show")
	dialog.get_by_text("Deng Siyuan ·").click()
	page.wait_for_function(
		"document.querySelector('.modal.show input[data-fieldname=name]').value === 'Deng Siyuan'"
	)
	assert dialog.locator("input[data-fieldname='stays_as']").input_value() == person.person_name
	dialog.get_by_text("He is at sea.").click()
	screenshot(page, "talent-two-people")
	axe(page, within=".modal.show .modal-body", but=("label", "select-name"))
	dialog.get_by_role("button", name="Make Two Records").click()
	page.locator(".alert", has_text="has a record now").get_by_role("link", name="Deng Siyuan").click()
	page.get_by_role("heading", name="Deng Siyuan").first.wait_for()
	frappe.db.rollback()
	other = frappe.db.get_value("Talent Interaction", said, "record")
	fields = ["person_name", "email", "job_applicant"]
	assert frappe.db.get_value(POOL, other, fields) == ("Deng Siyuan", son.email_id, son.name)
	assert frappe.db.get_value(POOL, person.name, fields) == (person.person_name, person.email, None)


def test_somebody_of_the_pool_takes_back_their_word_on_a_phone_in_chinese(
	commits, guest_page, recruiter, person, axe, screenshot
):
	person.db_set({"consent_state": "Given", "consent_on": f"{hr.days_ago(40)} 09:00:00"})
	prompt = ask(recruiter, person, "She wrote.")
	path = keeping.link_of(person.name)
	commits.commit()
	page = guest_page("phone")
	page.goto(path)
	page.get_by_role("link", name="中文").click()
	page.get_by_role("heading", name="以便再次联系您").wait_for()
	axe(page)
	screenshot(page, "pool-phone-zh")
	page.get_by_role("button", name="不要再联系我").click()
	page.get_by_text("好的，不会再有人与您联系。").wait_for()
	page.get_by_role("heading", name="不再与您联系").wait_for()
	axe(page)
	screenshot(page, "pool-silent-phone-zh")
	assert page.get_by_role("button", name="不要再联系我").count() == 0
	frappe.db.rollback()
	row = frappe.db.get_value(POOL, person.name, ["state", "consent_state"])
	assert row == ("Do Not Contact", "Withdrawn")
	assert frappe.db.get_value("Talent Prompt", prompt, "state") == "Stopped"
	page.get_by_role("button", name="我同意").click()
	page.get_by_text("谢谢").wait_for()
	frappe.db.rollback()
	row = frappe.db.get_value(POOL, person.name, ["state", "consent_state"])
	assert row == ("In Pool", "Given")


def test_hr_sees_which_openings_fit_and_says_of_one_number_that_it_is_two_people(
	commits, page_as, recruiter, person, axe, screenshot
):
	contact = {"email": hr.unique_email("pool"), "phone": person.phone, "company": hr.COMPANY}
	other = frappe.get_doc(doctype=POOL, person_name=hr.unique("Wu Neighbour"), **contact).insert()
	frappe.db.set_value("User", recruiter, "language", "zh")
	commits.commit()
	page = page_as(recruiter, locale="zh-CN")
	page.goto(f"/app/talent-pool-record/{other.name}")
	page.locator(".form-message", has_text=person.person_name).wait_for()
	axe(page, within=".form-message")
	screenshot(page, "talent-one-or-two-zh")
	page.get_by_role("button", name="匹配", exact=True).click()
	page.locator(".dropdown-menu.show .dropdown-item").first.click()
	page.locator(".modal.show").wait_for()
	axe(page, within=".modal.show .modal-body")
	screenshot(page, "talent-best-openings-zh")
	page.keyboard.press("Escape")
	page.locator(".modal.show").wait_for(state="detached")
	page.get_by_role("button", name="是否同一人").click()
	page.locator(".dropdown-menu.show .dropdown-item", has_text="是两个人").click()
	page.locator(".form-message", has_text=person.person_name).wait_for(state="hidden")
	frappe.db.rollback()
	assert frappe.db.get_value(POOL, other.name, "may_be_twice") == 0
