"""A draw of prizes on a live site: announced, closed, drawn once, checked by anybody, drawn again only with a reason."""

import json
import re
from pathlib import Path

import frappe
import points_processes
import portal_requests as web
import pytest
import shop_factories as given
import site_factories as hr
from frappe.utils import add_days, add_months, getdate, today
from points_attacker import tamper
from portal_factories import make_referrer
from referral_factories import make_referral

from referral_hub.api.shop import draws as desk
from referral_hub.fulfilment import service as fulfilment
from referral_hub.kept import KeptByTheApp
from referral_hub.people.deleted import set_aside
from referral_hub.points import clock
from referral_hub.points import service as points
from referral_hub.points.draw import drawing, errors, prizes, reading
from referral_hub.points.rules import draw as rules
from referral_hub.portal import wallet
from referral_hub.portal.recognition import wall

ROOT = Path(__file__).resolve().parents[2]
MUG, POINTS = (
	{"prize": "Mug", "how_many": 1, "prize_zh": "马克杯"},
	{"prize": "300 points", "kind": "Points", "points": 300, "how_many": 1},
)


@pytest.fixture
def over(monkeypatch):
	"""Let the last day of the draws of this test be over."""
	return lambda: monkeypatch.setattr(clock, "today", lambda: getdate(add_days(today(), 3)))


def make_draw(*prizes, **fields):
	draw = frappe.new_doc("Prize Draw")
	draw.update({"draw_name": hr.unique("Draw"), "from_day": today(), "to_day": today(), "leave_out_hr": 0})
	draw.update({"tickets_per_referral": 0, "tickets_per_hire": 0, "points_per_ticket": 10, **fields})
	for prize in prizes or (MUG,):
		draw.append("prizes", prize)
	return draw.insert()


def spender(spent: int = 50, **fields):
	buyer = given.make_buyer(spent, **fields)
	points.post(buyer.name, -spent, "Shop", hr.unique("spend"))
	return buyer


def closed(over, *prizes, **fields):
	draw = make_draw(*prizes, **fields)
	drawing.announce(draw.name)
	over()
	return drawing.close(draw.name)


def winners(draw) -> list:
	fields = ["name", "place", "turn", "code", "employee", "state", "why", "delivery_name"]
	return frappe.get_all("Prize Draw Winner", {"draw": draw.name}, fields, order_by="number asc")


def tickets(draw) -> dict[str, int]:
	return dict(
		frappe.get_all("Prize Draw Ticket", {"draw": draw.name}, ["employee", "tickets"], as_list=True)
	)


# announced


def test_a_draw_is_fixed_with_its_commitment_and_its_seed_is_nowhere_to_be_read():
	draw = make_draw(MUG, POINTS)
	drawing.announce(draw.name)
	draw.reload()
	assert re.fullmatch("[0-9a-f]{64}", draw.commitment) and not draw.seed
	stored = str(frappe.db.sql("select * from `tabPrize Draw` where name = %s", draw.name))
	seed = frappe.utils.password.decrypt(draw.encrypted_seed)
	assert seed not in stored
	assert rules.commitment(seed, draw.terms) == draw.commitment
	draw.to_day = add_days(today(), 9)
	with pytest.raises(KeptByTheApp, match="It was announced"):
		draw.save()
	with pytest.raises(KeptByTheApp, match="what was announced stays"):
		draw.reload().delete()


def test_a_draft_brings_no_state_of_its_own():
	draw = make_draw()
	draw.update({"commitment": "mine", "seed": "known", "tickets_in_all": 5})
	draw.save()
	assert (draw.commitment, draw.seed, draw.tickets_in_all) == (None, None, 0)
	with pytest.raises(KeptByTheApp):
		make_draw(state="Announced")


@pytest.mark.parametrize(
	("fields", "words"),
	[
		({"points_per_ticket": 0}, "Say what brings a ticket."),
		({"from_day": "2027-01-02", "to_day": "2027-01-01"}, "The last day can't be before the first."),
		({"prizes": [{"prize": "Mug", "how_many": 0}]}, "Row 1: say how many"),
		({"prizes": [{"prize": "Mug", "how_many": 10**9}]}, "can be at most 1,000"),
		({"points_per_ticket": 10**12}, "can be at most 1,000,000"),
	],
)
def test_a_draw_that_can_not_be_drawn_is_refused(fields, words):
	draw = frappe.new_doc("Prize Draw")
	draw.update({"draw_name": "Draw", "from_day": today(), "to_day": today(), "points_per_ticket": 1})
	draw.update({"tickets_per_referral": 0, "tickets_per_hire": 0, "prizes": [MUG], **fields})
	with pytest.raises(frappe.ValidationError, match=words):
		draw.insert()


def test_steps_come_in_their_order_and_each_once(over):
	draw = make_draw()
	with pytest.raises(errors.NotNow):
		drawing.close(draw.name)
	drawing.announce(draw.name)
	with pytest.raises(errors.NotNow, match="Its last day is not over"):
		drawing.close(draw.name)
	over()
	drawing.close(draw.name)
	drawing.draw_prizes(draw.name)
	for step in (drawing.announce, drawing.close, drawing.draw_prizes):
		with pytest.raises(errors.NotNow):
			step(draw.name)
	late = make_draw()
	with pytest.raises(errors.NotNow, match="Its last day is over"):
		drawing.announce(late.name)


# tickets


def test_tickets_come_from_referrals_hires_and_points_spent_less_what_came_back(over):
	anna, bo = make_referrer("Anna"), spender(59)
	referral = make_referral(anna, hr.make_opening())
	make_referral(anna, hr.make_opening())
	frappe.db.set_value("Referral", referral.name, {"outcome": "Hired", "joined_on": today()})
	carl = given.make_buyer(30)
	points.reverse(points.post(carl.name, -30, "Shop", hr.unique("spend")), hr.unique("back"))
	draw = closed(over, tickets_per_referral=1, tickets_per_hire=5, points_per_ticket=10, most_tickets=6)
	found = tickets(draw)
	assert {name: found.get(name) for name in (anna.name, bo.name, carl.name)} == {
		anna.name: 6,
		bo.name: 5,
		carl.name: None,
	}
	assert draw.tickets_in_all == sum(found.values())


def test_points_for_orders_that_may_yet_be_cancelled_bring_no_ticket(over):
	anna, bo, carl = (given.make_buyer(50) for _each in range(3))
	given.order(anna, given.make_item())
	given.order(carl, given.make_item(needs_approval=1))
	order = given.order(bo, given.make_item())
	fulfilment.finish(order.delivery_name, note="At the desk")
	found = tickets(closed(over))
	assert [found.get(buyer.name) for buyer in (anna, bo, carl)] == [None, 5, None]


def test_who_left_who_is_left_out_hr_and_other_companies_take_no_part(over):
	left, out, boss, one = spender(), spender(), spender(user_id=hr.make_hr_manager().name), spender()
	frappe.db.set_value("Employee", left.name, "status", "Left")
	draw = closed(over, leave_out_hr=1, exclusions=[{"employee": out.name, "why": "Family"}])
	assert set(tickets(draw)) & {left.name, out.name, boss.name, one.name} == {one.name}
	other = closed_for_another_company()
	assert one.name not in tickets(other)


def closed_for_another_company():
	name = hr.unique("Draw Company")
	frappe.get_doc(doctype="Company", company_name=name, default_currency="CNY", country="China").db_insert()
	draw = make_draw(companies=[{"company": name}], to_day=add_days(clock.today(), 1))
	drawing.announce(draw.name)
	frappe.db.set_value("Prize Draw", draw.name, "to_day", add_days(clock.today(), -1))
	return drawing.close(draw.name)


# drawn


def test_winners_are_paid_told_and_anybody_can_check_the_proof(over, tmp_path, monkeypatch, capsys):
	people = [spender(10 * number, user=True) for number in range(1, 6)]
	draw = closed(over, POINTS, MUG)
	drawing.draw_prizes(draw.name)
	first, second = winners(draw)
	assert {first.employee, second.employee} <= set(tickets(draw)) and first.employee != second.employee
	assert (first.state, points.balance(first.employee)) == ("Handed Over", 300)
	assert second.state == "Won"
	fulfilment.finish(second.delivery_name, note="At the desk")
	assert frappe.db.get_value("Prize Draw Winner", second.name, "state") == "Handed Over"
	assert frappe.db.count("Referral Message", {"event": "draw_won"}) >= 2
	assert points.verify() == []
	anybody = frappe.get_doc("Employee", people[0].name)
	file = tmp_path / "proof.json"
	file.write_text(json.dumps(reading.proof(draw.name, anybody)))
	script = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "prize-draws.md").read_text(), re.DOTALL)[1]
	monkeypatch.setattr("sys.argv", ["check.py", str(file)])
	exec(compile(script, "check.py", "exec"), {})
	assert "The draw is true." in capsys.readouterr().out


def test_who_has_left_by_the_draw_wins_nothing_and_the_place_is_drawn_again_so_that_anybody_can_check(over):
	people = [spender() for _ in range(4)]
	draw = closed(over, MUG, POINTS)
	for each in people[1:]:
		frappe.db.set_value("Employee", each.name, "status", "Left")
	drawing.draw_prizes(draw.name)
	rows = [row for row in winners(draw) if row.employee in {each.name for each in people}]
	assert [(row.employee, bool(row.delivery_name)) for row in rows if row.state != "Given Up"] == [
		(people[0].name, True)
	]
	gone = [row for row in rows if row.state == "Given Up"]
	assert {(row.why, row.delivery_name) for row in gone} <= {("Does not work here any more", None)}
	row = frappe.get_doc("Prize Draw", draw.name)
	again = rules.draw(row.seed, drawing.entries_of(draw.name), drawing._turns(draw.name), "")
	assert [each.who for each in again] == [each.code for each in winners(draw)]


def test_points_that_are_won_can_be_spent_as_long_as_those_of_the_default_program(over):
	program = frappe.db.get_single_value("Referral Hub Settings", "default_program")
	frappe.db.set_value("Referral Program", program, "points_lifetime_months", 12)
	buyer = spender()
	drawing.draw_prizes(closed(over, POINTS).name)
	assert [lot.expires_on for lot in points.lots(buyer.name)] == [getdate(add_months(clock.today(), 12))]


def test_a_referral_whose_candidate_was_erased_still_brings_its_ticket(over):
	anna = make_referrer("Anna")
	for erased in (None, today()):
		frappe.db.set_value("Referral", make_referral(anna).name, {"disabled": 1, "erased_on": erased})
	assert tickets(closed(over, tickets_per_referral=1, points_per_ticket=0))[anna.name] == 1


def test_a_prize_is_drawn_again_only_with_a_reason_and_not_to_who_gave_it_up(over):
	for _ in range(3):
		spender()
	draw = closed(over, MUG, POINTS)
	drawing.draw_prizes(draw.name)
	mug, paid = winners(draw)
	with pytest.raises(errors.DrawError, match="Say why"):
		drawing.draw_again(mug.name, " ")
	drawing.draw_again(mug.name, "On leave for a year")
	drawing.draw_again(paid.name, "Gave it to the others")
	rows = winners(draw)
	assert [(row.place, row.turn, row.state) for row in rows[:2]] == [(1, 0, "Given Up"), (2, 0, "Given Up")]
	assert rows[2].place == 1 and rows[2].turn == 1
	assert len({row.employee for row in rows}) == len(rows)
	assert points.balance(paid.employee) == 0
	with pytest.raises(errors.NotNow):
		drawing.draw_again(mug.name, "Once more")


def test_who_has_tickets_draws_nothing_again(over, as_user):
	anna, bo = spender(), spender()
	draw = closed(over, MUG)
	drawing.draw_prizes(draw.name)
	(won,) = winners(draw)
	loser = bo if won.employee == anna.name else anna
	as_user(hr.transfer(loser).user_id)
	with pytest.raises(errors.OwnDraw, match="Somebody else draws a prize again"):
		drawing.draw_again(won.name, "Until it is mine")
	as_user("Administrator")
	assert drawing.draw_again(won.name, "Does not want it") == loser.name


def test_a_prize_that_is_with_its_winner_is_not_drawn_again(over):
	spender(), spender()
	draw = closed(over, MUG, POINTS)
	drawing.draw_prizes(draw.name)
	mug, paid = winners(draw)
	fulfilment.finish(mug.delivery_name, note="At the desk")
	points.post(paid.employee, -200, "Shop", hr.unique("spend"))
	for winner in (mug, paid):
		frappe.db.savepoint("request")
		with pytest.raises(errors.PrizeIsGone):
			drawing.draw_again(winner.name, "Changed our mind")
		frappe.db.rollback(save_point="request")
	assert [row.state for row in winners(draw)] == ["Handed Over", "Handed Over"]


def test_a_value_from_outside_is_asked_for_where_the_terms_name_it_and_decides(over):
	spender(), spender()
	draw = closed(over, outside_source="The lottery of tomorrow")
	with pytest.raises(errors.OutsideNeeded):
		drawing.draw_prizes(draw.name)
	drawing.draw_prizes(draw.name, " 07 11 23 ")
	row = frappe.get_doc("Prize Draw", draw.name)
	expected = next(rules.draw(row.seed, drawing.entries_of(draw.name), [(1, 0)], "07 11 23"))
	assert (row.outside, winners(draw)[0].code) == ("07 11 23", expected.who)
	plain = make_draw(to_day=add_days(today(), 5))
	drawing.announce(plain.name)
	drawing.cancel(plain.name, "No budget")
	assert frappe.db.get_value("Prize Draw", plain.name, ["state", "cancelled_because"]) == (
		"Cancelled",
		"No budget",
	)


def test_a_winner_who_was_transferred_stays_incognito(over):
	anna, bo = hr.make_employee(), hr.make_employee()
	frappe.get_doc(doctype="Referral Preference", employee=anna.name, incognito=1).insert()
	now = hr.transfer(anna)
	points.post(now.name, 50, "Issuance", hr.unique("earn"))
	points.post(now.name, -50, "Shop", hr.unique("spend"))
	draw = closed(over, exclusions=_all_but([now]))
	drawing.draw_prizes(draw.name)
	(row,) = reading.complete([row for row in reading.draws_for(bo) if row.name == draw.name], bo.name)
	(won,) = row.winners
	assert (won.employee, won.who) == (now.name, won.code)
	frappe.db.delete("Referral Preference", {"employee": anna.name})  # as it goes with their records
	set_aside(now.name, "Prize Draw Winner")
	(row,) = reading.complete([row for row in reading.draws_for(bo) if row.name == draw.name], bo.name)
	assert [each.who for each in row.winners] == [won.code]


def test_nobody_wins_where_nobody_has_a_ticket():
	draw = closed_for_another_company()
	drawing.draw_prizes(draw.name)
	assert (winners(draw), draw.tickets_in_all) == ([], 0)


# many at once


def test_a_draw_and_prizes_drawn_again_by_several_people_at_once_come_out_as_one_after_the_other(
	commits, over
):
	people = [spender() for _ in range(9)]
	draw = closed(over, {**MUG, "how_many": 4}, exclusions=_all_but(people))
	commits.commit()
	assert sorted(points_processes.run("draw_prizes", 4, draw=draw.name)) == [False, False, False, True]
	frappe.db.rollback()
	first = winners(draw)
	assert [(row.place, row.turn) for row in first] == [(1, 0), (2, 0), (3, 0), (4, 0)]
	points_processes.run("draw_again", 4, winners=[row.name for row in first])
	frappe.db.rollback()
	rows, row = winners(draw), frappe.get_doc("Prize Draw", draw.name)
	turns = [(each.place, each.turn) for each in rows]
	assert sorted(turns[4:]) == [(1, 1), (2, 1), (3, 1), (4, 1)]
	assert [each.code for each in rows] == [
		drawn.who for drawn in rules.draw(row.seed, drawing.entries_of(draw.name), turns)
	]


# the page


def test_the_page_shows_ones_own_tickets_the_winners_and_the_proof(as_user, over):
	anna, bo = make_referrer("Anna"), make_referrer("Bo")
	(
		points.post(anna.name, 50, "Issuance", hr.unique("earn")),
		points.post(anna.name, -50, "Shop", hr.unique("spend")),
	)
	frappe.get_doc(doctype="Referral Preference", employee=anna.name, incognito=1).insert()
	draw = make_draw(MUG, exclusions=_all_but([anna]))
	drawing.announce(draw.name)
	as_user(bo.user_id)
	frappe.local.lang = "en"
	page = web.get("/referrals/draw").text
	assert (
		draw.draw_name in page
		and "50 points spent" not in page
		and "10 points spent in the shop bring 1 ticket." in page
	)
	assert web.get(f"/referrals/draw?proof={draw.name}").status_code == 404
	as_user("Administrator")
	over(), drawing.close(draw.name), drawing.draw_prizes(draw.name)
	code = winners(draw)[0].code
	as_user(bo.user_id)
	frappe.local.lang = "en"
	page = web.get("/referrals/draw").text
	assert code in page and "Anna" not in page and "You had no ticket in this draw." in page
	assert json.loads(web.get(f"/referrals/draw?proof={draw.name}").text)["winners"] == [[1, 0, code]]
	as_user(anna.user_id)
	frappe.local.lang = "zh"
	page = web.get("/referrals/draw").text
	assert f"您有 5 张抽奖券，编号为 {code}。" in page
	assert "您中奖了：马克杯" in page and "在商城使用积分 50" in page
	for ask in (desk.announce, desk.close, desk.draw_prizes):
		with pytest.raises(frappe.PermissionError):
			ask(draw.name)


def _all_but(people) -> list[dict]:
	"""Leave out whoever else works on the site of the tests."""
	mine = [person.name for person in people]
	names = frappe.get_all("Employee", {"name": ("not in", mine), "status": "Active"}, pluck="name")
	return [{"employee": name} for name in names]


# who won is somewhere else, or their wallet is broken


def test_points_go_to_the_wallet_of_whom_was_transferred_before_the_draw(over):
	anna, company = spender(), hr.other_company()
	draw = closed(over, POINTS)
	now = hr.transfer(anna, company)
	drawing.draw_prizes(draw.name)
	(won,) = winners(draw)
	assert (won.employee, won.state) == (anna.name, "Handed Over")
	assert (points.balance(now.name, company), points.balance(anna.name, hr.COMPANY)) == (300, 0)
	assert points.verify() == []


def test_the_wallet_says_what_was_won_in_the_language_of_who_reads(over):
	anna = spender()
	drawing.draw_prizes(closed(over, {**POINTS, "prize_zh": "300 积分"}).name)

	def newest() -> tuple[str, str, str]:
		line = wallet.tell(anna)["statement"][0]
		return line["what"], line["about"], line["link"]

	frappe.local.lang = "en"
	assert newest() == ("Won in a prize draw", "300 points", "/referrals/draw")
	frappe.local.lang = "zh"
	assert newest() == ("抽奖所得", "300 积分", "/referrals/draw")


def test_the_wall_names_a_winner_where_they_work_now_and_not_after_they_left(over):
	anna, me = spender(), hr.make_employee()
	drawing.draw_prizes(closed(over, MUG).name)

	def winners_on_the_wall() -> list[str]:
		return [winner.who for winner in wall.told(me).winners]

	assert winners_on_the_wall() == [anna.employee_name]
	now = hr.transfer(anna, hr.other_company())
	assert winners_on_the_wall() == []
	me.company = now.company
	assert winners_on_the_wall() == [anna.employee_name]
	frappe.db.set_value("Employee", now.name, {"status": "Left", "relieving_date": today()})
	assert winners_on_the_wall() == []


def test_a_winner_whose_wallet_is_broken_waits_for_its_repair_and_stops_nobody(over):
	anna, bo = spender(), spender()
	draw = closed(over, {**POINTS, "how_many": 2})
	account = frappe.db.get_value("Points Account", {"employee": anna.name})
	tamper("update `tabPoints Account` set balance = balance + 1 where name = %s", account)
	drawing.draw_prizes(draw.name)
	(waits,) = [won for won in winners(draw) if won.employee == anna.name]
	assert (waits.state, waits.delivery_name, points.balance(bo.name)) == ("Won", None, 300)
	assert waits.name in prizes.waiting()
	drawing.hand_over_again(waits.name)
	assert waits.name in prizes.waiting()
	tamper("update `tabPoints Account` set balance = balance - 1 where name = %s", account)
	for _again in range(2):
		drawing.hand_over_again(waits.name)
	assert (points.balance(anna.name), waits.name in prizes.waiting()) == (300, False)
	assert points.verify() == []


def test_a_prize_that_a_broken_wallet_did_not_take_is_drawn_again(over):
	anna = spender()
	draw = closed(over, POINTS)
	account = frappe.db.get_value("Points Account", {"employee": anna.name})
	tamper("update `tabPoints Account` set balance = balance + 1 where name = %s", account)
	drawing.draw_prizes(draw.name)
	(won,) = winners(draw)
	assert drawing.draw_again(won.name, "Does not want it") is None
	assert [each.state for each in winners(draw)] == ["Given Up"]
