"""A prize draw from the desk to the phones: announced, closed, drawn, drawn again; the winner, the loser and the proof."""

import json

import frappe
import pytest
import site_factories as hr
from browser_pages import is_wider_than_the_screen
from frappe.utils import add_days, today
from portal_factories import make_paid_opening, make_referrer
from referral_factories import make_referral

PAGE = "/referrals/draw"


@pytest.fixture
def players(commits):
	"""Two who referred somebody, and nobody else with a ticket."""
	people = [make_referrer("Anna"), make_referrer("Bo")]
	opening = make_paid_opening()
	for person in people:
		make_referral(person, opening)
	return people


@pytest.fixture
def draft(commits, players):
	draw = frappe.new_doc("Prize Draw")
	draw.update({"draw_name": hr.unique("Autumn draw"), "draw_name_zh": "秋季抽奖"})
	draw.update({"from_day": add_days(today(), -9), "to_day": today(), "tickets_per_referral": 2})
	draw.append("prizes", {"prize": "Espresso machine", "prize_zh": "咖啡机", "how_many": 1})
	others = frappe.get_all(
		"Employee", {"name": ("not in", [person.name for person in players])}, pluck="name"
	)
	draw.extend("exclusions", [{"employee": name} for name in others])
	draw.insert()
	return draw


def press(desk, button: str, answer: str | None = None) -> None:
	"""Press a button of the form and say yes, or answer what it asks."""
	desk.get_by_role("button", name=button, exact=True).first.click()
	dialog = desk.locator(".modal-dialog:visible").last
	dialog.wait_for()
	if answer:
		dialog.locator("textarea").fill(answer)
	dialog.locator(".btn-primary:visible").click()
	dialog.wait_for(state="hidden")


def wait_for_state(desk, state: str) -> None:
	desk.wait_for_function(f"() => cur_frm && cur_frm.doc.state === '{state}'")


def test_hr_draws_on_the_desk_and_everybody_reads_and_checks_it_on_a_phone(
	commits, players, draft, page_as, axe, screenshot
):
	user = hr.make_hr_manager().name
	commits.commit()
	desk = page_as(user)
	desk.goto(f"/app/prize-draw/{draft.name}")
	press(desk, "Announce")
	wait_for_state(desk, "Announced")
	phone = page_as(players[0].user_id, "phone")
	phone.goto(PAGE)
	axe(phone)
	screenshot(phone, "draw-announced-phone")
	assert "A referral brings 2 tickets." in phone.locator("main").inner_text()

	# its last day is over
	frappe.db.rollback()
	yesterday = add_days(today(), -1)
	frappe.db.set_value("Prize Draw", draft.name, "to_day", yesterday, update_modified=False)
	for person in players:
		frappe.db.set_value("Referral", {"referrer": person.name}, "submitted_on", f"{yesterday} 10:00:00")
	frappe.db.commit()
	desk.reload()
	press(desk, "Close")
	wait_for_state(desk, "Closed")
	screenshot(desk, "draw-closed-desk")
	press(desk, "Draw")
	wait_for_state(desk, "Drawn")
	screenshot(desk, "draw-drawn-desk")

	frappe.db.rollback()
	first = frappe.get_doc("Prize Draw Winner", {"draw": draft.name})
	winner, loser = sorted(players, key=lambda person: person.name != first.employee)
	assert "You won: Espresso machine" in read(page_as, winner, "draw-won-phone", axe, screenshot)
	assert "Your tickets did not win this time." in read(page_as, loser, "draw-lost-phone", axe, screenshot)

	desk.goto(f"/app/prize-draw-winner/{first.name}")
	press(desk, "Draw Again", "She has one already.")
	wait_for_state(desk, "Given Up")
	screenshot(desk, "draw-again-desk")
	frappe.db.set_value("User", loser.user_id, "language", "zh")
	frappe.db.commit()
	page = page_as(loser.user_id, "desktop", locale="zh-CN")
	page.goto(PAGE)
	axe(page)
	screenshot(page, "draw-again-desktop-zh")
	assert "您中奖了：咖啡机" in page.locator("main").inner_text()
	page.locator("summary").last.click()
	with page.expect_download() as saved:
		page.locator("a[download]").click()
	proof = json.loads(saved.value.path().read_text())
	assert [turn for _place, turn, _code in proof["winners"]] == [0, 1]
	assert proof["given_up"] == [[1, 0, "She has one already."]]


def read(page_as, person, name: str, axe, screenshot) -> str:
	page = page_as(person.user_id, "phone")
	page.goto(PAGE)
	axe(page)
	screenshot(page, name)
	assert not is_wider_than_the_screen(page)
	return page.locator("main").inner_text()
