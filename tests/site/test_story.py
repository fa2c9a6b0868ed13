"""The whole story on real HRMS documents: referred, followed, paid; and the ways it ends without a hire."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_months, getdate, today

from referral_hub.points import service as points
from referral_hub.portal import story as pages
from referral_hub.referrals import service as referrals
from referral_hub.rewards import service as rewards

MILESTONES = (
	given.points("Received", 10),
	given.points("Interviewed", 50),
	given.cash("Joined", 900),
	given.points("Confirmed", 700),
	given.points("Retained", 500, after_months=12),
)


@pytest.fixture
def story():
	return given.make_story(*MILESTONES, user=True)


def balance(story) -> int:
	return points.balance(story.referrer.name)


def step(story) -> tuple[str, str]:
	given.follow(story)
	return story.referral.stage, story.referral.outcome


def still_ahead(story) -> tuple[str, str]:
	"""Return what the employee's page says of the interviews: what they will pay, and what became of that."""
	told = pages.tell(story.name, story.referrer.name)
	ahead = [step["pays"] for step in told.ahead if step["text"] == "Interviews"]
	[reward] = [each for each in told.rewards if each["what"] == "When interviews start"]
	promised = [each["milestone"] for each in rewards.possible(story.referral)]
	assert ("Interviewed" in promised) == bool(ahead and ahead[0])
	return (ahead or [""])[0], reward["state"]


def news(story) -> list[str]:
	rows = frappe.get_all(
		"Referral Message",
		filters={"referral": story.name, "recipient": story.referrer.name},
		fields=["event", "event_key"],
		order_by="creation asc",
	)
	return list(dict.fromkeys(row.event for row in rows))


def test_referred_hired_and_paid(story):
	given.pay_cash_with(given.make_component())
	given.put_on_payroll(story.referrer)
	assert step(story) == ("Submitted", "Open")
	assert given.states_of(story) == {"Received": "Due"}

	make.set_applicant_status(story.applicant, "Replied")
	assert step(story) == ("Screening", "Open")

	meeting = make.schedule_interview(story.applicant, on=make.in_days(3))
	assert step(story) == ("Interviewing", "Open")
	assert story.referral.next_interview_on.date() == getdate(make.in_days(3))
	make.finish_interview(meeting, "Cleared")
	assert step(story) == ("Interviewing", "Open")

	offer = make.make_offer(story.applicant, submit=False)
	assert step(story) == ("Selected", "Open")
	offer.submit()
	assert step(story) == ("Offered", "Open")
	offer = make.answer_offer(offer)
	assert step(story) == ("Offered", "Open")

	hire = make.hire(offer)
	assert step(story) == ("Joined", "Hired")
	assert given.states_of(story) == {
		"Received": "Due",
		"Interviewed": "Due",
		"Joined": "Due",
		"Retained": "Promised",
	}
	assert given.pay() == {"paid": 3, "held": 0, "failed": 0}
	assert balance(story) == 60
	assert given.make_slip(story.referrer).gross_pay == 5900

	make.confirm_employee(hire)
	assert step(story) == ("Confirmed", "Hired")
	given.pay()
	assert balance(story) == 760

	year_later = add_months(today(), 12)
	assert len(given.rewards.earn_by_time(year_later)) == 1
	given.pay(year_later)
	assert set(given.states_of(story).values()) == {"Paid"}
	assert balance(story) == 1260
	assert points.verify(make.COMPANY) == []
	assert news(story) == [
		"reward_earned",
		"referral_received",
		"referral_screening",
		"interview_scheduled",
		"terms_discussed",
		"offer_made",
		"candidate_joined",
		"reward_paid",
		"candidate_confirmed",
	]


def test_rejected_after_the_interview_the_interview_is_paid_and_no_more(story):
	given.interview(story, "Rejected")
	make.set_applicant_status(story.applicant, "Rejected")
	assert step(story) == ("Interviewing", "Not Selected")
	given.pay()
	assert given.states_of(story) == {"Received": "Paid", "Interviewed": "Paid"}
	assert balance(story) == 60
	assert given.rewards.possible(story.referral) == []
	assert news(story)[-2:] == ["not_selected", "reward_paid"]


def test_withdrawn_by_the_candidate_what_was_reached_stays(story):
	given.interview(story)
	referrals.close(story.name, "Withdrawn")
	assert step(story) == ("Interviewing", "Withdrawn")
	given.pay()
	assert given.states_of(story) == {"Received": "Paid", "Interviewed": "Paid"}
	assert given.rewards.possible(story.referral) == []


def test_a_declined_offer_pays_up_to_the_offer(story):
	given.interview(story, "Cleared")
	make.answer_offer(make.make_offer(story.applicant), "Rejected")
	assert step(story) == ("Offered", "Declined Offer")
	given.pay()
	assert given.states_of(story) == {"Received": "Paid", "Interviewed": "Paid"}


def test_an_interview_that_was_cancelled_takes_its_points_back(story):
	meeting = given.interview(story, "Cleared")
	given.pay()
	assert balance(story) == 60
	meeting.reload()
	meeting.cancel()
	assert step(story) == ("Submitted", "Open")
	assert given.states_of(story) == {"Received": "Paid", "Interviewed": "Clawed Back"}
	assert balance(story) == 10
	assert still_ahead(story) == ("50 points", "Still possible")
	given.interview(story)
	given.pay()
	assert balance(story) == 60
	assert still_ahead(story) == ("", "Paid today")


def test_what_a_person_in_hr_took_away_is_not_possible_any_more(story):
	meeting = given.interview(story)
	[name] = frappe.get_all(
		"Referral Reward", {"referral": story.name, "milestone": "Interviewed"}, pluck="name"
	)
	rewards.void(name, "Not this time")
	meeting.reload().delete()
	step(story)
	assert still_ahead(story) == ("", "Not paid")


def test_a_hire_entered_by_mistake_is_undone_and_the_real_one_pays_once(story):
	given.pay_cash_with(given.make_component())
	given.put_on_payroll(story.referrer)
	hire = given.hire(story)
	given.pay()
	assert given.states_of(story)["Joined"] == "Paid"
	frappe.delete_doc("Employee", hire.name)
	assert step(story)[0] == "Offered"
	assert given.states_of(story) == {
		"Received": "Paid",
		"Interviewed": "Paid",
		"Joined": "Void",
		"Retained": "Void",
	}
	assert given.make_slip(story.referrer).gross_pay == 5000
	offer = frappe.get_last_doc("Job Offer", {"job_applicant": story.applicant.name})
	make.hire(offer)
	assert step(story) == ("Joined", "Hired")
	given.pay()
	assert given.states_of(story)["Joined"] == "Paid"
	assert given.states_of(story)["Retained"] == "Promised"
	salaries = frappe.get_all("Additional Salary", {"employee": story.referrer.name}, ["docstatus", "amount"])
	assert sorted((row.docstatus, row.amount) for row in salaries) == [(1, 900), (2, 900)]


def test_a_hire_who_leaves_before_pay_out_holds_what_needs_the_hire(story):
	given.pay_cash_with(given.make_component())
	given.put_on_payroll(story.referrer)
	hire = given.hire(story)
	make.part_with_employee(hire)
	assert step(story) == ("Joined", "Left")
	assert given.pay() == {"paid": 2, "held": 1, "failed": 0}
	assert given.states_of(story) == {
		"Received": "Paid",
		"Interviewed": "Paid",
		"Joined": "On Hold",
		"Retained": "Void",
	}


@pytest.mark.commits
def test_hr_only_works_in_hrms_and_the_jobs_do_the_rest(commits):
	"""Nobody calls this app: HR saves documents, and a worker runs what that put into the queue."""
	story = given.make_story(*MILESTONES[:2], user=True)
	commits.run_jobs()
	assert given.states_of(story) == {"Received": "Paid"}
	assert balance(story) == 10
	meeting = make.schedule_interview(story.applicant)
	commits.run_jobs()
	assert given.states_of(story) == {"Received": "Paid", "Interviewed": "Paid"}
	assert balance(story) == 60
	meeting.reload()
	meeting.delete()
	commits.run_jobs()
	assert given.states_of(story) == {"Received": "Paid", "Interviewed": "Clawed Back"}
	assert balance(story) == 10
	assert points.verify(make.COMPANY) == []
