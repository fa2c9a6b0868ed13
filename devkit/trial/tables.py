"""The result of `./dev try` as tables for a terminal. The report in HTML has charts beside them."""

import json
from collections.abc import Iterable

from devkit.trial.markup import visible
from devkit.trial.results import Result, as_json

MOST_PEOPLE = 10


def as_tables(result: Result) -> str:
	found, casts = as_json(result), list(result.casts)
	parts = [
		f"{found['referrals']} referrals played; {', '.join(found['sets'])}.",
		_table("In all", ["", *_heads(result)], [_cells("", found["total"], casts)]),
		_table("By month (of payment)", ["month", *_heads(result)], _rows(found["by_month"], "month", casts)),
		_table(
			"By department",
			["department", *_heads(result)],
			_rows(found["by_department"], "department", casts),
		),
		_table("By kind, in its own unit", ["kind", "currency", "what", *casts], _kinds(found, casts)),
		*(part for name in found["sets"] for part in _of_set(found, name, result)),
	]
	if found["without_a_rate"]:
		parts.append(f"Not counted, because no rate was given: {', '.join(found['without_a_rate'])}")
	return "\n\n".join(part for part in parts if part)


def _of_set(found: dict, name: str, result: Result) -> list[str]:
	each = found["sets"][name]
	return [
		f"{visible(name)}: {len(each['no_rule_fits'])} that no rule fits, {len(each['budget_used_up'])} stopped by a"
		f" budget. May still come, at most: {found['currency']} {each['may_still_come']}.",
		_winners(each["winners_and_losers"], name, result),
		_table(
			"Budgets",
			["program", "limit", "used", "stopped on", "promises stopped"],
			[
				[row[key] or "" for key in ("program", "limit", "used", "stopped_on")] + [row["stopped"]]
				for row in each["budgets"]
			],
		),
		_table(
			"What adds up beyond the base",
			["rule", "what", "referrals", "base", "promised", "times"],
			[_stack_cells(row) for row in each["what_adds_up"]],
		),
		_table("No rule fits", ["referral"], [[referral] for referral in each["no_rule_fits"]]),
	]


def _kinds(found: dict, casts: list[str]) -> list[list]:
	return [
		[row["kind"], row["currency"], _what(row["details"]), *(row[cast] for cast in casts)]
		for row in found["by_kind"]
	]


def _what(details: str) -> str:
	return (json.loads(details) if details else {}).get("what") or ""


def _winners(rows: list[dict], name: str, result: Result) -> str:
	title, pair = f"Winners and losers, against {result.base} ({len(rows)} people)", (result.base, name)
	if len(rows) > 2 * MOST_PEOPLE:
		rows = [*rows[:MOST_PEOPLE], *rows[-MOST_PEOPLE:]]
	cells = [
		[*_cells(row["employee"], row, pair), row["difference"]["money"], row["difference"]["points"]]
		for row in rows
	]
	return _table(title, ["employee", *_heads(result, pair), "difference", "in points"], cells)


def _stack_cells(stack: dict) -> list:
	what = ", ".join(f"{each['name']} {each['figure']} {each['title']}".strip() for each in stack["what"])
	both = (f"{stack[name]['money']} + {stack[name]['points']} points" for name in ("base", "promised"))
	return [stack["rule"], f"{what} ({stack['how']})", len(stack["referrals"]), *both, stack["times"] or ""]


def _heads(result: Result, casts: Iterable[str | None] = ()) -> list[str]:
	casts = [*(casts or result.casts)]
	return [*(f"{cast} {result.worth.currency}" for cast in casts), *(f"{cast} points" for cast in casts)]


def _rows(rows: list[dict], name: str, casts: list[str]) -> list[list]:
	return [_cells(row[name] or "-", row, casts) for row in rows]


def _cells(label: str, sums: dict, casts: Iterable[str]) -> list:
	return [label, *(sums[cast]["money"] for cast in casts), *(sums[cast]["points"] for cast in casts)]


def _table(title: str, head: list[str], rows: Iterable[list]) -> str:
	"""Return a table with its title; nothing when it has no rows."""
	rows = [head, *rows]
	cells = [["" if cell is None else visible(str(cell)) for cell in row] for row in rows]
	if len(cells) == 1:
		return ""
	widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
	lines = [
		"  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
		for row in cells
	]
	return "\n".join([visible(title), "-" * max(len(title), len(lines[0])), *lines])
