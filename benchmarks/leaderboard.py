"""A leaderboard of 20,000 people beside one indexed SELECT of the same rows: places, names, levels, badges, and who is not to be named.

Two readers: one who stands among the lines that are shown, and one in the middle of all, whose own place is counted; the peer of that
counts it too.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe.utils import now, today

from benchmarks.timing import compare
from referral_hub.recognition import best, boards
from referral_hub.recognition.rules.leaderboard import SCORE
from referral_hub.recognition.standings import STANDING

NAME = "leaderboard"
PEOPLE = 20_000
PERIOD = "2001-Q1"
PREFIX = "HUB-BENCH-BOARD-"
INCOGNITO, BADGES = 20, 2  # one in so many wishes not to be named; badges of each
ROUNDS = 60
BY = ("Administrator", "Administrator")
STAMPS = ("name", "creation", "modified", "owner", "modified_by")


def run() -> list[dict]:
	with volume() as company:
		first, middle = (reader(number, company) for number in (1, PEOPLE // 2))
		name = f"leaderboard: read one of {PEOPLE:,} people, against one indexed SELECT of its rows"
		return [
			compare(name, lambda: read(first), lambda: select(company), bound=2.0, unit="us", rounds=ROUNDS),
			compare(
				f"{name} and one that counts who is ahead",
				lambda: read(middle),
				lambda: [select(company), count_better(company)],
				bound=2.0,
				unit="us",
				rounds=ROUNDS,
			),
		]


def reader(number: int, company: str) -> frappe._dict:
	return frappe._dict(name=f"{PREFIX}{number}", company=company)


def read(me) -> None:
	found = boards.board(me, PERIOD, SCORE)
	if len(found.lines) != best.MOST:
		raise AssertionError(f"{len(found.lines)} lines")


def select(company: str) -> tuple:
	"""The same rows, the best first: who they are, their level, what they wish, their badges; with no rule of who may see what."""
	return frappe.db.sql(
		f"""select best.employee, best.score, employee.employee_name, employee.department, kept.level,
			wish.incognito, wish.level_visibility, award.badge
		from (
			select employee, score from `tab{STANDING}` where company = %s and period = %s and score > 0
			order by score desc limit {best.MOST}
		) best
		join `tabEmployee` employee on employee.name = best.employee and employee.status = 'Active'
		left join `tabReferral Recognition` kept on kept.employee = best.employee
		left join `tabReferral Preference` wish on wish.employee = best.employee
		left join `tabRecognition Award` award on award.employee = best.employee and award.state = 'Held'
		order by best.score desc""",
		(company, PERIOD),
	)


def count_better(company: str) -> tuple:
	return frappe.db.sql(
		f"select count(*) from `tab{STANDING}` where company = %s and period = %s and score > %s",
		(company, PERIOD, PEOPLE // 2),
	)


@contextmanager
def volume() -> Iterator[str]:
	"""People with a level, badges and a score of their own each. Never committed: gone with the rollback."""
	company = frappe.get_all("Company", limit=1, order_by="creation asc", pluck="name")[0]
	numbers, at = range(PEOPLE), now()
	names = [f"{PREFIX}{number}" for number in numbers]

	def insert(doctype: str, columns: tuple[str, ...], rows: Iterator[tuple]) -> None:
		stamped = [(f"{PREFIX}{place}", at, at, *BY, *row) for place, row in enumerate(rows)]
		frappe.db.bulk_insert(doctype, [*STAMPS, *columns], stamped)

	try:
		insert(
			"Employee", ("employee_name", "company", "status"), ((name, company, "Active") for name in names)
		)
		standing = ("employee", "company", "period", "length", SCORE)
		insert(STANDING, standing, ((names[n], company, PERIOD, "Quarter", PEOPLE - n) for n in numbers))
		kept = ("employee", "company", "level")
		insert("Referral Recognition", kept, ((name, company, "Gold Referrer") for name in names))
		insert(
			"Referral Preference",
			("employee", "incognito"),
			((names[n], 1) for n in numbers if n % INCOGNITO == 0),
		)
		award = ("employee", "company", "badge", "state", "awarded_on")
		insert(
			"Recognition Award",
			award,
			((name, company, f"Badge {n}", "Held", today()) for name in names for n in range(BADGES)),
		)
		yield company
	finally:
		frappe.db.rollback()
