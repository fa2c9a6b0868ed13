"""Reports that take long are prepared by a job: what it keeps is in the language of who asked for it."""

import frappe
import pytest
import site_factories as make
from frappe.desk.query_report import generate_report_result

REPORTS = {
	"Referral Queue": "候选人",
	"Reward Reconciliation": "奖励",
	"Reward Work List": "奖励",
	"Reward What If": "实际所得",
}


@pytest.mark.parametrize(("name", "expected"), REPORTS.items(), ids=REPORTS)
def test_a_prepared_report_speaks_the_language_of_who_asked(as_user, monkeypatch, name, expected):
	manager = make.make_hr_manager()
	manager.db_set("language", "zh")
	as_user(manager.name)
	monkeypatch.setattr(frappe.local, "lang", "en")

	def labels():
		result = generate_report_result(frappe.get_doc("Report", name), {"company": make.COMPANY})
		return [column["label"] for column in result["columns"]]

	assert expected not in labels()
	monkeypatch.setattr(frappe.local, "job", frappe._dict(method="prepare"), raising=False)
	assert expected in labels()
	assert frappe.local.lang == "en"
