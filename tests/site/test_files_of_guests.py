"""What a guest uploads is a document for HR and nothing else: no page, no script, no name that leads elsewhere, for nobody but HR."""

import io

import frappe
import pytest
import site_factories as hr
from hostile_files import FILES
from in_process import answering
from sharing_factories import filled_form, make_link

from referral_hub.portal.guests import pace

TYPES = {
	"application/pdf",
	"application/msword",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@pytest.fixture
def taken(commits, monkeypatch):
	"""The files that were taken of all the odd ones, the web they came by, and a cookie of somebody in HR."""
	frappe.cache.delete_keys("referral_hub_limit:")
	monkeypatch.setattr(pace, "STEP", 1e-6)
	link, recruiter = make_link(), hr.make_hr_manager()
	employee = hr.make_employee(user=True)
	commits.commit()
	with answering() as web:
		for name, content in FILES:
			form = filled_form(link, email=hr.unique_email("file"), resume="")
			sent = web.ask(
				"POST", f"/r/{link.code}", data=form, files=[("resume", (name, io.BytesIO(content)))]
			)
			assert sent.status_code in (303, 422), name
		frappe.db.rollback()
		applicants = frappe.get_all("Job Applicant", {"referral_hub_link": link.name}, pluck="name")
		urls = frappe.get_all("File", {"attached_to_name": ("in", applicants)}, pluck="file_url")
		yield frappe._dict(
			web=web, urls=urls, hr=_cookie(web, recruiter), employee=_cookie(web, employee.user_id)
		)


def _cookie(web, user) -> dict:
	answer = web.ask(
		"POST", "/api/method/login", json={"usr": getattr(user, "name", user), "pwd": hr.PASSWORD}
	)
	[sid] = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("sid=")]
	return {"Cookie": sid.partition(";")[0]}


def test_hr_opens_documents_and_nobody_else_opens_anything(taken):
	assert len(taken.urls) > 8, "too few were taken: nothing is tested"
	for url in taken.urls:
		opened = taken.web.ask("GET", url, headers=taken.hr)
		assert opened.status_code == 200, url
		assert opened.headers["Content-Type"].partition(";")[0] in TYPES, url
		assert not set("\r\n") & set(opened.headers.get("Content-Disposition", ""))
		for somebody in (taken.employee, {}):
			assert taken.web.ask("GET", url, headers=somebody).status_code == 403, url
