"""Which groups may be told of people who wished to stay unknown, so that nobody is found by subtracting one figure from another. Pure.

What somebody said who gave their name is known to whoever reads; so it is those without a name who are counted here. A group is told with
at least `least` of them or without any. What is left of a larger figure when the told groups inside it are taken away is either nothing or
of at least `least` as well: one small group beside told ones and a told total would be given away. That is asked of the total, of each told
group, and of all but each told group, against every table: tables of the same people can be subtracted from each other too.

The way of official statistics: primary and complementary suppression of cells below a threshold.
"""

from collections.abc import Iterable, Mapping

LEAST = 5

People = frozenset[int]


def told(tables: Mapping[str, Mapping[str, People]], everybody: People, least: int = LEAST) -> dict[str, set]:
	"""Return for each table the groups of which it may be told what these people said.

	:param tables: {table: {group: who is in it}}, e.g. by department and by program
	:param everybody: who is in the total; nothing is told of fewer than `least`
	"""
	enough = len(everybody) >= least
	shown = {
		table: {group for group, people in groups.items() if enough and len(people) >= least}
		for table, groups in tables.items()
	}
	while enough and (found := _given_away(tables, everybody, shown, least)):
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
