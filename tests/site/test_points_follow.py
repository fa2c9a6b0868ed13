"""Points follow their owner to the company they work for now: by HR or at once, each with its last day; the books of both tie."""

import frappe
import points_processes
import pytest
import reward_factories as given
import shop_factories as shop_given
import site_factories as make
from frappe.utils import add_days, add_months, getdate, today
from message_factories import make_reader, messages_to
from site_factories import transfer

from referral_hub.api.shop import wallets as api
from referral_hub.messages import service as messages
from referral_hub.points import errors, service
from referral_hub.points.following import asking, finding, handing_on
from referral_hub.points.moving import warning
from referral_hub.portal import wallet as portal
from referral_hub.referral_hub.report.points_liability.points_liability import execute

SOON, LATER = 20, 200
WHY = "You work there now"
UNMATCHED = "moved points between companies and does not match its other half"


@pytest.fixture
def sister() -> str:
	return make.bare_company()


@pytest.fixture
def ann():
	return make_reader("en")


def day(days: int):
	return getdate(add_days(today(), days))


def earn(employee, points: int, days: int | None = None, company: str | None = None) -> str:
	return service.post(
		employee.name,
		points,
		"Issuance",
		make.unique("earn"),
		company=company,
		expires_on=day(days) if days else None,
	)


def wallet(employee, company: str = make.COMPANY) -> str:
	return frappe.db.get_value("Points Account", {"employee": employee.name, "company": company, "slot": ""})


def move(*wallets: str) -> dict:
	return api.move_points(list(wallets), WHY)


def follow_at_once(employee=None) -> int:
	"""What the job does after a transfer, and the one of the night for everybody."""
	waiting = handing_on.waiting(employee.name if employee else None)
	return sum(handing_on.hand_on(name) for name in waiting)


@pytest.fixture
def at_once():
	frappe.db.set_single_value("Referral Hub Settings", "points_follow_a_transfer", "At Once")
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")


@pytest.mark.parametrize("new_id", [True, False], ids=["a second record", "the same record"])
def test_what_the_old_company_gave_moves_with_its_last_days_and_both_wallets_say_so(ann, sister, new_id):
	earn(ann, 60, SOON), earn(ann, 40, LATER), earn(ann, 5)
	service.post(ann.name, -10, "Shop", make.unique("spent"))
	now = transfer(ann, sister, new_id)
	earn(now, 7)
	assert move(wallet(ann)) == {"points": 95, "moved": 1, "left": []}
	assert (service.balance(ann.name, make.COMPANY), service.balance(now.name, sister)) == (0, 102)
	kept = [(lot["remaining"], lot["expires_on"]) for lot in service.lots(now.name, sister)]
	assert kept == [(50, day(SOON)), (40, day(LATER)), (7, None), (5, None)]
	came, left = (portal.tell(now, asked_wallet=number)["statement"][:3] for number in ("1", "2"))
	assert {(line["what"], line["about"]) for line in came} == {(f"Came from {make.COMPANY}", WHY)}
	assert {(line["what"], line["about"]) for line in left} == {(f"Moved to {sister}", WHY)}
	messages.send_pending()
	(mail,) = messages_to(now, event="points_moved", channel="Email")
	assert f"that {make.COMPANY} gave you were moved to your wallet of <b>{sister}</b>" in mail.content
	assert WHY in mail.content
	assert service.verify() == []


def test_nothing_moves_twice_nor_where_its_owner_works_there(ann, sister):
	earn(ann, 30)
	here = wallet(ann)
	assert [left["wallet"] for left in move(here)["left"]] == [here]
	now = transfer(ann, sister, new_id=False)
	assert move(here)["points"] == 30
	again = move(here)
	assert (again["points"], again["moved"], [left["wallet"] for left in again["left"]]) == (0, 0, [here])
	assert service.balance(now.name, sister) == 30
	with pytest.raises(frappe.ValidationError, match="Say why: the employee reads it."):
		api.move_points(here, " ")


def test_a_broken_wallet_stays_and_the_others_move(sister):
	bo, cy = make.make_employee(), make.make_employee()
	for person in (bo, cy):
		earn(person, 10)
		transfer(person, sister, new_id=False)
	frappe.db.sql("update `tabPoints Account` set balance = 11 where name = %s", wallet(bo))
	found = move(wallet(bo), wallet(cy))
	assert (found["points"], found["moved"], [left["wallet"] for left in found["left"]]) == (
		10,
		1,
		[wallet(bo)],
	)
	assert service.balance(cy.name, sister) == 10


def test_only_hr_of_both_companies_moves_points_and_nobody_their_own(ann, sister, as_user):
	earn(ann, 30)
	transfer(ann, sister, new_id=False)
	old, manager, other = wallet(ann), make.make_hr_manager(), make.make_user(roles=("HR User",))

	def button() -> dict | None:
		form = frappe.get_doc("Points Account", old)
		form.run_method("onload")
		return form.get_onload("moves_to")

	frappe.permissions.add_user_permission("Company", make.COMPANY, manager.name, ignore_permissions=True)
	as_user(manager.name)
	assert button() is None
	with pytest.raises(frappe.PermissionError, match="by an HR Manager of both companies"):
		move(old)
	as_user(other.name)
	with pytest.raises(frappe.PermissionError):
		move(old)
	as_user("Administrator")
	assert not finding.may_move(*finding.elsewhere(wallets=[old]), ann.user_id)
	frappe.permissions.add_user_permission("Company", sister, manager.name, ignore_permissions=True)
	shop_given.make_item()
	as_user(manager.name)
	assert button() == {"company": sister, "has_shop": True}
	assert move(old)["points"] == 30
	assert button() is None


def test_where_hr_wants_it_points_follow_at_once_and_what_comes_back_follows_later(ann, sister, at_once):
	earn(ann, 50, SOON)
	spent = service.post(ann.name, -20, "Shop", make.unique("spent"))
	now = transfer(ann, sister)
	assert (follow_at_once(now), follow_at_once(now)) == (30, 0)
	service.reverse(spent, make.unique("back"))
	assert service.balance(ann.name, make.COMPANY) == 20
	assert follow_at_once() >= 20
	assert service.balance(now.name, sister) == 50
	back = transfer(now, make.COMPANY)
	assert follow_at_once(back) == 50
	held = [(lot["remaining"], lot["expires_on"]) for lot in service.lots(back.name, make.COMPANY)]
	assert held == [(50, day(SOON))]
	assert (service.balance(ann.name, make.COMPANY), service.balance(now.name, sister)) == (0, 0)
	assert service.verify() == []


def test_a_transfer_starts_the_job_only_where_it_is_wanted(ann, sister, monkeypatch):
	started = []
	monkeypatch.setattr(
		handing_on, "start_after_commit", lambda method, **more: started.append(more["employee"])
	)
	now = transfer(ann, sister)
	assert started == []
	monkeypatch.setattr(handing_on, "is_at_once", lambda: True)
	back = transfer(now, make.COMPANY, new_id=False)
	assert set(started) == {back.name}


def test_what_is_undone_after_a_move_is_owed_and_nobodys_wallet_is_below_zero(sister):
	story = given.make_story(given.points("Interviewed", 50))
	meeting = given.interview(story)
	given.pay()
	now = transfer(story.referrer, sister, new_id=False)
	assert move(wallet(story.referrer))["points"] == 50
	meeting.reload()
	meeting.delete()
	given.follow(story)
	owed = given.reward_of(story, "Interviewed")
	assert (owed.state, owed.owed_amount) == ("Owed", 50)
	assert (service.balance(now.name, make.COMPANY), service.balance(now.name, sister)) == (0, 50)
	assert service.verify() == []


def test_what_expired_where_it_was_moved_is_neither_owed_nor_kept_of_the_next_reward(sister):
	story = given.make_story(given.points("Interviewed", 50))
	meeting = given.interview(story)
	program = frappe.db.get_value("Referral", story.name, "program")
	frappe.db.set_value("Referral Program", program, "points_lifetime_months", 1)
	given.pay()
	now = transfer(story.referrer, sister, new_id=False)
	assert move(wallet(story.referrer))["points"] == 50
	service.expire_due(add_days(add_months(today(), 1), 1))
	assert service.balance(now.name, sister) == 0
	meeting.reload()
	meeting.delete()
	given.follow(story)
	undone = given.reward_of(story, "Interviewed")
	assert (undone.state, undone.owed_amount) == ("Clawed Back", 0)
	given.interview(given.refer(now, story.opening))
	assert given.pay()["paid"] == 1
	assert (service.balance(now.name, make.COMPANY), service.balance(now.name, sister)) == (0, 50)
	assert service.verify() == []


def test_half_of_a_move_is_not_taken_back_alone(ann, sister):
	earn(ann, 30)
	transfer(ann, sister, new_id=False)
	old = wallet(ann)
	move(old)
	half = frappe.db.get_value("Points Ledger Entry", {"account": old, "direction": "Out"})
	with pytest.raises(errors.CannotReverse):
		service.reverse(half, make.unique("undo"))


@pytest.mark.parametrize("defect", ["another last day", "the books of the other company", "no other half"])
def test_a_move_whose_halves_do_not_match_is_found(ann, sister, defect):
	earn(ann, 30, SOON)
	now = transfer(ann, sister, new_id=False)
	move(wallet(ann))
	entry = frappe.db.get_value("Points Ledger Entry", {"account": wallet(now, sister)}, ["name", "twin"])
	if defect == "another last day":
		later = day(LATER)
		frappe.db.sql(
			"update `tabPoints Ledger Entry` set expires_on = %s where name = %s", (later, entry[0])
		)
		frappe.db.sql("update `tabPoints Lot` set expires_on = %s where name = %s", (later, entry[0]))
	elif defect == "the books of the other company":
		other = frappe.db.get_value("Points Ledger Entry", entry[1], "counter")
		frappe.db.sql("update `tabPoints Ledger Entry` set counter = %s where name = %s", (other, entry[0]))
	else:
		frappe.db.sql("update `tabPoints Ledger Entry` set twin = null where name = %s", entry[0])
	found = service.verify()
	named = "without its other half" if defect == "no other half" else UNMATCHED
	assert [words for words in found if named in words and entry[0] in words]
	assert [words for words in service.verify(since=getdate()) if named in words and entry[0] in words]


def test_the_books_say_what_left_and_what_came_and_tie_over_the_group(ann, sister):
	def moved(company: str | None, step: str) -> tuple[int, str]:
		_columns, rows, said, *_more = execute({"company": company, "view": "Movement", "day": today()})
		return (rows[-1].get(step) or 0) if rows else 0, said

	def listed() -> dict:
		rows = execute({"company": make.COMPANY, "view": "Works Elsewhere"})[1]
		return {row["wallet"]: (row["works_for"], row["points"], row["ends_on"]) for row in rows}

	earn(ann, 30, SOON)
	before = moved(make.COMPANY, "left")[0]
	now = transfer(ann, sister, new_id=False)
	old = wallet(ann)
	assert listed()[old] == (sister, 30, day(SOON))
	move(old)
	assert old not in listed()
	left, said = moved(make.COMPANY, "left")
	assert (left - before, said[:19]) == (30, "Ties to the ledger:")
	came, said = moved(sister, "came")
	assert (came, said) == (30, "Ties to the ledger: open points and entries both say 30.")
	assert moved(None, "came")[1].endswith("what left and what came tie.")
	asked = {"company": sister, "view": "Movement", "day": today(), "step": "came", "group": today()[:7]}
	assert [row["points"] for row in execute(asked)[1]] == [30]
	assert [row["points"] for row in execute(asked | {"step": "left"})[1]] == []
	assert service.balance(now.name, sister) == 30


def test_hr_is_asked_once_before_points_end_that_nobody_can_spend_and_the_warning_says_so(ann, sister):
	manager = make.make_hr_manager().name
	earn(ann, 30, SOON), earn(ann, 4, LATER)
	now = transfer(ann, sister)
	old = wallet(ann)
	assert old in asking.ending()
	assert (asking.ask(old), asking.ask(old)) == (True, True)

	def tasks(**more) -> list:
		about = {"reference_type": "Points Account", "reference_name": old, "allocated_to": manager, **more}
		return frappe.get_all("ToDo", about, ["name", "description"])

	(task,) = tasks(status="Open")
	assert f"works for {sister} now. 30 points that {make.COMPANY} gave them expire after" in task.description
	warning.warn_some()
	messages.send_pending()
	(mail,) = messages_to(now, event="points_expiring", channel="Email")
	assert "HR was asked to move them there." in mail.content
	move(old)
	assert (len(tasks()), tasks(status="Open"), old in asking.ending()) == (1, [], False)


def test_who_closes_the_task_has_decided(ann, sister):
	earn(ann, 30, SOON)
	transfer(ann, sister)
	old = wallet(ann)
	asking.ask(old)
	asking.close(old)
	asked = frappe.db.count("ToDo", {"reference_type": "Points Account", "reference_name": old})
	assert asking.ask(old) is False
	assert frappe.db.count("ToDo", {"reference_type": "Points Account", "reference_name": old}) == asked


def test_two_of_hr_who_click_at_once_move_once(commits, sister):
	bo = make.make_employee()
	for points in (20, 10):
		earn(bo, points)
	earn(bo, 5, SOON)
	now = transfer(bo, sister)
	commits.commit()
	moved = points_processes.run("hand_on", 8, wallet=wallet(bo))
	frappe.db.rollback()
	assert sorted(moved) == [0] * 7 + [35]
	assert (service.balance(bo.name, make.COMPANY), service.balance(now.name, sister)) == (0, 35)
	assert service.verify() == []
