"""The words with which somebody is called back: which template fits, what a template may say, and how it is filled. Pure.

A template may name facts of FACTS and ask whether they are known ({% if pay_now %}); it can do nothing else. What is not on the list of
allowed nodes is refused before anything runs: no attribute, index, call, filter, loop, assignment, import or arithmetic, so there is
nothing to walk, nothing to execute, and the text can't grow beyond its own length and that of the facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

# what a template may name; each is a text, or None where it is not known
FACTS = (
	"name",
	"sender",
	"company",
	"designation",
	"reason",
	"preference",
	"months",
	"opening",
	"pay_before",
	"pay_now",
	"pay_rise",
	"openings_link",
	"path_link",
	"promoted_from",
	"promoted_people",
	"promoted_percent",
	"promoted_of",
	"promoted_in",
)
LONGEST, DEEPEST = 10_000, 50
_ALLOWED = (
	nodes.Template,
	nodes.Output,
	nodes.TemplateData,
	nodes.Name,
	nodes.If,
	nodes.And,
	nodes.Or,
	nodes.Not,
)


class Unfit(ValueError):
	"""A template that may not be used; `what` says why: "too long", "syntax", "forbidden", "unknown", "deep"."""

	def __init__(self, what: str, detail: str = ""):
		super().__init__(f"{what}: {detail}" if detail else what)
		self.what, self.detail = what, detail


@dataclass(frozen=True, slots=True)
class Template:
	"""What a template is for; an empty field fits everybody."""

	name: str
	purpose: str
	language: str
	reason: str | None = None
	reason_given: str | None = None
	preference: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
	"""For whom words are looked for."""

	purpose: str
	language: str
	reason: str
	reason_given: str | None = None
	preferences: tuple[str, ...] = ()


def check(source: str) -> None:
	"""Refuse a template that does anything but name facts and ask for them."""
	_parse(source)


def fill(source: str, facts: dict[str, str | None]) -> str:
	"""Return the words of a template as plain text. Facts it may not name are not given to it."""
	_parse(source)
	known = {fact: facts.get(fact) or None for fact in FACTS}
	text = _environment().from_string(source).render({fact: known[fact] or "" for fact in FACTS})
	return "\n".join(line.rstrip() for line in text.strip().splitlines())


def best(templates: Iterable[Template], wanted: Wanted) -> Template | None:
	"""Return the template that says most about this person: by the reason they gave, what matters to them, why they are in the pool.

	One in another language, for something else or for others never fits.
	"""
	fitting = [template for template in templates if _fits(template, wanted)]
	return min(fitting, key=lambda template: (*_nearness(template, wanted), template.name), default=None)


def rise(before: float | None, now: float | None) -> int | None:
	"""Return by how many percent the pay rose; None where it did not, or is not known."""
	if not before or not now or before <= 0 or now <= before:
		return None
	return round(100 * (now - before) / before) or None


def _fits(template: Template, wanted: Wanted) -> bool:
	return (
		(template.purpose, template.language) == (wanted.purpose, wanted.language)
		and template.reason in (None, wanted.reason)
		and template.reason_given in (None, wanted.reason_given)
		and (template.preference is None or template.preference in wanted.preferences)
	)


def _nearness(template: Template, wanted: Wanted) -> tuple:
	preference = template.preference
	place = wanted.preferences.index(preference) if preference else len(wanted.preferences)
	return template.reason_given is None, preference is None, place, template.reason is None


def _parse(source: str) -> nodes.Template:
	if len(source) > LONGEST:
		raise Unfit("too long")
	try:
		tree = _environment().parse(source)
		_refuse(tree, 0)
	except TemplateError as error:
		raise Unfit("syntax", error.message or "") from error
	except (RecursionError, OverflowError, MemoryError, ValueError) as error:
		if isinstance(error, Unfit):
			raise
		raise Unfit("deep") from error
	return tree


def _refuse(node: nodes.Node, depth: int) -> None:
	if depth > DEEPEST:
		raise Unfit("deep")
	if not isinstance(node, _ALLOWED):
		raise Unfit("forbidden", type(node).__name__)
	if isinstance(node, nodes.Name) and (node.ctx != "load" or node.name not in FACTS):
		raise Unfit("unknown", node.name)
	for child in node.iter_child_nodes():
		_refuse(child, depth + 1)


def _environment() -> ImmutableSandboxedEnvironment:
	environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True)
	environment.globals.clear()
	environment.filters.clear()
	environment.tests.clear()
	return environment
