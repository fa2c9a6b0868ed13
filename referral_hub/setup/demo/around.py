"""What happens around the year of referrals: a campaign with its own rules, links, a job fair, invitations, people in the
talent pool, questions to HR, reminders. Every record by the service that makes it on a real site; nothing is sent.
"""

import frappe
from frappe.utils import add_days, getdate, now_datetime, nowdate

from referral_hub import flow
from referral_hub.announcing import posts
from referral_hub.referrals import service as referrals
from referral_hub.referrals.disputes import answering, asking
from referral_hub.referrals.named import asking as named
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.service_level import watching
from referral_hub.referrals.sharing import applications, links
from referral_hub.referrals.sharing.applications import Application
from referral_hub.setup.demo import cast, company

CAMPAIGN = "Demo Autumn Campaign"
FAIR = "Demo Job Fair"
# how many Referrals the steps below make
REFERRALS = 6
CONSENT = "I agree that my details are used for this application."


def play() -> None:
	"""Take every step; the caller commits."""
	people, openings = company.employees(), company.openings()
	_make_campaign()
	_share(people, openings)
	_invite(people, openings)
	_refer_without_opening(people, openings)
	_name_a_colleague(people, openings)
	_ask_hr()
	_remind()
	_announce(openings)
	silence()


def silence() -> None:
	"""Send nothing of what the demo's users have caused."""
	frappe.db.set_value(
		"Referral Message",
		{"owner": ("like", f"%@{cast.DOMAIN}"), "state": "Pending"},
		{"state": "Skipped", "error": "This is the demo: nothing is sent."},
		update_modified=False,
	)


def _make_campaign() -> None:
	"""A program for one department, with an end, limits, a budget, a green channel and cases of its own."""
	frappe.get_doc(
		doctype="Referral Program",
		program_name=CAMPAIGN,
		company=cast.COMPANY,
		starts_on=nowdate(),
		ends_on=add_days(nowdate(), 60),
		opening_departments=[{"department": company.department_name("Demo Technology")}],
		cases=[
			{"case": "Recruiter", "may_refer": 1, "may_be_paid": 0, "flag_to_hr": 1},
			{"case": "On Probation", "may_refer": 0, "may_be_paid": 0, "flag_to_hr": 0},
		],
		open_limit=10,
		sla_submitted=2,
		green_channel=1,
		skippable_rounds=[{"interview_round": company.ROUND}],
		rules_page=cast.CAMPAIGN_RULES,
		rules_page_zh=cast.CAMPAIGN_RULES_ZH,
	).insert(ignore_permissions=True)


def _share(people: list[str], openings: list) -> None:
	"""Two employees share an opening; somebody applies through a link, and somebody at a job fair."""
	for employee, opening in zip(people[:2], openings[:2], strict=True):
		links.share(employee, opening.name, "Come and see us, the tea is on me.")
	shared = {"employee": people[0], "channel": "Link", "owner": cast.ACTOR}
	_apply(frappe.db.get_value("Referral Link", shared, "code"), "Lea Brandt", openings[0].name)
	fair = frappe.get_doc(
		doctype="Referral Link", channel="Event", event_name=FAIR, company=cast.COMPANY
	).insert(ignore_permissions=True)
	_apply(fair.code, "Tim Castillo", openings[1].name)


def _apply(code: str, name: str, opening: str) -> None:
	person = Candidate(name, f"{name.replace(' ', '.').lower()}@candidates.{cast.DOMAIN}")
	application = Application(person, frappe.generate_hash(length=24), CONSENT, opening=opening)
	applications.apply(links.open(code, any_opening=True), application)


def _invite(people: list[str], openings: list) -> None:
	for number, (employee, name) in enumerate(zip(people[2:4], ("Maya Silva", "Jonas Kim"), strict=True)):
		address = f"{name.replace(' ', '.').lower()}@candidates.{cast.DOMAIN}"
		referral = referrals.invite(
			employee, Candidate(name, address), openings[number].name, note="I think of you for this one."
		)
		links.make_invitation_link(referral, "I think of you for this one.")


def _refer_without_opening(people: list[str], openings: list) -> None:
	"""Three people for the talent pool; one of them is matched."""
	for employee, (name, (skills, designation)) in zip(people[4:7], cast.POOL.items(), strict=True):
		address = f"{name.replace(' ', '.').lower()}@candidates.{cast.DOMAIN}"
		referral = referrals.submit(employee, Candidate(name, address), note=f"Good at: {skills}.")
		record = frappe.get_doc("Talent Pool Record", {"referral": referral.name})
		record.update({"skills": skills, "preferred_designation": designation})
		record.save(ignore_permissions=True)
	flow.match(referral.name, openings[3].name)


def _name_a_colleague(people: list[str], openings: list) -> None:
	applicant = frappe.get_doc(
		doctype="Job Applicant",
		applicant_name="Nia Osei",
		email_id=f"nia.osei@candidates.{cast.DOMAIN}",
		job_title=openings[4].name,
		source="Employee Referral",
		source_name=people[5],
	).insert(ignore_permissions=True)
	named.ask(applicant.name)


def _ask_hr() -> None:
	"""Two employees ask; HR has answered one of them."""
	rows = frappe.get_all(
		"Referral",
		{"company": cast.COMPANY, "outcome": ("!=", "Open")},
		["name", "referrer"],
		order_by="name asc",
		limit=2,
	)
	asked = [
		asking.ask(row.referrer, row.name, kind, words)
		for row, (kind, words) in zip(rows, cast.QUESTIONS, strict=False)
	]
	if asked:
		answering.answer(asked[0].name, cast.ANSWER, answering.EXPLAINED)


def _remind() -> None:
	"""One referrer has waited too long: the recruiter was reminded, the manager was told, the referrer heard of it."""
	waiting = {"company": cast.COMPANY, "outcome": "Open", "stage": "Submitted"}
	late = frappe.get_all("Referral", waiting, pluck="name", order_by="name asc", limit=1)
	for referral in late:
		long_ago = getdate(add_days(now_datetime(), -30))
		frappe.db.set_value("Referral", referral, {"clock_from": long_ago, "last_word_on": long_ago})
		watching.set_clock(referral)
		watching.remind(referral)


def _announce(openings: list) -> None:
	"""HR announces the openings on the portal's home, with what each pays the reader."""
	post = frappe.new_doc(posts.DOCTYPE)
	post.update({**cast.ANNOUNCEMENT, "pinned": 1, "companies": [{"company": cast.COMPANY}]})
	post.update({"openings": [{"job_opening": each.name} for each in openings[:3]]})
	posts.announce(post.insert(ignore_permissions=True).name)
