"""Whatever a guest writes is text wherever somebody reads it: no markup, no formula, no template, in no list, export or mail."""

import csv
import io
from email import message_from_string

import frappe
import openpyxl
import portal_requests as web
import pytest
import site_factories as hr
from frappe.desk import query_report, reportview
from frappe.desk.form.load import get_docinfo
from hostile_files import PDF
from sharing_factories import Guest, filled_form, make_event_link, make_link

from referral_hub.messages import service as messages

EVIL = '=HYPERLINK("http://evil.example","x")<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}'
NAME = "Mei {{ 7*7 }} O'Brien & \u202eLin"
# the export takes markup away before the spreadsheet sees it
HIDDEN = (
	'<span>=HYPERLINK("http://evil.example","x")</span>',
	"<i></i>&#61;1+1",
	"&amp;#61;1+1<br>",
	"<ul><li>cmd|' /C calc'!A0</li></ul>",
	"\u200b<span>\u200b@SUM(1)</span>",
)
KEPT = "Mei {{ 7*7 }} O'Brien & Lin"
FILE = "=cmd<img src=x onerror=alert(3)>{{ 7*7 }}\u202efdp.exe.pdf"


@pytest.fixture(autouse=True)
def nothing_is_committed(monkeypatch):
	monkeypatch.setattr(reportview, "make_access_log", lambda **_facts: None)


@pytest.fixture
def link():
	frappe.cache.delete_keys("referral_hub_limit:")
	return make_link(hr.make_employee("Anna", user=True))


def apply_with(link, **fields):
	resume = (io.BytesIO(PDF + frappe.generate_hash().encode()), FILE)
	form = filled_form(link, **{"candidate_name": NAME, "note": EVIL, "resume": resume, **fields})
	answer = Guest().post(f"/r/{link.code}", form)
	frappe.set_user("Administrator")
	assert answer.status_code == 303, answer.get_data(as_text=True)


def exported(doctype: str, **filters) -> list[list[str]]:
	"""Every column of these rows as HR downloads them for a spreadsheet."""
	return [row for kind in ("CSV", "Excel") for row in cells(kind, downloaded(doctype, kind, filters))]


def cells(kind: str, content: bytes | str) -> list[list[str]]:
	"""What stands in a downloaded sheet; what it would run stands there as a formula."""
	if kind == "CSV":
		text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
		return list(csv.reader(io.StringIO(text)))
	rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
	return [
		[f"={cell.value}" if cell.data_type == "f" else str(cell.value or "") for cell in row] for row in rows
	]


def downloaded(doctype: str, kind: str, filters: dict) -> bytes | str:
	columns = [f"`tab{doctype}`.`{name}`" for name in frappe.get_meta(doctype).get_valid_columns()]
	frappe.local.form_dict = frappe._dict(
		doctype=doctype,
		fields=frappe.as_json(columns),
		filters=frappe.as_json(filters),
		file_format_type=kind,
		title=doctype,
	)
	reportview.export_query()
	return frappe.local.response.filecontent


def is_harmless(text: object) -> bool:
	said = str(text or "")
	return not any(each in said for each in ("<script", "<img", "Mei 49", "\u202e"))


def decoded(mail: str) -> str:
	"""What a mail says, without the signs it is sent in: they would hide anything."""
	parts = message_from_string(mail).walk()
	return "\n".join((part.get_payload(decode=True) or b"").decode(errors="replace") for part in parts)


def runs(cell: str) -> bool:
	"""Say whether a spreadsheet would take it for a formula."""
	is_phone = cell[:1] == "+" and cell[1:].isdigit()
	return cell.lstrip()[:1] in tuple("=+-@|%") and not is_phone


def test_a_guests_words_are_text_wherever_hr_and_the_referrer_read_them(link, as_user):
	fair = make_event_link()
	email = hr.unique_email("{{7*7}}'`$x")
	apply_with(link, email=email)
	apply_with(link, email=email, told_by=EVIL)
	apply_with(fair, email=hr.unique_email("fair"), told_by=EVIL)
	messages.send_pending()
	referral = frappe.get_doc("Referral", {"link": link.name})
	applicant = referral.job_applicant
	assert referral.candidate_name == KEPT
	for doctype, filters in (
		("Referral", {"name": referral.name}),
		("Job Applicant", {"referral_hub_link": ("in", [link.name, fair.name])}),
		("Referral Application", {"link": ("in", [link.name, fair.name])}),
		("File", {"attached_to_name": applicant}),
		("Referral Message", {"referral": referral.name}),
		("Comment", {"reference_name": applicant}),
	):
		rows = exported(doctype, **filters)
		assert len(rows) > 1, doctype
		assert [cell for row in rows for cell in row if not is_harmless(cell) or runs(cell)] == [], doctype
	get_docinfo(frappe.get_doc("Job Applicant", applicant))
	told = frappe.as_json(frappe.local.response.docinfo)
	assert "Applied again" in told
	assert is_harmless(told)
	for doctype in ("Notification Log", "Email Queue"):
		rows = frappe.get_all(doctype, {"creation": (">", link.creation)}, ["*"])
		told = [decoded(row.pop("message", "")) + frappe.as_json(row) for row in rows]
		assert any("O'Brien" in each or "O&#39;Brien" in each for each in told), f"{doctype}: nobody is named"
		assert [each for each in told if not is_harmless(each)] == [], doctype
	as_user(frappe.db.get_value("Employee", link.employee, "user_id"))
	page = web.get(f"/referrals/mine/{referral.name}").text
	assert "{{ 7*7 }} O&#39;Brien &amp; Lin" in page
	assert not any(each in page for each in ("<img src", "<script>a", "evil.example", "Mei 49", "\u202e"))


def test_no_formula_hides_behind_markup(link):
	fair = make_event_link()
	for words in HIDDEN:
		email = hr.unique_email("hidden")
		apply_with(link, email=email, candidate_name="Mei Lin", note=words, resume="")
		apply_with(fair, email=email, candidate_name="Mei Lin", note=words, told_by=words, resume="")
	for doctype, filters in (
		("Job Applicant", {"referral_hub_link": ("in", [link.name, fair.name])}),
		("Referral", {"link": link.name}),
		("Referral Application", {"link": ("in", [link.name, fair.name])}),
	):
		rows = exported(doctype, **filters)
		assert len(rows) >= 2 * len(HIDDEN), doctype
		assert [cell for row in rows for cell in row if runs(cell)] == [], doctype


def test_a_report_that_hr_downloads_runs_nothing_either(link):
	apply_with(link, email=hr.unique_email("report"), resume="")
	applied = frappe.get_doc("Referral", {"link": link.name})
	applied.db_set("next_word_due", hr.days_ago(5))
	for kind in ("CSV", "Excel"):
		asked = {
			"report_name": "Referral Queue",
			"file_format_type": kind,
			"filters": "{}",
			"visible_idx": "[]",
		}
		frappe.local.form_dict = frappe._dict(asked)
		query_report.export_query()
		rows = cells(kind, frappe.local.response.filecontent)
		assert [row for row in rows if KEPT in row and applied.name in row], kind
		assert [cell for row in rows for cell in row if not is_harmless(cell) or runs(cell)] == [], kind


def test_what_hrms_own_form_takes_from_a_guest_runs_in_no_export():
	frappe.set_user("Guest")
	applicant = frappe.get_doc(
		doctype="Job Applicant",
		applicant_name="=HYPERLINK(1)",
		email_id=hr.unique_email("form"),
		resume_link="=cmd",
		cover_letter=HIDDEN[0],
	).insert(ignore_permissions=True)
	frappe.set_user("Administrator")
	assert (applicant.applicant_name, applicant.resume_link) == ("HYPERLINK(1)", "cmd")
	rows = exported("Job Applicant", name=applicant.name)
	assert len(rows) > 2
	assert [cell for row in rows for cell in row if runs(cell)] == []
