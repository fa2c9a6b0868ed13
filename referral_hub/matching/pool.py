"""The match engine of the talent pool: who fits which opening by what words mean, in English and Chinese.

Asked by talent/finding/matching.py through the hook `referral_hub_match_engine`. Sees plain text, never a name; the rules decide.
"""

from referral_hub.matching.rules import meaning
from referral_hub.talent.rules import fitting
from referral_hub.talent.rules.fitting import Fit, Offered, Wish
from referral_hub.vocabulary.shipped import vocabulary


class ByMeaning:
	"""What `talent.finding.matching.Engine` asks for."""

	def openings_for(self, person: Wish, openings: list[Offered], most: int) -> list[Fit]:
		return fitting.fitting(person, openings, most, _judge)

	def people_for(self, opening: Offered, people: dict[str, Wish], most: int) -> list[Fit]:
		return fitting.people_for(opening, people, most, _judge)

	def people_like(self, person: Wish, people: dict[str, Wish], most: int) -> list[Fit]:
		return fitting.people_like(person, people, most, _judge)


def _judge(wish: Wish, opening: Offered) -> Fit:
	return meaning.fit(wish, opening, vocabulary())
