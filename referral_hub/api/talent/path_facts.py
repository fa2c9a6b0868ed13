"""What the performance path says to somebody of the talent pool: facts for their words, none of a group that is too small to be shown."""

from decimal import Decimal

from referral_hub.paths import links
from referral_hub.paths.figures import showing
from referral_hub.paths.rules import evidence
from referral_hub.tokens import Subject
from referral_hub.wording import dates, languages


def promotions(record: str, language: str) -> dict[str, str]:
	"""Return the facts `promoted_...` of a draft: how many rose from the level at which this person would begin; {} where nothing may be said."""
	found = links.path_for(Subject(links.POOL, record))
	rate = found and showing.promotion_rate(found.path.name, found.level)
	if not rate:
		return {}
	number = evidence.number_of(Decimal(str(rate.value)), rate.people)
	with languages.speaking(language):
		when = dates.span(rate.period_from, rate.period_to)
	return {
		"promoted_from": found.designation,
		"promoted_people": str(number) if number else "",
		"promoted_percent": f"{rate.value:g}",
		"promoted_of": str(rate.people),
		"promoted_in": when,
	}
