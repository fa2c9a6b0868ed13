"""HRMS's own Employee Referral: submitted there it is a referral here, once, with one applicant and one bonus."""

import frappe
import pytest
import reward_factories as pay
import site_factories as hr
from frappe.utils import nowdate
from hrms.hr.doctype.employee_referral.employee_referral import create_job_applicant
from native_factories import FORM, applicants_of, make_form, referral_of
from referral_factories import applicant_of, everything_written, make_candidate, make_referral

from referral_hub import tasks
from referral_hub.referrals import service
from referral_hub.referrals.native import applicants, changing, taking
from referral_hub.referrals.service import AlreadyOwned, Candidate
from referral_hub.rewards import service as rewards


def followed_form(form):
	"""What the job after HR's commit does; the form as it is then."""
	for work in (taking.take_over, applicants.let_in, changing.follow):
		work(form.name)
	return frappe.get_doc(FORM, form.name)


def comments_on(form) -> list[str]:
	about = {"reference_doctype": FORM, "reference_name": form.name, "comment_type": "Comment"}
	return frappe.get_all("Comment", about, pluck="content")


# a form becomes a referral


def test_a_submitted_form_is_a_referral_with_one_applicant():
	form = make_form(qualification_reason="<p>She is <b>kind</b>.</p>", contact_no="13911112222")
	assert form.referral_hub_waiting == 1
	after = followed_form(form)
	referral = referral_of(form)
	assert (referral.channel, referral.stage, referral.referrer) == (FORM, "Submitted", form.referrer)
	assert (referral.designation, referral.candidate_phone) == (form.for_designation, "+8613911112222")
	assert referral.note == "She is kind."
	assert applicants_of(form) == [referral.job_applicant]
	assert (after.status, after.referral_hub_referral, after.referral_hub_waiting) == (
		"In Process",
		referral.name,
		0,
	)


def test_looking_again_makes_nothing_more():
	form = make_form()
	followed_form(form)
	before = everything_written()
	followed_form(form)
	frappe.db.set_value(FORM, form.name, "referral_hub_waiting", 1)  # a job that began before the other ended
	followed_form(form)
	assert everything_written() == before


def test_a_draft_waits_for_nothing():
	form = make_form(submit=False)
	assert (form.referral_hub_waiting, taking.take_over(form.name)) == (0, None)


def test_hrms_s_button_comes_first_and_its_applicant_is_ours():
	form = make_form()
	applicant = create_job_applicant(form.name)
	followed_form(form)
	referral = referral_of(form)
	assert (referral.job_applicant, applicants_of(form)) == (applicant.name, [applicant.name])
	assert applicant_of(referral).source_name == form.referrer


def test_hrms_s_button_comes_second_and_makes_no_other():
	form = make_form()
	followed_form(form)
	with pytest.raises(applicants.ApplicantExists, match="has a Job Applicant already"):
		create_job_applicant(form.name)
	assert len(applicants_of(form)) == 1


def test_hrms_s_button_waits_for_a_candidate_who_is_asked_first():
	program = frappe.get_doc(doctype="Referral Program", program_name=hr.unique("Asks"), consent_first=1)
	program.update({"companies": [{"company": hr.COMPANY}], "consent_days": 10})
	program.insert()
	form = make_form()
	followed_form(form)
	referral = referral_of(form)
	assert (referral.stage, referral.job_applicant, referral.program) == ("Invited", None, program.name)
	with pytest.raises(applicants.NotAgreed):
		create_job_applicant(form.name)
	applicant = service.admit(referral, consent="I agree.")
	assert applicants_of(form) == [applicant.name]
	assert followed_form(form).status == "In Process"


def test_the_resume_and_its_link_are_the_applicant_s_too():
	form = make_form(resume_link="https://example.com/mei", resume="/private/files/mei.pdf")
	followed_form(form)
	applicant = applicant_of(referral_of(form))
	assert (applicant.resume_link, applicant.resume_attachment) == (
		"https://example.com/mei",
		"/private/files/mei.pdf",
	)


def test_a_phone_number_nobody_can_dial_does_not_cost_the_referral():
	form = make_form(contact_no="12")
	followed_form(form)
	assert (referral_of(form).candidate_phone, referral_of(form).candidate_email) == (None, form.email)


# refused here


def test_a_form_for_somebody_who_is_referred_already_is_refused_in_words():
	candidate = make_candidate()
	make_referral(candidate=candidate)
	referrer = hr.make_employee(user=True)
	form = make_form(referrer, email=candidate.email)
	after = followed_form(form)
	said = "Somebody else referred this person first. Thank you for thinking of them too."
	assert (referral_of(form), after.referral_hub_refusal, after.referral_hub_waiting) == (None, said, 0)
	assert comments_on(form) == [f"Not taken over as a referral. {said}"]
	told = frappe.get_all(
		"Referral Message", {"recipient": referrer.name, "event": "referral_not_taken"}, pluck="facts"
	)
	assert frappe.parse_json(told[0])["refusal_zh"] == "已有人先推荐了此人。谢谢您也想到了他。"
	assert (after.docstatus, after.status) == (1, "Pending")


def test_hr_goes_on_with_a_refused_form_as_hrms_has_it():
	candidate = make_candidate()
	make_referral(candidate=candidate)
	form = make_form(email=candidate.email)
	followed_form(form)
	applicant = create_job_applicant(form.name)
	followed_form(form)
	assert (applicants_of(form), referral_of(form)) == ([applicant.name], None)


# status, both ways


def test_hrms_s_status_follows_whom_it_hires_without_saving_the_applicant():
	form = make_form()
	followed_form(form)
	referral = referral_of(form)
	hr.hire_applicant(referral.job_applicant)
	frappe.db.set_value(FORM, form.name, "status", "In Process")
	service.refresh(referral.name)
	assert frappe.db.get_value(FORM, form.name, "status") == "Accepted"


def test_what_is_closed_here_is_rejected_there_and_opens_again():
	form = make_form()
	followed_form(form)
	referral = referral_of(form)
	service.close(referral, "Withdrawn")
	assert frappe.db.get_value(FORM, form.name, "status") == "Rejected"
	service.reopen(referral)
	assert frappe.db.get_value(FORM, form.name, "status") == "In Process"


def test_hr_rejects_the_applicant_and_both_say_so():
	form = make_form()
	followed_form(form)
	referral = referral_of(form)
	hr.set_applicant_status(referral.job_applicant, "Rejected")
	service.refresh(referral)
	assert (referral.outcome, frappe.db.get_value(FORM, form.name, "status")) == ("Not Selected", "Rejected")


def test_a_form_rejected_before_the_job_came_is_no_referral():
	form = make_form()
	form.status = "Rejected"
	form.save()
	assert (followed_form(form).referral_hub_waiting, referral_of(form)) == (0, None)


# cancelled, amended, deleted


def test_cancelling_takes_the_referral_back_while_hr_has_done_nothing():
	form = make_form()
	followed_form(form)
	form.reload()
	form.cancel()
	followed_form(form)
	assert referral_of(form).outcome == "Ineligible"
	assert (
		frappe.db.count("Candidate Key", {"referral": referral_of(form).name, "active_key": ("is", "set")})
		== 0
	)


def test_cancelling_does_not_take_back_whom_hr_interviews():
	form = make_form()
	followed_form(form)
	hr.set_applicant_status(referral_of(form).job_applicant, "Replied")
	service.refresh(referral_of(form).name)
	form.reload()
	form.cancel()
	followed_form(form)
	assert referral_of(form).outcome == "Open"
	assert "goes on, because HR has acted" in comments_on(form)[0]


def test_an_amended_form_goes_on_with_the_same_referral():
	form = make_form()
	followed_form(form)
	first = referral_of(form)
	form.reload()
	form.cancel()
	followed_form(form)
	amended = frappe.copy_doc(form)
	amended.update({"amended_from": form.name, "email": hr.unique_email("right"), "docstatus": 0})
	amended.insert().submit()
	followed_form(amended)
	referral = referral_of(amended)
	assert (referral.name, referral.outcome, referral.candidate_email) == (first.name, "Open", amended.email)
	assert applicants_of(amended) == [first.job_applicant]
	assert frappe.db.count("Referral", {"referrer": form.referrer}) == 1


def amend(form, **fields):
	form.reload()
	form.cancel()
	followed_form(form)
	amended = frappe.copy_doc(form)
	amended.update({"amended_from": form.name, "docstatus": 0, **fields})
	amended.insert().submit()
	followed_form(amended)
	return amended


def test_an_amended_e_mail_that_is_the_referrer_s_own_is_shown_to_hr():
	form = make_form()
	followed_form(form)
	own = hr.unique_email("own")
	frappe.db.set_value("Employee", form.referrer, "personal_email", own)
	referral = referral_of(amend(form, email=own))
	codes = [flag["code"] for flag in frappe.parse_json(referral.flags_data)]
	assert (referral.candidate_email, referral.flagged, "own_contact" in codes) == (own, 1, True)


def test_an_amended_e_mail_is_the_applicant_s_too_and_stays():
	form = make_form(contact_no="13912340001")
	followed_form(form)
	first = referral_of(form)
	amended = amend(form, email=hr.unique_email("right"), contact_no="12")  # nobody can dial that
	service.refresh(first.name)
	referral = referral_of(amended)
	person = frappe.get_doc("Job Applicant", first.job_applicant)
	assert (referral.candidate_email, person.email_id) == (amended.email, amended.email)
	assert (referral.candidate_phone, person.phone_number) == ("+8613912340001", "+8613912340001")
	with pytest.raises(AlreadyOwned):
		service.submit(hr.make_employee().name, Candidate("Again", amended.email), hr.make_opening().name)


def test_an_amended_e_mail_of_somebody_else_is_not_taken_over():
	other = service.submit(
		hr.make_employee().name, Candidate("Bo", hr.unique_email("bo")), hr.make_opening().name
	)
	form = make_form()
	followed_form(form)
	first = referral_of(form)
	amend(form, email=other.candidate_email)
	assert frappe.db.get_value("Referral", first.name, "candidate_email") == form.email
	assert frappe.db.get_value("Job Applicant", first.job_applicant, "email_id") == form.email


def test_deleting_the_form_leaves_the_referral():
	form = make_form()
	referral_name = taking.take_over(form.name)
	frappe.db.set_value("Job Applicant", applicants_of(form)[0], "employee_referral", None)
	form.reload()
	form.cancel()
	frappe.delete_doc(FORM, form.name)
	assert frappe.db.get_value("Referral", referral_name, "employee_referral") is None


def test_a_lost_job_is_found_by_the_hour(commits):
	form = make_form()
	frappe.db.commit()
	tasks.follow_employee_referrals()
	assert referral_of(form).stage == "Submitted"
	form.reload()
	form.cancel()
	frappe.db.commit()
	tasks.follow_employee_referrals()
	assert referral_of(form).outcome == "Ineligible"


# one bonus


def make_paid_form(**fields):
	"""A form whose referrer is on payroll, under a rule that pays cash when the candidate joins."""
	referrer = hr.make_employee()
	pay.put_on_payroll(referrer)
	pay.pay_cash_with(pay.make_component())
	designation = hr.make_designation().name
	pay.make_rule(pay.cash("Joined", 1000), designation=designation)
	form = make_form(referrer, for_designation=designation, **fields)
	followed_form(form)
	hr.hire_applicant(referral_of(form).job_applicant)
	service.refresh(referral_of(form).name)
	return frappe.get_doc(FORM, form.name)


def give_bonus(form, submit: bool = True):
	"""HR presses HRMS's own button Create Additional Salary."""
	bonus = frappe.new_doc("Additional Salary")
	bonus.update({"employee": form.referrer, "company": hr.COMPANY, "amount": 500, "payroll_date": nowdate()})
	bonus.update({"salary_component": pay.make_component().name, "currency": "CNY"})
	bonus.update({"ref_doctype": FORM, "ref_docname": form.name, "overwrite_salary_structure_amount": 0})
	bonus.insert()
	return bonus.submit() if submit else bonus


def reward_of(form):
	return frappe.get_doc("Referral Reward", {"referral": referral_of(form).name})


def payment_status(form) -> str:
	return frappe.db.get_value(FORM, form.name, "referral_payment_status")


def test_our_cash_is_hrms_s_bonus():
	form = make_paid_form()
	assert (reward_of(form).state, payment_status(form)) == ("Due", "Unpaid")
	rewards.pay_due()
	assert (reward_of(form).state, payment_status(form)) == ("Paid", "Paid")
	rewards.void(reward_of(form).name, "Paid by mistake.")
	assert (reward_of(form).state, payment_status(form)) == ("Void", "Unpaid")


def test_hrms_s_bonus_is_refused_once_our_cash_was_paid():
	form = make_paid_form()
	rewards.pay_due()
	with pytest.raises(rewards.BonusPaidHere, match="was paid for this referral already"):
		give_bonus(form)
	assert frappe.db.count("Additional Salary", {"employee": form.referrer}) == 1


@pytest.mark.parametrize("submit", [True, False])
def test_our_cash_waits_while_hrms_pays(submit):
	form = make_paid_form()
	bonus = give_bonus(form, submit)
	rewards.pay_due()
	reward = reward_of(form)
	said = f"HRMS's own referral bonus {bonus.name} pays for {form.name} already."
	assert (reward.state, reward.state_reason) == ("On Hold", said)
	assert payment_status(form) == ("Paid" if submit else "Unpaid")
	bonus.cancel() if submit else bonus.delete()
	rewards.pay_due()
	assert (reward_of(form).state, payment_status(form)) == ("Paid", "Paid")


def test_a_form_without_a_bonus_promises_nothing():
	form = make_paid_form(is_applicable_for_referral_bonus=0)
	assert frappe.parse_json(referral_of(form).terms) == {}
	assert frappe.db.count("Referral Reward", {"referral": referral_of(form).name}) == 0
	assert payment_status(form) in ("", None)
