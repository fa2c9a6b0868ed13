"""Reports that take long are prepared by a job: what it keeps is in the language of who asked for it, and theirs alone."""

import frappe
import pytest
import site_factories as make
from frappe.core.doctype.prepared_report.prepared_report import (
	create_json_gz_file,
	process_filters_for_prepared_report,
)
from frappe.desk import query_report
from frappe.desk.query_report import generate_report_result

REPORTS = {
	"Points Liability": "积分",
	"Referral Queue": "候选人",
	"Feedback Trends": "提问人数",
	"Retention": "入职人数",
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


WORK_LIST = "Reward Work List"


def _prepared_by(user: str) -> str:
	"""Keep rows as the job does for somebody; the name of what was kept."""
	doc = frappe.get_doc(doctype="Prepared Report", report_name=WORK_LIST, status="Completed")
	doc.update({"name": frappe.generate_hash(length=10), "filters": process_filters_for_prepared_report({})})
	doc.db_insert()
	doc.db_set("owner", user)
	rows = {"columns": [{"fieldname": "reward", "label": "Reward"}], "result": [{"reward": "of one"}]}
	create_json_gz_file(rows, "Prepared Report", doc.name, WORK_LIST)
	return doc.name


def _hr_of(company: str) -> str:
	user = make.make_user(roles=("HR User", "Prepared Report User")).name
	frappe.get_doc(doctype="User Permission", user=user, allow="Company", for_value=company).insert()
	return user


@pytest.fixture
def prepared():
	"""What was prepared for HR of one company: whose it is, its name, and somebody of HR elsewhere."""
	frappe.db.set_value("Report", WORK_LIST, "prepared_report", 1)
	frappe.clear_document_cache("Report", WORK_LIST)
	two = frappe.get_doc(
		doctype="Company", company_name="Hub Prepared Two", abbr="HPR", default_currency="CNY"
	)
	two.name = two.company_name
	two.db_insert()
	one = _hr_of(make.COMPANY)
	yield one, _prepared_by(one), _hr_of(two.name)
	frappe.clear_document_cache("Report", WORK_LIST)


def test_what_was_prepared_for_one_is_read_by_nobody_else(prepared, as_user):
	one, name, other = prepared

	def read_in_every_way() -> list[bool]:
		run = query_report.run(WORK_LIST, filters={"prepared_report_name": name})
		found = query_report.run(WORK_LIST, filters={}, user=one)
		file = frappe.get_doc("File", {"attached_to_name": name})
		return [
			bool(run.get("result")),
			bool(found.get("result")),
			name in frappe.get_list("Prepared Report", pluck="name"),
			frappe.get_doc("Prepared Report", name).has_permission("read"),
			file.has_permission("read"),
		]

	as_user(one)
	assert read_in_every_way() == [True] * 5
	as_user(other)
	assert read_in_every_way() == [False] * 5
	as_user("Administrator")
	assert read_in_every_way() == [True] * 5
