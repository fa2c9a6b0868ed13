"""An applicant names a colleague: asked once, reminded once, and nothing counts before they say yes."""

import re

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from frappe.website.doctype.web_form.web_form import accept
from referral_factories import applicant_of, everything_written, make_candidate, make_referral
from sharing_factories import Guest, apply_through, filled_form, make_event_link, make_link

from referral_hub import tasks
from referral_hub.referrals.named import answering, asking
from referral_hub.referrals.service import Candidate
from referral_hub.setup import web_forms


def make_claim(employee=None, **fields):
	"""HR enters whom the applicant named; the job after the commit asks."""
	employee = employee or hr.make_employee(user=True)
	applicant = hr.make_applicant(
		fields.pop("opening", None) or hr.make_opening(),
		source="Employee Referral",
		source_name=employee.name,
		**fields,
	)
	name = asking.ask(applicant.name)
	return frappe.get_doc(asking.DOCTYPE, name) if name else None


def told(claim) -> list[str]:
	events = frappe.get_all("Referral Message", {"recipient": claim.employee}, pluck="event", distinct=True)
	return sorted(events)


def test_the_named_colleague_is_asked_once_and_nothing_counts_yet():
	before = everything_written()
	claim = make_claim()
	assert (claim.state, str(claim.lapses_on), told(claim)) == (
		"Waiting",
		hr.in_days(14),
		["named_as_referrer"],
	)
	assert everything_written()["Referral"] == before["Referral"]
	assert asking.ask(claim.job_applicant) is None


def test_a_yes_makes_the_referral_of_the_applicant_who_is_there():
	claim = make_claim()
	answered = answering.confirm(claim.name, claim.employee, "Friend", "She is kind.")
	referral = frappe.get_doc("Referral", answered.referral)
	assert (answered.state, referral.channel, referral.relation) == (
		"Confirmed",
		"Named by Applicant",
		"Friend",
	)
	assert (referral.job_applicant, referral.referrer) == (claim.job_applicant, claim.employee)
	assert applicant_of(referral).referral_hub_referral == referral.name
	assert frappe.db.count("Job Applicant", {"email_id": applicant_of(referral).email_id}) == 1


def test_a_no_is_told_to_hr_and_asked_no_more():
	claim = make_claim()
	answering.deny(claim.name, claim.employee)
	comments = frappe.get_all("Comment", {"reference_name": claim.job_applicant}, pluck="content")
	assert [text for text in comments if "did not refer" in text] == [
		f"{claim.employee_name} says that they did not refer this applicant."
	]
	with pytest.raises(answering.NotAsked):
		answering.confirm(claim.name, claim.employee)


def test_a_deleted_applicant_is_gone_from_the_question_the_messages_and_the_tasks_beside_it():
	claim = make_claim(name="Zhongli Banxia", email=hr.unique_email("banxia"))
	claim.add_comment("Comment", "Zhongli Banxia called")
	applicant = frappe.get_doc("Job Applicant", claim.job_applicant)
	email = applicant.email_id
	applicant.delete()
	claim.reload()
	assert (claim.state, claim.applicant_name, claim.job_applicant) == ("Lapsed", "Deleted Person", None)
	sent = frappe.get_all("Referral Message", {"recipient": claim.employee}, ["subject", "content", "facts"])
	beside = frappe.get_all("Comment", {"reference_name": claim.name}, ["content"])
	kept = str([claim.as_dict(), sent, beside])
	assert [word for word in ("Banxia", email) if word in kept] == []
	with pytest.raises(answering.NotAsked):
		answering.confirm(claim.name, claim.employee)


def test_what_was_deleted_unnoticed_is_forgotten_by_the_daily_task(commits):
	denied, counted = make_claim(name="Duanmu Qing"), make_claim(name="Duanmu Lan")
	answering.deny(denied.name, denied.employee)
	answering.confirm(counted.name, counted.employee)
	for claim in (denied, counted):
		frappe.db.delete("Job Applicant", {"name": claim.job_applicant})
	tasks.follow_named_referrers()
	names = [frappe.db.get_value(asking.DOCTYPE, claim.name, "applicant_name") for claim in (denied, counted)]
	assert names == ["Deleted Person", "Duanmu Lan"], (
		"the referral still holds the other; both are erased together"
	)


def test_nobody_answers_for_somebody_else():
	claim = make_claim()
	with pytest.raises(answering.NotAsked):
		answering.confirm(claim.name, hr.make_employee().name)
	assert frappe.db.get_value(asking.DOCTYPE, claim.name, "state") == "Waiting"


def test_who_was_referred_by_somebody_else_meanwhile_is_theirs():
	claim = make_claim()
	email = frappe.db.get_value("Job Applicant", claim.job_applicant, "email_id")
	make_referral(candidate=Candidate("Mei", email), applicant=claim.job_applicant)
	answered = answering.confirm(claim.name, claim.employee)
	said = "Somebody else referred this person first. Thank you for thinking of them too."
	assert (answered.state, answered.refusal, answered.referral) == ("Not Counted", said, None)


def test_hr_names_somebody_else_and_only_they_are_asked():
	claim, other = make_claim(), hr.make_employee()
	frappe.db.set_value("Job Applicant", claim.job_applicant, "source_name", other.name)
	second = asking.ask(claim.job_applicant)
	assert frappe.db.get_value(asking.DOCTYPE, claim.name, "state") == "Lapsed"
	assert frappe.db.get_value(asking.DOCTYPE, second, ["employee", "state"]) == (other.name, "Waiting")


def test_two_records_of_the_named_colleague_can_be_merged_and_the_answer_stays():
	claim, other = make_claim(), hr.make_employee()
	frappe.db.set_value("Job Applicant", claim.job_applicant, "source_name", other.name)
	second = asking.ask(claim.job_applicant)
	answering.deny(second, other.name)
	frappe.rename_doc("Employee", other.name, claim.employee, merge=True, force=True)
	rows = frappe.get_all(
		asking.DOCTYPE,
		{"job_applicant": claim.job_applicant},
		["name", "employee", "state"],
		order_by="state",
	)
	assert [(row.name, row.employee, row.state) for row in rows] == [
		(second, claim.employee, "Denied"),
		(claim.name, None, "Lapsed"),
	]


def test_two_applicants_who_named_the_same_colleague_can_be_merged():
	employee = hr.make_employee(user=True)
	one, other = make_claim(employee), make_claim(employee)
	answered = answering.confirm(one.name, employee.name, "Friend", "She is kind.")
	frappe.rename_doc("Job Applicant", one.job_applicant, other.job_applicant, merge=True, force=True)
	rows = frappe.get_all(
		asking.DOCTYPE,
		{"job_applicant": other.job_applicant},
		["employee", "state", "referral"],
		order_by="state",
	)
	assert [(row.employee, row.state, row.referral) for row in rows] == [
		(employee.name, "Confirmed", answered.referral),
		(None, "Lapsed", None),
	]


def test_a_colleague_who_left_is_not_asked():
	employee = hr.make_employee()
	hr.part_with_employee(employee)
	assert make_claim(employee) is None


def test_reminded_once_then_lapsed(commits):
	claim = make_claim()
	frappe.db.set_value(asking.DOCTYPE, claim.name, "remind_on", hr.days_ago(0))
	tasks.follow_named_referrers()
	tasks.follow_named_referrers()
	assert told(claim) == ["named_as_referrer", "named_reminder"]
	frappe.db.set_value(asking.DOCTYPE, claim.name, "lapses_on", hr.days_ago(1))
	tasks.follow_named_referrers()
	assert frappe.db.get_value(asking.DOCTYPE, claim.name, "state") == "Lapsed"
	with pytest.raises(answering.NotAsked):
		answering.confirm(claim.name, claim.employee)


def test_a_lost_job_is_done_the_next_day(commits):
	employee = hr.make_employee()
	applicant = hr.make_applicant(source="Employee Referral", source_name=employee.name)
	tasks.follow_named_referrers()
	assert frappe.db.get_value(asking.DOCTYPE, {"job_applicant": applicant.name}, "state") == "Waiting"


def test_the_portal_asks_and_takes_the_answer(commits, as_user):
	claim = make_claim()
	commits.commit()
	as_user(frappe.db.get_value("Employee", claim.employee, "user_id"))
	assert f"{claim.applicant_name} says you told them about us. Is that so?" in web.get("/referrals").text
	assert "Nothing counts before you say yes." in web.get("/referrals/named", claim=claim.name).text
	wrong = web.post("/referrals/named", {"claim": claim.name, "answer": "yes", "relation": "Enemy"})
	assert wrong.status_code == 422
	assert "Please choose how you know this person from the list." in wrong.text
	answer = web.post("/referrals/named", {"claim": claim.name, "answer": "yes", "relation": "Friend"})
	referral = frappe.db.get_value(asking.DOCTYPE, claim.name, "referral")
	assert (answer.status_code, answer.headers["Location"]) == (303, f"/referrals/mine/{referral}?sent=1")
	assert web.get("/referrals/named", claim=claim.name).status_code == 404


def test_another_employee_s_question_is_not_found(as_user):
	claim = make_claim()
	as_user(hr.make_employee(user=True).user_id)
	assert web.get("/referrals/named", claim=claim.name).status_code == 404


def apply_at_fair(link=None, **fields):
	"""Somebody applies at a job fair and writes who told them; the job after the commit reads it."""
	row = apply_through(link or make_event_link(), make_candidate(), **fields)
	name = asking.ask(row.job_applicant)
	return row.job_applicant, frappe.get_doc(asking.DOCTYPE, name) if name else None


def test_whom_an_applicant_at_a_job_fair_names_is_asked():
	employee = hr.make_employee("Ruoxi", last_name="Ouyang", user=True)
	link = make_event_link()
	applicant, claim = apply_at_fair(link, told_by=" ouyang\u202e  RUOXI ")
	assert (claim.employee, claim.state, claim.words) == (employee.name, "Waiting", "ouyang RUOXI")
	assert told(claim) == ["named_as_referrer"]
	shown = frappe.db.get_value(
		"Job Applicant", applicant, ["referral_hub_told_by", "source", "source_name"], as_dict=True
	)
	assert shown == {"referral_hub_told_by": "ouyang RUOXI", "source": link.event_name, "source_name": None}
	answered = answering.confirm(claim.name, employee.name, "Friend")
	assert frappe.db.get_value("Referral", answered.referral, ["referrer", "job_applicant"]) == (
		employee.name,
		applicant,
	)


@pytest.mark.parametrize("words", ["Ruomei", "somebody in sales", "<b>x</b>"])
def test_words_that_name_nobody_wait_for_hr_and_nobody_is_asked(words):
	hr.make_employee("Ruomei", last_name="Situ", user=True)
	applicant, claim = apply_at_fair(told_by=words)
	assert (claim.state, claim.employee, told(claim)) == ("Unclear", None, [])
	assert asking.ask(applicant) is None, "once"
	assert applicant not in asking.not_asked()


def test_two_of_the_same_name_are_hr_s_to_settle_and_whom_hr_chooses_is_asked():
	first, _second = (hr.make_employee("Yating", last_name="Huangfu") for _ in range(2))
	applicant, claim = apply_at_fair(told_by="Huangfu Yating")
	assert claim.state == "Unclear"
	chosen = {"source": "Employee Referral", "source_name": first.name}
	frappe.db.set_value("Job Applicant", applicant, chosen)
	asked = frappe.get_doc(asking.DOCTYPE, asking.ask(applicant))
	assert (asked.employee, asked.state) == (first.name, "Waiting")
	assert frappe.db.get_value(asking.DOCTYPE, claim.name, "state") == "Lapsed"


def test_strangers_can_not_fill_a_colleague_s_list():
	hr.make_employee("Zixuan", last_name="Shangguan")
	link = make_event_link()
	states = [apply_at_fair(link, told_by="Shangguan Zixuan")[1].state for _ in range(7)]
	assert states == ["Waiting"] * asking.MOST_WAITING_BY_WORDS + ["Unclear"] * 2


def test_whoever_came_by_a_colleague_s_link_names_nobody():
	hr.make_employee("Xinyi", last_name="Zhuge")
	link = make_link()
	assert 'name="told_by"' not in Guest().get(f"/r/{link.code}").get_data(as_text=True)
	row = apply_through(link, make_candidate(), told_by="Zhuge Xinyi")
	assert not frappe.db.get_value("Job Applicant", row.job_applicant, "referral_hub_told_by")
	assert frappe.db.count(asking.DOCTYPE, {"job_applicant": row.job_applicant}) == 0


def test_the_page_says_the_same_whether_the_colleague_exists_or_not():
	hr.make_employee("Meilin", last_name="Dongfang")
	link, told_pages = make_event_link(), []
	for words in ("Dongfang Meilin", "Nobody Atall", ""):
		guest = Guest()
		assert 'name="told_by"' in guest.get(f"/r/{link.code}").get_data(as_text=True)
		sent = guest.post(f"/r/{link.code}", filled_form(link, email=hr.unique_email("fair"), told_by=words))
		thanks = guest.get(f"/r/{link.code}", sent=1).get_data(as_text=True)
		told_pages.append((sent.status_code, sent.headers["Location"], without_nonce(thanks)))
	assert told_pages[0] == told_pages[1] == told_pages[2]
	assert told_pages[0][0] == 303


def test_what_was_typed_stays_when_the_form_is_refused():
	link = make_event_link()
	page = Guest().post(f"/r/{link.code}", filled_form(link, told_by='Wei "Q" Zhang'))
	assert (page.status_code, 'value="Wei &#34;Q&#34; Zhang"' in page.get_data(as_text=True)) == (422, True)


def test_hrms_s_own_form_asks_who_told_them_while_hr_has_colleagues_asked(commits):
	before = fields_of_form()
	settings = frappe.get_doc("Referral Hub Settings")
	commits.at_end(lambda: frappe.get_doc("Referral Hub Settings").update({"named_referrer_days": 14}).save())
	settings.update({"named_referrer_days": 0}).save()
	without = [field for field in before if field[1] != "referral_hub_told_by"]
	assert [name for _idx, name in fields_of_form()] == [name for _idx, name in without]
	link = make_event_link()
	assert 'name="told_by"' not in Guest().get(f"/r/{link.code}").get_data(as_text=True)
	frappe.set_user("Administrator")
	frappe.get_doc("Referral Hub Settings").update({"named_referrer_days": 14}).save()
	web_forms.ask_or_not()
	assert fields_of_form() == before
	assert [idx for idx, _name in before] == list(range(1, len(before) + 1))
	assert "referral_hub_told_by" in [name for _idx, name in before]


def test_an_application_on_hrms_s_own_form_asks_the_named_colleague(commits, monkeypatch):
	employee = hr.make_employee("Siyuan", last_name="Murong")
	commits.commit()
	monkeypatch.setattr(frappe.local, "request_ip", "203.0.113.9", raising=False)
	typed = {
		"applicant_name": "Bai Lu",
		"email_id": hr.unique_email("bai"),
		"referral_hub_told_by": "=\u202eMurong \n Siyuan ",
	}
	answer = accept(web_form="job-application", data=frappe.as_json(typed))
	frappe.flags.in_web_form = False
	commits.run_jobs()
	claim = frappe.get_doc(asking.DOCTYPE, {"job_applicant": answer.name})
	assert (claim.employee, claim.words, claim.state) == (employee.name, "Murong Siyuan", "Waiting")


def fields_of_form() -> list[tuple]:
	form = {"parent": web_forms.FORM, "parenttype": "Web Form"}
	return frappe.get_all("Web Form Field", form, ["idx", "fieldname"], order_by="idx asc", as_list=True)


def without_nonce(html: str) -> str:
	return re.sub(r"nonce-?[^\"' ]*", "", html)
