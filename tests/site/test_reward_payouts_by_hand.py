"""HR cancels, amends, copies and changes the Additional Salary of a cash reward: one reward, one payment, told as it is."""

import frappe
import pytest
import reward_factories as given
import site_factories as make

from referral_hub import hrms_events, tasks
from referral_hub.portal import story as portal_story
from referral_hub.portal import wallet
from referral_hub.rewards import service as rewards
from referral_hub.rewards.oversight import reconciliation
from referral_hub.rewards.paying import by_hand, payroll, slips
from referral_hub.rewards.paying.second_payouts import PaidAlready

PAYOUT = "Additional Salary"


@pytest.fixture
def story(component):
	return paid_story()


@pytest.fixture
def jobs(monkeypatch):
	"""Run what HR's save would have started, once the save is over."""
	started = []
	monkeypatch.setattr(
		hrms_events, "start_after_commit", lambda method, **facts: started.append((method, facts))
	)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)

	def run() -> list[str]:
		names = [method.rpartition(".")[2] for method, _facts in started]
		while started:
			method, facts = started.pop(0)
			frappe.get_attr(method)(**facts)
		return names

	return run


def paid_story(amount: float = 1000, **referrer):
	story = given.make_story(given.cash("Interviewed", amount), **referrer)
	given.put_on_payroll(story.referrer)
	given.interview(story)
	assert given.pay()["paid"] == 1
	return story


def reward(story):
	return given.reward_of(story, "Interviewed")


def payout_of(story):
	return frappe.get_doc(PAYOUT, reward(story).payout_name)


def alive(story) -> list[tuple]:
	filters = {"ref_docname": reward(story).name, "docstatus": ("!=", 2)}
	rows = frappe.get_all(PAYOUT, filters, ["name", "docstatus", "amount"], order_by="creation asc")
	return [(row.name, row.docstatus, row.amount) for row in rows]


def cancel(story):
	payout = payout_of(story)
	payout.cancel()
	return payout


def amend(payout, submit: bool = True, **changes):
	"""What the button Amend does in the desk: everything is copied, the reference too."""
	amended = frappe.copy_doc(payout)
	amended.update({"amended_from": payout.name, "docstatus": 0, **changes})
	amended.insert()
	return amended.submit() if submit else amended


def test_what_hr_amends_pays_the_reward_and_nothing_is_paid_twice(story, jobs):
	cancelled = cancel(story)
	assert jobs() == ["follow_additional_salary"]
	assert (reward(story).state, reward(story).payout_name) == ("On Hold", None)
	amended = amend(cancelled)
	assert jobs() == ["follow_submitted_salary"]
	paid = reward(story)
	assert (paid.state, paid.payout_name, paid.decided_by) == ("Paid", amended.name, None)
	assert paid.state_reason == f"Paid by the Additional Salary {amended.name}, which Administrator made."
	assert given.pay() == {"paid": 0, "held": 0, "failed": 0}
	slip = given.make_slip(story.referrer)
	slip.submit()
	assert slip.gross_pay == 6000
	assert jobs() == ["follow_salary_slip"]
	assert reward(story).state == "Confirmed"
	assert alive(story) == [(amended.name, 1, 1000)]


def test_cancelled_and_amended_before_anybody_looked(story, jobs):
	amended = amend(cancel(story))
	jobs()
	assert (reward(story).state, reward(story).payout_name) == ("Paid", amended.name)


def test_an_amended_draft_waits_for_hr_and_is_taken_when_the_reward_is_released(story, jobs):
	draft = amend(cancel(story), submit=False)
	jobs()
	assert (reward(story).state, reward(story).payout_name) == ("On Hold", None)
	rewards.release(reward(story).name, "Pay it")
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert (reward(story).state, reward(story).payout_name) == ("Paid", draft.name)
	assert alive(story) == [(draft.name, 0, 1000)]


def test_released_before_the_job_of_the_amended_one_ran(story, jobs):
	cancelled = cancel(story)
	jobs()
	amended = amend(cancelled)
	rewards.release(reward(story).name, "Pay it")
	assert given.pay() == {"paid": 1, "held": 0, "failed": 0}
	assert alive(story) == [(amended.name, 1, 1000)]


def test_what_was_amended_while_the_jobs_were_lost_is_found_by_the_hourly_task(story, jobs, monkeypatch):
	cancelled = cancel(story)
	jobs()
	monkeypatch.setattr(hrms_events, "start_after_commit", lambda *_, **__: None)
	amended = amend(cancelled)
	assert by_hand.not_adopted() == [reward(story).name]
	tasks.pay_due_rewards()
	assert (reward(story).state, reward(story).payout_name) == ("Paid", amended.name)
	assert by_hand.not_adopted() == []


def test_a_slip_with_the_amended_one_confirms_the_reward_though_no_job_ran_before(story, jobs, monkeypatch):
	cancelled = cancel(story)
	jobs()
	monkeypatch.setattr(hrms_events, "start_after_commit", lambda *_, **__: None)
	amended = amend(cancelled)
	slip = given.make_slip(story.referrer)
	slip.submit()
	tasks.follow_salary_slip(slip.name)
	assert (reward(story).state, reward(story).payout_name) == ("Confirmed", amended.name)


@pytest.mark.parametrize("submit", [True, False])
def test_void_takes_back_what_hr_amended_whether_or_not_it_was_seen(story, jobs, submit):
	cancelled = cancel(story)
	jobs()
	amend(cancelled, submit=submit)
	rewards.void(reward(story).name, "Not due after all")
	assert alive(story) == []
	assert reward(story).state == "Void"
	assert given.make_slip(story.referrer).gross_pay == 5000


def test_void_of_an_amended_one_that_a_slip_carries_is_owed(story, jobs, monkeypatch):
	cancelled = cancel(story)
	jobs()
	monkeypatch.setattr(hrms_events, "start_after_commit", lambda *_, **__: None)
	amended = amend(cancelled)
	given.make_slip(story.referrer).submit()
	rewards.void(reward(story).name, "Not due after all")
	owed = reward(story)
	assert (owed.state, owed.owed_amount, owed.payout_name) == ("Owed", 1000, amended.name)


def test_a_copy_of_what_pays_a_reward_is_refused(story):
	payout = payout_of(story)
	with pytest.raises(PaidAlready) as refused:
		frappe.copy_doc(payout).insert()
	assert str(refused.value) == (
		f"The Additional Salary {payout.name} pays the reward {reward(story).name} already."
		" Change or cancel that one instead."
	)
	assert alive(story) == [(payout.name, 1, 1000)]


def test_what_pays_a_reward_does_not_pay_it_again_each_month(story):
	payout = payout_of(story)
	payout.cancel()
	every_month = {"is_recurring": 1, "from_date": payout.payroll_date, "to_date": given.next_month()}
	with pytest.raises(PaidAlready, match="can't be recurring"):
		frappe.copy_doc(payout).update({"amended_from": payout.name, **every_month}).insert()


def test_two_amendments_of_one_payout_are_refused(story, jobs):
	cancelled = cancel(story)
	first = amend(cancelled, submit=False)
	with pytest.raises(PaidAlready):
		frappe.copy_doc(first).insert()


def test_void_takes_back_a_second_one_too_that_was_written_past_every_check(story):
	second = frappe.copy_doc(payout_of(story))
	second.set_new_name()
	second.docstatus = 0
	second.db_insert()
	assert len(alive(story)) == 2
	rewards.void(reward(story).name, "Not due")
	assert alive(story) == []


def test_an_additional_salary_for_a_void_reward_is_refused(story):
	payout = payout_of(story)
	rewards.void(reward(story).name, "Not due")
	payout.reload()
	with pytest.raises(PaidAlready) as refused:
		amend(payout)
	words = f"The reward {reward(story).name} is Void. Once it is released it is paid by itself."
	assert str(refused.value) == words


def test_an_additional_salary_for_what_was_not_chosen_yet_is_refused(story):
	cancelled = cancel(story)
	frappe.db.set_value("Referral Reward", reward(story).name, "state", "Choice")
	with pytest.raises(PaidAlready) as refused:
		amend(cancelled)
	words = f"The reward {reward(story).name} waits for a choice. Once it is made, what was chosen is paid by itself."
	assert str(refused.value) == words


def test_a_reward_is_not_paid_to_another_employee(story):
	colleague = make.make_employee()
	given.put_on_payroll(colleague)
	cancelled = cancel(story)
	with pytest.raises(PaidAlready) as refused:
		amend(cancelled, employee=colleague.name)
	assert str(refused.value) == (
		f"The reward {reward(story).name} is for {story.referrer.name}. Pay somebody else without naming it."
	)


def test_somebody_elses_additional_pay_costs_no_query_and_starts_no_job(component, jobs, monkeypatch):
	colleague = make.make_employee()
	given.put_on_payroll(colleague)
	bonus = {"doctype": PAYOUT, "employee": colleague.name, "company": colleague.company, "currency": "CNY"}
	bonus |= {"salary_component": component.name, "amount": 10, "payroll_date": frappe.utils.today()}
	made = frappe.get_doc(bonus)
	with monkeypatch.context() as patched:
		patched.setattr(frappe.db, "sql", lambda *_, **__: pytest.fail("a query"))
		hrms_events.additional_salary_checked(made)
		hrms_events.additional_salary_submitted(made)
	assert jobs() == []


def test_hr_is_told_which_draft_slip_lists_a_void_reward_and_what_to_do(story):
	slip = given.make_slip(story.referrer)
	frappe.clear_messages()
	rewards.void(reward(story).name, "Not due")
	words = (
		f"The draft Salary Slip {slip.name} still lists this amount, and HRMS refuses to save it like that."
		" Remove the row from the slip, or delete the slip and make it again."
	)
	assert [message["message"] for message in frappe.get_message_log()] == [words]
	comments = {"reference_doctype": "Referral Reward", "reference_name": reward(story).name}
	assert frappe.get_all("Comment", comments | {"comment_type": "Info"}, pluck="content") == [words]
	with pytest.raises(frappe.CancelledLinkError):
		frappe.get_doc("Salary Slip", slip.name).save()
	slip.reload()
	slip.earnings = [row for row in slip.earnings if not row.additional_salary]
	slip.submit()
	assert slip.gross_pay == 5000


def test_a_void_reward_that_no_draft_lists_says_nothing_of_slips(story):
	frappe.clear_messages()
	rewards.void(reward(story).name, "Not due")
	assert frappe.get_message_log() == []


@pytest.fixture
def changed_draft(component, jobs):
	"""A reward of 1,000 whose draft HR changed to 9,999 and submitted."""
	given.pay_cash_with(component, submit=False)
	story = paid_story()
	draft = payout_of(story)
	draft.amount = 9999
	draft.save()
	draft.submit()
	assert jobs() == ["follow_submitted_salary"]
	return story


def test_an_amount_that_hr_changed_is_noted_and_the_promise_stays(changed_draft, jobs):
	story = changed_draft
	(payout,) = alive(story)
	paid, promised = (frappe.utils.fmt_money(amount, currency="CNY") for amount in (9999, 1000))
	words = f"The Additional Salary {payout[0]} pays {paid} instead of the {promised} promised."
	noted = reward(story)
	assert (noted.state, noted.amount, noted.state_reason) == ("Paid", 1000, words)
	assert rewards.explain(noted.name)["paid_amount"] == "9999"
	given.make_slip(story.referrer).submit()
	jobs()
	noted = reward(story)
	assert (noted.state, noted.amount, noted.state_reason) == ("Confirmed", 1000, words)


def test_the_referrer_reads_what_was_really_paid(changed_draft):
	story = changed_draft
	(line,) = wallet.tell(story.referrer)["money"]
	assert (line["amount"], line["state"]) == ("¥1,000", "Handed to payroll today: ¥9,999")
	(told,) = portal_story.tell(story.name, story.referrer.name).rewards
	assert (told["amount"], told["note"]) == ("¥1,000", "Payroll pays ¥9,999 instead of ¥1,000.")


def test_an_amount_put_right_again_says_nothing_more(changed_draft, jobs):
	story = changed_draft
	amend(cancel(story), amount=1000)
	jobs()
	(line,) = wallet.tell(story.referrer)["money"]
	assert line["state"] == "Handed to payroll today"
	assert rewards.explain(reward(story).name)["paid_amount"] is None


def test_a_draft_submitted_as_it_was_needs_no_note(component, jobs):
	given.pay_cash_with(component, submit=False)
	story = paid_story()
	payout_of(story).submit()
	jobs()
	noted = reward(story)
	assert (noted.state, noted.state_reason) == ("Paid", None)
	assert "paid_amount" not in rewards.explain(noted.name)


def said_to(story) -> tuple[str, str, list[str]]:
	"""Return what the referrer reads of their cash: on the page of the referral, in the wallet, and in messages."""
	(told,) = portal_story.tell(story.name, story.referrer.name).rewards
	(line,) = wallet.tell(story.referrer)["money"]
	news = [event for event in ("reward_prepared", "reward_paid") if given.told(story, event)]
	return told["state"], line["state"], news


def test_the_referrer_reads_of_a_draft_that_hr_has_it_and_of_payroll_once_it_is_submitted(component, jobs):
	given.pay_cash_with(component, submit=False)
	story = paid_story(user=True)
	with_hr, handed, paid = "With HR, prepared for payroll", "Handed to payroll today", "Paid with the salary"
	assert said_to(story) == (with_hr, with_hr, ["reward_prepared"])
	draft = payout_of(story)
	words = f"The Additional Salary {draft.name} is a draft: payroll pays it once it is submitted."
	assert rewards.explain(reward(story).name)["state_sentence"] == words
	frappe.db.set_value(
		"Referral Reward", reward(story).name, "paid_on", frappe.utils.add_days(frappe.utils.today(), -9)
	)
	draft.submit()
	jobs()
	assert said_to(story) == (handed, handed, ["reward_prepared", "reward_paid"])
	slip = given.make_slip(story.referrer)
	slip.submit()
	jobs()
	assert said_to(story) == (paid, paid, ["reward_prepared", "reward_paid"])
	slip.db_set("status", "Withheld")
	assert said_to(story)[:2] == ("In a salary that is withheld",) * 2
	withheld = "Payroll withholds the salary that carries it: it is paid out with that."
	assert rewards.explain(reward(story).name)["state_sentence"] == withheld
	assert len(given.told(story, "reward_paid")) == 1
	assert slips.withheld([frappe._dict(reward(story), payout_name=None)]) == set()


def test_a_draft_submitted_while_the_jobs_were_lost_is_told_by_the_hourly_task(component, jobs, monkeypatch):
	given.pay_cash_with(component, submit=False)
	story = paid_story(user=True)
	assert by_hand.submitted_unnoticed() == []
	monkeypatch.setattr(hrms_events, "start_after_commit", lambda *_, **__: None)
	payout_of(story).submit()
	assert by_hand.submitted_unnoticed() == [reward(story).name]
	tasks.pay_due_rewards()
	assert said_to(story)[2] == ["reward_prepared", "reward_paid"]
	assert by_hand.submitted_unnoticed() == []


def test_what_a_slip_paid_that_is_deleted_with_its_payroll_entry_is_due_again(story, jobs):
	slip = given.make_slip(story.referrer)
	slip.submit()
	jobs()
	assert reward(story).state == "Confirmed"
	slip.cancel()
	slip.delete()
	assert (jobs(), reward(story).state) == (["follow_salary_slip"], "Due")


def test_what_hr_takes_out_of_payroll_slip_and_all_waits_for_them_whichever_job_runs_first(story, jobs):
	slip = given.make_slip(story.referrer)
	slip.submit()
	jobs()
	slip.cancel()
	payout = cancel(story)
	payroll.follow_payout(reward(story).name, payout.name, "Administrator")
	assert reward(story).state == "On Hold"
	jobs()
	assert (reward(story).state, given.pay()["paid"]) == ("On Hold", 0)


def test_what_hr_takes_out_of_payroll_is_not_paid_again_before_its_job_has_run(story, jobs):
	slip = given.make_slip(story.referrer)
	slip.submit()
	jobs()
	slip.cancel()
	jobs()
	assert reward(story).state == "Due"
	payout = cancel(story)
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	held = reward(story)
	words = f"Administrator cancelled or deleted the Additional Salary {payout.name}."
	assert (held.state, held.payout_name, held.state_reason) == ("On Hold", None, words)
	jobs()
	assert (reward(story).state, given.pay()["held"], alive(story)) == ("On Hold", 0, [])
	rewards.release(held.name, "Pay it")
	assert (given.pay()["paid"], reward(story).state) == (1, "Paid")


def test_what_hr_pays_in_another_currency_is_named_and_owed_in_that_one(story, jobs):
	amended = amend(cancel(story), amount=150, currency="USD")
	jobs()
	noted, paid = reward(story), frappe.utils.fmt_money(150, currency="USD")
	promised = frappe.utils.fmt_money(1000, currency="CNY")
	words = f"The Additional Salary {amended.name} pays {paid} instead of the {promised} promised."
	assert (noted.state, noted.state_reason) == ("Paid", words)
	assert (noted.amount, noted.currency, noted.paid_amount, noted.paid_currency) == (1000, "CNY", 150, "USD")
	(line,) = wallet.tell(story.referrer)["money"]
	assert (line["amount"], line["state"]) == ("¥1,000", "Handed to payroll today: US$150")
	(told,) = portal_story.tell(story.name, story.referrer.name).rewards
	assert told["note"] == "Payroll pays US$150 instead of ¥1,000."
	assert reconciliation.rows({"employee": story.referrer.name}) == []
	amend(amended.cancel(), amount=160)
	jobs()
	assert (reward(story).paid_amount, rewards.explain(reward(story).name)["paid_in"]) == (160, "USD")
	again = amend(payout_of(story).cancel(), amount=1000, currency="CNY")
	jobs()
	noted = reward(story)
	assert (noted.payout_name, noted.paid_currency) == (again.name, None)
	assert noted.state_reason == f"Paid by the Additional Salary {again.name}, which Administrator made."
