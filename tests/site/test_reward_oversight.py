"""HR sees what does not match payroll, what waits for them, and who changed a reward, when and why."""

from contextlib import nullcontext

import frappe
import pytest
import reward_factories as given
import site_factories as make
from click.testing import CliRunner
from frappe.desk.form.load import get_additional_timeline_content
from frappe.utils import formatdate, getdate, today

from referral_hub import commands
from referral_hub.api import desk
from referral_hub.forgotten import journal
from referral_hub.points.proving import checkup
from referral_hub.referral_hub.report.reward_reconciliation import reward_reconciliation
from referral_hub.referral_hub.report.reward_work_list import reward_work_list
from referral_hub.rewards import promises
from referral_hub.rewards.oversight import mismatches, proof, reconciliation, timeline
from referral_hub.rewards.paying import payroll
from referral_hub.rewards.reasons import in_words
from referral_hub.wording import languages

PAYOUT = "Additional Salary"
# findings that break no promise yet: a person, a slip or a job of ours comes next
WAITING_FOR_SOMEBODY = {
	*("other_amount", "other_currency", "still_a_draft", "passed_over", "never_carried", "carried_unnoticed"),
	*("kept_beyond", "slip_to_make_anew", "earlier_not_carried"),
	*("deducts_other_amount", "other_currency_deducted", "deduction_a_draft", "deduction_passed_over"),
	*("never_deducted", "deducted_not_counted"),
	*("value_waits", "value_gone", "other_value", "other_tax"),
}

pytestmark = pytest.mark.usefixtures("component")


@pytest.fixture
def story():
	story = given.make_story(given.cash("Interviewed", 1000))
	given.put_on_payroll(story.referrer)
	given.interview(story)
	given.pay()
	return story


def reward(story):
	return frappe.get_doc("Referral Reward", given.reward_of(story, "Interviewed").name)


def _company(name: str) -> str:
	company = frappe.get_doc(doctype="Company", company_name=name, abbr="HRT2", default_currency="CNY")
	company.name = name
	company.db_insert()
	return name


def found(story) -> list[tuple]:
	rows = desk.reward_reconciliation(employee=story.referrer.name)
	return [(row.code, row.reward, row.additional_salary, row.salary_slip) for row in rows]


def confirmed(story):
	slip = given.make_slip(story.referrer)
	slip.submit()
	for name in payroll.rewards_in_slip(slip.name):
		payroll.follow(name)
	return slip


def test_nothing_is_found_where_rewards_and_payroll_match(story):
	assert found(story) == []
	confirmed(story)
	assert found(story) == []
	_columns, rows, said = reward_reconciliation.execute({"employee": story.referrer.name})
	assert (rows, said) == (
		[],
		"Every reward in payroll, every deduction and every Additional Salary that names one match. Points rewards are"
		" compared with the points ledger, both ways, by: bench --site SITE hub-verify",
	)


def test_an_amount_and_a_document_changed_behind_our_back_are_found(story):
	kept = reward(story)
	frappe.db.set_value(PAYOUT, kept.payout_name, "amount", 900)
	assert found(story) == [("other_amount", kept.name, kept.payout_name, None)]
	frappe.db.set_value(PAYOUT, kept.payout_name, "docstatus", 2)
	assert found(story) == [("no_payout", kept.name, None, None)]


@pytest.mark.parametrize(
	("changed", "code"),
	[
		({"type": "Deduction"}, "deducted"),
		({"employee": None}, "other_employee"),
		({"currency": "USD"}, "other_currency"),
		({"docstatus": 0}, "still_a_draft"),
	],
)
def test_what_somebody_changed_in_an_additional_salary_is_found(story, changed, code):
	kept = reward(story)
	if "employee" in changed:
		changed = {"employee": make.make_employee().name}
	frappe.db.set_value(PAYOUT, kept.payout_name, changed)
	assert [row.code for row in desk.reward_reconciliation() if row.reward == kept.name] == [code]


@pytest.mark.parametrize("state", ["Approval", "Choice", "Clawed Back", "Owed", "Void", "Promised"])
def test_what_nothing_may_pay_is_found_with_what_would_pay_it(story, state):
	kept = reward(story)
	frappe.db.set_value("Referral Reward", kept.name, "state", state)
	assert found(story) == [("not_to_be_paid", kept.name, kept.payout_name, None)]


def test_a_slip_that_pays_another_amount_or_pays_twice_is_found(story):
	kept = reward(story)
	slip = confirmed(story)
	(row,) = frappe.get_all("Salary Detail", {"additional_salary": kept.payout_name}, pluck="name")
	frappe.db.set_value("Salary Detail", row, "amount", 400)
	assert found(story) == [("carried_otherwise", kept.name, kept.payout_name, slip.name)]
	frappe.db.set_value("Salary Detail", row, "amount", 1000)
	again = frappe.get_doc("Salary Slip", slip.name)
	again.name = f"{slip.name}-2"
	again.db_insert()
	copy = frappe.get_doc("Salary Detail", row)
	copy.update({"name": f"{row}-2", "parent": again.name})
	copy.db_insert()
	assert [row[0] for row in found(story)] == ["carried_twice"]


def test_a_slip_that_left_the_bonus_out_is_found(story):
	kept = reward(story)
	slip = confirmed(story)
	frappe.db.delete("Salary Detail", {"parent": slip.name, "additional_salary": kept.payout_name})
	frappe.db.set_value("Referral Reward", kept.name, "state", "Paid")
	assert found(story) == [("passed_over", kept.name, kept.payout_name, None)]


def test_a_job_that_was_lost_is_found_and_a_void_reward_still_in_payroll(story):
	kept = reward(story)
	slip = given.make_slip(story.referrer)
	slip.submit()
	assert found(story) == [("carried_unnoticed", kept.name, kept.payout_name, slip.name)]
	frappe.db.set_value("Referral Reward", kept.name, "state", "Void")
	assert found(story) == [("not_to_be_paid", kept.name, kept.payout_name, slip.name)]


def test_a_payout_whose_reward_is_gone_is_found(story):
	kept = reward(story)
	frappe.db.set_value(PAYOUT, kept.payout_name, "ref_docname", "nothing", update_modified=False)
	assert found(story) == [
		("no_payout", kept.name, None, None),
		("no_reward", None, kept.payout_name, None),
	]


def test_verifying_names_what_is_paid_though_nothing_may_and_not_what_waits_in_payroll(story):
	asked, kept = {"employee": story.referrer.name}, reward(story)
	frappe.db.set_value(PAYOUT, kept.payout_name, "docstatus", 0)
	assert ([code for code, *_names in found(story)], proof.findings(asked)) == (["still_a_draft"], [])
	frappe.db.set_value(PAYOUT, kept.payout_name, "docstatus", 1)
	frappe.db.set_value("Referral Reward", kept.name, "state", "Void")
	said = f"Not to be paid, but an Additional Salary stands: {kept.name}, {kept.payout_name}"
	assert proof.findings(asked) == [said]


def test_whatever_is_wrong_in_payroll_breaks_the_proof_but_what_waits_for_somebody():
	told = set(mismatches.all_words())
	assert told - proof.BROKEN == WAITING_FOR_SOMEBODY
	assert told >= proof.BROKEN


def test_verifying_fails_by_each_finding_that_breaks_the_proof_and_by_no_other(monkeypatch):
	monkeypatch.setattr(commands, "_site", lambda context: nullcontext())
	monkeypatch.setattr(journal, "findings", list)
	monkeypatch.setattr(proof, "_paid_by_what_is_gone", lambda company: [])
	monkeypatch.setattr(checkup, "run", lambda **asked: False)
	failed = {}
	for code, words in mismatches.all_words().items():
		row = frappe._dict(code=code, finding=words, reward="RW-1")
		monkeypatch.setattr(reconciliation, "rows", lambda filters, row=row: [row])
		ended = CliRunner().invoke(commands.hub_verify, obj={"profile": False})
		failed[code] = (ended.exit_code, ended.output)
	assert failed == {
		code: (1, f"{words}: RW-1\n") if code in proof.BROKEN else (0, "")
		for code, words in mismatches.all_words().items()
	}


def test_the_report_says_which_company_pays_and_which_has_hired(story):
	kept = reward(story)
	frappe.db.set_value(PAYOUT, kept.payout_name, "amount", 900)
	_columns, (row,), _said = reward_reconciliation.execute({"employee": story.referrer.name})
	assert (row["company"], row["company_of_hire"], row["finding"], row["expected"], row["paid"]) == (
		make.COMPANY,
		make.COMPANY,
		"The Additional Salary pays another amount",
		"CNY 1,000.00",
		"CNY 900.00",
	)


def test_dates_narrow_the_rewards_and_never_turn_a_payout_into_a_stray(story):
	frappe.db.set_value(PAYOUT, reward(story).payout_name, "amount", 900)
	asked = {"employee": story.referrer.name, "from_date": "2020-01-01", "to_date": "2020-01-31"}
	assert desk.reward_reconciliation(**asked) == []
	assert len(desk.reward_reconciliation(**(asked | {"to_date": today()}))) == 1


def test_hr_of_another_company_finds_nothing_and_employees_are_refused(story, as_user):
	frappe.db.set_value(PAYOUT, reward(story).payout_name, "amount", 900)
	held = given.make_story(given.cash("Interviewed", 1000))
	given.interview(held)
	given.pay()
	other = make.make_hr_manager()
	company = _company("Hub Rewards Two")
	frappe.get_doc(
		{"doctype": "User Permission", "user": other.name, "allow": "Company", "for_value": company}
	).insert()
	employee = make.make_user(roles=("Employee",)).name
	as_user(other.name)
	assert (desk.reward_reconciliation(), desk.reward_work_list()) == ([], [])
	as_user(employee)
	for call in (desk.reward_reconciliation, desk.reward_work_list):
		with pytest.raises(frappe.PermissionError):
			call()


def test_the_work_list_says_what_is_missing_and_what_to_do(story):
	waits = given.make_story(given.cash("Interviewed", 50))
	given.interview(waits)
	given.pay()
	confirmed(story)
	desk.void_reward(reward(story).name, "A mistake")
	rows = [
		row for row in desk.reward_work_list() if row.employee in (waits.referrer.name, story.referrer.name)
	]
	assert [(row.state, row.to_do, row.why[:33], row.owed_amount) for row in rows] == [
		(
			"On Hold",
			"Mend what is missing; it is paid by itself then",
			"No Salary Structure is assigned t",
			0,
		),
		("Owed", "Ask it back, or write it off", "A mistake (Administrator)", 1000),
	]
	_columns, listed, _message, _chart, summary = reward_work_list.execute(
		{"employee": story.referrer.name, "state": "Owed"}
	)
	assert [row["state"] for row in listed] == ["Owed"]
	assert [(figure["label"], figure["value"]) for figure in summary] == [
		("Approval", 0),
		("On Hold", 0),
		("Owed", 1),
	]


def test_the_timeline_says_who_changed_what_when_and_why(story, as_user):
	manager = make.make_hr_manager()
	as_user(manager.name)
	desk.void_reward(reward(story).name, "The <b>interview</b> never happened")
	as_user("Administrator")
	paid, voided = timeline.of_reward("Referral Reward", reward(story).name)
	assert paid["content"] == "By itself: Due → Paid."
	assert voided["content"] == (
		f"{manager.full_name}: Paid → Void. The &lt;b&gt;interview&lt;/b&gt; never happened ({manager.name})"
	)
	assert getdate(voided["creation"]) == getdate()


def test_administrator_deciding_by_hand_is_named_and_jobs_are_not(story):
	name = reward(story).name
	desk.void_reward(name, "A mistake")
	desk.release_reward(name, "No mistake")
	said = [line["content"] for line in timeline.of_reward("Referral Reward", name)]
	assert said[:3] == [
		"By itself: Due → Paid.",
		"Administrator: Paid → Void. A mistake (Administrator)",
		"Administrator: No mistake (Administrator)",
	]
	assert said[3:] and all(line.startswith("By itself: ") for line in said[3:])


def test_the_role_that_approves_is_named_in_the_readers_language():
	frappe.local.lang = "zh"
	said = in_words("needs_approval", {"role": "HR Manager"})
	assert (frappe._("HR Manager") in said, "HR Manager" in said) == (True, False)


def test_the_timeline_is_in_the_readers_language(story):
	frappe.local.lang = "zh"
	(paid,) = timeline.of_reward("Referral Reward", reward(story).name)
	assert paid["content"] == "系统自动: 待发放 → 已发放."


def test_the_form_gets_the_timeline(story):
	lines = get_additional_timeline_content("Referral Reward", reward(story).name)
	assert [line["content"] for line in lines] == ["By itself: Due → Paid."]


def test_what_lists_export_is_in_the_sites_language_whoever_moves_a_reward():
	waits = given.make_story(given.cash("Interviewed", 50))
	given.interview(waits)
	with languages.speaking("zh"):
		given.pay()
	held = reward(waits)
	assert (
		held.state_reason
		== f"No Salary Structure is assigned to {waits.referrer.name} on {formatdate(today())}."
	)
	given.pay()
	assert reward(waits).modified == held.modified
	with languages.speaking("zh"):
		assert held.name in desk.reward_notes([held.name]) and "薪资" in str(promises.reason_of(held))


def test_lists_say_why_in_the_readers_language_and_only_of_what_the_reader_may_list(story, as_user):
	name, older = reward(story).name, given.make_story(given.points("Interviewed", 5))
	given.interview(older)
	desk.hold_reward(given.reward_of(older, "Interviewed").name, "Wait")
	older = given.reward_of(older, "Interviewed").name
	frappe.db.set_value("Referral Reward", older, {"explanation": "{}", "state_reason": "As it was written"})
	frappe.get_doc(PAYOUT, reward(story).payout_name).cancel()
	payroll.follow_payout(name, reward(story).payout_name, "Administrator")
	payout = frappe.get_all(PAYOUT, {"ref_docname": name}, pluck="name")[0]
	with languages.speaking("zh"):
		said = desk.reward_notes(frappe.as_json([name, older, "nothing"]))
	assert said == {
		name: {"state_reason": f"Administrator 取消或删除了额外薪资 {payout}。"},
		older: {"state_reason": "As it was written"},
	}
	other = make.make_hr_manager().name
	theirs = {"user": other, "allow": "Company", "for_value": make.other_company()}
	frappe.get_doc({"doctype": "User Permission", **theirs}).insert()
	as_user(other)
	assert desk.reward_notes([name]) == {}
	with pytest.raises(frappe.ValidationError, match="At most 500 names"):
		desk.reward_notes(["x"] * 501)
