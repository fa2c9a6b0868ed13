"""For whom an announcement or an event of the club is. Pure: one answer for the portal, for messages and for the desk's count."""

from collections.abc import Collection
from dataclasses import dataclass, field

COMPANY, DEPARTMENT, DESIGNATION, BRANCH = "Company", "Department", "Designation", "Branch"


@dataclass(frozen=True)
class Person:
	"""An active employee as the audience sees them; `departments`: their own and those above it."""

	company: str | None = None
	departments: Collection[str] = ()
	designation: str | None = None
	branch: str | None = None
	in_club: bool = False


@dataclass(frozen=True)
class Audience:
	"""Whoever is meant. What names nothing leaves nobody out; of one kind any will do, of several kinds each must hold."""

	companies: frozenset[str] = frozenset()
	named: dict[str, frozenset[str]] = field(default_factory=dict)
	only_club: bool = False

	@property
	def is_everybody(self) -> bool:
		return not (self.companies or any(self.named.values()) or self.only_club)


def is_for(audience: Audience, person: Person) -> bool:
	"""Say whether this person is meant; a department means those below it as well."""
	if audience.companies and person.company not in audience.companies:
		return False
	if audience.only_club and not person.in_club:
		return False
	own = {
		DEPARTMENT: person.departments,
		DESIGNATION: (person.designation,),
		BRANCH: (person.branch,),
	}
	return all(named.intersection(own[kind]) for kind, named in audience.named.items() if named)
