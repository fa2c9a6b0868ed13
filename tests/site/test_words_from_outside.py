"""What reaches HR from outside: words that would run in a spreadsheet, contacts that are a colleague's, openings not for it."""

import csv
import io
import json

import frappe
import pytest
import site_factories as hr
from frappe.core.doctype.access_log import access_log
from referral_factories import make_candidate, make_referral
from sharing_factories import apply_through, make_links

from referral_hub.referrals import service
from referral_hub.referrals.consent import correcting
from referral_hub.referrals.service import Candidate
from referral_hub.referrals.sharing import links

FORMULA = '=HYPERLINK("http://example.com","click")'
CARD = "Referrals with a Word Overdue"


def exported(applicant: str) -> str:
	"""What a spreadsheet gets in the column of the cover letter from HR's export of the list."""
	frappe.form_dict.update(
		doctype="Job Applicant",
		file_format_type="CSV",
		filters=json.dumps({"name": applicant}),
		fields=json.dumps(["`tabJob Applicant`.`name`", "`tabJob Applicant`.`cover_letter`"]),
		order_by="",
		title="Job Applicant",
	)
	from frappe.desk.reportview import export_query

	export_query()
	content = frappe.response["filecontent"]
	[row] = csv.DictReader(
		io.StringIO(content.decode("utf-8-sig") if isinstance(content, bytes) else content)
	)
	return row["Cover Letter"]


@pytest.mark.parametrize("known", ["through a link", "referred", "on HRMS's own form"])
def test_a_note_never_runs_as_a_formula_in_an_export(known, monkeypatch):
	monkeypatch.setattr(access_log, "_make_access_log", lambda *args, **fields: None)  # it commits
	if known == "referred":
		applicant = make_referral(note=FORMULA).job_applicant
	elif known == "on HRMS's own form":
		applicant = as_a_guest()
	else:
		link, opening = make_links(hr.make_employee())["Link"], hr.make_opening(publish=1)
		candidate = make_candidate()
		apply_through(link, candidate, opening=opening.name, note=FORMULA)
		applicant = candidate.email
	assert exported(applicant) == FORMULA[1:]


def as_a_guest() -> str:
	"""What the platform does with a sent form."""
	typed = {"applicant_name": "Mei", "email_id": hr.unique_email("mei"), "cover_letter": FORMULA}
	frappe.set_user("Guest")
	applicant = frappe.get_doc(doctype="Job Applicant", status="Open", **typed)
	applicant.insert(ignore_permissions=True)
	frappe.set_user("Administrator")
	return applicant.name


def test_a_contact_corrected_to_the_referrer_s_own_is_shown_to_hr():
	referrer = hr.make_employee(personal_email=hr.unique_email())
	referral = make_referral(referrer)
	assert correcting.correct(referral.name, Candidate("Xi Yang", referrer.personal_email)) is True
	referral.reload()
	assert (referral.flagged, "Worth a look" in service.told_to_hr(referral)) == (1, True)
	assert frappe.db.exists("ToDo", {"reference_name": referral.name, "description": ("like", "%own%")})


def test_a_link_for_all_offers_no_opening_that_takes_no_referrals():
	taken, not_taken = hr.make_opening(publish=1), hr.make_opening(publish=1)
	frappe.get_doc(doctype="Opening Profile", job_opening=not_taken.name, accepts_referrals=0).insert()
	offered = {row.name for row in links.published_openings(hr.COMPANY)}
	assert (taken.name in offered, not_taken.name in offered) == (True, False)


def test_the_card_of_overdue_words_counts_no_open_invitation():
	counted = overdue()
	service.invite(hr.make_employee().name, make_candidate(), hr.make_opening().name)
	assert overdue() == counted
	make_referral().db_set("next_word_due", hr.days_ago(1))
	assert overdue() == counted + 1


def overdue() -> int:
	from frappe.desk.doctype.number_card.number_card import get_result

	card = frappe.get_doc("Number Card", CARD)
	ahead = [["Referral", "next_word_due", "<", frappe.utils.nowdate()]]
	return int(get_result(card.as_dict(), json.loads(card.filters_json) + ahead))
