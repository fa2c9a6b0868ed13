"""Which groups may be told of people who wished to stay unknown, so that nobody is found by subtracting one figure from another. Pure.

What somebody said who gave their name is known to whoever reads; so it is those without a name who are counted here. A group is told with
at least `least` of them or without any. What is left of a larger figure when the told groups inside it are taken away is either nothing or
of at least `least` as well: one small group beside told ones and a told total would be given away. That is asked of the total, of each told
group, and of all but each told group, against every table: tables of the same people can be subtracted from each other too. And what told
groups of several tables have in common is nobody, or enough: where all of B and all of Y were content, whoever was not is in A and in X. The
tables are named in the order in which they matter; where two cross so, the later one tells less.

The way of official statistics: primary and complementary suppression of cells below a threshold.
"""

from collections.abc import Iterable, Iterator, Mapping

LEAST = 5

People = frozenset[int]


def told(
	tables: Mapping[str, Mapping[str, People]], everybody: People, least: int = LEAST, crossed: bool = True
) -> dict[str, set]:
	"""Return for each table the groups of which it may be told what these people said.

	:param tables: {table: {group: who is in it}}, e.g. by department and by program; the one that matters most first
	:param everybody: who is in the total; nothing is told of fewer than `least`
	:param crossed: whether groups of several tables may not have too few in common
	"""
	enough = len(everybody) >= least
	shown = {
		table: {group for group, people in groups.items() if enough and len(people) >= least}
		for table, groups in tables.items()
	}
	while enough and (
		found := _given_away(tables, everybody, shown, least)
		or (crossed and _crossing(tables, everybody, shown, least))
	):
		table, group = found
		shown[table].discard(group)
	return shown


def _given_away(tables, everybody: People, shown: dict[str, set], least: int) -> tuple[str, str] | None:
	"""Return a told group that, taken away from what else is told, leaves too few: the smallest of them."""
	for known in _known(tables, everybody, shown):
		for table, groups in tables.items():
			inside = [group for group in sorted(shown[table]) if groups[group] <= known]
			if inside and 0 < len(known.difference(*(groups[group] for group in inside))) < least:
				return table, min(inside, key=lambda group: (len(groups[group]), group))
	return None


def _crossing(tables, everybody: People, shown: dict[str, set], least: int) -> tuple[str, str] | None:
	"""Return a told group that has too few in common with groups of other tables: of the table named last, the smallest."""
	cells = [
		_cells(table, groups, everybody, shown[table]) for table, groups in tables.items() if shown[table]
	]
	few = next(_in_common(everybody, cells, least, ()), ())
	own = [(table, group) for table, group in few if group is not None]
	return own[-1] if own else None


def _cells(table: str, groups, everybody: People, shown: set) -> list[tuple[tuple, People]]:
	"""Return what is known of one table: its told groups, the smallest first, and all the others together."""
	known = [
		((table, group), groups[group]) for group in sorted(shown, key=lambda one: (len(groups[one]), one))
	]
	return [*known, ((table, None), everybody.difference(*(groups[group] for group in shown)))]


def _in_common(people: People, cells: list, least: int, chosen: tuple) -> Iterator[tuple]:
	"""Yield the cells of different tables that have somebody in common, and fewer than `least`."""
	for number, table in enumerate(cells):
		for cell, members in table:
			common, now = people & members, (*chosen, cell)
			if chosen and 0 < len(common) < least:
				yield now
			elif common:
				yield from _in_common(common, cells[number + 1 :], least, now)


def _known(tables, everybody: People, shown: dict[str, set]) -> Iterable[People]:
	yield everybody
	for table, groups in tables.items():
		for group in sorted(shown[table]):
			yield groups[group]
			yield everybody - groups[group]


def settled(by_month: Mapping[str, People], least: int = LEAST) -> People:
	"""Return who is counted by now: whole months, as soon as `least` came together; whoever came after that waits for others.

	A figure that is looked at again a month later then differs from before by `least` people, or not at all.
	"""
	counted: set[int] = set()
	waiting: set[int] = set()
	for month in sorted(by_month):
		waiting |= by_month[month]
		if len(waiting) >= least:
			counted |= waiting
			waiting = set()
	return frozenset(counted)
