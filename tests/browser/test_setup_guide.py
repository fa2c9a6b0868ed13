"""A new HR manager answers the guide's questions, reads what comes of it, makes it and starts it; and looks at the health of the site."""

import frappe
import site_factories as hr

GUIDE = "Referral Setup Guide"


def _undo(program: str) -> None:
	for rule in frappe.get_all("Reward Rule", {"program": program}, pluck="name"):
		frappe.delete_doc("Reward Rule", rule, force=True)
	frappe.delete_doc("Referral Program", program, force=True, ignore_missing=True)
	frappe.db.delete("Singles", {"doctype": GUIDE})
	frappe.clear_document_cache(GUIDE, GUIDE)
	frappe.db.commit()


def test_hr_answers_reads_what_comes_of_it_makes_it_and_starts_it(commits, page_as):
	user, department = hr.make_hr_manager().name, hr.make_department().name
	program = f"Referrals of {hr.COMPANY}"
	frappe.db.delete("Singles", {"doctype": GUIDE})
	commits.commit()
	commits.at_end(lambda: _undo(program))
	page = page_as(user)
	page.goto("/app/referral-hub")
	page.get_by_text("Let People Bring In the Right Colleagues").wait_for()
	page.goto("/app/referral-setup-guide")
	page.get_by_text("Answer and save to see it.").wait_for()
	page.evaluate("(company) => cur_frm.set_value('company', company)", hr.COMPANY)
	page.locator("[data-fieldname='business'] select").select_option("Software")
	page.locator("[data-fieldname='engineering'] input").wait_for()
	assert not page.locator("[data-fieldname='operations'] input").is_visible()
	page.evaluate("(name) => cur_frm.set_value('engineering', name)", department)
	page.evaluate("() => cur_frm.set_value('usual_bonus', 2000)")
	page.get_by_role("button", name="Save", exact=True).click()
	made = page.locator("[data-fieldname='result']")
	made.get_by_text("Joined: CNY 2,000.00").wait_for()
	made.get_by_text("Confirmed: CNY 5,600.00").wait_for()
	made.get_by_text('"Managers" is left out: nobody is named for Manager.').wait_for()
	page.get_by_role("button", name="Make It", exact=True).click()
	page.get_by_text("Made: a program and 3 rules. Nothing is in force yet.").wait_for()
	page.get_by_role("button", name="Try the Rules on Past Referrals").wait_for()
	page.get_by_role("button", name="Start the Rules").click()
	page.locator(".modal.show .btn-modal-primary, .modal.show .btn-primary").click()
	page.get_by_text("3 rules are in force.").wait_for()
	frappe.db.rollback()
	rules = frappe.get_all(
		"Reward Rule", {"program": program}, ["rule_name", "enabled"], order_by="rule_name"
	)
	assert [(row.rule_name.partition(": ")[2], row.enabled) for row in rules] == [
		("Engineers", 1),
		("Everybody", 1),
		("Gold referrer", 1),
	]


def test_hr_looks_at_the_health_of_the_site_in_chinese(commits, page_as):
	user = hr.make_hr_manager().name
	frappe.db.set_value("User", user, "language", "zh")
	commits.commit()
	page = page_as(user, locale="zh-CN")
	page.goto("/app/query-report/Referral Hub Health")
	page.locator(".dt-scrollable .dt-row").first.wait_for()
	page.get_by_text("HRMS 表单上的字段").wait_for()
	page.locator(".dt-cell a", has_text="打开").first.wait_for()
