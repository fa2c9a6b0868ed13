"""Somebody with a Chinese name is forgotten while a colleague is asked to write to them, and while reports that name them lie ready."""

import frappe
import pytest
import site_factories as hr
from frappe.core.doctype.prepared_report.prepared_report import create_json_gz_file
from left_behind import Traces
from portal_factories import make_referrer
from referral_factories import make_candidate, make_referral
from spare_site import SpareSite

from referral_hub import flow
from referral_hub.api.talent import requests as api
from referral_hub.forgotten import file
from referral_hub.messages import service as messages
from referral_hub.referrals.erasure import person
from referral_hub.talent import service as talent

NAME, EMAIL, PHONE = "欧阳寻砚", "xunyan.ouyang.asked@example.com", "+8613954329876"
TRACES = Traces(NAME, "寻砚", "xunyan", "13954329876")


@pytest.fixture
def asked_about(commits):
	"""Their record, and a colleague who was asked, told, and left a word; in caches and queues as well; committed."""
	commits.at_end(lambda: file.path().unlink(missing_ok=True))
	candidate = make_candidate(name=NAME, email=EMAIL, phone="139 5432 9876")
	referral = make_referral(candidate=candidate, note=f"{NAME}很可靠。")
	record = talent.capture(referral.job_applicant, talent.HAND_PICKED, f"{NAME}想回来。")
	colleague = make_referrer("Mei")
	request = api.ask(
		record, colleague.name, note=f"请联系{NAME}", subject=f"{NAME}，您好", words=f"{NAME}：您好"
	)
	frappe.get_doc("Recall Request", request).add_comment("Comment", f"{NAME}换了号码：139-5432-9876")
	prepare("People to Call", NAME)
	messages.send_pending()
	commits.run_jobs()
	frappe.get_cached_doc("Recall Request", request)
	return record


def prepare(report: str, name: str) -> str:
	"""What the platform keeps of a report that was prepared by a job."""
	row = frappe.get_doc(doctype="Prepared Report", report_name=report, filters="{}").insert()
	row.db_set("status", "Completed")
	create_json_gz_file({"result": [[name, "likely"]]}, row.doctype, row.name, report)
	return row.name


def test_of_who_is_asked_about_no_dump_no_file_and_no_redis_holds_a_trace(asked_about, tmp_path):
	site = SpareSite(frappe.local.site)
	assert TRACES.in_dump(tmp_path, site) and TRACES.in_files(site.name) and TRACES.in_redis()
	flow.erase_person(person.of_record(asked_about), with_hrms=True)
	frappe.db.commit()
	frappe.local.cache = {}
	left = (TRACES.in_dump(tmp_path, site), TRACES.in_files(site.name), TRACES.in_redis())
	assert left == ([], [], [])
	assert frappe.db.count("Recall Request", {"record": asked_about}) == 0


def test_prepared_reports_go_with_the_person_they_hold_and_hrms_s_only_with_its_papers():
	referral = make_referral(candidate=make_candidate(name=NAME, email=EMAIL, phone=PHONE))
	ours, hrms_s = prepare("Referral Queue", NAME), prepare("Recruitment Analytics", NAME)
	of_others = [prepare("Referral Queue", "Somebody Else"), prepare("General Ledger", NAME)]
	packed = frappe.get_doc("File", {"attached_to_name": prepare("Referral Queue", "Torn")})
	with open(packed.get_full_path(), "wb") as torn:
		torn.write(b"no longer a packed file")
	flow.erase_person(person.of_referral(referral.name), with_hrms=False)
	assert left_of(ours, hrms_s, packed.attached_to_name) == [hrms_s]
	flow.erase_person(person.of_applicant(referral.job_applicant), with_hrms=True)
	assert left_of(hrms_s, *of_others) == sorted(of_others)


def test_the_time_in_the_pool_ends_in_prepared_reports_too():
	applicant = hr.make_applicant(hr.make_opening(), name=NAME, email=EMAIL)
	record = talent.capture(applicant.name, "Withdrawn")
	prepared = prepare("People to Call", NAME)
	flow.forget_in_pool(record, "The time is over.")
	assert left_of(prepared) == []


def left_of(*prepared: str) -> list[str]:
	return frappe.get_all("Prepared Report", {"name": ("in", prepared)}, pluck="name", order_by="name asc")
