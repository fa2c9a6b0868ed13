"""What HR and administrators are told about the state of the site, part by part."""

import frappe
import pytest
import reward_factories as given
import site_factories as hr
from frappe.utils import add_to_date, nowdate

from referral_hub.health import books, checkup, jobs, mail, start, words
from referral_hub.health.line import BROKEN, LOOK, NOT_USED, SOUND
from referral_hub.points import service
from referral_hub.points.proving import heads, heads_file
from referral_hub.referral_hub.report.referral_hub_health.referral_hub_health import execute
from referral_hub.setup.custom_fields import CUSTOM_FIELDS

SETTINGS = "Referral Hub Settings"
JOB = "Scheduled Job Type"


def set_up(**values) -> None:
	for field, value in values.items():
		frappe.db.set_single_value(SETTINGS, field, value)
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def job(method: str) -> str:
	return frappe.db.get_value(JOB, {"method": f"referral_hub.tasks.{method}"})


@pytest.fixture
def running(monkeypatch):
	"""A site on which the scheduler is on and every job of ours began a moment ago."""
	frappe.db.set_single_value("System Settings", "enable_scheduler", 1)
	for name in ("pause_scheduler", "disable_scheduler", "maintenance_mode"):
		monkeypatch.setitem(frappe.local.conf, name, 0)
	ours = frappe.get_all(JOB, {"method": jobs.OURS}, pluck="name")
	frappe.db.set_value(JOB, {"name": ("in", ours)}, {"last_execution": frappe.utils.now(), "stopped": 0})
	frappe.clear_cache(doctype=JOB)
	for name in ours:
		frappe.clear_document_cache(JOB, name)


def test_a_scheduler_that_is_off_or_late_is_named(running):
	assert [line.state for line in jobs.scheduler()] == [SOUND]
	late = job("pay_due_rewards")
	frappe.db.set_value(JOB, late, "last_execution", add_to_date(None, days=-2))
	frappe.clear_document_cache(JOB, late)
	[line] = jobs.scheduler()
	assert (line.state, "is overdue: pay_due_rewards, due on" in line.seen) == (BROKEN, True)
	frappe.db.set_value(JOB, late, "stopped", 1)
	frappe.clear_document_cache(JOB, late)
	assert [(line.state, line.seen) for line in jobs.stopped()] == [(LOOK, "1: pay_due_rewards")]
	assert [line.state for line in jobs.scheduler()] == [SOUND]
	frappe.db.set_single_value("System Settings", "enable_scheduler", 0)
	[line] = jobs.scheduler()
	assert line.state == BROKEN
	assert line.to_do == f"Run: bench --site {frappe.local.site} enable-scheduler"


def test_a_job_counts_as_failed_until_a_later_run_ends_well(running):
	name = job("expire_points")
	for status in ("Complete", "Failed"):
		frappe.get_doc(doctype="Scheduled Job Log", scheduled_job_type=name, status=status).insert()
	frappe.db.set_value("Scheduled Job Log", {"status": "Complete"}, "creation", add_to_date(None, hours=-3))
	assert [line.seen for line in jobs.failed()] == ["The last run failed: expire_points"]
	frappe.db.set_value("Scheduled Job Log", {"status": "Failed"}, "creation", add_to_date(None, hours=-5))
	assert [line.state for line in jobs.failed()] == [SOUND]


def test_cash_without_a_component_is_broken_only_where_a_rule_pays_it():
	set_up(cash_salary_component="")
	frappe.db.set_value("Reward Rule", {"enabled": 1}, "enabled", 0)
	assert [line.state for line in books.cash()] == [NOT_USED]
	given.make_rule(given.cash("Joined", 100))
	assert [line.state for line in books.cash()] == [BROKEN]
	component = given.make_component()
	set_up(cash_salary_component=component.name)
	assert [(line.state, line.seen) for line in books.cash()] == [(SOUND, component.name)]
	component.db_set("disabled", 1)
	frappe.clear_document_cache("Salary Component", component.name)
	assert [line.state for line in books.cash()] == [BROKEN]


def test_a_wallet_changed_by_sql_is_found_and_the_others_are_told_of():
	ann = hr.make_employee().name
	service.post(ann, 100, "Issuance", hr.unique("health"))
	assert [line.state for line in books.ledger()] == [SOUND]
	account = frappe.db.get_value("Points Account", {"employee": ann})
	frappe.db.sql("update `tabPoints Account` set balance = 999 where name = %s", account)
	[line] = books.ledger()
	assert (line.state, account in line.seen) == (BROKEN, True)
	assert line.to_do == f"Run: bench --site {frappe.local.site} hub-verify"


def test_heads_that_were_not_kept_are_missed(monkeypatch, tmp_path):
	monkeypatch.setattr(heads_file, "path", lambda: tmp_path / "heads.jsonl")
	ann = hr.make_employee().name
	service.post(ann, 100, "Issuance", hr.unique("heads"))
	frappe.db.set_value("Points Ledger Entry", {}, "modified", frappe.utils.now(), update_modified=False)
	assert [line.state for line in books.heads()] == [NOT_USED]
	frappe.db.sql("update `tabPoints Ledger Entry` set modified = %s", add_to_date(None, days=-3))
	assert [(line.state, line.seen) for line in books.heads()] == [(BROKEN, "None were kept yet.")]
	with heads_file.for_adding() as file:
		heads_file.add_line(file, heads_file.read().digest, heads.HEADS, heads={})
	assert [line.state for line in books.heads()] == [SOUND]


def test_without_a_running_program_nobody_can_refer():
	frappe.db.set_value("Referral Program", {}, {"starts_on": None, "ends_on": None, "enabled": 1})
	assert [line.state for line in start.programs()] == [SOUND]
	frappe.db.set_value("Referral Program", {}, "ends_on", add_to_date(nowdate(), days=-1))
	assert [line.state for line in start.programs()] == [BROKEN]


def test_a_chosen_person_who_can_not_sign_in_is_named():
	gone = hr.make_employee(user=True).user_id
	set_up(recruiter=gone)
	frappe.get_doc("User", hr.make_employee(user=True).user_id).add_roles("HR Manager")
	assert [line.state for line in start.people()] == [SOUND]
	frappe.db.set_value("User", gone, "enabled", 0)
	assert [(line.state, line.seen) for line in start.people()] == [
		(BROKEN, f"{gone} can't sign in any more.")
	]


def test_what_hr_wrote_in_english_only_is_named_where_somebody_reads_chinese():
	frappe.db.set_value("User", hr.make_employee(user=True).user_id, "language", "zh")
	item = frappe.get_doc(
		doctype="Talent Preference", preference=hr.unique("Preference"), preference_zh="偏好"
	)
	item.insert()
	assert item.name not in " ".join(line.seen for line in words.written())
	item.db_set("preference_zh", "")
	[line] = [line for line in words.written() if item.name in line.seen]
	assert (line.state, line.what) == (LOOK, "Words of HR in Chinese: Talent Preference")


def test_mail_without_an_account_and_a_field_that_is_gone():
	set_up(send_email=0)
	assert [line.state for line in mail.outgoing()] == [NOT_USED]
	field = CUSTOM_FIELDS["Job Applicant"][0]["fieldname"]
	assert [line.state for line in start.fields()] == [SOUND]
	frappe.db.delete("Custom Field", {"dt": "Job Applicant", "fieldname": field})
	frappe.clear_cache(doctype="Job Applicant")
	assert [line.seen for line in start.fields()] == [f"Missing: Job Applicant.{field}."]
	frappe.db.rollback()
	frappe.clear_cache(doctype="Job Applicant")


def test_a_look_that_fails_says_so_and_hides_no_other(monkeypatch):
	def broken():
		frappe.db.sql("insert into `tabReferral Reason` (name) values ('half')")
		raise ValueError("no disk")

	def closed():
		raise frappe.PermissionError

	monkeypatch.setattr(checkup, "LOOKS", (closed, start.rules, broken))
	_columns, rows, _message, _chart, summary = execute()
	assert [(row["what"], row["code"]) for row in rows if row["code"] in (BROKEN, NOT_USED)] == [
		("Broken", BROKEN),
		("Closed", NOT_USED),
	]
	assert rows[0]["seen"] == "This could not be looked at: no disk"
	assert not frappe.db.exists("Referral Reason", "half")
	assert summary[0]["value"] == 1


def test_the_whole_is_looked_at_by_hr_and_told_in_chinese(as_user):
	user = hr.make_employee(user=True).user_id
	frappe.get_doc("User", user).add_roles("HR Manager")
	as_user(user)
	frappe.local.lang = "zh"
	_columns, rows, *_rest = execute()
	assert len(rows) >= len(checkup.LOOKS)
	assert [
		row["seen"] for row in rows if "could not be looked at" in row["seen"] or "无法检查" in row["seen"]
	] == []
	assert {row["state"] for row in rows} <= {"正常", "请看一下", "故障", "未使用"}
