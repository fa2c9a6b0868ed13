"""Imports what HRMS knew before this app: `bench hub-import-employee-referrals`.

Each form is a transaction of its own, so a run can be stopped anywhere and the next one goes on. A dry run goes the same
way and writes nothing: before a form it brings in, in the same transaction, the earlier forms about the same person, so
that what it says of each is what the real run would do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import frappe
from frappe import _

from referral_hub.referrals import errors
from referral_hub.referrals.making import ownership
from referral_hub.referrals.native import changing, taking
from referral_hub.referrals.native.history import bring_in
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.retry import retry_deadlocks

CHUNK = 200


@dataclass
class Summary:
	"""What a run did, or would do: how many, by name why not, and of a dry run by name as what."""

	imported: int = 0
	already_here: int = 0
	refused: dict[str, str] = field(default_factory=dict)
	rehearsed: dict[str, str] = field(default_factory=dict)

	@property
	def looked_at(self) -> int:
		return self.imported + len(self.refused)


def run(dry_run: bool = False, limit: int | None = None, say: Callable[[str], None] = print) -> Summary:
	"""Import what is not here yet, say how far it is, and return the summary. Commits, or writes nothing at all."""
	summary = Summary(already_here=frappe.db.count("Referral", {"employee_referral": ("is", "set")}))
	import_one = _Rehearsal(summary).import_one if dry_run else _import_one
	for name in _not_here(limit):
		_import_alone(name, import_one, summary)
		if summary.looked_at % CHUNK == 0:
			say(_("{0} looked at, {1} imported").format(summary.looked_at, summary.imported))
	_say(summary, dry_run, say)
	return summary


def _import_alone(name: str, import_one: Callable[[str], None], summary: Summary) -> None:
	frappe.db.rollback()
	try:
		retry_deadlocks(partial(import_one, name))
		summary.imported += 1
	except Refused as refused:
		summary.refused[name] = errors.sentence(refused)
	except frappe.ValidationError as error:
		summary.refused[name] = frappe.utils.strip_html(str(error))
	frappe.db.rollback()
	frappe.clear_messages()


def _import_one(name: str) -> None:
	bring_in(name)
	frappe.db.commit()


class _Rehearsal:
	"""Brings forms in without a commit; remembers which forms were about whom, by the keys that own a candidate."""

	def __init__(self, summary: Summary):
		self._summary = summary
		self._forms_of: dict[str, list[str]] = {}

	def import_one(self, name: str) -> None:
		keys = _keys(name)
		for earlier in self._about_the_same(keys):
			bring_in(earlier)
		self._summary.rehearsed[name] = _said_of(bring_in(name))
		for key in keys:
			self._forms_of.setdefault(key, []).append(name)

	def _about_the_same(self, keys: set[str]) -> list[str]:
		"""Return the earlier forms that share a contact with this one, or with one that does, in their order."""
		forms: set[str] = set()
		while found := {form for key in keys for form in self._forms_of.get(key, ())} - forms:
			forms |= found
			keys = keys.union(*(_keys(form) for form in found))
		return sorted(forms)


def _keys(name: str) -> set[str]:
	form = frappe.get_doc(taking.FORM, name)
	company = frappe.db.get_value("Employee", form.referrer, "company")
	try:
		return {key.hash for key in ownership.keys_of(changing.candidate_of(form, company))}
	except Refused:
		return set()  # bringing it in says why


def _said_of(referral: str) -> str:
	stage, outcome = frappe.db.get_value("Referral", referral, ("stage", "outcome"))
	rewards = frappe.db.count("Referral Reward", {"referral": referral})
	return _("{0}, {1}; rewards: {2}").format(
		_(stage, context="Referral"), _(outcome, context="Referral"), rewards
	)


def _not_here(limit: int | None) -> Iterator[str]:
	"""Yield the old forms without a referral, oldest number first, some hundreds at a time."""
	after, given = "", 0
	while names := _some_not_here(after, min(CHUNK, limit - given) if limit else CHUNK):
		yield from names
		after, given = names[-1], given + len(names)
		if limit and given >= limit:
			return


def _some_not_here(after: str, limit: int) -> list[str]:
	Form, Referral = frappe.qb.DocType(taking.FORM), frappe.qb.DocType("Referral")
	return (
		frappe.qb.from_(Form)
		.left_join(Referral)
		.on(Referral.employee_referral == Form.name)
		.select(Form.name)
		.where((Form.docstatus == 1) & (Form.referral_hub_waiting == 0) & Referral.name.isnull())
		.where(Form.name > after)
		.orderby(Form.name)
		.limit(limit)
		.run(pluck=True)
	)


def _say(summary: Summary, dry_run: bool, say: Callable[[str], None]) -> None:
	done = _("{0} would be imported") if dry_run else _("{0} imported")
	say(done.format(summary.imported))
	say(_("{0} already here").format(summary.already_here))
	say(_("{0} refused").format(len(summary.refused)))
	for name, said in sorted((summary.rehearsed | summary.refused).items()):
		say(f"  {name}: {said}")
