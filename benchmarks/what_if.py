"""A year of 50,000 referrals played through 200 rules, beside the one selected rule applied to each of them.

The peer is given the rule of every referral: it freezes it, sees what was earned and adds it up, and selects nothing. Both
sides make the terms of days that promise the same once.
Beside 2,000 rules: what playing costs must hardly grow with their number. No site is read: both sides are the pure rules.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from benchmarks.timing import compare
from referral_hub.rewards.rules.milestones import Progress
from referral_hub.rewards.rules.promising.factors import Factor
from referral_hub.rewards.rules.promising.policy import Policy
from referral_hub.rewards.rules.selection import Conditions, OpeningFacts, Rule
from referral_hub.rewards.rules.simulating import tallies
from referral_hub.rewards.rules.simulating.history import Past, earned_on
from referral_hub.rewards.rules.simulating.simulator import play
from referral_hub.rewards.rules.simulating.worth import Worth
from referral_hub.rewards.rules.terms import Promise

NAME = "what_if"
REFERRALS, RULES, MANY_RULES, PEOPLE = 50_000, 200, 2_000, 2_000
ROUNDS = 5
FIRST, TODAY = datetime(2025, 11, 1, 9), date(2026, 11, 1)
DIGITS = {"CNY": 2}
CURRENCY = "CNY"


def run() -> list[dict]:
	return [
		compare(
			f"what if: {REFERRALS:,} referrals, {RULES} rules, against the selected rule applied to each",
			playing(RULES),
			applying(RULES),
			bound=3.0,
			unit="s",
			rounds=ROUNDS,
		),
		compare(
			f"what if: {REFERRALS:,} referrals, {MANY_RULES:,} rules against {RULES}",
			playing(MANY_RULES),
			playing(RULES),
			bound=2.0,
			unit="s",
			rounds=ROUNDS,
		),
	]


def playing(number: int) -> Callable[[], Decimal]:
	"""The engine as HR's report uses it: rules as they come from the database, nothing remembered from the round before."""
	rules, pasts = make_rules(number), make_pasts(number)

	def work() -> Decimal:
		played = play(Policy(rules, DIGITS), pasts, TODAY, Worth(CURRENCY))
		return by_month(played.pieces)

	return work


def applying(number: int) -> Callable[[], Decimal]:
	"""Each referral with its rule known beforehand."""
	rules, pasts = make_rules(number), make_pasts(number)
	book = Policy(rules, DIGITS).paying
	pairs = [(past, book.select(past.facts, past.day)) for past in pasts]

	def work() -> Decimal:
		worth, months, known = Worth(CURRENCY), {}, Policy((), DIGITS)
		for past, rule in pairs:
			terms = known.freeze(rule, None, past.facts, past.day, CURRENCY)
			for promise in terms.milestones:
				if day := earned_on(promise, past, TODAY, "", False):
					month = day.isoformat()[:7]
					months[month] = months.get(month, Decimal(0)) + worth(promise)
		return sum(months.values())

	if work() != playing(number)():
		raise AssertionError("the two sides do not pay the same")
	return work


def by_month(pieces) -> Decimal:
	worth = Worth(CURRENCY)
	lines = tallies.compare({"tried": pieces}, tallies.by_month, worth)
	return sum(line.of("tried").money for line in lines)


def make_rules(number: int) -> list[Rule]:
	"""One in four by designation alone, the others by designation with department, urgency or both."""
	return [_rule(place) for place in range(number)] + [_rule(number, asks_nothing=True)]


def make_pasts(number: int) -> list[Past]:
	minutes = 365 * 24 * 60 // REFERRALS
	return [_past(place, FIRST + timedelta(minutes=minutes * place), number) for place in range(REFERRALS)]


def _rule(place: int, asks_nothing: bool = False) -> Rule:
	asks = {"designation": f"Job {place}"}
	if place % 4 in (1, 3):
		asks["department"] = f"Department {place % 20 // 2}"
	if place % 4 in (2, 3):
		asks["urgency"] = "Urgent"
	campaign = Factor("Campaign", Decimal(2), "June", date(2026, 6, 1), date(2026, 6, 30))
	return Rule(
		f"RULE-{place}",
		f"Rule {place}",
		conditions=Conditions() if asks_nothing else Conditions(**asks),
		promises=(
			Promise("", "Interviewed", "Cash", Decimal(100 + place)),
			Promise("", "Joined", "Cash", Decimal(3000), percent=Decimal(30)),
			Promise("", "Confirmed", "Cash", Decimal(3000), percent=Decimal(70)),
		),
		factors=(campaign, Factor("Urgent", Decimal("1.5"))),
	)


def _past(place: int, made_at: datetime, rules: int) -> Past:
	facts = OpeningFacts(
		designation=f"Job {place * 7919 % rules}",
		departments=(f"Team {place % 60}", f"Department {place % 10}", "All"),
		urgency="Urgent" if place % 3 else None,
		company="Acme",
	)
	day = made_at.date()
	joined = Progress("Joined", "Hired", day + timedelta(45), joined_on=day + timedelta(45))
	progress = joined if place % 4 == 0 else Progress("Interviewing", "Not Selected", day + timedelta(9))
	return Past(f"REF-{place:06}", f"EMP-{place % PEOPLE}", made_at, facts, progress, CURRENCY, ended_on=day)
