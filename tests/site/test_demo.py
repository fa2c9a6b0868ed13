"""The demo is a smoke test of everything, and leaves a site as it was: whole, made twice, or killed half way."""

import subprocess
import sys

import frappe
import pytest
from live_site import site_name, sites_folder

from referral_hub.points import service as points
from referral_hub.points.proving import heads_file
from referral_hub.setup import demo
from referral_hub.setup.demo import around, cast, history

FEW = 16


@pytest.fixture(autouse=True)
def own_heads_file(monkeypatch, tmp_path):
	"""Removing the demo is written into the file of daily heads; the site's own stays as it is."""
	monkeypatch.setattr(heads_file, "path", lambda: tmp_path / "points-heads.jsonl")


def test_the_demo_tells_a_year_and_goes_without_a_trace(commits, monkeypatch):
	monkeypatch.setattr(history, "REFERRALS_AT_SCALE_ONE", FEW)
	before, said = contents(), []
	logins = demo.make(1, said.append)
	assert [login["what"] for login in logins] == [what for what, _roles, _language in cast.LOGINS.values()]
	assert len({login["password"] for login in logins}) == len(logins)
	assert frappe.db.count("Referral", {"company": cast.COMPANY}) == FEW + around.REFERRALS
	assert around_it() == {
		"Referral Program": 1,
		"Referral Program Case": 10,  # what is not named is filled in
		"Referral Link": 9,
		"Referral Application": 2,
		"Talent Pool Record": 3,
		"Named Referrer": 1,
		"Referral Dispute": 2,
		"Referral Nudge": 3,
	}
	assert frappe.db.count("Referral Message", {"state": ("!=", "Skipped")}) == 0
	assert frappe.db.count("Email Queue") == before["tabEmail Queue"]
	assert set(frappe.get_all("Referral Reward", {"company": cast.COMPANY}, pluck="state")) == {"Paid"}
	assert points.verify() == []
	whole = contents()
	assert demo.make(1, said.append) == []
	assert contents() == whole
	demo.take_away(said.append)
	assert contents() == before
	assert points.verify() == []


def test_a_demo_that_was_killed_half_way_goes_without_a_trace(commits):
	before = contents()
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", site_name(), "hub-demo"]
	process = subprocess.Popen(command, cwd=sites_folder(), stdout=subprocess.PIPE, text=True)
	for line in process.stdout:
		if line.startswith("10 of"):
			break
	process.kill()
	process.wait()
	frappe.db.rollback()
	assert contents() != before
	demo.take_away(lambda words: None)
	assert contents() == before
	assert points.verify() == []


def test_a_site_without_a_company_is_told_what_to_do(monkeypatch):
	monkeypatch.setattr(frappe.db, "count", lambda *args, **kwargs: 0)
	with pytest.raises(frappe.ValidationError, match="Complete the setup wizard first"):
		demo.make(1, lambda words: None)


def around_it() -> dict[str, int]:
	"""How many of each the demo made besides the year of referrals."""
	named = (
		"Referral Program",
		"Referral Program Case",
		"Referral Link",
		"Referral Application",
		"Talent Pool Record",
	)
	named += ("Named Referrer", "Referral Dispute", "Referral Nudge")
	return {name: frappe.db.count(name, {"owner": cast.ACTOR}) for name in named}


def contents() -> dict[str, int]:
	"""Return how many rows each table has, and what the settings and number series are."""
	frappe.db.rollback()
	frappe.clear_cache()
	tables = frappe.db.sql("show tables", pluck=True)
	counts = {table: frappe.db.sql(f"select count(*) from `{table}`")[0][0] for table in tables}
	singles = frappe.db.sql(
		"select doctype, field, value from tabSingles where field != 'modified' order by doctype, field, value"
	)
	series = frappe.db.sql("select name from tabSeries order by name", pluck=True)
	return {**counts, "singles": singles, "series": series}
