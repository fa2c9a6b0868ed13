"""Cash in another currency than the salary: ERPNext's rate of the day, kept on the reward; referrer and hire in two companies."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from frappe.utils import add_days, formatdate, getdate, today
from recovery_factories import carry, claw_back_with, follow
from reward_factories import make_rate as rate

from referral_hub import tasks
from referral_hub.api import desk
from referral_hub.rewards import service as rewards
from referral_hub.rewards.paying import by_hand, payroll, rates
from referral_hub.rewards.recovery import beyond, crossed, paid_anew
from referral_hub.wording import languages

PAYOUT = "Additional Salary"


@pytest.fixture(autouse=True)
def payroll_with_no_rates():
	given.pay_cash_with(given.make_component())
	frappe.db.set_single_value("Currency Exchange Settings", "disabled", 1)
	frappe.db.delete("Currency Exchange")


def interviewed(amount: float, promised: str, salary: str = "CNY"):
	story = given.make_story(given.cash("Interviewed", amount, currency=promised))
	given.put_on_payroll(story.referrer, currency=salary)
	given.interview(story)
	return story


def reward(story):
	return frappe.get_doc("Referral Reward", given.reward_of(story, "Interviewed").name)


def payout(story) -> tuple:
	return frappe.db.get_value(PAYOUT, reward(story).payout_name, ["amount", "currency"])


def test_a_promise_in_dollars_is_paid_in_yuan_at_the_rate_of_the_day():
	rate("USD", "CNY", 7.5, add_days(today(), -1))
	rate("USD", "CNY", 7.1234)
	story = interviewed(100.01, "USD")
	assert given.pay()["paid"] == 1
	paid = reward(story)
	assert payout(story) == (712.41, "CNY")
	assert (paid.amount, paid.currency, paid.paid_amount, paid.paid_currency) == (
		100.01,
		"USD",
		712.41,
		"CNY",
	)
	assert (paid.exchange_rate, paid.exchange_rate_on, paid.state_reason) == (7.1234, getdate(), None)


def test_a_currency_without_a_minor_unit_gets_none():
	rate("CNY", "JPY", 20.555)
	story = interviewed(100.1, "CNY", salary="JPY")
	given.pay()
	assert payout(story) == (2058, "JPY")


def test_the_same_currency_needs_no_rate_and_keeps_none():
	story = interviewed(100, "CNY")
	given.pay()
	assert payout(story) == (100, "CNY")
	assert (reward(story).paid_currency, reward(story).exchange_rate) == (None, 0)


def test_without_a_rate_it_waits_says_so_and_is_paid_once_there_is_one():
	story = interviewed(100, "USD")
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert (reward(story).state, reward(story).state_reason) == (
		"On Hold",
		f"ERPNext has no exchange rate from USD to CNY of {formatdate(today())}.",
	)
	with languages.speaking("zh"):
		form = frappe.get_doc("Referral Reward", reward(story).name)
		form.run_method("onload")
		said = rewards.explain(form)["state_sentence"]
	chinese = "{0.year}年{0.month}月{0.day}日".format(getdate(today()))
	assert chinese in said
	assert form.state_reason == said
	rate("USD", "CNY", 7)
	assert given.pay()["paid"] == 1
	assert payout(story) == (700, "CNY")


def test_what_is_owed_is_what_was_paid_and_a_new_attempt_takes_the_rate_of_its_day():
	rate("USD", "CNY", 7)
	story = interviewed(100, "USD")
	given.pay()
	desk.void_reward(reward(story).name, "A mistake")
	assert reward(story).state == "Void"
	frappe.db.delete("Currency Exchange")
	rate("USD", "CNY", 8)
	desk.release_reward(reward(story).name, "No mistake")
	given.pay()
	assert (payout(story), reward(story).exchange_rate) == ((800, "CNY"), 8)
	slip = given.make_slip(story.referrer)
	slip.submit()
	for name in payroll.rewards_in_slip(slip.name):
		payroll.follow(name)
	desk.void_reward(reward(story).name, "A mistake after all")
	assert (reward(story).state, reward(story).owed_amount, reward(story).paid_currency) == (
		"Owed",
		800,
		"CNY",
	)


def test_what_comes_to_nothing_is_not_handed_to_payroll_and_waits_for_hr():
	rate("JPY", "CNY", 0.00001)
	story = interviewed(1, "JPY")
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert (reward(story).state, reward(story).state_reason, reward(story).payout_name) == (
		"On Hold",
		f"At the exchange rate of {formatdate(today())}, JPY 1 comes to nothing in CNY."
		" Correct the rate in Currency Exchange, or void the reward.",
		None,
	)
	assert given.told(story, "reward_paid") == []
	frappe.db.delete("Currency Exchange")
	rate("JPY", "CNY", 0.05)
	assert given.pay()["paid"] == 1
	assert payout(story) == (0.05, "CNY")


def kept_in_yuan(kept: float):
	"""A promise of 100 dollars, paid at 7; of that this much was kept, in yuan, when the reward stood again."""
	rate("USD", "CNY", 7)
	story = interviewed(100, "USD")
	given.pay()
	slip = given.make_slip(story.referrer)
	slip.submit()
	payroll.follow(reward(story).name)
	desk.void_reward(reward(story).name, "A mistake")
	desk.note_paid_back(reward(story).name, "At the counter", 700 - kept)
	desk.release_reward(reward(story).name, "No mistake")
	return story


def owed(story) -> tuple:
	row = reward(story)
	return row.state, row.owed_amount, row.paid_currency


def test_what_was_kept_in_another_currency_is_owed_in_that_one():
	story = kept_in_yuan(300)
	desk.void_reward(reward(story).name, "A mistake after all")
	assert owed(story) == ("Owed", 300, "CNY")
	desk.note_paid_back(reward(story).name, "The rest")
	assert frappe.get_all(
		"Reward Recovery",
		{"reward": reward(story).name},
		["amount", "currency"],
		order_by="amount",
		as_list=True,
	) == ((300, "CNY"), (400, "CNY"))


def test_what_was_kept_counts_in_the_currency_of_the_salary_of_today():
	rate("CNY", "USD", 0.15)
	story = kept_in_yuan(200)
	frappe.db.set_value("Salary Structure Assignment", {"employee": story.referrer.name}, "currency", "USD")
	given.pay()
	assert payout(story) == (70, "USD")


def test_what_was_kept_is_not_paid_again_when_hr_takes_the_rest_out_of_payroll():
	story = kept_in_yuan(300)
	given.pay()
	taken_out = frappe.get_doc(PAYOUT, reward(story).payout_name)
	taken_out.cancel()
	payroll.follow_payout(reward(story).name, taken_out.name, "Administrator")
	desk.release_reward(reward(story).name, "Again")
	given.pay()
	assert payout(story) == (400, "CNY")


def paid_by_another_salary(promised: str, first: str, then: str):
	"""A promise of 1,000, taken out of a payroll in one currency by HR and released to one in another."""
	story = interviewed(1000, promised, salary=first)
	given.pay()
	assert payout(story)[1] == first
	taken_out = frappe.get_doc(PAYOUT, reward(story).payout_name)
	taken_out.cancel()
	payroll.follow_payout(reward(story).name, taken_out.name, "Administrator")
	frappe.db.set_value("Salary Structure Assignment", {"employee": story.referrer.name}, "currency", then)
	desk.release_reward(reward(story).name, "Again")
	given.pay()
	return story


def test_where_nothing_was_kept_no_rate_from_an_earlier_salary_is_needed():
	rate("USD", "CNY", 7)
	rate("USD", "EUR", 0.9)
	assert payout(paid_by_another_salary("USD", "CNY", "EUR")) == (900, "EUR")


def test_what_was_converted_for_an_earlier_salary_is_paid_as_promised_by_one_in_the_promised_currency():
	rate("CNY", "USD", 0.15)
	story = paid_by_another_salary("CNY", "USD", "CNY")
	now = reward(story)
	assert payout(story) == (1000, "CNY")
	assert (now.paid_amount, now.paid_currency, now.exchange_rate, now.exchange_rate_on) == (0, None, 0, None)


def test_what_waits_for_a_salary_that_is_in_another_currency_by_now_is_paid_anew_in_that():
	rate("CNY", "USD", 0.15)
	story = interviewed(1000, "CNY")
	given.pay()
	name, first = reward(story).name, reward(story).payout_name
	given.put_on_payroll(story.referrer, "USD", since=given.next_month())
	assert payroll.without_salary() == []
	frappe.db.set_value(PAYOUT, first, "payroll_date", given.next_month())
	assert payroll.without_salary() == [name]
	assert payroll.follow_salary_gone(name)
	said = f"Payroll pays {story.referrer.name} in USD, not in CNY."
	assert (reward(story).state, reward(story).state_reason) == ("Due", said)
	given.put_on_payroll(story.referrer, "USD", since=today())
	assert given.pay()["paid"] == 1
	assert (payout(story), reward(story).exchange_rate) == ((150, "USD"), 0.15)
	assert frappe.db.get_value(PAYOUT, first, "docstatus") == 2
	assert (payroll.without_salary(), desk.reward_reconciliation(employee=story.referrer.name)) == ([], [])


def test_an_assignment_that_is_taken_back_leaves_no_figure_in_the_wrong_currency():
	rate("CNY", "USD", 0.15)
	story = interviewed(1000, "CNY")
	given.pay()
	name = reward(story).name
	assigned = given.put_on_payroll(story.referrer, "USD", since=today())
	assert payroll.follow_salary_gone(name)
	assert given.pay()["paid"] == 1
	assert payout(story) == (150, "USD")
	assigned.reload().cancel()
	assert payroll.without_salary() == [name]
	assert payroll.follow_salary_gone(name)
	assert given.pay()["paid"] == 1
	assert payout(story) == (1000, "CNY")


def test_a_draft_that_is_moved_into_a_month_of_another_currency_is_found():
	story = interviewed(1000, "CNY")
	given.put_on_payroll(story.referrer, "USD", since=given.next_month())
	given.pay()
	name, first = reward(story).name, reward(story).payout_name
	assert payroll.without_salary() == []
	frappe.db.set_value(PAYOUT, first, "payroll_date", given.next_month())
	assert payroll.without_salary() == [name]


def test_what_hr_has_made_themselves_is_not_taken_back_for_the_currency_of_a_later_salary():
	story = interviewed(1000, "CNY")
	given.pay()
	name, first = reward(story).name, frappe.get_doc(PAYOUT, reward(story).payout_name)
	first.cancel()
	payroll.follow_payout(name, first.name, "Administrator")
	frappe.copy_doc(first).update({"amended_from": first.name}).insert().submit()
	by_hand.follow_submitted(name)
	given.put_on_payroll(story.referrer, "USD", since=today())
	assert (payroll.without_salary(), payroll.follow_salary_gone(name)) == ([name], False)
	assert (reward(story).state, payout(story)) == ("Paid", (1000, "CNY"))


def test_of_what_was_kept_and_is_worth_all_of_it_by_now_nothing_more_is_paid():
	story = kept_in_yuan(300)
	frappe.db.delete("Currency Exchange")
	rate("USD", "CNY", 3)
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert reward(story).state_reason == (
		"The employee kept CNY 300.00 of it before, so that nothing is left to pay."
		" Void the reward: then it is owed, and you can ask it back or write it off."
	)
	desk.void_reward(reward(story).name, "As it says")
	assert owed(story) == ("Owed", 300, "CNY")


def test_what_was_counted_when_the_rest_was_paid_is_not_counted_again_at_another_rate():
	story = kept_in_yuan(300)
	given.pay()
	slip = given.make_slip(story.referrer, given.next_month())
	for act in (slip.submit, slip.cancel):
		act()
		payroll.follow(reward(story).name)
	frappe.db.delete("Currency Exchange")
	rate("USD", "CNY", 6)
	assert (reward(story).state, given.pay()["paid"], payout(story)) == ("Due", 1, (400, "CNY"))
	asked = {"employee": story.referrer.name}
	assert (desk.reward_work_list(**asked), desk.reward_reconciliation(**asked)) == ([], [])


def test_what_hr_amends_after_the_rate_moved_is_held_against_the_rate_it_was_paid_at():
	story = kept_in_yuan(300)
	given.pay()
	name, paid = reward(story).name, frappe.get_doc(PAYOUT, reward(story).payout_name)
	paid.cancel()
	payroll.follow_payout(name, paid.name, "Administrator")
	frappe.db.delete("Currency Exchange")
	rate("USD", "CNY", 6)
	frappe.copy_doc(paid).update({"amended_from": paid.name}).insert().submit()
	by_hand.follow_submitted(name)
	now = reward(story)
	assert (now.state, payout(story), now.paid_amount, now.exchange_rate) == ("Paid", (400, "CNY"), 400, 7)
	asked = {"employee": story.referrer.name}
	assert (desk.reward_work_list(**asked), desk.reward_reconciliation(**asked)) == ([], [])


@pytest.fixture
def paid_in_euros():
	"""Of 100 dollars 300 yuan were kept, and HR pays 50 euros by hand: there is no rate for euros."""
	story = kept_in_yuan(300)
	name = reward(story).name
	first = frappe.get_last_doc(PAYOUT, {"ref_docname": name})
	euros = {"amended_from": None, "docstatus": 0, "currency": "EUR", "amount": 50}
	frappe.copy_doc(first).update(euros | {"payroll_date": given.next_month()}).insert().submit()
	by_hand.follow_submitted(name)
	assert beyond.waiting_for_rate() == [name]
	return story


def test_what_was_kept_and_has_no_rate_to_what_hr_pays_waits_for_one_on_the_work_list(paid_in_euros):
	asked, name = {"employee": paid_in_euros.referrer.name}, reward(paid_in_euros).name
	words = "Enter exchange rates to EUR in Currency Exchange: CNY 300.00 that was kept waits to be counted"
	for _hour in range(2):
		assert [(row.state, row.to_do) for row in desk.reward_work_list(**asked)] == [("Paid", words)]
		assert [row.code for row in desk.reward_reconciliation(**asked)] == ["kept_beyond"]
		paid_anew.count(name)
	rate("USD", "EUR", 0.9)
	rate("CNY", "EUR", 0.1)
	paid_anew.count(name)
	now = reward(paid_in_euros)
	assert (now.paid_amount, now.paid_currency, now.exchange_rate, now.owed_amount) == (60, "EUR", 0.9, 0)
	assert now.state_reason.endswith("instead of the € 60.00 promised.")
	assert (desk.reward_work_list(**asked), beyond.waiting_for_rate()) == ([], [])


def test_what_was_kept_and_has_no_rate_is_owed_in_its_own_currency_where_the_reward_is_void(paid_in_euros):
	desk.void_reward(reward(paid_in_euros).name, "A mistake after all")
	paid_anew.count(reward(paid_in_euros).name)
	assert owed(paid_in_euros) == ("Owed", 300, "CNY")


def test_a_payment_in_another_currency_stands_again_where_the_employee_kept_just_that():
	claw_back_with(given.make_component(kind="Deduction"))
	rate("USD", "CNY", 7)
	story = interviewed(100, "USD")
	given.pay()
	first, name = reward(story).payout_name, reward(story).name
	carry(story)
	desk.void_reward(name, "A mistake")
	row = frappe.get_doc("Reward Recovery", desk.deduct_owed(name, "As agreed"))
	slip = carry(story, given.next_month())
	desk.release_reward(name, "No mistake")
	given.pay()
	slip.cancel()
	follow(slip.name)
	frappe.get_doc(PAYOUT, row.payout_name).cancel()
	crossed.follow(row.name)
	now = reward(story)
	assert (now.state, now.payout_name, now.owed_amount, now.exchange_rate) == ("Confirmed", first, 0, 7)
	assert now.state_reason == (
		"The employee kept CNY 700.00 of what was paid before: the Salary Slip that deducted it was cancelled."
	)
	assert desk.reward_reconciliation(employee=story.referrer.name) == []
	desk.void_reward(name, "A mistake after all")
	assert owed(story) == ("Owed", 700, "CNY")


def test_the_referrers_company_pays_though_another_has_hired():
	other = frappe.get_doc(
		doctype="Company", company_name="Hub Hires", abbr="HHI", default_currency="USD", country="China"
	)
	other.name = other.company_name
	other.db_insert()
	referrer = make.make_employee()
	given.put_on_payroll(referrer)
	opening = make.make_opening(company=other.name)
	rule = given.make_rule(
		given.cash("Interviewed", 500), designation=opening.designation, company=other.name
	)
	story = given.refer(referrer, opening, rule)
	given.interview(story)
	assert given.pay()["paid"] == 1
	paid = reward(story)
	assert (paid.company, paid.currency, story.referral.company) == (make.COMPANY, "CNY", other.name)
	assert frappe.db.get_value(PAYOUT, paid.payout_name, ["company", "amount", "currency"]) == (
		make.COMPANY,
		500,
		"CNY",
	)


class Asked:
	"""ERPNext's own look-up, which may ask the internet; counts how often it is asked."""

	def __init__(self, answer: float):
		self.answer, self.times = answer, 0

	def __call__(self, *_about) -> float:
		self.times += 1
		return self.answer


@pytest.fixture
def erpnext(monkeypatch):
	asked = Asked(7.25)
	monkeypatch.setattr(rates, "get_exchange_rate", asked)
	key = rates._key("USD", "CNY", getdate())
	frappe.cache.delete_value(key)
	yield asked
	frappe.cache.delete_value(key)


def test_nobody_on_the_internet_is_asked_while_a_reward_is_locked(erpnext):
	interviewed(100, "USD")
	assert given.pay() == {"paid": 0, "held": 1, "failed": 0}
	assert erpnext.times == 0


def test_a_job_gets_the_rate_and_what_waited_is_paid(erpnext, monkeypatch):
	story = interviewed(100, "USD")
	given.pay()
	monkeypatch.setattr(tasks.rewards, "pay_rewards_of_referral", lambda referral: given.pay())
	tasks.fetch_rate("USD", "CNY", story.name)
	assert (payout(story), reward(story).exchange_rate, erpnext.times) == ((725, "CNY"), 7.25, 1)


def test_a_job_that_gets_no_rate_pays_nothing(erpnext, monkeypatch):
	erpnext.answer = 0
	story = interviewed(100, "USD")
	monkeypatch.setattr(
		tasks.rewards, "pay_rewards_of_referral", lambda referral: pytest.fail("nothing to pay")
	)
	tasks.fetch_rate("USD", "CNY", story.name)
	assert reward(story).state == "Due"


def test_a_rate_that_is_too_old_for_the_accounts_does_not_count():
	frappe.db.set_single_value("Accounts Settings", {"allow_stale": 0, "stale_days": 3})
	frappe.clear_document_cache("Accounts Settings", "Accounts Settings")
	rate("USD", "CNY", 7, add_days(today(), -3))
	assert rates.rate_of("USD", "CNY", getdate()) is None
	rate("USD", "CNY", 8, add_days(today(), -2))
	assert rates.rate_of("USD", "CNY", getdate()).rate == 8
