"""All tables of words an engine is given, each a thesaurus of its own: 北京 is a place, 护士 what somebody does, 护士证 a paper. Pure."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from referral_hub.matching.rules.thesaurus import Entry, Thesaurus

TABLES = ("skills", "certificates", "industries", "languages", "places", "traits")


@dataclass(frozen=True, eq=False)
class Vocabulary:
	skills: Thesaurus = field(default_factory=Thesaurus)
	certificates: Thesaurus = field(default_factory=Thesaurus)
	industries: Thesaurus = field(default_factory=Thesaurus)
	languages: Thesaurus = field(default_factory=Thesaurus)
	places: Thesaurus = field(default_factory=Thesaurus)
	traits: Thesaurus = field(default_factory=Thesaurus)

	@classmethod
	def of(cls, tables: dict[str, list[Entry]]) -> "Vocabulary":
		return cls(**{table: Thesaurus.of(entries) for table, entries in tables.items()})

	@cached_property
	def digest(self) -> str:
		"""Return what tells one vocabulary from another, in every process alike."""
		return sha256(repr([getattr(self, table).entries for table in TABLES]).encode()).hexdigest()
