"""Referring somebody: what is made in one transaction, what is refused, and that a refusal leaves nothing."""

from pathlib import Path

import frappe
import pytest
from count_queries import counted_queries
from frappe.utils import add_days, getdate, nowdate
from pdf_samples import HEADERS, RUNNING, running
from pdf_samples import pdf as pdf_of_a_program
from referral_factories import (
	applicant_of,
	everything_written,
	make_candidate,
	make_referral,
	make_resume,
	pdf,
	timeline,
	unique_phone,
)
from site_factories import (
	COMPANY,
	days_ago,
	in_days,
	make_applicant,
	make_employee,
	make_opening,
	make_user,
	part_with_employee,
	set_applicant_status,
	unique,
	unique_email,
)

from referral_hub.referrals import service
from referral_hub.referrals.deriving import timeline as receipts
from referral_hub.referrals.making import resumes, situation
from referral_hub.referrals.rules.contacts import is_reserved
from referral_hub.referrals.service import (
	AlreadyKnown,
	AlreadyOwned,
	Candidate,
	InvalidCandidate,
	NotEligible,
	Resume,
)

# what a referral makes


def test_a_referral_and_its_applicant_are_made_together():
	referrer, opening = make_employee(), make_opening()
	candidate = make_candidate(name="Ada Chen", phone="139 1234 5678")
	referral = service.submit(referrer.name, candidate, opening.name, note="We built a bridge together.")
	applicant = applicant_of(referral)
	assert referral.name.startswith(f"REF-{nowdate()[:4]}-") and len(referral.name) == 14
	assert (referral.stage, referral.outcome, referral.channel) == ("Submitted", "Open", "Portal")
	assert (referral.referrer, referral.company) == (referrer.name, COMPANY)
	assert (applicant.applicant_name, applicant.email_id) == ("Ada Chen", candidate.email)
	assert (applicant.phone_number, applicant.status) == ("+8613912345678", "Open")
	assert (applicant.source, applicant.source_name) == ("Employee Referral", referrer.name)
	assert (applicant.job_title, applicant.designation) == (opening.name, opening.designation)
	assert (applicant.referral_hub_referred, applicant.referral_hub_referral) == (1, referral.name)
	assert applicant.cover_letter == "We built a bridge together."


def test_the_receipt_is_the_first_event():
	assert timeline(make_referral()) == ((1, "Stage", "Submitted", "Open"),)


def test_terms_are_frozen_on_the_referral():
	terms = frappe.parse_json(make_referral().terms)
	assert [milestone["milestone"] for milestone in terms["milestones"]] == [
		"Interviewed",
		"Joined",
		"Confirmed",
	]


def test_the_decision_and_its_inputs_are_kept_without_contacts():
	candidate = make_candidate()
	referral = make_referral(candidate=candidate)
	decision = frappe.parse_json(referral.decision)
	assert all(check["passed"] for check in decision["checks"])
	assert decision["sentence"] == (
		f"{referral.referrer} may refer this person: 8 checks passed, and nobody else owns the candidate."
	)
	assert candidate.email not in referral.decision and candidate.phone not in referral.decision


def test_the_first_look_at_hrms_finds_nothing_new():
	referral = make_referral()
	assert service.refresh(referral) is False
	assert len(timeline(referral)) == 1


def test_referring_asks_the_database_nothing_twice():
	employee, opening = make_employee(), make_opening()
	make_referral(employee, opening)
	with counted_queries() as sent:
		make_referral(employee, opening)
	reads = [" ".join(query.split()) for query in sent if query.lower().lstrip().startswith("select")]
	assert sorted(query for query in set(reads) if reads.count(query) > 1) == []
	assert sum("`tabDepartment`" in query for query in reads) == 1


def test_the_opening_is_read_once_for_all_that_follows_from_it():
	"""Whether it is open, its program, its ties, its rewards, its name in the receipt; HRMS's applicant asks for its status alone."""
	employee = make_employee()
	make_referral(employee)
	opening = make_opening()
	frappe.clear_document_cache("Job Opening", opening.name)
	with counted_queries() as sent:
		make_referral(employee, opening)
	ours = [
		query for query in sent if "`tabJob Opening`" in query and not query.startswith("SELECT `status`")
	]
	assert len(ours) == 1


def test_an_opening_is_kept_as_it_is_written_however_it_was_asked_for():
	opening = make_opening()
	referral = service.submit(make_employee().name, make_candidate(), opening.name.lower())
	assert (referral.job_opening, applicant_of(referral).job_title) == (opening.name, opening.name)


def test_no_opening_is_needed():
	referral = service.submit(make_employee().name, make_candidate())
	assert (referral.job_opening, applicant_of(referral).job_title) == (None, None)


def test_the_resume_is_a_private_file_of_the_applicant():
	resume = make_resume("Lebenslauf Ä.pdf")
	applicant = applicant_of(make_referral(resume=resume))
	[file] = frappe.get_all(
		"File", {"attached_to_name": applicant.name}, ["file_url", "is_private", "attached_to_field"]
	)
	assert applicant.resume_attachment == file.file_url
	assert (file.is_private, file.attached_to_field) == (1, "resume_attachment")
	assert file.file_url.startswith("/private/files/")
	assert Path(frappe.get_site_path(file.file_url.lstrip("/"))).read_bytes() == resume.content


def test_an_employee_without_any_right_on_applicants_can_refer(as_user):
	referrer = make_employee(user=True)
	opening = make_opening()
	as_user(referrer.user_id)
	referral = service.submit(referrer.name, make_candidate(), opening.name, resume=make_resume())
	assert frappe.has_permission("Job Applicant", "create", user=referrer.user_id) is False
	assert applicant_of(referral).source_name == referrer.name


# a phone alone


def test_a_phone_alone_is_enough_and_its_stand_in_address_is_never_mailed():
	referral = make_referral(candidate=make_candidate(email=None))
	address = applicant_of(referral).email_id
	assert is_reserved(address) and referral.candidate_email is None
	queued = frappe.sendmail([address], sender="hr@example.com", subject="Interview", message="Tomorrow")
	assert not queued
	assert frappe.db.count("Email Queue Recipient", {"recipient": address}) == 0


def test_the_stand_in_address_does_not_become_an_employees_personal_email():
	address = applicant_of(make_referral(candidate=make_candidate(email=None))).email_id
	assert make_employee(personal_email=address).personal_email is None
	assert make_employee(personal_email="real@example.com").personal_email == "real@example.com"


def test_the_resume_is_hrs_and_not_the_referrers(as_user):
	referrer, opening, hr = make_employee(user=True), make_opening(), make_user(roles=("HR User",))
	as_user(referrer.user_id)
	referral = make_referral(referrer, opening, resume=make_resume())
	file = frappe.get_doc("File", {"attached_to_name": referral.job_applicant})
	applicant = frappe.get_doc("Job Applicant", referral.job_applicant)
	for action in ("read", "write", "delete", "share"):
		assert not frappe.has_permission("File", action, doc=file), action
		assert not frappe.has_permission("Job Applicant", action, doc=applicant), action
	file.is_private = 0
	with pytest.raises(frappe.PermissionError):
		file.save()
	with pytest.raises(frappe.PermissionError):
		frappe.delete_doc("File", file.name)
	as_user(hr.name)
	assert frappe.has_permission("File", "write", doc=file)


def test_a_resume_beside_the_one_hr_has_is_hrs_too(as_user):
	referrer, opening = make_employee(user=True), make_opening()
	as_user(referrer.user_id)
	referral = make_referral(referrer, opening)
	resumes.keep_another(make_resume(), "Job Applicant", referral.job_applicant)
	file = frappe.get_doc("File", {"attached_to_name": referral.job_applicant})
	for action in ("read", "write", "delete", "share"):
		assert not frappe.has_permission("File", action, doc=file), action


# the same form sent twice


def test_the_same_submission_key_returns_the_first_referral():
	referrer, opening, candidate = make_employee(), make_opening(), make_candidate()
	first = service.submit(referrer.name, candidate, opening.name, submission_key="form-1")
	before = everything_written()
	again = service.submit(referrer.name, candidate, opening.name, submission_key="form-1")
	assert again.name == first.name
	assert everything_written() == before


def test_the_same_submission_key_with_other_contents_is_refused():
	referrer, opening, candidate = make_employee(), make_opening(), make_candidate()
	sent = {"opening": opening.name, "note": "Hello", "resume": make_resume(), "submission_key": "form-1"}
	first = service.submit(referrer.name, candidate, **sent)
	others = ({"note": "Bye"}, {"relation": "Friend"}, {"opening": make_opening().name}, {"resume": None})
	before = everything_written()
	for who, changed in ((make_candidate(), {}), *((candidate, other) for other in others)):
		with pytest.raises(NotEligible, match="sent before with other contents") as refusal:
			service.submit(referrer.name, who, **{**sent, **changed})
		assert refusal.value.reason == "key_reused"
	assert everything_written() == before
	assert service.submit(referrer.name, candidate, **sent).name == first.name


def test_another_employees_key_is_another_key():
	opening = make_opening()
	one = service.submit(make_employee().name, make_candidate(), opening.name, submission_key="form-1")
	other = service.submit(make_employee().name, make_candidate(), opening.name, submission_key="form-1")
	assert one.name != other.name


# refusals


def refusal_of(employee, candidate, opening=None, **fields) -> tuple[type, str, str]:
	"""Why a referral is refused, after checking that the refusal left nothing behind, even for who commits now."""
	before = everything_written()
	name = opening if isinstance(opening, str) or opening is None else opening.name
	with pytest.raises(service.ReferralRefused) as refusal:
		service.submit(getattr(employee, "name", employee), candidate, name, **fields)
	assert everything_written() == before
	assert isinstance(refusal.value, frappe.ValidationError)
	return type(refusal.value), refusal.value.reason, str(refusal.value)


def test_a_referrer_who_left_is_refused():
	referrer = part_with_employee(make_employee())
	assert refusal_of(referrer, make_candidate(), make_opening()) == (
		NotEligible,
		"employee_inactive",
		"Only employees who work here now can refer somebody. Please ask HR if your record is out of date.",
	)


def test_nobody_is_no_referrer():
	for employee in ("HR-EMP-nobody", "", None):
		assert refusal_of(employee, make_candidate())[:2] == (NotEligible, "employee_missing")


def test_a_closed_opening_is_refused():
	opening = make_opening()
	opening.status = "Closed"
	opening.save()
	assert refusal_of(make_employee(), make_candidate(), opening) == (
		NotEligible,
		"opening_closed",
		"This opening is closed. Please choose another one.",
	)


def test_an_opening_whose_last_day_has_passed_is_refused():
	opening = make_opening()
	frappe.db.set_value("Job Opening", opening.name, "closes_on", days_ago(1))
	assert refusal_of(make_employee(), make_candidate(), opening)[1] == "opening_closed"


def test_a_deleted_opening_is_refused():
	opening = make_opening()
	opening.delete()
	assert refusal_of(make_employee(), make_candidate(), opening)[1] == "opening_missing"


def profile(opening, **fields):
	return frappe.get_doc(doctype="Opening Profile", job_opening=opening.name, **fields).insert()


def test_an_opening_says_by_its_profile_whether_it_takes_referrals():
	opening = make_opening()
	profile(opening, accepts_referrals=0)
	assert refusal_of(make_employee(), make_candidate(), opening)[1] == "opening_takes_no_referrals"


def test_without_a_profile_the_settings_say_it(settings):
	settings(openings_accept_referrals=0)
	closed, opened = make_opening(), make_opening()
	profile(opened, accepts_referrals=1)
	assert refusal_of(make_employee(), make_candidate(), closed)[1] == "opening_takes_no_referrals"
	assert make_referral(opening=opened).job_opening == opened.name


@pytest.fixture
def settings(rolled_back):
	def change(**values):
		document = frappe.get_doc("Referral Hub Settings")
		document.update(values)
		document.save()

	return change


def program(**fields):
	return frappe.get_doc(doctype="Referral Program", program_name=unique("Program"), **fields).insert().name


def test_outside_the_program_is_refused():
	referrer, opening = make_employee(), make_opening()
	for fields, reason in (
		({"enabled": 0}, "program_disabled"),
		({"starts_on": in_days(1)}, "program_not_started"),
		({"ends_on": days_ago(1)}, "program_ended"),
	):
		refused = refusal_of(referrer, make_candidate(), opening, program=program(**fields))
		assert refused[:2] == (NotEligible, reason)


def test_a_program_that_does_not_exist_is_refused():
	assert refusal_of(make_employee(), make_candidate(), program="No such program")[1] == "program_missing"


def test_referring_oneself_is_refused():
	referrer = make_employee(cell_number="139 2222 3333", personal_email=unique_email("me"))
	by_phone = Candidate("Me", phone="+86-13922223333")
	by_email = Candidate("Me", referrer.personal_email.upper())
	assert refusal_of(referrer, by_phone)[1] == "self_referral"
	assert refusal_of(referrer, by_email)[1] == "self_referral"


def test_a_colleague_is_refused_by_any_of_their_contacts():
	phone = unique_phone()
	colleague = make_employee(
		cell_number=f"+86 {phone[:3]} {phone[3:7]} {phone[7:]}", company_email=unique_email()
	)
	for candidate in (Candidate("C", phone=phone), Candidate("C", colleague.company_email)):
		assert refusal_of(make_employee(), candidate) == (
			AlreadyKnown,
			"current_employee",
			"This person works here already.",
		)


@pytest.mark.parametrize("written", ["+86 {} {} {}", "{}-{}-{}", "0086{}{}{}", "{}.{}.{} ext. 12"])
def test_a_colleague_is_found_however_their_number_is_written(written):
	phone = unique_phone()
	colleague = make_employee(cell_number=unique_phone(), company_email=unique_email())
	number = written.format(phone[:3], phone[3:7], phone[7:])
	frappe.db.set_value("Employee", colleague.name, "cell_number", number)
	found = situation.colleagues(make_candidate(phone=f"+86{phone}"), make_employee().name)
	assert [contact.phones for contact in found] == [(number,)]


def test_colleagues_are_looked_up_by_index_and_never_read_through():
	with counted_queries() as sent:
		situation.colleagues(make_candidate(), "")
	asked = {"email": "somebody%@example.com", "phone": "12345678", "referrer": ""}
	[query] = sent
	plan = frappe.db.sql(f"explain {query}", asked, as_dict=True)
	keys = {
		row.possible_keys and row.possible_keys.split(",")[-1] for row in plan if row.table == "tabEmployee"
	}
	assert keys == {
		f"referral_hub_{name}" for name in ("company_email", "personal_email", "user", "phone_end")
	}


def test_a_former_colleague_may_be_referred():
	former = part_with_employee(make_employee(personal_email=unique_email("former")))
	assert make_referral(candidate=Candidate("F", former.personal_email)).stage == "Submitted"


def test_somebody_who_applied_lately_is_refused():
	phone = unique_phone()
	applicant = make_applicant(phone_number=f"{phone[:3]}-{phone[3:7]}-{phone[7:]}")
	for candidate in (Candidate("A", applicant.email_id), Candidate("A", phone=phone)):
		assert refusal_of(make_employee(), candidate) == (
			AlreadyKnown,
			"recent_applicant",
			"This person applied within the last 180 days, so HR knows them already.",
		)


@pytest.mark.parametrize(
	"written", ["0139 5555 1234", "(+86) 139-5555-1234", "+8613955551234,12", "13955551234 / 021 555 0000"]
)
def test_an_applicant_is_found_however_their_number_is_written_and_whoever_wrote_it(written):
	applicant = make_applicant()
	query = "update `tabJob Applicant` set phone_number = %s where name = %s"
	frappe.db.sql(query, (written, applicant.name))
	assert found_by("+8613955551234") == [applicant.name]
	frappe.db.sql(query, ("139 5555 1235", applicant.name))
	assert found_by("+8613955551234") == []


def found_by(phone: str) -> list[str]:
	known = situation.applicants(Candidate("A", phone=phone), getdate(), 180)
	return [applicant.name for applicant in known]


def test_somebody_who_applied_long_ago_may_be_referred():
	applicant = make_applicant()
	frappe.db.set_value("Job Applicant", applicant.name, "creation", days_ago(181))
	referral = make_referral(candidate=Candidate("A", applicant.email_id))
	assert applicant_of(referral).name == f"{applicant.email_id}-1"


def test_who_was_not_selected_is_not_referred_for_that_opening_again_by_way_of_another():
	referrer, candidate = make_employee(), make_candidate()
	first, second = make_opening(), make_opening()
	for opening in (first, second):
		referral = make_referral(referrer, opening, candidate)
		set_applicant_status(applicant_of(referral), "Rejected")
		service.refresh(referral.name)
	assert refusal_of(referrer, candidate, first)[:2] == (AlreadyOwned, "already_yours")
	assert make_referral(referrer, make_opening(), candidate).stage == "Submitted"


def test_an_address_with_wildcards_finds_only_itself():
	make_applicant(email="anna@example.com")
	assert make_referral(candidate=Candidate("A", "a__a@example.com")).stage == "Submitted"
	assert make_referral(candidate=Candidate("A", "a%@example.com")).stage == "Submitted"


def test_the_second_to_refer_is_told_so_without_naming_the_first():
	first = make_referral(candidate=Candidate("Ada", "ada.l@gmail.com", "139 4444 5555"))
	for candidate in (
		Candidate("A. L.", "adal+work@googlemail.com"),
		Candidate("Someone", phone="+8613944445555"),
		Candidate("Ada", unique_email(), "13944445555"),
	):
		refused = refusal_of(make_employee(), candidate, make_opening())
		assert refused[:2] == (AlreadyOwned, "owned_by_another")
		assert refused[2] == "Somebody else referred this person first. Thank you for thinking of them too."
		assert first.name not in refused[2] and first.referrer_name not in refused[2]


def test_referring_again_names_ones_own_referral():
	referrer, candidate = make_employee(), make_candidate()
	first = make_referral(referrer, candidate=candidate)
	assert refusal_of(referrer, candidate) == (
		AlreadyOwned,
		"already_yours",
		f"You have referred this person already: {first.name}.",
	)


def test_after_the_window_somebody_else_may_refer(settings):
	candidate = make_candidate()
	first = make_referral(candidate=candidate)
	frappe.db.set_value("Candidate Key", {"referral": first.name}, "owned_until", add_days(nowdate(), -1))
	frappe.db.set_value("Job Applicant", first.job_applicant, "creation", days_ago(200))
	second = make_referral(candidate=candidate)
	active = frappe.get_all(
		"Candidate Key",
		{"active_key": ("is", "set"), "referral": ("in", [first.name, second.name])},
		pluck="referral",
	)
	assert active == [second.name, second.name]


TYPED_WRONG = [
	(Candidate("Ada"), "contact_missing"),
	(Candidate("Ada", "", " "), "contact_missing"),
	(Candidate("Ada", "not an address"), "email_invalid"),
	(Candidate("Ada", "x@referral-hub.invalid"), "email_invalid"),
	(Candidate("Ada", "=cmd@example.com"), "email_is_formula"),
	(Candidate("Ada", phone="123"), "phone_invalid"),
	(Candidate("Ada", "ada@example.com", "abc"), "phone_invalid"),
	(Candidate("", "ada@example.com"), "name_missing"),
	(Candidate("<script>alert(1)</script>", "ada@example.com"), "name_has_markup"),
	(Candidate("=cmd|' /C calc'!A0", "ada@example.com"), "name_is_formula"),
	(Candidate("A" * 200, "ada@example.com"), "name_too_long"),
]


def test_what_was_typed_wrong_is_refused():
	referrer, opening = make_employee(), make_opening()
	for candidate, reason in TYPED_WRONG:
		assert refusal_of(referrer, candidate, opening)[:2] == (InvalidCandidate, reason)


def test_a_name_in_any_script_reaches_hr_as_written():
	referrer, opening = make_employee(), make_opening()
	for name in ("محمد علي", "Ada 🚀 Chen", "陈爱达", "O'Neil-Smith, Jr."):
		referral = make_referral(referrer, opening, make_candidate(name=name))
		assert applicant_of(referral).applicant_name == name


def test_markup_in_the_note_is_harmless():
	referral = make_referral(note="<script>alert(1)</script>Great <b>person</b>")
	assert "<script" not in frappe.db.get_value("Referral", referral.name, "note")
	assert "<script" not in applicant_of(referral).cover_letter


def test_a_note_and_a_relation_have_limits():
	assert refusal_of(make_employee(), make_candidate(), note="x" * 5001)[1] == "note_too_long"
	assert refusal_of(make_employee(), make_candidate(), relation="Stranger")[1] == "relation_unknown"
	assert make_referral(relation="Friend").relation == "Friend"


NO_RESUMES = [
	(Resume("cv.pdf", b""), "resume_empty"),
	(Resume("cv.pdf", b"MZ a program"), "resume_mislabelled"),
	(Resume("cv.docx", pdf()), "resume_mislabelled"),
	(Resume("cv.exe", pdf()), "resume_type"),
	(Resume("cv.pdf", b"%PDF-1.7 torn in half %%EOF"), "resume_unreadable"),
	(Resume("cv.pdf", running(RUNNING["a script in an object"])), "resume_unsafe"),
	(Resume("cv.pdf", running(RUNNING["a program"])), "resume_unsafe"),
	(Resume("cv.pdf", pdf() + b"\0" * 6 * 1024 * 1024), "resume_too_large"),
]


def test_a_file_that_is_no_resume_is_refused():
	referrer, opening = make_employee(), make_opening()
	for resume, reason in NO_RESUMES:
		refused = refusal_of(referrer, make_candidate(), opening, resume=resume)
		assert refused[:2] == (InvalidCandidate, reason)


def test_a_resume_that_only_says_which_page_comes_first_is_taken():
	for program in ("LibreOffice", "LaTeX"):
		resumes.check(Resume("cv.pdf", pdf_of_a_program(HEADERS[program])))


def test_the_size_cap_comes_from_the_settings(settings):
	settings(resume_max_size_mb=1)
	content = pdf()[:-6] + b"\0" * 1024 * 1024 + pdf()[-6:]
	assert refusal_of(make_employee(), make_candidate(), resume=Resume("cv.pdf", content)) == (
		InvalidCandidate,
		"resume_too_large",
		"The resume is larger than 1 MB. Please choose a smaller file.",
	)


def test_a_failure_at_the_very_end_leaves_nothing_not_even_the_file(monkeypatch):
	def fail(*_arguments):
		raise RuntimeError("the receipt could not be written")

	employee, opening = make_employee(), make_opening()
	monkeypatch.setattr(receipts, "record", fail)
	before = everything_written()
	with pytest.raises(RuntimeError):
		service.submit(employee.name, make_candidate(), opening.name, resume=make_resume())
	assert everything_written() == before
