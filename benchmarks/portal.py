"""What employees and candidates wait for, in a company with 10,000 openings and 100,000 referrals.

Pages are asked for as the web server does, in this process; what one request remembers is forgotten before the next.
The list of openings is measured beside HRMS's own /jobs on the same data, and beside the least it could cost: an empty page
on the same base, plus its own statements sent and fetched without the platform; so is My path. What an employee with 1,000 referrals sees
is measured beside what one with 20 sees. The page of a link is measured beside HRMS's page of the same opening, made anew
each time as ours is: HRMS keeps that page for all guests. HR's queue is measured beside the desk's list of as many rows with
the counts the desk asks for beside it, of all that wait and of those that are late: the queue says both, too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from unittest.mock import patch

import frappe
from frappe.desk import query_report, reportview
from frappe.utils import nowdate

from benchmarks import recruiting_volume as volume
from benchmarks.timing import Work, compare, row
from referral_hub.portal import page
from referral_hub.portal.growth import my_path
from referral_hub.referrals.service_level import queue
from referral_hub.www.referrals import openings

NAME = "portal"
ROUNDS = 25
NEAR_THE_LEAST, BESIDE_THE_DESK = 1.3, 1.3


def run() -> list[dict]:
	with volume.volume():
		return [*of_employees(), *of_hr(), *of_guests()]


def of_employees() -> list[dict]:
	frappe.set_user(volume.user_of(volume.BUSY))
	jobs = "portal: a page of 10,000 openings, against HRMS's /jobs"
	return [
		compare(jobs, asking("referrals/openings"), asking("jobs"), bound=1.0, rounds=ROUNDS, before=forget),
		against_the_least("portal: a page of 10,000 openings", "referrals/openings", openings),
		*of_the_busy("portal: my referrals", "referrals/mine"),
		*of_the_busy("portal: home", "referrals"),
		against_the_least("portal: my path", "referrals/path", my_path),
	]


def of_hr() -> list[dict]:
	frappe.set_user("Administrator")
	name = "portal: HR's queue of 100,000 referrals, against the desk's list of as many rows and its counts"
	return [compare(name, run_queue, list_referrals, bound=BESIDE_THE_DESK, rounds=ROUNDS, before=forget)]


def of_guests() -> list[dict]:
	frappe.set_user("Guest")
	name = "portal: the page of a link, against HRMS's page of the opening"
	ours, peer = asking(f"r/{volume.CODE}"), asking(volume.opening(1).lower())
	with without_website_cache():
		return [compare(name, ours, peer, bound=1.0, rounds=ROUNDS, before=forget)]


def against_the_least(name: str, path: str, module: ModuleType) -> dict:
	"""A page beside an empty one on the same base plus its own statements."""
	whole, entering = statements(asking(path)), statements(asking_empty(path, module))
	own = whole[len(entering) :]
	if whole[: len(entering)] != entering:
		raise AssertionError(f"{path} does not begin as an empty page does")

	def least():
		asking_empty(path, module)()
		send(own)

	return compare(
		f"{name}, against an empty page and bare SQL",
		asking(path),
		least,
		bound=NEAR_THE_LEAST,
		rounds=ROUNDS,
		before=forget,
	)


def of_the_busy(name: str, path: str) -> list[dict]:
	"""The page of an employee with 1,000 referrals beside that of one with 20: time, and number of queries."""
	busy, calm = (asking(path, user) for user in (volume.user_of(volume.BUSY), volume.user_of(volume.CALM)))
	queries = [len(statements(ask)) for ask in (busy, calm)]
	return [
		compare(f"{name}, with 1,000 against 20", busy, calm, bound=1.5, rounds=ROUNDS, before=forget),
		row(f"{name}, with 1,000 against 20", *queries, unit="queries", bound=1.0),
	]


def run_queue() -> None:
	query_report.run("Referral Queue", filters={})


def list_referrals() -> None:
	"""What the desk asks for when HR opens the list of referrals in the order of the queue, and for what is late of it."""
	table, waiting = "`tabReferral`", [["outcome", "=", "Open"], ["next_word_due", "is", "set"]]
	frappe.local.form_dict = frappe._dict(
		doctype="Referral",
		fields=frappe.as_json([f"{table}.`{field}`" for field in queue._FIELDS]),
		filters=frappe.as_json(waiting),
		order_by=f"{table}.`next_word_due` asc",
		page_length=queue.PAGE,
		view="List",
	)
	reportview.get()
	count_referrals(waiting)
	count_referrals([*waiting, ["next_word_due", "<", nowdate()]])


def count_referrals(filters: list) -> None:
	"""What the desk asks for to say how many there are, beside every list."""
	frappe.local.form_dict = frappe._dict(
		doctype="Referral", filters=frappe.as_json(filters), distinct="false"
	)
	reportview.get_count()


# asking for pages


def asking(path: str, user: str | None = None) -> Work:
	from portal_requests import get

	def ask():
		frappe.set_user(user or frappe.session.user)
		if (answer := get(path)).status_code != 200:
			raise AssertionError(f"{path} answered {answer.status_code}")

	return ask


def asking_empty(path: str, module: ModuleType) -> Work:
	"""The same page with nothing between its header and its footer."""
	ask = asking(path)

	@page.for_employees
	def nothing(context):
		context.template = "base.html"

	def ask_empty():
		with patch.object(module, "get_context", nothing):
			ask()

	return ask_empty


def forget() -> None:
	"""Begin as a new request does: with an empty head, in English."""
	from live_site import forget_request

	forget_request()
	frappe.local.lang = "en"


@contextmanager
def without_website_cache() -> Iterator[None]:
	before = frappe.conf.disable_website_cache
	frappe.conf.disable_website_cache = 1
	try:
		yield
	finally:
		frappe.conf.disable_website_cache = before


# their statements


def statements(work: Work) -> list[tuple]:
	"""What a page sends to the database, once everything that outlives a request is known."""
	work()
	forget()
	sent: list[tuple] = []
	database, original = frappe.local.db, frappe.local.db.sql

	def recording(query, values=(), *arguments, **named):
		sent.append((str(query), values))
		return original(query, values, *arguments, **named)

	database.sql = recording
	try:
		work()
	finally:
		del database.sql
	return sent


def send(sent: list[tuple]) -> None:
	"""Send statements and fetch their rows, without the platform and without a look at them."""
	cursor = frappe.db._cursor
	for query, values in sent:
		cursor.execute(query, values or None)
		cursor.fetchall()
