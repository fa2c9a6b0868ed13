"""Eight colleagues, signed in at a server of several workers, refer one person in one instant: one owner, clear refusals."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import frappe
import site_factories as hr
from referral_factories import unique_phone
from rest_client import Person, serving

EIGHT = 8
WORKERS = 3
TAKEN = "Somebody else referred this person first. Thank you for thinking of them too."
REFER = "/api/method/referral_hub.api.portal.refer"


def test_eight_employees_refer_one_person_at_once_and_one_owns_them(commits):
	opening, phone = hr.make_opening(), unique_phone()
	local = hr.unique_email("wanted").partition("@")[0].replace(".", "")
	emails = [
		f"{local}@gmail.com",
		f"{local.upper()}@GMAIL.com",
		f"{local}+jobs@gmail.com",
		f"{local[:2]}.{local[2:]}@googlemail.com",
	]
	phones = [phone, f"+86{phone}", f"0086 {phone}", f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"]
	employees = [hr.make_employee(user=True) for _ in range(EIGHT)]
	commits.commit()
	start = Barrier(EIGHT)

	def refer(number: int):
		form = {"candidate_name": "Ada", "email": emails[number % 4], "phone": phones[(number // 2) % 4]}
		start.wait(timeout=60)
		return people[number].post(REFER, opening=opening.name, **form)

	with serving(workers=WORKERS) as address:
		people = [Person(address, employee.user_id, hr.PASSWORD) for employee in employees]
		with ThreadPoolExecutor(EIGHT) as pool:
			answers = list(pool.map(refer, range(EIGHT)))
	told = Counter(
		(answer.status_code, answer.json()["message"].get("problem", "made")) for answer in answers
	)
	assert told == {(200, "made"): 1, (422, TAKEN): EIGHT - 1}
	[winner] = [number for number, answer in enumerate(answers) if answer.status_code == 200]
	frappe.db.rollback()
	fields = ["name", "referrer", "job_applicant"]
	[referral] = frappe.get_all("Referral", {"job_opening": opening.name}, fields)
	assert referral.referrer == employees[winner].name
	assert referral.name == answers[winner].json()["message"]["referral"]
	assert frappe.get_all("Job Applicant", {"job_title": opening.name}, pluck="name") == [
		referral.job_applicant
	]
	assert frappe.db.count("Candidate Key", {"referral": referral.name, "active_key": ("is", "set")}) == 2
	assert [answer.text for answer in answers if employees[winner].employee_name in answer.text] == []
