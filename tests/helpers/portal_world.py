"""One world in which every page of the portal has something to show: an employee with all of it, and the links that guests hold.

Whatever people typed is Chinese, so that English left on a Chinese page is ours.
"""

import frappe
import shop_factories as given
import site_factories as hr
from announcing_factories import make_announcement
from candidate_factories import make_consent_program
from contact_factories import make_opening_for_welders
from frappe.utils import add_days, now_datetime, today
from path_factories import level, make_goal, make_path, needed
from portal_factories import make_paid_opening, make_referrer
from referral_factories import applicant_of, make_candidate, make_referral, unique_phone
from sharing_factories import make_event_link, make_link

from referral_hub.announcing.club import events, members
from referral_hub.announcing.rules.club import MEMBER
from referral_hub.api.paths import desk as path_desk
from referral_hub.api.paths import goals as goals_desk
from referral_hub.matching.contacts import service as contacts
from referral_hub.messages import unsubscribing
from referral_hub.paths.feedback import asking as feedback
from referral_hub.points import service as points
from referral_hub.points.draw import drawing
from referral_hub.recognition import service as recognition
from referral_hub.referrals import service as referrals
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.consent import asking as asking_candidates
from referral_hub.referrals.named import asking as asking_named
from referral_hub.referrals.sharing import invitations
from referral_hub.referrals.sharing import links as sharing
from referral_hub.survey import asking as survey_asking
from referral_hub.survey import service as surveys
from referral_hub.survey.rules.questions import Role
from referral_hub.talent import keeping
from referral_hub.talent.archive import contacts as talks
from referral_hub.talent.requests import asking as requests
from referral_hub.talent.templates import marked_links, media

SETTINGS, PLAN, POOL = "Referral Hub Settings", "Onboarding Goal Plan", "Talent Pool Record"
# names: of the company, of whoever made this world, of a language in itself
KNOWN_WORDS = (hr.COMPANY, "Administrator", "English")


def make_world(helper) -> frappe._dict:
	"""Make and commit it; `helper` is a live_site.Commits that takes it away again."""
	frappe.cache.delete_keys("referral_hub_limit:")
	began = now_datetime()
	_switch_on(helper, "club_on")
	clerk = hr.make_designation().name
	anna = make_referrer("安娜", designation=clerk, date_of_joining="2024-01-01")
	nobody = hr.make_user().name
	opening = make_paid_opening("海港店店长", description="带一支八个人的团队。")
	world = frappe._dict(user=anna.user_id, nobody=nobody, clerk=clerk, opening=opening.name)
	_refer(world, anna, helper)
	_ask(world, anna)
	_grow(world, anna)
	_spend(world, anna)
	_announce(world, anna)
	_bring_contacts(world, anna, helper)
	_let_guests_in(world, anna)
	recognition.recount(anna.name)
	frappe.db.commit()
	world.words = [*KNOWN_WORDS, *world.names_of_items, *_names_made_since(began)]
	return world


def _switch_on(helper, field: str) -> None:
	before = frappe.db.get_single_value(SETTINGS, field)
	frappe.db.set_single_value(SETTINGS, field, 1)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	helper.at_end(lambda: frappe.db.set_single_value(SETTINGS, field, before))


def _refer(world, anna, helper) -> None:
	"""Referrals with points earned, at every stage that looks different."""
	opening = frappe.get_doc("Job Opening", world.opening)
	first = make_referral(anna, opening, make_candidate(name="李娜"), note="她很擅长带新人。")
	make_referral(anna, opening, make_candidate(name="王芳"))
	hr.schedule_interview(applicant_of(first), on=hr.in_days(3))
	helper.run_jobs()
	over = make_referral(anna, opening, make_candidate(name="赵敏"))
	over.db_set("consent_state", "Given")
	referrals.close(over.name, "Withdrawn")
	asked = surveys.invite(over.name, Role.REFERRER)
	frappe.db.set_value(survey_asking.INVITATION, asked, "employee", anna.name)
	world.update(referral=first.name, over=over.name)


def _ask(world, anna) -> None:
	"""What waits for an answer of hers: an applicant who named her, a request of HR, a question of a newcomer."""
	named = hr.make_applicant(
		hr.make_opening("收银员"), name="孙强", source="Employee Referral", source_name=anna.name
	)
	record = _record("钱伟")
	mei = make_referrer("小梅", reports_to=anna.name)
	world.update(
		claim=asking_named.ask(named.name),
		request=requests.ask(record.name, anna.name, {"subject": "你好", "words": "钱伟，你好。"}),
		question=feedback.ask(mei.name, "Tasks", "忙的时候先做什么？").name,
		newcomer=mei.name,
	)


def _grow(world, anna) -> None:
	"""A path she is on, goals of her own and of her newcomer, and the same for somebody with an offer."""
	clerk, head = world.clerk, hr.make_designation().name
	make_path(
		level("L1", clerk, title="店员", usual_months=12),
		level("M2", head, title="店长", follows="L1", pay_from=9000, currency="CNY"),
		requirements=[needed("M2", "达成目标", 1, unit="个", source="Goal", counted="Ever")],
	)
	make_goal(anna.name, 40, goal_name="熟悉收银台")
	for person in (anna.name, world.newcomer):
		_plan_of(person)
	rows = [{"goal": "熟悉收银台", "months": 1, "measure": "独立收银"}]
	title = hr.unique("T")
	frappe.get_doc(
		doctype="Onboarding Goal Template", title=title, designation=clerk, company=hr.COMPANY, goals=rows
	).insert()
	offer = hr.make_offer(hr.make_applicant(name="周静", designation=clerk))
	proposed = goals_desk.propose(goals_desk.make(offer.name))
	world.update(path="/path/" + _token(path_desk.make_link(offer.name)), goals="/goals/" + _token(proposed))


def _plan_of(employee: str) -> None:
	"""Write goals under way below the rules, which want an offer and a first day."""
	plan = frappe.new_doc(PLAN)
	values = {"name": frappe.generate_hash(length=10), "employee": employee, "state": "Under Way"}
	plan.update({**values, "company": hr.COMPANY, "joined_on": hr.days_ago(30)})
	plan.db_insert()
	line = plan.append("goals", {"goal": "熟悉收银台", "months": 2, "measure": "独立收银"})
	line.update({"name": frappe.generate_hash(length=10), "parent": plan.name})
	line.db_insert()


def _spend(world, anna) -> None:
	"""The shop with an order of hers, and a draw that runs."""
	mug = given.make_item("Goods", 50, item_name_zh="马克杯", description="装茶。", description_zh="装茶。")
	card = given.make_item("Code", 30, item_name_zh="电影卡")
	given.make_codes(card, hr.unique("FILM"))
	points.post(anna.name, 200, "Issuance", hr.unique("earn"))
	given.order(anna, card)
	draw = frappe.new_doc("Prize Draw")
	draw.update({"draw_name": hr.unique("Draw"), "draw_name_zh": "秋季抽奖", "tickets_per_referral": 2})
	draw.update({"from_day": add_days(today(), -9), "to_day": add_days(today(), 9)})
	draw.append("prizes", {"prize": "咖啡机", "prize_zh": "咖啡机", "how_many": 1})
	draw.insert()
	drawing.announce(draw.name)
	world.update(item=mug.name, names_of_items=[mug.item_name, card.item_name, draw.draw_name])


def _announce(world, anna) -> None:
	words = {"title": "春季招聘", "title_zh": "春季招聘", "text": "<p>门店正在扩张。</p>"}
	world.news = make_announcement(openings=[world.opening], text_zh=words["text"], **words).name
	members.invite(anna.name)
	members.answer(anna.name, MEMBER)
	event = frappe.new_doc(events.DOCTYPE)
	event.update({"title": "晚餐", "title_zh": "晚餐", "place": "食堂", "capacity": 9})
	event.update({"about": "<p>一起吃饭。</p>", "starts_on": f"{hr.in_days(5)} 18:00:00"})
	events.open_event(event.insert().name)


def _bring_contacts(world, anna, helper) -> None:
	helper.at_end(lambda: contacts.delete_all(anna.name))
	make_opening_for_welders("3年经验")
	world.contact = contacts.add_line(anna.name, "吴磊, 焊工, 9年", "CN")


def _let_guests_in(world, anna) -> None:
	opening = frappe.get_doc("Job Opening", world.opening)
	applied = make_referral(anna, opening, make_candidate(name="郑爽"))
	program = make_consent_program()
	waiting = referrals.submit(anna.name, make_candidate(name="冯丽"), opening.name, program)
	invited = make_candidate(name="陈晨")
	invitation = invitations.invite(anna.name, invited, opening.name, message="来看看吧。")
	message = frappe.get_all("Referral Message", {"referral": applied.name}, pluck="name", limit=1)[0]
	record = _record("褚健")
	asked = surveys.invite(applied.name, Role.CANDIDATE)
	world.update(
		link=make_link(anna, opening, message="我们的咖啡最好喝。").code,
		fair=make_event_link(event_name="春季招聘会").code,
		invitation=invitation.code,
		candidate=asking_candidates.link_of(applied.name),
		asked=asking_candidates.link_of(waiting.name),
		pool=keeping.link_of(record.name),
		look="/look/" + _token(marked_links.address_of(record.name)),
		hello=_hello(record.name),
		survey=survey_asking.link_of(asked),
		card=f"/refer/{cards.issue(anna.name)}",
		no_mail="/no-mail/" + _token(unsubscribing.link_for(message)),
	)
	sharing.share(anna.name, opening.name)


def _hello(record: str) -> str:
	file = frappe.get_doc(
		doctype="File", file_name="hello.mp3", content=b"ID3\x04 hello", is_private=1
	).insert()
	media.keep(talks.note(record, "Message", "你好。", direction=talks.OUT), [file])
	return "/hello/" + _token(media.link_of(record))


def _record(name: str):
	contact = {"email": hr.unique_email("pool"), "phone": unique_phone()}
	row = frappe.get_doc(doctype=POOL, person_name=name, company=hr.COMPANY, **contact).insert()
	row.db_set({"consent_state": "Given", "happened_on": hr.days_ago(183)})
	return row


def _token(link: str) -> str:
	return link.rpartition("/")[2]


def _names_made_since(moment) -> list[str]:
	"""Return the names that are English because a factory or the platform makes them so."""
	named = {
		"Department": "name",
		"Designation": "name",
		"Employee": "employee_name",
		"Job Opening": "job_title",
		"Performance Path": "path_name",
		"Referral Program": "name",
		"Reward Rule": "rule_name",
		"User": "full_name",
	}
	new = {"creation": (">=", moment)}
	found = (frappe.get_all(doctype, new, pluck=field) for doctype, field in named.items())
	return [name for names in found for name in names if name]
