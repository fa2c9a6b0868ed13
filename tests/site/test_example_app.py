"""What docs/extending.md builds, as it stands there: the app is installed by its hooks alone, and each of the three parts does its work."""

import re
from pathlib import Path

import frappe
import other_app
import pytest
import reward_factories as given
import site_factories as hr
from message_factories import WORDS, messages_to

from referral_hub.api import desk_pool
from referral_hub.messages import service

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installed(monkeypatch):
	uninstall = other_app.install(monkeypatch)
	yield uninstall
	uninstall()


def test_its_channel_reaches_whom_it_says_and_is_said_to_be_gone_with_the_app(installed):
	terms = {
		"milestone": "Interviewed",
		"kind": "Parking",
		"amount": 2,
		"currency": "",
		"what": "by the door",
	}
	story = given.make_story(terms, user=True)
	given.interview(story)
	assert given.pay()["paid"] == 1
	parks, walks = story.referrer.name, hr.make_employee(user=True).name
	for employee in (parks, walks):
		service.tell("offer_made", employee, key="REF-1", **WORDS)
	service.send_pending()
	at_the_gate = [row for row in messages_to(story.referrer) if row.channel == "Gate Screen"]
	(shown,) = [row for row in at_the_gate if row.state == "Sent" and row.event_key.endswith("REF-1")]
	assert frappe.db.get_value("Note", shown.sent_as, "content") == shown.subject
	assert not frappe.db.exists("Referral Message", {"employee": walks, "channel": "Gate Screen"})
	service.tell("offer_made", parks, key="REF-2", **WORDS)
	installed()
	service.send_pending()
	(waited,) = [
		row for row in messages_to(story.referrer) if row.channel == "Gate Screen" and row.state != "Sent"
	]
	assert (waited.state, waited.error) == ("Skipped", "The channel Gate Screen is not installed.")


def test_its_scorer_speaks_for_who_drives_where_there_is_a_garage(installed):
	word = hr.unique("skill").replace(" ", "")
	opening = hr.make_opening(description=f"You know {word}; a garage")
	drives = frappe.get_doc(
		doctype="Talent Pool Record",
		person_name=hr.unique("Li Na"),
		email=hr.unique_email("pool"),
		company=hr.COMPANY,
		skills=f"{word}, drives",
	).insert()
	(found,) = [row for row in desk_pool.best_people(opening.name) if row["name"] == drives.name]
	assert found["notes"] == [["Parking", 10]]


def test_the_guide_shows_the_app_as_it_is():
	shown = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "extending.md").read_text(), re.DOTALL)
	for name in ("hooks.py", "rewards.py", "channels.py", "matching.py"):
		assert (other_app.PACKAGE / other_app.APP / name).read_text() in shown, name
