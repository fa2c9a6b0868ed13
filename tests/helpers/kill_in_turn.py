"""Lets `killed_in_turn.py` kill a piece of work after each of its statements, and says that it was done exactly once."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from select import select

import frappe
import site_factories as make
from live_site import site_name, sites_folder

from referral_hub.points import service as points
from referral_hub.rewards import kinds
from referral_hub.rewards.kinds.badge import Badge
from referral_hub.rewards.kinds.cash import Cash
from referral_hub.rewards.kinds.fulfilled import Fulfilled
from referral_hub.rewards.kinds.leave import Leave
from referral_hub.rewards.kinds.points import Points
from referral_hub.rewards.kinds.training import Training
from referral_hub.rewards.oversight import proof

# in whose code somebody is killed, paying and taking back; a kind beside them needs tests of its own
KILLED = (Badge, Cash, Fulfilled, Leave, Points, Training)
REPOSITORY = Path(__file__).resolve().parents[2]
KILLER = REPOSITORY / "tests" / "helpers" / "killed_in_turn.py"
FEWEST_STATEMENTS = 10
LONGEST_SECONDS = 900


def kill_in_turn(work: str, about: str, *evidence: str) -> dict:
	killer = _killer()
	killer.stdin.write(json.dumps([work, about, evidence]) + "\n")
	killer.stdin.flush()
	assert select([killer.stdout], [], [], LONGEST_SECONDS)[0], "The killer does not answer."
	seen = json.loads(killer.stdout.readline())
	assert "error" not in seen, seen["error"]
	frappe.db.rollback()
	return seen


@cache
def _killer() -> subprocess.Popen:
	"""One process for all tests, holding no connection between them; it ends with its input, when the tests end."""
	return subprocess.Popen(
		[sys.executable, str(KILLER), site_name()],
		cwd=sites_folder(),
		env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		text=True,
	)


def assert_once(result: dict, before: list, after: list, statement: str) -> None:
	"""Nothing until the commit that carries all of it, all of it from then on, and a kill at each point of the way.

	The points are all statements up to that commit, as they were noted when nobody killed: each was some attempt's last.
	`statement`: one that must have been among the points, so that the way is known to lead through the payment.
	"""
	left = [killed["left"] for killed in result["killed"]]
	said = [killed["after"].lower() for killed in result["killed"]]
	undone = left.count(before)
	way = [words.lower() for words in result["way"]][: undone + 1]
	assert [*map(without_values, said[: undone + 1])] == [*map(without_values, way)]
	assert left == [before] * undone + [after] * (len(left) - undone)
	assert result["end"] == after
	assert undone >= FEWEST_STATEMENTS
	assert said[undone] == "commit"
	assert any(words.startswith(statement.lower()) for words in said[:undone])
	assert points.verify(make.COMPANY) + proof.findings({"company": make.COMPANY}) == []


def not_killed_in(work: str) -> list[str]:
	"""Name the kinds of rewards that do this by code of their own in which nobody is killed."""
	killed = {getattr(kind, work) for kind in KILLED}
	return [kind.name for kind in kinds.all_kinds() if getattr(type(kind), work) not in killed]


def without_values(statement: str) -> str:
	"""Leave out what differs between two attempts: names and moments made anew, also one cut off at the end."""
	return re.sub(r"'[^']*('|$)", "'...'", statement)


def lock(doctype: str, name: str) -> str:
	return f"select name from `tab{doctype}` where name = {frappe.db.escape(name)} for update"


def state_of(reward) -> str:
	return f"select state from `tabReferral Reward` where name = {frappe.db.escape(reward.name)}"


def told(story) -> str:
	"""How often the referrer was told of a pay-out, whatever the ways."""
	event = "select count(distinct event_key) from `tabReferral Message` where event = 'reward_paid'"
	return f"{event} and referral = {frappe.db.escape(story.name)}"


def count(doctype: str, **filters) -> str:
	where = " and ".join(f"`{field}` = {frappe.db.escape(value)}" for field, value in filters.items())
	return f"select count(*) from `tab{doctype}` where {where}"
