"""The parts of the report: each says one thing about what was played, as a chart and as a table."""

import json
from collections.abc import Iterable
from decimal import Decimal
from itertools import accumulate

from devkit.trial import charts
from devkit.trial.markup import Markup, element
from devkit.trial.results import CURRENT, GOT, Result, Tried
from devkit.trial.rule_words import RuleWords
from devkit.trial.words import Words
from referral_hub.rewards.rules.simulating import tallies
from referral_hub.rewards.rules.simulating.budgets import Purse
from referral_hub.rewards.rules.simulating.stacking import SEVERAL_HIRES, Stack

MOST_BARS = 12
MOST_ROWS = 50
HALF = 10


class Sections:
	"""Everything that can be said about one result, in one language."""

	def __init__(self, result: Result, say: Words):
		self.result, self.say = result, say
		self.casts = list(result.casts)
		self.names = {cast: self._name(cast) for cast in self.casts}
		self.words = RuleWords(say)

	# what it comes to

	def in_all(self) -> Markup:
		say, whole = self.say, self.result.whole()
		people = {cast: len({piece.person for piece in pieces}) for cast, pieces in self.result.casts.items()}
		head = [say("Rules"), say("Paid"), say("To how many people"), *self._against()]
		head += [say("May still come, at most"), say("No rule fits"), say("Stopped by a budget")]
		tried = {each.name: each.played for each in self.result.sets}
		rows = []
		for cast in self.casts:
			played = tried.get(cast)
			own = [money(played.ahead), len(played.unfit), len(played.stopped)] if played else ["", "", ""]
			rows.append(
				[self.names[cast], self._sum(whole, cast), people[cast], *self._more(whole, cast), *own]
			)
		totals = [whole.of(cast).money for cast in self.casts]
		chart = charts.bars(say("Money in all"), [*self.names.values()], {"": totals})
		return self._section(say("What each would have paid"), chart, self._table(head, rows))

	def over_time(self) -> Markup | None:
		say, lines = self.say, self.result.lines(tallies.by_month)
		if not lines:
			return None
		months = _months(lines[0].key, lines[-1].key)
		found = {line.key: line for line in lines}
		by_cast = {
			self.names[cast]: list(
				accumulate(found[month].of(cast).money if month in found else Decimal(0) for month in months)
			)
			for cast in self.casts
		}
		chart = charts.lines(say("Paid until the end of each month"), months, by_cast)
		return self._section(say("When"), chart, self._compared(say("Month of payment"), lines))

	def people(self) -> Markup | None:
		lines = self._largest(tallies.by_person)
		return self._groups(self.say("To whom"), self.say("Who referred"), lines)

	def departments(self) -> Markup | None:
		lines = self._largest(tallies.by_department)
		return self._groups(self.say("For which departments"), self.say("Department that hires"), lines)

	def kinds(self) -> Markup | None:
		say, lines = self.say, self.result.lines(tallies.by_kind)
		head = [say("Kind"), say("What"), *self.names.values()]
		rows = [
			[
				self.words.kind(line.key[0]),
				self._what(line.key[1], line.key[2]),
				*(money(line.of(cast).amount) for cast in self.casts),
			]
			for line in lines
		]
		title = say("What kinds of rewards, each in its own unit")
		return self._section(title, self._table(head, rows, figures_from=2)) if rows else None

	# who wins, what stops, what surprises

	def gains(self) -> Markup | None:
		parts = [part for tried in self.result.compared() for part in self._gains(tried)]
		title = self.say("Who would get more, who less, than under {rules}")
		base = self.names.get(self.result.base, "")
		return self._section(title.format(rules=base), *parts) if parts else None

	def budgets(self) -> Markup | None:
		purses = [
			(tried, program, purse)
			for tried in self.result.sets
			for program, purse in sorted(tried.played.purses.items())
			if purse.levels
		]
		parts = [part for each in purses for part in self._purse(*each)]
		return self._section(self.say("Budgets"), *parts) if parts else None

	def stacks(self) -> Markup | None:
		say = self.say
		head = [say("Rules"), say("Rule"), say("What adds up"), say("Referrals"), say("Rule alone")]
		head += [say("Promised in all"), say("Times the rule")]
		rows = [
			self._stack(tried, stack) for tried in self.result.sets for stack in self.result.stacks(tried)
		]
		if not rows:
			return None
		about = element("p", say("Where two or more things came together on one referral."))
		return self._section(
			say("What adds up beyond the rule"), about, self._table(head, rows, figures_from=3)
		)

	def unpaid(self) -> Markup | None:
		say, rows = self.say, []
		for tried in self.result.sets:
			why = (
				(say("No rule fits"), tried.played.unfit),
				(say("Stopped by a budget"), tried.played.stopped),
			)
			for reason, pasts in why:
				if pasts:
					names = ", ".join(past.referral for past in pasts[:MOST_ROWS])
					rows.append(
						[
							self.names[tried.name],
							reason,
							names + (" …" if len(pasts) > MOST_ROWS else ""),
							len(pasts),
						]
					)
		head = [say("Rules"), say("Why"), say("Referrals"), say("How many")]
		title = say("Referrals that nothing is promised for")
		return self._section(title, self._table(head, rows, figures_from=3)) if rows else None

	def rules(self) -> Markup:
		say, parts = self.say, []
		head = [say("Rule"), say("For"), say("Pays"), say("And")]
		for tried in self.result.sets:
			rows = [self.words.row(rule) for rule in tried.rules]
			table = self._table(head, rows, figures_from=len(head), most=len(rows))
			parts.append(element("details", element("summary", self.names[tried.name]), table, open="open"))
		return self._section(say("The rules"), *parts)

	# parts of parts

	def _gains(self, tried: Tried) -> Iterable[Markup]:
		lines = self.result.gains(tried)
		title = self.say("{rules}: {number} people").format(rules=self.names[tried.name], number=len(lines))
		yield element("h3", title)
		if not lines:
			return
		shown = lines if len(lines) <= 2 * HALF else [*lines[:HALF], *lines[-HALF:]]
		more = [line.difference(tried.name, self.result.base) for line in shown]
		yield charts.bars(title, [self._key(line) for line in shown], {"": [each[0] for each in more]})
		pair = (self.result.base, tried.name)
		head = [self.say("Who referred"), *(self.names[cast] for cast in pair), self.say("Difference")]
		rows = [
			[self._key(line), *(self._sum(line, cast) for cast in pair), self._both(*each, signed=True)]
			for line, each in zip(shown, more, strict=True)
		]
		yield self._table(head, rows)

	def _purse(self, tried: Tried, program: str, purse: Purse) -> Iterable[Markup]:
		budget, say = purse.budget, self.say
		title = f"{self.names[tried.name]}: {self.say.data(program)}"
		said = say("{used} of {limit} used.").format(used=money(budget.used), limit=money(budget.limit))
		if purse.stopped:
			stopped = say("Used up on {day}; promises not made after that: {number}.")
			said += " " + stopped.format(day=purse.stopped_on, number=purse.stopped)
		yield element("h3", title)
		yield element("p", said)
		levels = purse.at_month_ends()
		months, used, burnt = _months(min(levels), max(levels)), Decimal(0), []
		for month in months:
			used = levels.get(month, used)
			burnt.append(used)
		yield charts.lines(say("Used at the end of each month"), months, {title: burnt}, budget.limit)

	def _stack(self, tried: Tried, stack: Stack) -> list:
		times = stack.times()
		return [
			self.names[tried.name],
			self.say.data(stack.rule),
			f"{' + '.join(map(self._part, stack.parts))} ({self.words.stacking(stack.how)})",
			len(stack.referrals),
			self._both(stack.base, stack.base_points),
			self._both(stack.promised, stack.promised_points),
			"" if times is None else money(round(times, 2)),
		]

	def _part(self, part: tuple[str, str, str]) -> str:
		name, figure, title = part
		if name == SEVERAL_HIRES:
			return self.say("{title}: for {number} hires").format(title=self.say.data(title), number=figure)
		return self.words.times(name, figure, title)

	def _groups(self, title: str, label: str, lines: list[tallies.Line]) -> Markup | None:
		if not lines:
			return None
		shown = lines[:MOST_BARS]
		series = {self.names[cast]: [line.of(cast).money for line in shown] for cast in self.casts}
		chart = charts.bars(title, [self._key(line) for line in shown], series)
		return self._section(title, chart, self._compared(label, lines))

	def _compared(self, label: str, lines: list[tallies.Line]) -> Markup:
		rows = [[self._key(line), *(self._sum(line, cast) for cast in self.casts)] for line in lines]
		return self._table([label, *self.names.values()], rows)

	def _largest(self, key: tallies.Key) -> list[tallies.Line]:
		"""Return lines with the largest amounts first, whoever would pay them."""

		def size(line: tallies.Line) -> tuple:
			return max((line.of(cast).money, line.of(cast).points) for cast in self.casts)

		return sorted(self.result.lines(key), key=size, reverse=True)

	def _against(self) -> list[str]:
		if not self.result.base:
			return []
		return [self.say("More than {rules}").format(rules=self.names[self.result.base])]

	def _more(self, whole: tallies.Line, cast: str) -> list[str]:
		base = self.result.base
		if not base:
			return []
		return ["" if cast == base else self._both(*whole.difference(cast, base), signed=True)]

	def _sum(self, line: tallies.Line, cast: str) -> str:
		return self._both(line.of(cast).money, line.of(cast).points)

	def _both(self, amount: Decimal, points: Decimal, signed: bool = False) -> str:
		"""Say money and points in one cell; what is nothing is not said."""
		said = [money(amount, signed)] if amount or not points else []
		if points:
			said.append(self.say("{points} points").format(points=money(points, signed)))
		return ", ".join(said)

	def _what(self, currency: str, details: str) -> str:
		known = json.loads(details) if details else {}
		return " ".join(each for each in (self.say.data(known.get("what") or ""), currency) if each)

	def _key(self, line: tallies.Line) -> str:
		return self.say.data(line.key) if line.key else self.say("None")

	def _name(self, cast: str) -> str:
		return {GOT: self.say("Really got"), CURRENT: self.say("Rules of today")}.get(cast) or self.say.data(
			cast
		)

	def _table(
		self, head: list[str], rows: list[list], figures_from: int = 1, most: int = MOST_ROWS
	) -> Markup:
		"""Return a table; from a column on it has figures. What is left out of a long one is said."""

		def cells(kind: str, row: list) -> list[Markup]:
			return [
				element(kind, cell, class_="figure" if place >= figures_from else None)
				for place, cell in enumerate(row)
			]

		body = [element("tr", *cells("td", row)) for row in rows[:most]]
		top = element("thead", element("tr", *cells("th", head)))
		table = element("div", element("table", top, element("tbody", *body)), class_="wide", tabindex="0")
		if len(rows) <= most:
			return table
		rest = self.say("and {number} more; all of them with --json").format(number=len(rows) - most)
		return element("div", table, element("p", rest))

	def _section(self, title: str, *parts: Markup) -> Markup:
		return element("section", element("h2", title), *parts)


def money(amount: Decimal, signed: bool = False) -> str:
	"""Return a figure with thousands set apart, without decimals that say nothing."""
	amount = amount.normalize() if amount else Decimal(0)
	places = max(0, -amount.as_tuple().exponent)
	figure = round(amount, min(places, 4))
	return f"{figure:+,f}" if signed and figure else f"{figure:,f}"


def _months(first: str, last: str) -> list[str]:
	"""Return every month from one to another."""
	year, month = int(first[:4]), int(first[5:])
	found = []
	while not found or found[-1] < last:
		found.append(f"{year:04}-{month:02}")
		year, month = (year, month + 1) if month < 12 else (year + 1, 1)
	return found
