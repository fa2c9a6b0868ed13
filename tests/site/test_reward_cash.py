"""Cash through HRMS payroll: one Additional Salary per reward, Confirmed by the slip that carries it, undone in time."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, add_months, formatdate, get_last_day, getdate, today

from referral_hub import hrms_events, tasks
from referral_hub.rewards import service as rewards
from referral_hub.rewards.paying import payroll

PAYOUT = "Additional Salary"


@pytest.fixture
def story(component):
	return cash_story()


def cash_story(amount: float = 1000):
	story = given.make_story(given.cash("Interviewed", amount))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	return story


def reward(story):
	return given.reward_of(story, "Interviewed")


def payouts(story) -> list:
	return frappe.get_all(
		PAYOUT,
		filters={"ref_doctype": "Referral Reward", "ref_docname": reward(story).name},
		fields=[
			"name",
			"docstatus",
			"employee",
			"amount",
			"currency",
			"salary_component",
			"payroll_date",
			"company",
		],
		order_by="creation asc",
	)


def undo_interview(story) -> None:
	for name in frappe.get_all("Interview", filters={"job_applicant": story.applicant.name}, pluck="name"):
		frappe.get_doc("Interview", name).delete()
	given.follow(story)


def test_cash_becomes_one_submitted_additional_salary(story, component):
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	(payout,) = payouts(story)
	assert (payout.docstatus, payout.employee, payout.amount, payout.currency) == (
		1,
		story.referrer.name,
		1000,
		"CNY",
	)
	assert (payout.salary_component, payout.payroll_date) == (component.name, getdate())
	paid = reward(story)
	assert (paid.state, paid.payout_doctype, paid.payout_name, paid.paid_on) == (
		"Paid",
		PAYOUT,
		payout.name,
		getdate(),
	)


def test_payroll_reads_on_it_what_hrms_fills_in_and_the_referrer_is_told(component):
	department = make.make_department()
	story = given.make_story(given.cash("Interviewed", 100), user=True, department=department.name)
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	payout = frappe.get_doc("Additional Salary", given.reward_of(story, "Interviewed").payout_name)
	filled = (payout.employee_name, payout.department, payout.type, payout.company)
	assert filled == (story.referrer.employee_name, department.name, "Earning", make.COMPANY)
	(news,) = given.told(story, "reward_paid")
	assert (news.kind, news.amount, news.currency) == ("Cash", "100", "CNY")


def test_payroll_gets_a_draft_when_the_settings_say_so(component):
	given.pay_cash_with(component, submit=False)
	story = cash_story()
	given.pay()
	assert [row.docstatus for row in payouts(story)] == [0]
	assert reward(story).state == "Paid"


def test_the_slip_that_carries_it_confirms_it_and_its_cancellation_makes_it_due_again(story):
	given.pay()
	slip = given.make_slip(story.referrer)
	assert slip.gross_pay == 6000
	assert reward(story).state == "Paid"
	slip.submit()
	assert confirm(slip) == "Confirmed"
	slip.cancel()
	assert confirm(slip) == "Due"
	assert reward(story).state_reason == "The Salary Slip that carried it was cancelled."
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert [row.docstatus for row in payouts(story)] == [1]
	next_slip = given.make_slip(story.referrer)
	assert next_slip.gross_pay == 6000
	next_slip.submit()
	assert heal() == [True]
	assert reward(story).state == "Confirmed"
	assert heal() == [False]


def heal() -> list[bool]:
	"""What the hourly task does when the jobs of a slip were lost."""
	return [payroll.follow(name) for name in payroll.not_followed()]


def confirm(slip) -> str:
	(name,) = payroll.rewards_in_slip(slip.name)
	payroll.follow(name)
	return frappe.db.get_value("Referral Reward", name, "state")


def test_only_a_slip_with_additional_pay_starts_a_job(story, monkeypatch):
	started = []
	monkeypatch.setattr(
		hrms_events, "start_after_commit", lambda method, **facts: started.append((method, facts))
	)
	colleague = make.make_employee()
	given.put_on_payroll(colleague)
	given.make_slip(colleague).submit()
	assert started == []
	given.pay()
	slip = given.make_slip(story.referrer)
	slip.submit()
	carried = [row.additional_salary for row in slip.earnings if row.additional_salary]
	facts = {"slip": slip.name, "payouts": carried}
	assert started == [("referral_hub.tasks.follow_salary_slip", facts)]


def test_a_slip_with_somebody_elses_additional_pay_moves_no_reward(component):
	colleague = make.make_employee()
	given.put_on_payroll(colleague)
	bonus = {"doctype": PAYOUT, "employee": colleague.name, "company": colleague.company, "currency": "CNY"}
	bonus |= {"salary_component": component.name, "amount": 10, "payroll_date": today()}
	frappe.get_doc(bonus).insert().submit()
	slip = given.make_slip(colleague)
	slip.submit()
	assert slip.gross_pay == 5010
	assert payroll.rewards_in_slip(slip.name) == []


def test_what_is_missing_is_said_and_nothing_is_lost():
	given.pay_cash_with(None)
	story = given.make_story(given.cash("Interviewed", 1000))
	given.interview(story)
	employee = story.referrer.name
	waits_for(story, "No Salary Component for cash rewards is chosen in Referral Hub Settings.")
	retired = given.make_component()
	given.pay_cash_with(retired)
	retired.db_set("disabled", 1)
	waits_for(story, f"The Salary Component {retired.name} is disabled or is not an earning.")
	shortened = given.make_component(depends_on_payment_days=1)
	given.pay_cash_with(shortened)
	waits_for(
		story,
		f"The Salary Component {shortened.name} depends on payment days: a salary slip would not carry the whole "
		"amount. Switch that off in it.",
	)
	rounded = given.make_component(round_to_the_nearest_integer=1)
	given.pay_cash_with(rounded)
	waits_for(
		story,
		f"The Salary Component {rounded.name} is rounded to the nearest integer: a salary slip would not carry the "
		"exact amount. Switch that off in it.",
	)
	given.pay_cash_with(given.make_component())
	waits_for(story, f"No Salary Structure is assigned to {employee} on {formatdate(today())}.")
	given.put_on_payroll(story.referrer)
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert len(payouts(story)) == 1


def waits_for(story, reason: str) -> None:
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert (reward(story).state, reward(story).state_reason) == ("On Hold", reason)
	assert payouts(story) == []


def test_another_currency_without_a_rate_is_not_paid(component):
	frappe.db.set_single_value("Currency Exchange Settings", "disabled", 1)
	story = given.make_story(given.cash("Interviewed", 1000, currency="USD"))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	waits_for(story, f"ERPNext has no exchange rate from USD to CNY of {formatdate(today())}.")


def test_somebody_who_leaves_before_the_next_payroll_waits_for_hr(story):
	slip = given.make_slip(story.referrer)
	slip.submit()
	last_day = get_last_day(today())
	frappe.db.set_value("Employee", story.referrer.name, "relieving_date", last_day)
	next_payroll = formatdate(add_days(last_day, 1))
	waits_for(
		story,
		f"{story.referrer.name} leaves on {formatdate(last_day)}, before the next payroll date {next_payroll}.",
	)


def test_a_month_whose_slip_is_submitted_already_is_left_alone(story):
	given.make_slip(story.referrer).submit()
	given.pay()
	(payout,) = payouts(story)
	assert payout.payroll_date == getdate(add_days(get_last_day(today()), 1))
	slip = given.make_slip(story.referrer, given.next_month())
	assert slip.gross_pay == 6000


def test_what_hrms_refuses_waits_with_its_words(story, component):
	component.reload()
	component.db_set("variable_based_on_taxable_salary", 1)
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert reward(story).state == "On Hold"
	assert reward(story).state_reason.startswith("The pay-out was refused: ")
	assert payouts(story) == []
	component.db_set("variable_based_on_taxable_salary", 0)
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}


def test_a_draft_is_deleted_when_the_milestone_is_undone(component):
	given.pay_cash_with(component, submit=False)
	story = cash_story()
	given.pay()
	undo_interview(story)
	assert payouts(story) == []
	assert (reward(story).state, reward(story).payout_name) == ("Void", None)
	given.interview(story)
	given.pay()
	assert [row.docstatus for row in payouts(story)] == [0]


def test_a_submitted_one_is_cancelled_while_no_slip_carries_it_and_a_new_one_follows(story):
	given.pay()
	undo_interview(story)
	assert [row.docstatus for row in payouts(story)] == [2]
	assert reward(story).state == "Void"
	given.interview(story)
	given.pay()
	assert [row.docstatus for row in payouts(story)] == [2, 1]
	assert given.make_slip(story.referrer).gross_pay == 6000


def test_what_a_slip_paid_out_is_owed_and_stands_again_when_earned_again(story):
	given.pay()
	slip = given.make_slip(story.referrer)
	slip.submit()
	confirm(slip)
	undo_interview(story)
	owed = reward(story)
	assert (owed.state, owed.owed_amount, [row.docstatus for row in payouts(story)]) == ("Owed", 1000, [1])
	given.interview(story)
	assert (reward(story).state, reward(story).owed_amount) == ("Confirmed", 0)
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	assert len(payouts(story)) == 1


def test_the_job_of_a_cancelled_payment_begins_again_after_a_deadlock(monkeypatch):
	asked = []

	def follow_payout(*about):
		asked.append(about)
		if len(asked) == 1:
			raise frappe.QueryDeadlockError

	monkeypatch.setattr(payroll, "follow_payout", follow_payout)
	monkeypatch.setattr(frappe.db, "rollback", lambda: None)
	tasks.follow_additional_salary("RW-1", "HR-ADS-1", "Administrator")
	assert asked == [("RW-1", "HR-ADS-1", "Administrator")] * 2


def test_an_additional_salary_that_hr_cancels_is_not_made_again_behind_its_back(story):
	given.pay()
	(payout,) = payouts(story)
	frappe.get_doc(PAYOUT, payout.name).cancel()
	tasks.follow_additional_salary(reward(story).name, payout.name, "Administrator")
	held = reward(story)
	assert (held.state, held.decided_by, held.payout_name) == ("On Hold", "Administrator", None)
	assert held.state_reason == f"Administrator cancelled or deleted the Additional Salary {payout.name}."
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	rewards.release(held.name, "It was a slip of the hand")
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert [row.docstatus for row in payouts(story)] == [2, 1]


def heal_payouts() -> list[bool]:
	"""What the hourly task does when the jobs of an Additional Salary were lost."""
	return [payroll.follow_gone_payout(name) for name in payroll.with_payout_gone()]


def test_an_additional_salary_cancelled_while_the_job_was_lost_is_found_by_the_hourly_task(
	story, monkeypatch
):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	given.pay()
	assert payroll.with_payout_gone() == []
	(payout,) = payouts(story)
	frappe.get_doc(PAYOUT, payout.name).cancel()
	tasks.pay_due_rewards()
	held = reward(story)
	assert (held.state, held.decided_by, held.payout_name) == ("On Hold", "Administrator", None)
	assert held.state_reason == f"Administrator cancelled or deleted the Additional Salary {payout.name}."
	assert heal_payouts() == []


def test_an_additional_salary_deleted_while_the_job_was_lost_is_found_with_who_did_it(component, as_user):
	given.pay_cash_with(component, submit=False)
	story = cash_story()
	given.pay()
	(payout,) = payouts(story)
	manager = make.make_user(roles=("HR Manager",)).name
	as_user(manager)
	frappe.delete_doc(PAYOUT, payout.name, ignore_permissions=True)
	as_user("Administrator")
	assert heal_payouts() == [True]
	held = reward(story)
	assert (held.state, held.decided_by) == ("On Hold", manager)
	assert held.state_reason == f"{manager} cancelled or deleted the Additional Salary {payout.name}."


def test_an_additional_salary_that_is_gone_without_a_trace_is_held_too(story):
	given.pay()
	(payout,) = payouts(story)
	frappe.db.delete(PAYOUT, {"name": payout.name})
	assert heal_payouts() == [True]
	assert (reward(story).state, reward(story).payout_name) == ("On Hold", None)
	assert reward(story).state_reason == f"The Additional Salary {payout.name} was cancelled or deleted."


def test_a_confirmed_reward_whose_slip_and_additional_salary_are_gone_is_held(story):
	given.pay()
	slip = given.make_slip(story.referrer)
	slip.submit()
	assert confirm(slip) == "Confirmed"
	slip.cancel()
	frappe.get_doc(PAYOUT, payouts(story)[0].name).cancel()
	assert heal_payouts() == [True]
	assert (reward(story).state, reward(story).payout_name) == ("On Hold", None)


def test_a_slip_submitted_long_before_anybody_looked_again_still_confirms(story):
	given.pay()
	slip = given.make_slip(story.referrer)
	slip.submit()
	long_ago = add_days(today(), -40)
	frappe.db.set_value("Salary Slip", slip.name, "modified", long_ago, update_modified=False)
	assert heal() == [True]
	assert reward(story).state == "Confirmed"


def test_a_referrer_who_leaves_after_their_slip_was_cancelled_is_held_and_payroll_forgets_it(story):
	given.pay()
	slip = given.make_slip(story.referrer)
	slip.submit()
	confirm(slip)
	slip.cancel()
	confirm(slip)
	make.part_with_employee(story.referrer)
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert [row.docstatus for row in payouts(story)] == [2]
	assert (reward(story).state, reward(story).payout_name) == ("On Hold", None)


def test_a_reward_that_is_due_later_is_paid_later(component):
	story = given.make_story(given.cash("Interviewed", 1000, payout_delay_days=40))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	assert given.pay()["paid"] == 0
	later = add_days(today(), 40)
	assert given.pay(later)["paid"] == 1
	assert payouts(story)[0].payroll_date == getdate(later)


def test_amounts_reach_payroll_to_the_minor_unit(component):
	story = cash_story(1234.56)
	given.pay()
	assert payouts(story)[0].amount == 1234.56
	assert rewards.explain(reward(story).name)["amount"] == "1234.56"


def test_the_currency_is_the_one_of_the_referrers_company_at_the_time(component):
	story = cash_story()
	terms = frappe.parse_json(story.referral.terms)
	assert [(row["amount"], row["currency"]) for row in terms["milestones"]] == [("1000.00", "CNY")]
	assert reward(story).currency == "CNY"
	assert reward(story).due_on <= getdate(add_months(today(), 1))
