"""What the performance path says to somebody of the talent pool: facts for their words, none of a group that is too small to be shown."""

from referral_hub.paths import links
from referral_hub.paths.figures import showing
from referral_hub.paths.rules import evidence
from referral_hub.tokens import Subject


def promotions(record: str) -> dict[str, str]:
	"""Return the facts `promoted_...` of a draft: how many rose from the level at which this person would begin; {} where nothing may be said."""
	found = links.path_for(Subject(links.POOL, record))
	rate = found and showing.promotion_rate(found.path.name, found.level)
	if not rate:
		return {}
	return {
		"promoted_from": found.designation,
		"promoted_percent": f"{rate.value:g}",
		"promoted_of": str(rate.people),
		"promoted_in": evidence.year_of(rate.period_from, rate.period_to),
	}
