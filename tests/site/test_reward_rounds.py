"""Many rewards are paid together: what that reads and writes at once, and that one which fails stops and spoils no other."""

import frappe
import pytest
import reward_factories as given
import site_factories as make
from count_queries import counted_queries

READ_FOR_ALL = ("Referral", "Referral Preference", "Salary Slip")
WRITTEN_FOR_ALL = ("Version", "Referral Message")


@pytest.fixture
def component():
	given.pay_cash_with(name := given.make_component())
	return name


def due(number: int) -> list:
	"""Rewards in cash of as many people, with a login, due today."""
	stories = [given.make_story(given.cash("Interviewed", 100), user=True) for _each in range(number)]
	for story in stories:
		given.put_on_payroll(story.referrer)
		given.interview(story)
	return stories


def reward_of(story):
	return given.reward_of(story, "Interviewed")


def salaries_of(story) -> list[str]:
	return frappe.get_all("Additional Salary", {"ref_docname": reward_of(story).name}, pluck="name")


def test_what_paying_looks_at_is_read_once_for_all_and_what_it_tells_is_written_once(component, monkeypatch):
	stories = due(3)
	monkeypatch.setitem(frappe.flags, "in_test", False)  # the platform keeps no versions in tests
	with counted_queries() as sent:
		assert given.pay() == {"paid": 3, "held": 0, "failed": 0}
	for doctype in READ_FOR_ALL:
		assert sum(f"`tab{doctype}`" in query for query in sent if query.lower().startswith("select")) == 1
	for doctype in WRITTEN_FOR_ALL:
		assert sum(f"insert into `tab{doctype}`".lower() in query.lower() for query in sent) == 1
	assert [reward_of(story).payout_name for story in stories] == [salaries_of(story)[0] for story in stories]
	assert [len(given.told(story, "reward_paid")) for story in stories] == [1, 1, 1]


def test_who_paid_what_and_when_is_kept_of_each(component, monkeypatch):
	stories = due(2)
	monkeypatch.setitem(frappe.flags, "in_test", False)
	given.pay()
	for story in stories:
		reward = reward_of(story)
		about = {"ref_doctype": "Referral Reward", "docname": reward.name}
		[version] = frappe.get_all("Version", about, ["owner", "creation", "data"])
		changed = {field: [old, new] for field, old, new in frappe.parse_json(version.data)["changed"]}
		assert (version.owner, version.creation) == ("Administrator", reward.modified)
		assert changed["state"] == ["Due", "Paid"]
		assert changed["payout_name"] == ["", reward.payout_name]


def test_one_that_hrms_refuses_is_undone_alone(component):
	stories = due(4)
	refused = stories.pop(2)
	frappe.db.set_value("Employee", refused.referrer.name, "date_of_joining", make.in_days(30))
	assert given.pay() == {"paid": 3, "held": 1, "failed": 0}
	assert [reward_of(story).state for story in stories] == ["Paid"] * 3
	assert [salaries_of(story) for story in stories] == [[reward_of(story).payout_name] for story in stories]
	assert [len(given.told(story, "reward_paid")) for story in stories] == [1] * 3
	held = reward_of(refused)
	assert (held.state, held.payout_name, salaries_of(refused)) == ("On Hold", None, [])
	assert "joining date" in held.state_reason
	assert given.told(refused, "reward_paid") == []


def test_whoever_read_a_reward_before_it_was_paid_reads_it_as_it_is(component):
	stories = due(2)
	names = [reward_of(story).name for story in stories]
	assert [frappe.get_cached_value("Referral Reward", name, "state") for name in names] == ["Due", "Due"]
	assert given.pay()["paid"] == 2
	assert [frappe.get_cached_value("Referral Reward", name, "state") for name in names] == ["Paid", "Paid"]
