"""People hear of points that expire: 30 and 7 days before, each once, whoever runs the task how often."""

import site_factories as hr
from frappe.utils import add_days, getdate, today
from message_factories import make_reader, messages_to

from referral_hub.messages import service as messages
from referral_hub.points import service as points
from referral_hub.points.moving import warning


def earn(employee, amount: int, days: int | None) -> None:
	expires_on = add_days(today(), days) if days is not None else None
	points.post(employee.name, amount, "Issuance", hr.unique("earn"), expires_on=expires_on)


def warn(in_days: int = 0, limit: int = 200) -> None:
	after = ""
	while after := warning.warn_some(after, add_days(today(), in_days), limit):
		pass


def subjects(employee) -> list[str]:
	messages.send_pending()
	return sorted(mail.subject for mail in messages_to(employee, channel="Email"))


def told(employee) -> list[str]:
	return sorted(mail.event_key.rsplit(":", 1)[1] for mail in messages_to(employee, channel="Email"))


def test_a_lot_is_warned_of_30_and_7_days_before_and_each_once():
	ann = make_reader()
	earn(ann, 100, 40), earn(ann, 9, None)
	warn(9)
	assert told(ann) == []
	for day in (10, 11, 20, 33, 34, 39, 40):
		warn(day), warn(day)
	assert told(ann) == ["30", "7"]


def test_a_warning_says_how_many_points_until_when_and_where_to_spend_them():
	ann, day = make_reader("en"), getdate(add_days(today(), 20))
	earn(ann, 60, 20), earn(ann, 40, 20), earn(ann, 5, 300)
	points.post(ann.name, -30, "Shop", hr.unique("spend"))
	warn()
	said = f"{day:%A}, {day.day} {day:%B} {day.year}"
	assert subjects(ann) == [f"70 points expire after {said}"]
	(mail,) = messages_to(ann, channel="Email")
	assert "/referrals/wallet" in mail.content


def test_who_spent_everything_is_not_warned():
	ann = make_reader()
	earn(ann, 60, 5)
	points.post(ann.name, -60, "Shop", hr.unique("spend"))
	warn()
	assert told(ann) == []


def test_all_wallets_are_reached_however_few_a_step_takes():
	people = [make_reader() for _ in range(3)]
	for person in people:
		earn(person, 10, 3)
	warn(limit=1)
	assert [told(person) for person in people] == [["7"]] * 3
