"""One's performance path: where one is, what each next level needs and brings, and whether others may see how one rose."""

from typing import Annotated

from pydantic import Field

from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import Refused, not_found
from referral_hub.api.contract.shapes import Done, Name, Shape, Text
from referral_hub.paths import cases, placing
from referral_hub.people.employments import records_of
from referral_hub.portal.growth import case_words, path_words


class Requirement(Shape):
	name: Text
	words: Text
	percent: int
	state: str = Field(description="met, partly or unknown.")
	source: Text


class Step(Shape):
	code: str
	title: Text
	usual: Text
	brings: list[str]
	others: list[str] = Field(description="What others reached there; nothing where too few did.")
	percent: int | None
	met: Text
	requirements: list[Requirement]


class Level(Shape):
	code: str
	title: Text
	usual: Text
	brings: list[str]
	is_here: bool
	others: list[str]


class Case(Shape):
	sentence: Text
	own_words: Text


class Path(Shape):
	path: str
	path_name: Text
	here: Text
	since: Text
	months: Text
	steps: list[Step]
	levels: list[Level]
	cases: list[Case]
	referred: Text


class Agreed(Shape):
	path: str
	level: Text
	own_words: Text
	shown_as: Text


class Consent(Shape):
	words: Text
	sentence: Text
	step: Text = Field(description="What `agree` takes to know which step was read.")


@reads
def mine() -> Path:
	"""Say where one is and what comes next."""
	me = caller.employee().name
	place = placing.place_of(me) or not_found()
	told = path_words.tell(place, me)
	return {**told, "path": place.name, "cases": case_words.of_path(place.path, place)}


@reads
def agreed() -> list[Agreed]:
	"""List on which paths one agreed to be shown as a case."""
	return cases.mine(records_of(caller.employee().name))


@reads
def consent() -> Consent:
	"""Return the words one agrees to, and how one would be shown."""
	me = caller.employee().name
	place = placing.place_of(me) or not_found()
	mine = case_words.of_employee(place, case_words.agreed_by(place.records)) or not_found()
	return {"words": mine["consent"], "sentence": mine["sentence"], "step": mine["step"]}


@changes
def agree(
	consent: Annotated[
		str, Field(max_length=1000, description="The words one agrees to, as `consent` returns them.")
	],
	step: Annotated[str, Field(max_length=300, description="The step one read, as `consent` returns it.")],
	shown_as: Annotated[str, Field(max_length=140)] = "",
	own_words: Annotated[str, Field(max_length=cases.LONGEST_WORDS)] = "",
) -> Done:
	"""Agree that colleagues and candidates see how one rose."""
	me = caller.employee().name
	place = placing.place_of(me) or not_found()
	if consent != case_words.consent():
		raise Refused("other_words", case_words.consent())
	try:
		cases.agree(me, place.path, step, shown_as, own_words, consent)
	except cases.OtherStep as refused:
		raise Refused("other_step", str(refused)) from refused
	return {}


@changes
def take_back(path: Name) -> Done:
	"""Take back what one agreed to on a path; it is shown to nobody any more."""
	cases.take_back(caller.employee().name, path)
	return {}
