"""The match engine of the talent pool: who fits which opening by what HR confirmed or a draft says, in English and Chinese.

Asked by talent/finding/matching.py through the hook `referral_hub_match_engine`. Sees plain text, never a name; the rules decide.
"""

from referral_hub.matching import readings, scorers
from referral_hub.matching.rules.pool import pooling
from referral_hub.matching.rules.pool.pooling import Opened
from referral_hub.matching.rules.vocabulary import Vocabulary
from referral_hub.talent.rules.fitting import Fit, Offered, Wish
from referral_hub.vocabulary.in_use import vocabulary


class ByMeaning:
	"""What `talent.finding.matching.Engine` asks for."""

	def openings_for(self, person: Wish, openings: list[Offered], most: int) -> list[Fit]:
		words, known = vocabulary(), {opening.name: opening for opening in openings}
		fits = pooling.openings_for(person, _opened(openings, words), most * scorers.CONSIDERED, words)
		return scorers.weigh(fits, [(known[fit.name], person) for fit in fits], most)

	def people_for(self, opening: Offered, people: dict[str, Wish], most: int) -> list[Fit]:
		words = vocabulary()
		(read,) = _opened([opening], words)
		fits = pooling.people_for(read, people, most * scorers.CONSIDERED, words)
		return scorers.weigh(fits, [(opening, people[fit.name]) for fit in fits], most)

	def words_of(self, opening: Offered) -> list[str]:
		words = vocabulary()
		(read,) = _opened([opening], words)
		return pooling.words_of(read, words)

	def words_like(self, person: Wish) -> list[str]:
		return self.words_of(pooling.as_opening(person))

	def people_like(self, person: Wish, people: dict[str, Wish], most: int) -> list[Fit]:
		return self.people_for(pooling.as_opening(person), people, most)


def _opened(openings: list[Offered], words: Vocabulary) -> list[Opened]:
	read = readings.of([opening.description for opening in openings], words)
	return [pooling.opened(opening, reading, words) for opening, reading in zip(openings, read, strict=True)]
