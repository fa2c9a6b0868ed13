"""Puts the result of `./dev try` into tables a person reads, and into JSON a program reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from referral_hub.rewards.rules.simulating import tallies
from referral_hub.rewards.rules.simulating.simulator import Piece, Played
from referral_hub.rewards.rules.simulating.stacking import Stack, stacks
from referral_hub.rewards.rules.simulating.worth import Worth

GOT, CURRENT, TRIED = "got", "current", "tried"
MOST_PEOPLE = 10


@dataclass
class Result:
	"""Everything that was played. `base` is what the rules that are tried are compared with, if anything."""

	casts: dict[str, list[Piece]]
	tried: Played
	worth: Worth
	base: str | None

	def lines(self, key: tallies.Key) -> list[tallies.Line]:
		return tallies.compare(self.casts, key, self.worth)

	def whole(self) -> tallies.Line:
		return next(iter(self.lines(lambda piece: "all")), tallies.Line("all"))

	def gains(self) -> list[tallies.Line]:
		return tallies.gains(self.lines(tallies.by_person), TRIED, self.base) if self.base else []

	def stacks(self) -> list[Stack]:
		return stacks(self.tried, self.worth)


def as_json(result: Result) -> dict:
	"""Return all figures; amounts are decimal strings."""
	played = result.tried
	return {
		"currency": result.worth.currency,
		"without_a_rate": sorted(result.worth.unknown),
		"referrals": played.referrals,
		"total": _sums(result, result.whole()),
		"may_still_come": plain(played.ahead),
		"by_month": _keyed(result, tallies.by_month, "month"),
		"by_month_and_department": [
			{"month": line.key[0], "department": line.key[1], **_sums(result, line)}
			for line in result.lines(tallies.by_month_and_department)
		],
		"by_department": _keyed(result, tallies.by_department, "department"),
		"by_kind": [
			{"kind": line.key[0], "currency": line.key[1], "details": line.key[2], **_amounts(result, line)}
			for line in result.lines(tallies.by_kind)
		],
		"by_employee": _keyed(result, tallies.by_person, "employee"),
		"winners_and_losers": [
			{"employee": line.key, **_sums(result, line), **_difference(result, line)}
			for line in result.gains()
		],
		"budgets": [
			{
				"program": program,
				"limit": plain(purse.budget.limit),
				"used": plain(purse.budget.used),
				"stopped_on": purse.stopped_on and purse.stopped_on.isoformat(),
				"stopped": purse.stopped,
				"at_month_ends": {month: plain(used) for month, used in purse.at_month_ends().items()},
			}
			for program, purse in sorted(played.purses.items())
		],
		"what_adds_up": [_stack(stack) for stack in result.stacks()],
		"no_rule_fits": [past.referral for past in played.unfit],
		"budget_used_up": [past.referral for past in played.stopped],
	}


def as_tables(result: Result) -> str:
	found, currency = as_json(result), result.worth.currency
	casts = list(result.casts)
	money = [f"{cast} {currency}" for cast in casts]
	points = [f"{cast} points" for cast in casts]
	parts = [
		f"{found['referrals']} referrals played; {len(found['no_rule_fits'])} that no rule fits,"
		f" {len(found['budget_used_up'])} stopped by a budget. May still come, at most: {currency} {found['may_still_come']}.",
		_table("In all", ["", *money, *points], [_cells("", {"total": found["total"]}, "total", casts)]),
		_table("By month (of payment)", ["month", *money, *points], _rows(found["by_month"], "month", casts)),
		_table(
			"By department",
			["department", *money, *points],
			_rows(found["by_department"], "department", casts),
		),
		_table(
			"By kind, in its own unit",
			["kind", "currency", "details", *casts],
			[
				[row["kind"], row["currency"], row["details"], *(row[cast] for cast in casts)]
				for row in found["by_kind"]
			],
		),
		_winners(found, money, points, casts, result.base),
		_table(
			"Budgets",
			["program", "limit", "used", "stopped on", "promises stopped"],
			[
				[each[name] or "" for name in ("program", "limit", "used", "stopped_on")] + [each["stopped"]]
				for each in found["budgets"]
			],
		),
		_table(
			"What adds up beyond the base",
			["rule", "what", "referrals", "base", "promised", "times"],
			[_stack_cells(each) for each in found["what_adds_up"]],
		),
		_table("No rule fits", ["referral"], [[name] for name in found["no_rule_fits"]]),
	]
	if found["without_a_rate"]:
		parts.append(
			f"Counted figure for figure, because no rate was given: {', '.join(found['without_a_rate'])}"
		)
	return "\n\n".join(part for part in parts if part)


def plain(value: Decimal | None) -> str | None:
	return None if value is None else format(value, "f")


def _keyed(result: Result, key: tallies.Key, name: str) -> list[dict]:
	return [{name: line.key, **_sums(result, line)} for line in result.lines(key)]


def _sums(result: Result, line: tallies.Line) -> dict:
	return {
		cast: {"money": plain(line.of(cast).money), "points": plain(line.of(cast).points)}
		for cast in result.casts
	}


def _amounts(result: Result, line: tallies.Line) -> dict:
	return {cast: plain(line.of(cast).amount) for cast in result.casts}


def _difference(result: Result, line: tallies.Line) -> dict:
	money, points = line.difference(TRIED, result.base)
	return {"difference": {"money": plain(money), "points": plain(points)}}


def _stack(stack: Stack) -> dict:
	times = stack.times()
	return {
		"rule": stack.rule,
		"how": stack.how,
		"what": [{"name": name, "figure": figure, "title": title} for name, figure, title in stack.parts],
		"referrals": stack.referrals,
		"base": {"money": plain(stack.base), "points": plain(stack.base_points)},
		"promised": {"money": plain(stack.promised), "points": plain(stack.promised_points)},
		"times": None if times is None else plain(round(times, 2)),
	}


def _stack_cells(stack: dict) -> list:
	what = ", ".join(f"{each['name']} {each['figure']} {each['title']}".strip() for each in stack["what"])
	both = (f"{stack[name]['money']} + {stack[name]['points']} points" for name in ("base", "promised"))
	return [stack["rule"], f"{what} ({stack['how']})", len(stack["referrals"]), *both, stack["times"] or ""]


def _winners(found: dict, money: list[str], points: list[str], casts: list[str], base: str | None) -> str:
	rows = found["winners_and_losers"]
	if len(rows) > 2 * MOST_PEOPLE:
		rows = [*rows[:MOST_PEOPLE], *rows[-MOST_PEOPLE:]]
	cells = [
		[
			*_cells(row["employee"], {"sums": row}, "sums", casts),
			row["difference"]["money"],
			row["difference"]["points"],
		]
		for row in rows
	]
	title = f"Winners and losers, against {base} ({len(found['winners_and_losers'])} people)"
	return _table(title, ["employee", *money, *points, "difference", "in points"], cells)


def _rows(rows: list[dict], name: str, casts: list[str]) -> list[list]:
	return [_cells(row[name] or "-", {"sums": row}, "sums", casts) for row in rows]


def _cells(label: str, found: dict, name: str, casts: list[str]) -> list:
	return [
		label,
		*(found[name][cast]["money"] for cast in casts),
		*(found[name][cast]["points"] for cast in casts),
	]


def _table(title: str, head: list[str], rows: Iterable[list]) -> str:
	"""Return a table with its title; nothing when it has no rows."""
	cells = [head, *([("" if cell is None else str(cell)) for cell in row] for row in rows)]
	if len(cells) == 1:
		return ""
	widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
	lines = [
		"  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
		for row in cells
	]
	return "\n".join([title, "-" * max(len(title), len(lines[0])), *lines])
