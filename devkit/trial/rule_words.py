"""A reward rule in words, as a line of the report's table: for whom it is, what it pays, what comes on top."""

from decimal import Decimal

from devkit.trial.words import Words
from referral_hub.rewards.rules.milestones import RETAINED
from referral_hub.rewards.rules.promising.factors import CAMPAIGN, DIFFICULTIES, STAYING, URGENCIES, Factor
from referral_hub.rewards.rules.selection import Rule
from referral_hub.rewards.rules.terms import Promise

LABELS = {
	"designation": "Designation",
	"grade": "Grade",
	"department": "Department",
	"employment_type": "Employment type",
	"difficulty": "Difficulty",
	"urgency": "Urgency",
	"company": "Company",
	"program": "Program",
	"referrer_designation": "Designation of who referred",
	"referrer_grade": "Grade of who referred",
	"referrer_department": "Department of who referred",
	"referrer_badge": "Badge or title of who referred",
}


class RuleWords:
	"""Puts rules into words of one language."""

	def __init__(self, say: Words):
		self.say = say

	def row(self, rule: Rule) -> list[str]:
		return [
			self.say.data(rule.title),
			self._for(rule),
			"; ".join(map(self._pays, rule.promises)),
			self._and(rule),
		]

	def kind(self, kind: str) -> str:
		return self.say(kind, "Reward Kind")

	def stacking(self, how: str) -> str:
		return self.say(how, "Reward Rule")

	def times(self, name: str, figure: str, title: str) -> str:
		named = self.say.data(title) if name == CAMPAIGN and title else self.say(name, "Reward Rule Factor")
		return self.say("times {figure} ({name})").format(figure=figure, name=named)

	def _for(self, rule: Rule) -> str:
		asked = [(LABELS[name], wanted) for name, wanted in rule.conditions.named()]
		asked += [(f"Hired as {name.replace('_', ' ')}", wanted) for name, wanted in rule.hire]
		said = [f"{self.say(label)}: {self._value(wanted)}" for label, wanted in asked]
		if rule.valid_from or rule.valid_to:
			said.append(f"{rule.valid_from or ''} – {rule.valid_to or ''}")
		return "; ".join(said) or self.say("Everybody")

	def _value(self, wanted: str) -> str:
		return self.say(wanted) if wanted in (*DIFFICULTIES, *URGENCIES) else self.say.data(wanted)

	def _pays(self, promise: Promise) -> str:
		say = self.say
		what = " ".join(
			str(part)
			for part in (
				self.kind(promise.kind),
				plain(promise.amount),
				promise.currency,
				say.data(promise.details.get("what") or ""),
			)
			if part
		)
		if promise.percent is not None:
			what = say("{percent} % of {what}").format(percent=plain(promise.percent), what=what)
		if promise.option:
			what = say("or {option}: {what}").format(option=promise.option, what=what)
		return f"{self._when(promise)}: {what}"

	def _when(self, promise: Promise) -> str:
		milestone = self.say(promise.milestone, "Reward Rule Milestone")
		if promise.milestone == RETAINED:
			milestone = self.say("{months} months after joining").format(months=promise.after_months)
		if promise.hires:
			milestone += " " + self.say("({number} hires)").format(number=promise.hires)
		return milestone

	def _and(self, rule: Rule) -> str:
		said = [self._factor(factor) for factor in rule.factors]
		if len(rule.factors) > 1:
			said.append(self.stacking(rule.stacking))
		if rule.period:
			said.append(self.say("hires of one {period}").format(period=self.say(rule.period, "Reward Rule")))
		if months := max((promise.back_within for promise in rule.promises), default=0):
			said.append(self.say("back when the hire leaves within {months} months").format(months=months))
		return "; ".join(said)

	def _factor(self, factor: Factor) -> str:
		said = self.times(factor.name, plain(factor.times), factor.title)
		if factor.name == STAYING:
			said += " " + self.say("{months} months after joining").format(months=factor.after_months)
		if factor.valid_from or factor.valid_to:
			said += f" {factor.valid_from or ''} – {factor.valid_to or ''}"
		return said


def plain(figure: Decimal) -> str:
	figure = figure.normalize()
	return f"{figure:,f}"
