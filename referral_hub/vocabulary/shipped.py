"""The shipped tables of words, read from `matching/data/`: what an engine knows before anybody has edited a row. Reads files, no database."""

import csv
from functools import cache
from pathlib import Path

from referral_hub.matching.rules.thesaurus import Entry, entries_of
from referral_hub.matching.rules.vocabulary import TABLES, Vocabulary

_FOLDER = Path(__file__).resolve().parents[1] / "matching" / "data"


def shipped(table: str) -> list[Entry]:
	with (_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
		return entries_of(csv.DictReader(file))


@cache
def vocabulary() -> Vocabulary:
	"""Return all shipped tables; made once in a process."""
	return Vocabulary.of({table: shipped(table) for table in TABLES})
