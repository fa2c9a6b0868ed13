"""One employee of whom every part of the API has something to say, colleagues she has to do with, and the links that guests hold."""

from unittest.mock import patch

import frappe
import shop_factories as shop
import site_factories as hr
from announcing_factories import make_announcement, make_onboarding_template, onboard
from api_program import key_of
from contact_factories import make_opening_for_welders
from frappe.utils import add_days, getdate, today
from path_factories import level, make_path, needed, promote
from portal_factories import make_paid_opening, make_referrer
from referral_factories import make_candidate, make_referral, unique_phone

from referral_hub.announcing import learning
from referral_hub.announcing.club import events, members
from referral_hub.matching.contacts import keeping as contact_rows
from referral_hub.matching.contacts import service as contacts
from referral_hub.matching.contacts.files import importing
from referral_hub.paths import cases
from referral_hub.paths.feedback import asking as feedback
from referral_hub.paths.goals.editing import PLAN
from referral_hub.points import clock
from referral_hub.points import service as points
from referral_hub.points.draw import drawing
from referral_hub.recognition import service as recognition
from referral_hub.referrals import service as referrals
from referral_hub.referrals.consent import asking as candidates
from referral_hub.referrals.disputes import refused
from referral_hub.referrals.named import asking as named
from referral_hub.referrals.sharing import invitations, links
from referral_hub.survey import asking as survey_asking
from referral_hub.survey import service as surveys
from referral_hub.survey.rules.questions import Role
from referral_hub.talent import keeping
from referral_hub.talent.requests import asking as requests

SETTINGS, POOL = "Referral Hub Settings", "Talent Pool Record"


def make_world(helper) -> dict:
	"""Make it; `helper` is a live_site.Commits that takes it away again."""
	_switch_on_the_club(helper)
	clerk, head = (hr.make_designation().name for _ in range(2))
	anna = make_referrer("Anna", designation=clerk, date_of_joining="2025-01-01")
	bo, carl = make_referrer("Bo"), make_referrer("Carl")
	world = frappe._dict(anna=anna, bo=bo, carl=carl.user_id, opening=make_paid_opening().name)
	_refer(world, anna)
	_grow(world, anna, clerk, head)
	_spend(world, anna)
	_announce(world, anna)
	_keep_contacts(helper, anna, carl, bo)
	_wait_for_an_answer(world, anna)
	_let_guests_in(world, anna)
	recognition.recount(anna.name)
	keys = (anna.user_id, bo.user_id, carl.user_id, world.newcomer)
	return {**world, "keys": {user: key_of(user) for user in keys}}


def _switch_on_the_club(helper) -> None:
	before = frappe.db.get_single_value(SETTINGS, "club_on")
	frappe.db.set_single_value(SETTINGS, "club_on", 1)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	helper.at_end(lambda: frappe.db.set_single_value(SETTINGS, "club_on", before))


def _refer(world, anna) -> None:
	"""A referral that came, one that is over and asked about, one of a colleague, one that was refused; links and an invitation."""
	opening = frappe.get_doc("Job Opening", world.opening)
	came, over = (make_referral(anna, opening, make_candidate(name=hr.unique("Li Na"))) for _ in range(2))
	hired = {"stage": "Joined", "outcome": "Hired", "joined_on": today(), "stays": f"{today()}/.."}
	frappe.db.set_value("Referral", came.name, hired, update_modified=False)
	over.db_set("consent_state", "Given")
	referrals.close(over.name, "Withdrawn")
	asked = {role: surveys.invite(over.name, role) for role in Role}
	frappe.db.set_value(survey_asking.INVITATION, asked[Role.REFERRER], "employee", anna.name)
	taken = make_referral(world.bo, opening, make_candidate(name=hr.unique("Hu Die")))
	refusal = refused.ask(
		anna.name, make_candidate(), opening.name, "Somebody was first.", "I talked to them in May."
	)
	links.share(anna.name, opening.name)
	invitations.invite(anna.name, make_candidate(name=hr.unique("Chen")), opening.name)
	survey = _token(survey_asking.link_of(asked[Role.CANDIDATE]))
	world.update(referral=came.name, over=over.name, taken=taken, refusal=refusal.name, survey=survey)


def _grow(world, anna, clerk: str, head: str) -> None:
	"""A path she rose on and agreed to be shown on, and goals of hers."""
	path = make_path(
		level("L1", clerk),
		level("L2", head, follows="L1"),
		level("L3", hr.make_designation().name, follows="L2"),
		requirements=[needed("L3", "Goals reached", 1, unit="goals", source="Goal", counted="Ever")],
	)
	promote(anna.name, "2026-03-01", designation=head)
	cases.agree(anna.name, path, "L1 L2 2026-03-01", "First Name", "Courage", "Yes")
	plan = frappe.new_doc(PLAN)
	plan.update({"name": frappe.generate_hash(length=10), "employee": anna.name, "state": "Under Way"})
	plan.update({"company": hr.COMPANY, "joined_on": hr.days_ago(30)})
	plan.db_insert()
	goal = plan.append("goals", {"goal": "Know the till", "months": 2, "measure": "Alone at it"})
	goal.update({"name": frappe.generate_hash(length=10), "parent": plan.name})
	goal.db_insert()


def _spend(world, anna) -> None:
	"""Points, an order, and a draw that was drawn."""
	points.post(anna.name, 100, "Issuance", hr.unique("earn"))
	draw = frappe.new_doc("Prize Draw")
	draw.update({"draw_name": hr.unique("Draw"), "from_day": today(), "to_day": today(), "leave_out_hr": 0})
	draw.update({"points_per_ticket": 10, "tickets_per_referral": 0, "tickets_per_hire": 0})
	draw.append("prizes", {"prize": "Mug", "how_many": 1})
	drawing.announce(draw.insert().name)
	shop.order(anna, shop.make_item(price=30))
	with patch.object(clock, "today", lambda: getdate(add_days(today(), 3))):
		drawing.close(draw.name)
		drawing.draw_prizes(draw.name)
	world.draw = draw.name


def _announce(world, anna) -> None:
	"""What HR says, an invitation into the club with an event, and a task of a newcomer's onboarding."""
	world.post = make_announcement(openings=[world.opening], pinned=1)
	members.invite(anna.name)
	event = frappe.new_doc(events.DOCTYPE)
	event.update({"title": hr.unique("Dinner"), "place": "Canteen", "starts_on": f"{hr.in_days(5)} 18:00:00"})
	events.open_event(event.insert().name)
	template = make_onboarding_template()
	learning.put_into(template.name, 0)
	newcomer, task = onboard(template)
	world.update(event=event.name, newcomer=newcomer.user_id, task=task)


def _keep_contacts(helper, anna, carl, bo) -> None:
	"""One of hers that ends soon and fits an opening, and one that was kept under another login."""
	make_opening_for_welders()
	mine, others = (_contact_of(helper, each) for each in (anna, carl))
	_bring_in(helper, anna)
	contact_rows.mark(anna.name, [mine], warned_on=hr.days_ago(3))
	frappe.db.set_value("Referral Contact", others, "owner", bo.user_id)


def _bring_in(helper, employee) -> None:
	"""A file that was read, of which one row could not be kept."""
	helper.at_end(lambda: importing.forget_all(employee.name))
	people = (
		f"Name,E-mail,Position\n{hr.unique('Lan')},{hr.unique_email('lan')},Cook\nBo,bo-at-nowhere,Cook\n"
	)
	name = importing.begin(employee.name, "people.csv", people.encode(), "CN")
	frappe.db.set_value(importing.DOCTYPE, name, {"owner": employee.user_id, "state": importing.WAITING})
	found = importing.open_file(name)
	while importing.take_some(name, found):
		pass


def _contact_of(helper, employee) -> str:
	helper.at_end(lambda: contacts.delete_all(employee.name))
	return contacts.add_line(employee.name, f"{hr.unique('Mei')}, welder, 9 years", "CN")


def _wait_for_an_answer(world, anna) -> None:
	"""An applicant who named her, requests of HR, a newcomer's question."""
	applicant = hr.make_applicant(hr.make_opening(), source="Employee Referral", source_name=anna.name)
	mei = make_referrer("Mei", reports_to=anna.name)
	world.update(
		claim=named.ask(applicant.name),
		requests=[requests.ask(_record(), anna.name, {"words": "Dear you"}) for _ in range(2)],
		question=feedback.ask(mei.name, "Tasks", "What comes first?").name,
	)


def _let_guests_in(world, anna) -> None:
	referral = make_referral(anna)
	world.update(
		candidate=_token(candidates.link_of(referral.name)),
		pool=_token(keeping.link_of(_record())),
	)


def _record() -> str:
	contact = {"email": hr.unique_email("pool"), "phone": unique_phone(), "company": hr.COMPANY}
	return frappe.get_doc(doctype=POOL, person_name=hr.unique("Wen Lan"), **contact).insert().name


def _token(link: str) -> str:
	return link.rpartition("/")[2]
