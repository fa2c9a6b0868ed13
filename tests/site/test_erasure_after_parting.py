"""Two people stood in one record, were told apart, and one of them is forgotten: no dump, no file and no Redis holds a trace."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from left_behind import Traces
from portal_factories import make_referrer
from referral_factories import unique_phone
from spare_site import SpareSite

from referral_hub import flow
from referral_hub.api import desk_talent
from referral_hub.api.talent import parting, requests
from referral_hub.forgotten import file
from referral_hub.referrals.erasure import person
from referral_hub.talent import sending, service
from referral_hub.talent.cadence import prompts

POOL = "Talent Pool Record"
NAME, EMAIL = "Zhenjue Ximenbao", "zhenjue.ximenbao@example.com"
TRACES = Traces("zhenjue", "ximenbao")


@pytest.fixture
def parted(commits):
	"""A mother, whose record said that she is her son, and what was his until he was told apart; the records of both; committed."""
	commits.at_end(lambda: file.path().unlink(missing_ok=True))
	number = f"+86{unique_phone()}"
	mother = hr.make_applicant(hr.make_opening(), name="Ruan Wenjing", phone_number=number)
	kept = service.capture(mother.name, service.HAND_PICKED)
	son = hr.make_applicant(hr.make_opening(), name=NAME, email=EMAIL, phone_number=number)
	hr.answer_offer(hr.make_offer(son), "Rejected")
	service.look_at([son.name])
	record = desk_talent.are_one(kept, frappe.db.get_value(POOL, {"job_applicant": son.name}))
	said = service.note(record, "Call", f"{NAME} is at sea.", direction="Out")
	frappe.db.set_value(POOL, record, "email", EMAIL)
	mail = sending.send_mail(record, f"Hello {NAME}", f"Dear {NAME}, we have news.")
	prompts.remind(record, add_days(today(), 2), f"{NAME} is back then.")
	requests.ask(record, make_referrer("Mei").name, subject=f"Hello {NAME}", words=f"Dear {NAME}")
	desk_talent.archive(record)
	chosen = frappe.as_json({"applications": [son.name], "contacts": [said, mail]})
	other = parting.split(record, NAME, "Ruan Wenjing", chosen)
	commits.run_jobs()
	return record, other


def test_no_dump_no_file_and_no_redis_holds_a_trace_of_who_was_told_apart(parted, tmp_path):
	stays, other = parted
	site = SpareSite(frappe.local.site)
	assert frappe.db.get_value(POOL, other, "person_name") == NAME
	flow.erase_person(person.of_record(other), with_hrms=True)
	frappe.db.commit()
	frappe.local.cache = {}
	left = (TRACES.in_dump(tmp_path, site), TRACES.in_files(site.name), TRACES.in_redis())
	assert left == ([], [], [])
	assert frappe.db.get_value(POOL, stays, "person_name") == "Ruan Wenjing"
