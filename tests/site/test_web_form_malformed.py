"""Thousands of malformed requests to HRMS's own application form, which carries our question and our link: no error of ours.

The form is HRMS's: what the platform itself can't read it may answer with its own error. Ours would show in the traceback.
"""

import frappe
import malformed
import pytest
import site_factories as hr
from malformed import NASTY, attack, attacked, request_of
from sharing_factories import make_event_link, make_link

from referral_hub.referrals.named import asking
from referral_hub.referrals.rules.sources import naming
from referral_hub.referrals.sharing import careers

FORM = "job-application"
ACCEPT = "/api/method/frappe.website.doctype.web_form.web_form.accept"
# what a stranger tries to write beside the fields of the form
OURS = (
	"referral_hub_told_by",
	"referral_hub_referral",
	"referral_hub_link",
	"referral_hub_referred",
	"source",
)
GUARDED = "A referral could not be looked at"


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(_helper) -> dict:
	return {"link": make_link(), "fair": make_event_link(), "colleague": hr.make_employee()}


def what_was_typed(world, chance) -> dict:
	"""Whole enough to be saved about every second time, so that our part runs and not only the platform's refusal."""
	typed = {"applicant_name": hr.unique("Guest"), "email_id": hr.unique_email("guest"), "country": "China"}
	typed["job_title"] = world.link.job_opening
	for name in (
		*OURS,
		*chance.sample((*typed, "cover_letter", "cover_letter", "resume_link", "name", "doctype"), 1),
	):
		if chance.random() < 0.5:
			typed[name] = chance.choice((*NASTY, *malformed.BODIES, world.colleague.employee_name))
	return {key: value for key, value in typed.items() if chance.random() < 0.97}


def of_form(world, chance) -> dict:
	"""One request to the form's method, by a browser that came by a link, a broken one or none."""
	if int(chance.random() * 20) == 0:
		frappe.cache.delete_keys("rl:")  # the platform lets an address send ten a minute
	data = frappe.as_json(what_was_typed(world, chance))
	if chance.random() < 0.1:
		data = chance.choice((*NASTY, data[:-5], "[]", "1"))
	request = request_of(chance, ACCEPT, {"web_form": FORM, "data": data})
	codes = (world.link.code, world.fair.code, "zzzzzzzzzz", "%00", "x" * 500)
	headers = {
		**request["headers"],
		"X-Forwarded-For": f"203.0.{chance.randrange(250)}.{chance.randrange(250)}",
	}
	if chance.random() < 0.4:
		headers["Cookie"] = f"{careers.COOKIE}={chance.choice(codes)}"
	if chance.random() < 0.3:
		headers["Referer"] = f"https://jobs.example/?r={chance.choice((*codes, '[', '%ff'))}"
	if chance.random() < 0.1:
		headers["Referer"] = chance.choice(("https://[", "//", "\xff", "http://x:y:z/?r=1"))
	return {**request, "headers": headers}


def is_the_platforms(answer) -> bool:
	return "/referral_hub/" not in answer.text


def test_the_harness_sees_whose_error_it_is(world):
	answer = malformed.ask(world.web, "POST", ACCEPT, data={"web_form": FORM, "data": "["})
	assert answer.status_code == 500
	assert "Traceback" in answer.text
	assert is_the_platforms(answer)


def errors_of_ours() -> list[str]:
	return frappe.get_all("Error Log", {"method": ("like", f"%{GUARDED}%")}, pluck="name", order_by="name")


def test_no_malformed_application_on_hrms_own_form_is_an_error_of_ours_or_credits_anybody(world):
	before = set(frappe.get_all("Job Applicant", pluck="name"))
	referrals, logged = frappe.db.count("Referral"), errors_of_ours()
	broken = attack(
		world.web,
		lambda chance: of_form(world, chance),
		excused=is_the_platforms,
		number=malformed.SLOW,
		door=FORM,
	)
	assert broken == []
	frappe.db.rollback()
	made = [name for name in frappe.get_all("Job Applicant", pluck="name") if name not in before]
	assert len(made) > malformed.SLOW / 20, "too few got as far as our part"
	assert errors_of_ours() == logged
	fields = [
		"name",
		"referral_hub_referral",
		"referral_hub_referred",
		"source",
		"referral_hub_told_by",
		"referral_hub_link",
	]
	rows = frappe.get_all("Job Applicant", {"name": ("in", made)}, fields)
	assert {(row.referral_hub_referral, row.referral_hub_referred, row.source) for row in rows} == {
		(None, 0, None)
	}
	assert {row.referral_hub_link for row in rows} <= {None, world.link.name, world.fair.name}
	words = {row.referral_hub_told_by or "" for row in rows}
	assert {naming.one_line(each) for each in words} == words
	assert frappe.db.count("Referral") == referrals
	_the_jobs_read_it_all(world, rows)


def _the_jobs_read_it_all(world, rows) -> None:
	"""Run what waits for the commit: asking whom they named, crediting whose link they came by."""
	for row in rows:
		asking.ask(row.name)
		if row.referral_hub_link:
			careers.credit(row.name)
	claims = frappe.get_all(
		asking.DOCTYPE, {"job_applicant": ("in", [row.name for row in rows])}, ["employee"]
	)
	assert {claim.employee for claim in claims} <= {None, world.colleague.name}
	frappe.db.rollback()
