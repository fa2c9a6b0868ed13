"""HR writes a rule, plays real referrals with it and takes the table away; rewards and tasks are in the reader's words."""

import csv

import frappe
import reward_factories as given
import site_factories as hr
from portal_factories import make_paid_opening, make_referrer


def _draft(name: str):
	milestones = [
		{"milestone": "Joined", "kind": "Cash", "amount": 3000, "share_percent": 30, "currency": "CNY"},
		{"milestone": "Confirmed", "kind": "Cash", "amount": 3000, "share_percent": 70, "currency": "CNY"},
	]
	factors = [{"factor": "Urgent", "times": 1.5}]
	return frappe.get_doc(
		doctype="Reward Rule", rule_name=name, enabled=0, company="", milestones=milestones, factors=factors
	).insert()


def _hr_in_chinese() -> str:
	user = hr.make_hr_manager().name
	frappe.db.set_value("User", user, "language", "zh")
	return user


def test_a_draft_is_tried_and_played_in_chinese_and_its_table_taken_away(commits, page_as):
	opening, referrer = make_paid_opening(), make_referrer("Anna")
	given.hire(given.refer(referrer, opening))
	rule, user = _draft(hr.unique("春季草案")), _hr_in_chinese()
	commits.commit()
	page = page_as(user, locale="zh-CN")
	page.goto(f"/app/reward-rule/{rule.name}")
	page.locator(".trial-opening input").wait_for()
	said = page.locator(
		".grid-body .grid-row [data-fieldname='milestone'], .grid-body [data-fieldname='factor']"
	)
	assert [words.strip() for words in said.all_inner_texts()] == ["已入职", "已转正", "紧急"]
	page.evaluate(
		"([opening, employee]) => { cur_frm.trial.opening.set_value(opening); cur_frm.trial.employee.set_value(employee); }",
		[opening.name, referrer.name],
	)
	page.get_by_text("员工可得 CNY 3,000.00。").wait_for()
	_change_rows(
		page, "(first) => frappe.model.set_value(first.doc.doctype, first.doc.name, 'share_percent', 0)"
	)
	page.get_by_text("这笔金额的比例合计为 70 %，不是 100 %。").wait_for()
	_change_rows(page, "(_first, second) => second.remove()")
	page.get_by_text("员工可得 CNY 3,000.00。").wait_for()
	page.get_by_role("button", name="假如", exact=True).click()
	page.wait_for_url("**/query-report/Reward%20What%20If**")
	page.locator("[data-fieldname='drafts'] .status-text", has_text=rule.rule_name).wait_for()
	page.locator(".dt-scrollable .dt-row").first.wait_for()
	page.evaluate("frappe.query_report.export_report()")
	page.locator(".modal.show [data-fieldname='file_format'] select").select_option("CSV")
	with page.expect_download() as taken:
		page.locator(".modal.show .btn-primary").click()
	with open(taken.value.path(), encoding="utf-8-sig", newline="") as file:
		heads = next(csv.reader(file))
	assert heads[:5] == ["支付月份", "实际所得", "现行规则", "假如", "差额"]


def _change_rows(page, change: str) -> None:
	"""Change what the form pays, without saving it."""
	page.evaluate(f"({change})(...cur_frm.fields_dict.milestones.grid.grid_rows)")


def test_a_reward_and_its_task_are_in_the_readers_words(commits, page_as, watch):
	gift = {"milestone": "Confirmed", "kind": "Gift", "amount": 1, "currency": "", "what": "一套书"}
	story, user = given.make_story(gift), _hr_in_chinese()
	given.hire(story, date_of_joining=hr.in_days(-90), final_confirmation_date=hr.in_days(-1))
	given.pay()
	commits.commit()
	task = frappe.db.get_value("Reward Fulfilment", {"employee": story.referrer.name})
	page = page_as(user, locale="zh-CN")
	page.goto(f"/app/referral-reward?referral={story.name}")
	row = page.locator(".list-row-container", has_text=story.name)
	row.wait_for()
	assert [words in row.inner_text() for words in ("待发放", "已转正", "一套书")] == [True] * 3
	page.goto(f"/app/reward-fulfilment/{task}")
	page.locator("[data-fieldname='kind'] .control-value", has_text="礼品").wait_for()
	page.locator("[data-fieldname='state'] .control-value", has_text="待办理").wait_for()
	page.goto(f"/app/referral-reward/{given.reward_of(story, 'Confirmed').name}")
	page.get_by_role("button", name="作废", exact=True).click()
	asked = page.locator(".modal.show", has_text="为什么作废这笔奖励？")
	watch.expect("417|ReasonNeeded")
	asked.locator("textarea").fill("错" * 2001)
	asked.get_by_role("button", name="作废").click()
	page.locator(".msgprint", has_text="请缩短到 2000 个字以内。").wait_for()
	page.locator(".msgprint-dialog .btn-modal-close").click()
	assert asked.locator("textarea").input_value() == "错" * 2001
	asked.locator("textarea").fill("登记有误")
	sent = []
	page.on("request", lambda asked: sent.append(asked.url) if "desk.void_reward" in asked.url else None)
	page.evaluate("() => [1, 2].forEach(() => cur_dialog.get_primary_btn().trigger('click'))")
	page.locator("[data-fieldname='state'] .control-value", has_text="作废").wait_for()
	assert (asked.count(), len(sent)) == (0, 1)
