"""After HR deletes a person nothing this app wrote or caused holds them: the whole database and every file is searched."""

from pathlib import Path

import frappe
import pytest
import site_factories as hr
from candidate_factories import make_waiting
from native_factories import make_form, referral_of
from referral_factories import (
	applicant_of,
	followed,
	make_candidate,
	make_referral,
	make_resume,
	pdf,
	unique_phone,
)
from sharing_factories import apply_through, make_link

from referral_hub import flow
from referral_hub.api import desk_people
from referral_hub.matching.contacts import keeping, searching
from referral_hub.matching.contacts import service as contacts
from referral_hub.messages import service as messages
from referral_hub.points import service as wallet
from referral_hub.referrals import service
from referral_hub.referrals.consent import asking
from referral_hub.referrals.disputes import asking as questions
from referral_hub.referrals.erasure import person
from referral_hub.referrals.named import asking as named
from referral_hub.referrals.native import taking
from referral_hub.referrals.service_level import words
from referral_hub.talent import service as talent

NAME, EMAIL, PHONE = "Qiuyue Zhouwen", "qiuyue.zhouwen@example.com", "+8613912348765"
TRACES = (NAME, EMAIL, PHONE, "13912348765", "qiuyue.zhouwen")


def places() -> list[str]:
	"""Every column of every table, and every file, in which the person is found."""
	columns = frappe.db.sql(
		"""select table_name, column_name from information_schema.columns where table_schema = database()
		and data_type in ('varchar', 'char', 'text', 'longtext', 'mediumtext', 'json')"""
	)
	found = []
	for table in sorted({table for table, _column in columns}):
		texts = [column for name, column in columns if name == table]
		for trace in TRACES:
			where = " or ".join(f"`{column}` like %(trace)s" for column in texts)
			rows = frappe.db.sql(
				f"select * from `{table}` where {where}", {"trace": f"%{trace}%"}, as_dict=True
			)
			for row in rows:
				holding = [key for key, value in row.items() if trace.lower() in str(value).lower()]
				found.append(f"{table}.{','.join(holding)}: {row.get('name')} ({trace})")
	return sorted(set(found)) + files_holding()


def files_holding() -> list[str]:
	site = Path(frappe.get_site_path())
	kept = [path for folder in ("private/files", "public/files") for path in (site / folder).rglob("*")]
	return [
		str(path)
		for path in kept
		if path.is_file()
		and any(trace.encode() in path.read_bytes() or trace in path.name for trace in TRACES)
	]


@pytest.fixture
def candidate():
	return make_candidate(name=NAME, email=EMAIL, phone="139 1234 8765")


@pytest.fixture
def everything(candidate):
	"""A year of one person: referred by colleagues, named, applied by a link, interviewed, told about, asked about."""
	frappe.flags.in_test = False  # Version rows and mails as on a real site
	anna, opening = hr.make_employee("Anna", user=True), hr.make_opening()
	referral = make_referral(
		anna, opening, candidate, note=f"{NAME} is kind.", resume=make_resume(f"{NAME}.pdf")
	)
	apply_through(make_link(), candidate, note=f"I am {NAME}, call {PHONE}")
	applicant = applicant_of(referral)
	applicant.add_comment("Comment", f"{NAME} called from 13912348765")
	applicant.update({"cover_letter": f"I am {NAME}", "applicant_name": NAME, "notes": NAME})
	applicant.save()
	referral.add_comment("Comment", f"Is {NAME} the one?")
	hr.make_applicant(hr.make_opening()).add_comment("Comment", f"A colleague of {EMAIL}")
	frappe.get_doc(
		doctype="ToDo", description=NAME, reference_type="Referral", reference_name=referral.name
	).insert()
	frappe.get_doc(
		doctype="Communication",
		communication_type="Communication",
		subject=f"To {NAME}",
		recipients=EMAIL,
		content=f"Dear {NAME}",
		reference_doctype="Job Applicant",
		reference_name=applicant.name,
	).insert()
	hr.schedule_interview(applicant, on=hr.days_ago(-3))
	followed(referral)
	words.say(referral.name, f"{NAME} does well.")
	questions.ask(anna.name, referral.name, "Other", f"How is {NAME}?", known=f"{NAME} is in interviews")
	messages.send_pending()
	asking.link_of(referral.name)
	yield followed(referral)
	frappe.flags.in_test = True


def test_nothing_of_the_person_is_left_anywhere(everything):
	assert len(places()) > 15
	done = flow.erase_person(person.of_referral(everything.name), with_hrms=True)
	assert done == {"referrals": [everything.name], "employee": None, "with_hrms": True}
	assert places() == []


def test_rows_stay_and_say_the_number(everything):
	before = {
		name: frappe.db.count(name) for name in ("Referral", "Referral Event", "Job Applicant", "Interview")
	}
	flow.erase_person(person.of_referral(everything.name), with_hrms=True)
	row = frappe.get_doc("Referral", everything.name)
	after = {name: frappe.db.count(name) for name in before}
	assert after == {**before, "Referral Event": before["Referral Event"] + 1}  # and the end of it
	assert (row.candidate_name, row.stage, row.outcome) == (row.name, "Interviewing", "Withdrawn")
	assert frappe.db.get_value("Job Applicant", row.job_applicant, "applicant_name") == row.name
	question = frappe.get_doc("Referral Dispute", {"referral": row.name})
	assert question.question == f"How is {row.name}?"
	assert service.refresh(row.name) is False
	assert frappe.db.count("Candidate Key", {"referral": row.name}) == 0
	assert wallet.verify() == []


def test_all_referrals_of_the_person_are_found_by_any_contact(candidate):
	first = service.submit(hr.make_employee().name, candidate, note=NAME)  # in the talent pool
	service.close(first, "Ineligible")
	frappe.db.set_value("Job Applicant", first.job_applicant, "creation", f"{hr.days_ago(900)} 10:00:00")
	by_phone = make_candidate(name="Q. Zhouwen", email=None, phone=PHONE)
	second = service.submit(hr.make_employee().name, by_phone, hr.make_opening().name)
	stranger = make_referral()
	done = flow.erase_person(person.of_referral(second.name), with_hrms=True)
	assert done["referrals"] == sorted([first.name, second.name])
	assert places() == []
	states = frappe.get_all(
		"Talent Pool Record", {"referral": first.name}, ["state", "email_key"], as_list=True
	)
	assert states == (("Anonymised", None),)
	assert frappe.db.get_value("Referral", stranger.name, "candidate_name") == stranger.candidate_name


@pytest.mark.parametrize("asked", ["both contacts", "an invitation", "a record of the pool"])
def test_nobody_else_is_found_whichever_contact_or_link_they_lack(asked):
	"""A stranger without a phone, one without an e-mail, one only invited, one in the pool whom nobody referred."""
	anna, opening = hr.make_employee(), hr.make_opening()
	mail_only, phone_only = make_candidate(phone=None), make_candidate(email=None, phone=unique_phone())
	strangers = {service.submit(anna.name, mail_only, opening.name).name}
	strangers |= {service.submit(anna.name, phone_only, opening.name).name}
	strangers |= {service.invite(anna.name, make_candidate(), opening.name).name}
	in_pool = make_pool_record("Pool Stranger")
	found = {
		"both contacts": lambda: person.of_referral(make_referral(anna, opening, make_candidate()).name),
		"an invitation": lambda: person.of_referral(
			service.invite(anna.name, make_candidate(phone=None), opening.name).name
		),
		"a record of the pool": lambda: person.of_record(make_pool_record(NAME).name),
	}[asked]()
	assert not strangers & found.referrals
	assert in_pool.name not in found.records
	flow.erase_person(found, with_hrms=True)
	assert frappe.get_all("Referral", {"name": ("in", strangers)}, pluck="erased_on") == [None] * 3
	assert frappe.db.exists("Talent Pool Record", in_pool.name)


def test_colleagues_keep_the_person_as_a_contact_no_more_by_any_writing_of_address_or_number(
	candidate, own_index, monkeypatch
):
	referral = make_referral(hr.make_employee(), hr.make_opening(), candidate)
	anna, ben, eve, dan = (hr.make_employee().name for _each in range(4))
	lines = {
		anna: (
			f"{NAME}, welder, {EMAIL.upper()}",
			f"{NAME}, welder at Acme",
			"Li Na, welder, li.na@example.com",
		),
		ben: ("Q. Zhouwen, welder, 139 1234 8765",),
		eve: ("Wang Bo, welder, 139 1234 8765, wang.bo@example.com",),
		dan: ("Wang Bo, welder, 139 1234 8765",),
	}
	kept = {one: [contacts.add_line(one, line, "CN") for line in lines[one]] for one in lines}
	unsaid = []
	monkeypatch.setattr(searching, "remove", unsaid.extend)
	flow.erase_person(person.of_referral(referral.name), with_hrms=True)
	assert {one: set(keeping.names(one)) for one in lines} == {
		anna: set(kept[anna][1:]),
		ben: set(),
		eve: set(kept[eve]),
		dan: set(kept[dan]),
	}
	assert set(unsaid) == {kept[anna][0], *kept[ben]}


def test_who_never_applied_and_asks_to_be_forgotten_is_nobody_s_contact_from_then_on(own_index):
	"""Of whom HRMS has an application HR decides first."""
	anna = hr.make_employee().name
	asked, applied = make_candidate(), make_candidate()
	referral, waiting = make_referral(candidate=applied), make_waiting(candidate=asked)
	lines = [f"{each.name}, welder, {each.email}" for each in (asked, applied)]
	kept = [contacts.add_line(anna, line, "CN") for line in lines]
	for name in (waiting.name, referral.name):
		flow.ask_for_deletion(name)
	assert keeping.names(anna) == kept[1:]


def test_an_erasure_that_fails_says_nowhere_who_keeps_whom(candidate, own_index, monkeypatch):
	referral = make_referral(hr.make_employee(), hr.make_opening(), candidate)
	anna = hr.make_employee().name
	kept = contacts.add_line(anna, f"Q. Zhouwen, glassblower, {PHONE}", "CN")

	def remove(employee: str, some: list[str]):
		raise frappe.QueryTimeoutError("waited too long") from ValueError(f"{employee} {some}")

	monkeypatch.setattr(keeping, "remove", remove)
	said = _log_of_failed_erasure(referral.name)
	assert "waited too long" in said and "in erase_person" in said
	assert [word for word in (anna, kept, "glassblower") if word in said] == []


def _log_of_failed_erasure(referral: str) -> str:
	"""Return what Frappe's Error Log holds then."""
	try:
		flow.erase_person(person.of_referral(referral), with_hrms=True)
	except frappe.QueryTimeoutError:
		return frappe.get_traceback(with_context=True)
	return ""


def test_who_shares_a_phone_with_the_person_stays(candidate, own_index):
	link = make_link()
	first = apply_through(link, candidate)
	partner = apply_through(link, make_candidate(name="Wang Bo", phone=PHONE))
	lines = {hr.make_employee().name: f"{name}, welder, {PHONE}" for name in (NAME, "Wang Bo", "Q. Zhouwen")}
	for employee, line in lines.items():
		contacts.add_line(employee, line, "CN")
	done = flow.erase_person(person.of_referral(first.referral), with_hrms=True)
	assert done["referrals"] == [first.referral]
	assert [len(keeping.names(employee)) for employee in lines] == [0, 1, 1]
	applicant = frappe.get_doc("Job Applicant", partner.job_applicant)
	assert (applicant.applicant_name, applicant.phone_number) == ("Wang Bo", PHONE)
	kept = frappe.db.get_value(
		"Referral", partner.referral, ["candidate_name", "candidate_phone", "erased_on"]
	)
	assert kept == ("Wang Bo", PHONE, None)


def make_pool_record(name: str):
	contact = {"email": hr.unique_email(), "phone": unique_phone()}
	return frappe.get_doc(
		doctype="Talent Pool Record", person_name=name, company=hr.COMPANY, **contact
	).insert()


def test_hrms_s_own_form_and_a_named_colleague_are_covered():
	colleague = hr.make_employee(user=True)
	form = make_form(
		first_name="Qiuyue",
		last_name="Zhouwen",
		email=EMAIL,
		contact_no=PHONE,
		work_references=f"<p>{NAME}</p>",
	)
	form.add_comment("Comment", f"{NAME} again")
	taking.take_over(form.name)
	applicant = hr.make_applicant(name=NAME, email=EMAIL)
	applicant.db_set({"source": "Employee Referral", "source_name": colleague.name})
	claim = named.ask(applicant.name)
	flow.erase_person(person.of_referral(referral_of(form).name), with_hrms=True)
	assert places() == []
	assert frappe.db.get_value("Employee Referral", form.name, "docstatus") == 1
	assert (claim is None) or frappe.db.get_value("Named Referrer", claim, "applicant_name") != NAME


def test_somebody_in_the_pool_whom_nobody_referred_is_forgotten_too():
	record = frappe.get_doc(
		doctype="Talent Pool Record", person_name=NAME, email=EMAIL, phone=PHONE, company=hr.COMPANY
	).insert()
	talent.note(record.name, "Call", f"{NAME} likes the new team.", direction="Out")
	frappe.get_doc(
		doctype="File",
		file_name=f"{NAME}.pdf",
		content=pdf(NAME),
		is_private=1,
		attached_to_doctype=record.doctype,
		attached_to_name=record.name,
	).insert()
	flow.erase_person(person.of_record(record.name), with_hrms=True)
	assert places() == []


def test_without_hrms_the_applicant_is_left_to_hr_and_ours_is_gone(everything):
	flow.erase_person(person.of_referral(everything.name), with_hrms=False)
	row = frappe.get_doc("Referral", everything.name)
	assert (row.candidate_name, row.candidate_email, row.candidate_phone) == (row.name, None, None)
	assert frappe.db.get_value("Job Applicant", row.job_applicant, "applicant_name") == NAME
	ours = {f"tab{name}" for name in frappe.get_all("DocType", {"module": "Referral Hub"}, pluck="name")}
	held = [place for place in places() if place.split(".")[0] in ours]
	# the key by which HRMS names its applicant is all that is left, while HRMS has one
	assert {place.split(".")[1].split(":")[0] for place in held} <= {"job_applicant"}
	service.refresh(row.name)
	assert frappe.db.get_value("Referral", row.name, "candidate_email") is None


def test_somebody_who_works_here_is_hrms_s_to_keep(candidate):
	referral = make_referral(candidate=candidate)
	employee = hr.hire(hr.make_offer(applicant_of(referral)))
	followed(referral)
	done = flow.erase_person(person.of_referral(referral.name), with_hrms=True)
	assert (done["employee"], done["with_hrms"]) == (employee.name, False)
	row = frappe.get_doc("Referral", referral.name)
	assert (row.candidate_name, row.outcome, row.hired_employee) == (row.name, "Hired", employee.name)
	assert frappe.db.get_value("Job Applicant", row.job_applicant, "applicant_name") == NAME


def test_only_an_hr_manager_deletes_people_and_only_those_of_their_companies(as_user):
	referral = make_referral()
	manager = hr.make_hr_manager().name
	for user in [hr.make_user(roles=roles).name for roles in (("Employee",), ("HR User",))]:
		as_user(user)
		with pytest.raises(frappe.PermissionError):
			desk_people.erase_person("Referral", referral.name, 1)
	as_user("Administrator")
	with pytest.raises(frappe.DoesNotExistError):
		desk_people.erase_person("Employee", referral.referrer, 1)
	as_user(manager)
	assert desk_people.erase_person("Referral", referral.name, 1)["referrals"] == [referral.name]
