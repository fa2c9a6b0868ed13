"""People come more than once, and by other ways than ours: what is newer stands, nobody is called who need not be, and nobody is lost."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, getdate, today
from referral_factories import applicant_of, make_candidate, make_referral, unique_phone

from referral_hub import flow
from referral_hub.api import desk_pool, desk_talent
from referral_hub.patches.talent import mark_called_back
from referral_hub.referrals import closing as closing_of_referrals
from referral_hub.referrals import service as referrals
from referral_hub.talent import keeping, outcomes, service, signals
from referral_hub.talent.cadence import closing, planning, prompts
from referral_hub.talent.capturing import applying, looking, merging
from referral_hub.talent.states import SaidNo

POOL = "Talent Pool Record"


def declined(phone: str, on: str, **fields):
	"""Somebody applied and declined the offer on that day."""
	applicant = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone, **fields)
	hr.answer_offer(hr.make_offer(applicant, offer_date=on), "Rejected")
	frappe.db.set_value("Job Applicant", applicant.name, "creation", f"{on} 08:00:00")
	return hr.set_applicant_status(applicant, "Rejected")


def hired(phone: str, on: str, until: str | None = None):
	"""Somebody was hired on that day, and left."""
	applicant = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone)
	employee = hr.hire_applicant(applicant, date_of_joining=on)
	if until:
		hr.part_with_employee(employee, on=until)
	frappe.db.set_value("Job Applicant", applicant.name, "creation", f"{on} 08:00:00")
	return applicant


def look_at(*applicants):
	return service.look_at([applicant.name for applicant in applicants])


def record_of(applicant):
	return frappe.get_doc(POOL, {"phone": f"+86{applicant.phone_number[-11:]}"})


@pytest.fixture
def phone() -> str:
	return f"+86{unique_phone()}"


# who worked here before


def test_a_hire_of_long_ago_takes_nobody_off_who_applied_after_leaving(phone):
	before = hired(phone, hr.days_ago(900), until=hr.days_ago(500))
	later = declined(phone, hr.days_ago(100))
	for _time in range(2):
		look_at(before, later)
	assert (record_of(later).state, record_of(later).job_applicant) == ("In Pool", later.name)


def test_the_history_keeps_who_was_kept_hired_and_came_once_more(phone):
	"""Three times: the last stands, however late it is read."""
	first = declined(phone, hr.days_ago(1500))
	second = hired(phone, hr.days_ago(1200), until=hr.days_ago(900))
	look_at(first, second)
	assert record_of(first).state == "Hired"
	third = declined(phone, hr.days_ago(300))
	look_at(first, second, third)
	record = record_of(first)
	assert (record.state, record.job_applicant, str(record.happened_on)) == (
		"In Pool",
		third.name,
		hr.days_ago(300),
	)
	look_at(first, second, third)
	assert record_of(first).state == "In Pool"


def test_whoever_is_picked_after_leaving_stays_picked(phone):
	before = hired(phone, hr.days_ago(900), until=hr.days_ago(500))
	record = desk_talent.pick(before.name, "She left on good terms.")
	look_at(before)
	assert frappe.db.get_value(POOL, record, "state") == "In Pool"


def test_whoever_still_works_here_is_no_declined_offer(phone):
	record = declined(phone, hr.days_ago(400))
	look_at(record)
	look_at(hired(phone, hr.days_ago(200)))
	look_at(declined(phone, hr.days_ago(5)))
	assert record_of(record).state == "Hired"


def test_whoever_was_made_an_employee_in_advance_and_never_came_is_a_no_show(phone):
	first = declined(phone, hr.days_ago(400))
	look_at(first)
	again = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone)
	employee = hr.hire_applicant(again, date_of_joining=hr.days_ago(10))
	look_at(again)
	assert record_of(first).state == "Hired"
	employee.reload().update({"status": "Inactive"})
	employee.save()
	look_at(again)
	record = record_of(first)
	assert (record.state, record.reason, record.job_applicant) == ("Proposed", "No-show", again.name)


def test_an_employee_made_in_advance_is_looked_at_once_the_grace_is_over(phone):
	"""Neither offer nor onboarding says a day: only the Employee, whom HR set to Inactive within the grace."""
	applicant = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone)
	employee = hr.hire_applicant(applicant, date_of_joining=hr.days_ago(5))
	employee.reload().update({"status": "Inactive"})
	employee.save()
	for doctype, column in (
		("Job Applicant", "name"),
		("Job Offer", "job_applicant"),
		("Employee", "job_applicant"),
	):
		of_it = {column: applicant.name}
		frappe.db.set_value(doctype, of_it, "modified", "2020-01-01", update_modified=False)
	moved = looking.moved_since(frappe.utils.get_datetime(f"{hr.days_ago(1)} 00:00:00"))
	assert applicant.name in moved
	look_at(applicant)
	assert record_of(applicant).state == "Proposed"


# what is newer stands


def test_an_older_source_changes_nothing_of_a_newer_one(phone):
	older, newer = declined(phone, hr.days_ago(300)), declined(phone, hr.days_ago(30))
	older.db_set({"lower_range": 9000, "referral_hub_hint": "Too far."})
	look_at(older, newer)
	before = record_of(newer).as_dict()
	assert (before.email, before.applied_for) == (newer.email_id, newer.job_title)
	look_at(older)
	after = record_of(newer).as_dict()
	kept = ("email", "email_key", "applied_for", "designation", "reason_text", "modified")
	assert {field: after[field] for field in kept} == {field: before[field] for field in kept}


def test_an_older_source_tells_the_address_that_the_newer_one_lacks(phone):
	newer = declined(phone, hr.days_ago(30))
	newer.db_set("email_id", "")
	look_at(newer)
	assert record_of(newer).email is None
	older = declined(phone, hr.days_ago(300))
	look_at(older)
	assert (record_of(newer).email, record_of(newer).job_applicant) == (older.email_id, newer.name)


def test_an_address_that_is_put_right_in_hrms_makes_no_second_record():
	applicant = declined("", hr.days_ago(30))
	look_at(applicant)
	right = hr.unique_email("right")
	applicant.db_set("email_id", right)
	look_at(applicant)
	assert frappe.get_all(POOL, {"job_applicant": applicant.name}, pluck="email") == [right]


def test_a_no_show_that_was_none_is_proposed_again_once_the_new_day_is_over_and_stands_once_hr_says_so(phone):
	applicant = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone)
	offer = hr.make_offer(applicant, referral_hub_joining_date=hr.days_ago(20))
	hr.answer_offer(offer, "Accepted")
	look_at(applicant)
	desk_talent.reject_no_show(record_of(applicant).name)
	look_at(applicant)
	assert record_of(applicant).state == "Closed"
	offer.db_set("referral_hub_joining_date", hr.days_ago(8))
	look_at(applicant)
	assert record_of(applicant).state == "Proposed"
	desk_talent.reject_no_show(record_of(applicant).name)
	reason = frappe.db.get_value("Referral Reason", {"applies_to": "No-show", "enabled": 1})
	hr.set_applicant_status(applicant, "Rejected").db_set("referral_hub_reason", reason)
	look_at(applicant)
	assert (record_of(applicant).state, record_of(applicant).reason_given) == ("In Pool", reason)


# two records that become one


def make_record(**values):
	row = frappe.get_doc(
		doctype=POOL, person_name="Wen Lan", email=hr.unique_email(), company=hr.COMPANY
	).insert()
	row.db_set(values)
	return row.reload()


@pytest.mark.parametrize(
	("older", "newer", "one"),
	[
		("Given", "Withdrawn", "Withdrawn"),
		("Refused", "Given", "Refused"),
		("Not Asked", "Given", "Given"),
		("Given", "Asked", "Given"),
	],
)
def test_of_two_answers_of_one_person_the_stricter_holds(older, newer, one):
	first, second = make_record(consent_state=older), make_record(consent_state=newer)
	merging.merge(first, [second.name])
	first.db_update()
	assert first.reload().consent_state == one
	if one != "Given":
		with pytest.raises(signals.NoConsent):
			signals.add(first.name, "Interested", "")


def test_the_pay_of_one_opening_is_never_taken_for_another_s():
	paid = {"applied_for": hr.make_opening().name, "pay_then_to": 9000, "pay_then_currency": "CNY"}
	first, second = make_record(applied_for=hr.make_opening().name), make_record(**paid)
	merging.merge(first, [second.name])
	assert (first.pay_then_to, first.pay_then_currency) == (0, None)
	third, fourth = make_record(), make_record(**paid)
	merging.merge(third, [fourth.name])
	assert (third.applied_for, third.pay_then_to) == (paid["applied_for"], 9000)


def test_the_link_of_either_record_still_opens_the_page_of_the_person():
	first, second = make_record(), make_record()
	token = keeping.link_of(second.name).rpartition("/")[2]
	merging.merge(first, [second.name])
	assert keeping.opened_by(token).name == first.name


def test_who_agreed_and_is_recommended_again_has_still_agreed():
	candidate = make_candidate()
	record = make_record(consent_state="Given", consent_purpose="To hear of openings.")
	record.db_set({"email": candidate.email, **{"email_key": _key_of(candidate)}})
	referral = make_referral(candidate=candidate)
	service.capture(referral.job_applicant, service.HAND_PICKED)
	record.reload()
	assert (record.referral, record.consent_state, record.consent_purpose) == (
		referral.name,
		"Given",
		"To hear of openings.",
	)


def _key_of(candidate) -> str:
	from referral_hub.talent import keys

	return keys.hashes_of(candidate)["email_key"]


# a no stays a no


def test_an_opening_for_the_application_takes_back_no_no():
	referral = referrals.submit(hr.make_employee().name, make_candidate())
	record = frappe.get_doc(POOL, {"referral": referral.name})
	keeping.say_no(record.name, "Please don't.")
	flow.match(referral.name, hr.make_opening().name)
	assert record.reload().state == "Do Not Contact"
	reject_after_a_good_round(applicant_of(referral))
	assert record.reload().state == "Do Not Contact"


def reject_after_a_good_round(applicant):
	interviewer = hr.make_user(roles=("Interviewer",)).name
	interview = hr.schedule_interview(applicant, hr.make_interview_round(interviewers=(interviewer,)))
	frappe.set_user(interviewer)
	hr.give_feedback(interview, interviewer, rating=0.9)
	frappe.set_user("Administrator")
	look_at(hr.set_applicant_status(applicant, "Rejected"))


def test_a_form_from_before_the_no_makes_no_applicant_of_anybody():
	record = make_record()
	keeping.say_no(record.name, "Please don't.")
	with pytest.raises(SaidNo, match="not called: Do Not Contact"):
		desk_pool.call_back(record.name, hr.make_opening().name)
	assert (record.reload().state, record.job_applicant) == ("Do Not Contact", None)


def test_nobody_takes_back_who_asked_for_deletion(phone):
	applicant = declined(phone, hr.days_ago(30))
	look_at(applicant)
	record = record_of(applicant)
	desk_talent.do_not_contact(record.name)
	desk_talent.contact_again(record.name)
	assert record.reload().state == "In Pool"
	flow.leave_pool(record.name)
	with pytest.raises(SaidNo, match="asked for deletion"):
		desk_talent.contact_again(record.name)
	assert record.reload().state == "Do Not Contact"


# who applies without us


@pytest.fixture
def called(phone):
	"""Somebody who declined, whom we called a month ago."""
	applicant = declined(phone, hr.days_ago(300))
	look_at(applicant)
	frappe.db.delete("Talent Interaction")
	record = record_of(applicant)
	moment = f"{hr.days_ago(30)} 10:00:00"
	record.db_set("state_on", moment)
	service.note(record.name, "Call", "Hello", direction="Out", happened_on=moment)
	return record.reload()


def marked(phone: str) -> list[str]:
	"""The applications that say of themselves that they followed the pool."""
	of_theirs = {"phone_number": ("like", f"%{phone[-11:]}"), "referral_hub_called_back": 1}
	return frappe.get_all("Job Applicant", of_theirs, pluck="name", order_by="creation")


def said() -> dict[str, int]:
	until = getdate(add_days(hr.days_ago(0), 1))
	found = outcomes.rates("Reason", getdate(hr.days_ago(200)), until, None)["Declined Offer"]
	return {outcome: rate.count for outcome, rate in found.items()}


def test_who_applies_on_their_own_is_not_called_and_counts(called, phone):
	again = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone)
	assert applying.follow([again.name]) == 1
	called.reload()
	assert (called.state, called.job_opening, called.job_applicant) == (
		"Matched",
		again.job_title,
		again.name,
	)
	assert said() == {"Replied": 1, "Interested": 1, "Applied Again": 1, "Hired": 0, "Retained": 0}
	assert marked(called.phone) == [again.name]
	assert applying.follow([again.name]) == 0
	hr.hire_applicant(again)
	look_at(again)
	assert (called.reload().state, said()["Hired"]) == ("Hired", 1)


def test_the_hire_of_who_applied_on_their_own_counts_also_where_only_the_hire_was_seen(called, phone):
	again = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone)
	hr.hire_applicant(again)
	look_at(again)
	assert (called.reload().job_applicant, said()["Hired"]) == (again.name, 1)
	assert marked(called.phone) == [again.name]


def test_who_was_called_back_before_applications_said_so_is_marked(called, phone):
	again = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone)
	applying.follow([again.name])
	frappe.db.set_value("Job Applicant", again.name, "referral_hub_called_back", 0)
	mark_called_back.execute()
	assert marked(phone) == [again.name]


def test_the_hire_whom_hr_typed_as_an_employee_counts(called, phone):
	hr.make_employee(cell_number=phone)
	look_at(frappe.get_doc("Job Applicant", called.job_applicant))
	assert (called.reload().state, said()["Hired"]) == ("Hired", 1)


@pytest.mark.parametrize("what", ["rejected", "older", "said no"])
def test_what_is_over_older_or_of_who_said_no_matches_nobody(called, phone, what):
	again = hr.make_applicant(hr.make_opening(), name=f"Mei {phone[-4:]}", phone_number=phone)
	if what == "rejected":
		hr.set_applicant_status(again, "Rejected")
	if what == "older":
		again.db_set("creation", f"{hr.days_ago(301)} 08:00:00")
	if what == "said no":
		keeping.say_no(called.name, "Please don't.")
	assert applying.follow([again.name]) == 0
	assert called.reload().state == ("Do Not Contact" if what == "said no" else "In Pool")


def test_whom_hr_picks_while_the_application_is_open_stays_in_the_pool():
	applicant = hr.make_applicant(hr.make_opening())
	record = desk_talent.pick(applicant.name, "For the new harbour.")
	assert applying.follow([applicant.name]) == 0
	assert frappe.db.get_value(POOL, record, "state") == "In Pool"
	hr.hire_applicant(applicant)
	look_at(applicant)
	mark_called_back.execute()
	assert frappe.db.get_value(POOL, record, "state") == "Hired"
	assert not frappe.db.get_value("Job Applicant", applicant.name, "referral_hub_called_back")


def test_nobody_is_called_while_one_of_several_applications_is_open_and_it_goes_on_afterwards(called, phone):
	waiting = prompts.remind(called.name, add_days(today(), 3))
	first, second = (
		hr.make_applicant(hr.make_opening(), name=called.person_name, phone_number=phone) for _ in "12"
	)
	assert applying.follow([first.name]) == 1
	assert frappe.db.get_value("Talent Prompt", waiting, "state") == "Stopped"
	hr.set_applicant_status(first, "Rejected")
	assert applying.over() == [called.name]
	assert applying.come_back([called.name]) == 0
	assert (called.reload().state, called.job_applicant) == ("Matched", second.name)
	assert marked(phone) == [first.name, second.name]
	hr.set_applicant_status(second, "Rejected")
	assert applying.come_back(applying.over()) == 1
	assert (called.reload().state, called.job_opening) == ("In Pool", None)
	assert applying.over() == []
	again = ["state", "until", "closed_on", "closed_because"]
	in_two_weeks = getdate(add_days(today(), 14))
	assert frappe.db.get_value("Talent Prompt", waiting, again) == ("Snoozed", in_two_weeks, None, None)
	assert frappe.db.count("Talent Prompt", {"record": called.name}) == 1
	hr.set_applicant_status(second, "Open")
	assert applying.follow([second.name]) == 1
	assert frappe.db.get_value("Talent Prompt", waiting, "state") == "Stopped"


def test_who_was_never_asked_for_is_asked_for_once_the_application_is_deleted_and_some_quiet_days_are_over(
	called, phone
):
	again = hr.make_applicant(hr.make_opening(), name=called.person_name, phone_number=phone)
	assert applying.follow([again.name]) == 1
	planning.store([called.name])
	assert called.reload().next_prompt_on is None
	frappe.db.delete("Job Applicant", {"name": again.name})
	assert applying.come_back(applying.over()) == 1
	assert called.reload().next_prompt_on == getdate(add_days(today(), 14))


def test_whose_referral_is_closed_as_withdrawn_is_called_again_although_hrms_says_open(called, phone):
	frappe.db.set_single_value("Referral Hub Settings", "keep_withdrawn", 0)
	frappe.clear_document_cache("Referral Hub Settings")
	referral = make_referral(candidate=make_candidate(name=called.person_name, phone=phone))
	again = applicant_of(referral)
	assert applying.follow([again.name]) == 1
	assert applying.over() == []
	closing_of_referrals.close(referral.name, "Withdrawn")
	look_at(again)
	assert (again.reload().status, called.reload().state) == ("Open", "Matched")
	assert applying.come_back(applying.over()) == 1
	assert called.reload().state == "In Pool"
	assert (applying.over(), applying.follow([again.name])) == ([], 0)


def test_whose_withdrawal_hr_takes_back_in_hrms_is_not_called_meanwhile():
	applicant = hr.make_applicant(hr.make_opening())
	reason = frappe.db.get_value("Referral Reason", {"applies_to": "Withdrawn", "enabled": 1})
	applicant.update({"status": "Rejected", "referral_hub_reason": reason})
	applicant.save()
	look_at(applicant)
	record = frappe.get_doc(POOL, {"job_applicant": applicant.name})
	assert (record.reason, record.state, applying.follow([applicant.name])) == ("Withdrawn", "In Pool", 0)
	hr.set_applicant_status(applicant, "Open")
	assert applying.follow([applicant.name]) == 1
	assert record.reload().state == "Matched"
	mark_called_back.execute()  # neither now nor by the patch: it followed nothing
	assert not frappe.db.get_value("Job Applicant", applicant.name, "referral_hub_called_back")
	hr.set_applicant_status(applicant, "Rejected")
	assert applying.come_back(applying.over()) == 1


def test_whose_referral_is_opened_again_is_not_called_meanwhile():
	referral = make_referral()
	closing_of_referrals.close(referral.name, "Withdrawn")
	look_at(applicant_of(referral))
	record = frappe.get_doc(POOL, {"referral": referral.name})
	assert (record.reason, record.state) == ("Withdrawn", "In Pool")
	assert applying.follow([record.job_applicant]) == 0
	closing_of_referrals.reopen(referral.name)
	assert prompts.ask(record.name) is None
	assert record.reload().state == "Matched"
	closing_of_referrals.close(referral.name, "Withdrawn")
	assert applying.come_back(applying.over()) == 1


def test_an_application_that_nobody_has_seen_yet_is_seen_before_somebody_is_asked(called, phone):
	old = hr.make_applicant(hr.make_opening(), name=called.person_name, phone_number=phone)
	old.db_set("creation", f"{hr.days_ago(200)} 08:00:00")
	assert prompts.ask(called.name)
	closing.stop(called.name)
	again = hr.make_applicant(hr.make_opening(), name=called.person_name, phone_number=phone)
	assert prompts.ask(called.name) is None
	assert (called.reload().state, called.job_applicant) == ("Matched", again.name)


def test_who_was_hired_by_another_way_does_not_come_back(called, phone):
	first, second = (
		hr.make_applicant(hr.make_opening(), name=called.person_name, phone_number=phone) for _ in "12"
	)
	applying.follow([first.name])
	hr.hire_applicant(second)
	hr.set_applicant_status(first, "Rejected")
	assert applying.come_back(applying.over()) == 0
	look_at(second)
	assert called.reload().state == "Hired"


def test_what_was_said_in_a_call_counts_as_interest_without_any_consent(called):
	desk_talent.log_contact(called.name, "Call", "Tell me more.", "In", interested=1)
	assert said() == {"Replied": 1, "Interested": 1, "Applied Again": 0, "Hired": 0, "Retained": 0}


def test_our_own_words_are_nobody_s_interest(called):
	desk_talent.log_contact(called.name, "Call", "I think she is.", "Out", interested=1)
	assert said()["Interested"] == 0
