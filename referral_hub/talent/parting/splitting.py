"""Two people stood in one record: HR says which facts are the other person's, and each of them has a record that is right.

What says who somebody is (e-mails, numbers, applications) is told apart so that the next look, and an erasure, finds each of them alone; what the
rules would mix up again is refused with what HR can do. Links that were sent open nothing any more: nobody knows which of the two has them.
"""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime
from frappe.utils.global_search import update_global_search

from referral_hub import kept as kept_by_the_app
from referral_hub.background import after_commit
from referral_hub.forgotten.sweeping import leave_search_queue
from referral_hub.referrals.rules.contacts import clean_name
from referral_hub.referrals.rules.refusal import Refused
from referral_hub.talent import keys, states
from referral_hub.talent.archive import former
from referral_hub.talent.archive.former import EMAIL, PHONE, Contact
from referral_hub.talent.cadence import planning
from referral_hub.talent.capturing import applying, looking, ties
from referral_hub.talent.capturing.facts import Found
from referral_hub.talent.finding import scoring
from referral_hub.talent.parting import choosing, deciding, leaving, moving, sources
from referral_hub.talent.parting.choosing import Held
from referral_hub.talent.requests import ending
from referral_hub.talent.rules.identity import NotApart, Side, check_apart
from referral_hub.talent.templates import links, marked_links

DOCTYPE = choosing.DOCTYPE


class NotParted(frappe.ValidationError):
	"""What was chosen does not make two people of one record, or is not of this record (any more)."""


@dataclass(frozen=True, slots=True)
class Chosen:
	"""What is the other person's: their name, the names of rows as `choosing.shown` gives them; and the name of who stays.

	`has_decided`: what was agreed to, a no, or the wish to be deleted, is the other's.
	"""

	name: str
	stays_as: str
	applications: frozenset[str] = frozenset()
	addresses: frozenset[str] = frozenset()
	contacts: frozenset[str] = frozenset()
	mails: frozenset[str] = frozenset()
	signals: frozenset[str] = frozenset()
	files: frozenset[str] = frozenset()
	has_decided: bool = False


def split(name: str, chosen: Chosen) -> str:
	"""Tell two people apart who stand in one record; return the new record, which is the other's."""
	record = _lock(name)
	states.check_is_somebody(record.state)
	known, names = choosing.held(record), (_cleaned(chosen.stays_as), _cleaned(chosen.name))
	_check_theirs(record, known, chosen)
	own, theirs = _reached(record, known, chosen)
	sides = _sides(known, chosen, names, (own, theirs))
	_check_apart(sides)
	ending.end_all(name, _("Two people were in this record."))
	links.take_back(name)
	marked_links.renew(record)
	number, other = record.phone_key, frappe.new_doc(DOCTYPE)
	of_own, of_other = (_applications(known, chosen, is_others) for is_others in (False, True))
	sources.begin(other, record, of_other)
	deciding.decide(record, other, chosen.has_decided or deciding.is_wish_of(record, of_other))
	sources.go_on(record, of_own, of_other)
	leaving.pass_note(record, other, of_own, of_other)
	deciding.heed(record, of_own, of_other)
	deciding.heed(other, of_other, of_own)
	_write(record, names[0], own)
	_write(other, names[1], theirs)
	ties.pass_on(number)
	_part_former(record, other, own, theirs)
	moving.move(name, other, chosen, sides)
	_look_again(list(known.applications), [name, other.name])
	# what the first record said of both until now
	frappe.db.delete("Version", {"ref_doctype": DOCTYPE, "docname": name})
	after_commit(lambda: _search_anew(name))
	_say_so(record, other)
	return other.name


def _search_anew(name: str) -> None:
	"""Let the search not learn from its queue what the record was called before."""
	leave_search_queue(DOCTYPE, [name])
	update_global_search(frappe.get_doc(DOCTYPE, name))


def _lock(name: str) -> Document:
	"""Lock a record, unless somebody changed it since this request began: what hangs on it is seen as it was then."""
	seen = get_datetime(frappe.db.get_value(DOCTYPE, name, "modified"))
	record = states.lock(name)
	if get_datetime(record.modified) != seen:
		_refuse_what_moved()
	return record


def _refuse_what_moved():
	frappe.throw(_("Something that was chosen is not in this record any more. Look again."), NotParted)


def _cleaned(name: str) -> str:
	try:
		return clean_name(name)
	except Refused:
		frappe.throw(_("Please say the names of both people."), NotParted)


def _check_theirs(record: Document, known: Held, chosen: Chosen) -> None:
	there = {part: {row["name"] for row in rows} for part, rows in choosing.shown(record, known).items()}
	if any(getattr(chosen, part) - names for part, names in there.items()):
		_refuse_what_moved()


def _applications(known: Held, chosen: Chosen, is_others: bool) -> list[Found]:
	return [found for name, found in known.applications.items() if (name in chosen.applications) == is_others]


def _reached(record: Document, known: Held, chosen: Chosen) -> tuple[list[Contact], list[Contact]]:
	"""Return by what each of the two is reached: who stays by what the record says now where it is theirs, then the newest first."""
	found: tuple[list[Contact], list[Contact]] = [], []
	for name, contacts in known.reached.items():
		found[name in chosen.applications].extend(contacts)
	for key, contact in known.loose.items():
		found[key in chosen.addresses].append(contact)
	now = {contact.key_hash for contact in former.contacts_of(record)}
	found[0].sort(key=lambda contact: contact.key_hash not in now)
	return found


def _sides(known: Held, chosen: Chosen, names: tuple[str, str], reached) -> tuple[Side, Side]:
	"""Return how each of the two is written: who stays, and the other."""
	stays, goes = (
		Side(
			frozenset({names[is_others]}).union(
				*map(choosing.names_of, _applications(known, chosen, bool(is_others)))
			),
			*(frozenset(each.contact for each in contacts if each.kind == kind) for kind in (EMAIL, PHONE)),
		)
		for is_others, contacts in enumerate(reached)
	)
	return stays, goes


def _check_apart(sides: tuple[Side, Side]) -> None:
	try:
		check_apart(*sides)
	except NotApart as refused:
		frappe.throw(_said(refused), NotParted)


def _said(refused: NotApart) -> str:
	words = {
		"goes": _("Choose an application, an e-mail or a number of the other person: by it they are known."),
		"stays": _("An application, an e-mail or a number has to stay: by it the first person is known."),
		"email": _(
			"Both would have {0}, and an e-mail is one person's. Correct it on the application in HRMS where it is wrong, then come back."
		),
		"phone": _(
			"Both would have {0}. Two people may share a number only where their names differ and each has an e-mail of their own. Correct the applications in HRMS, then come back."
		),
	}
	return words[refused.why].format(refused.contact)


def _write(record: Document, name: str, reached: list[Contact]) -> None:
	"""Save who a record is about by now."""
	email = next(
		(each for each in reached if each.kind == EMAIL and not _is_of_another(record, "email_key", each)),
		None,
	)
	phone = next((each for each in reached if each.kind == PHONE), None)
	hashes = {"email_key": email and email.key_hash, "phone_key": phone and phone.key_hash}
	record.update({"email_key": None, "phone_key": None, "shared_phone_key": None, "may_be_twice": 0})
	record.update(keys.written(hashes, bool(phone) and _is_of_another(record, "phone_key", phone)))
	record.update({"person_name": name, "email": email and email.contact, "phone": phone and phone.contact})
	record.update({"wecom_contact": None, "wecom_corp": None})  # whose it is the next event says
	with kept_by_the_app.writing(record):
		record.flags.ignore_links = True
		record.save(ignore_permissions=True)


def _is_of_another(record: Document, field: str, contact: Contact) -> bool:
	bearer = frappe.db.get_value(DOCTYPE, {field: contact.key_hash}, "name", for_update=True)
	return bool(bearer) and bearer != record.name


def _part_former(record: Document, other: Document, own: list[Contact], theirs: list[Contact]) -> None:
	"""A contact that is the other's was never this person's."""
	stays, goes = ({contact.key_hash for contact in reached} for reached in (own, theirs))
	for row in former.of([record.name])[record.name]:
		if row.key_hash in goes - stays:
			frappe.db.set_value(former.DOCTYPE, row.name, "record", other.name, update_modified=False)
	for each, reached in ((record, own), (other, theirs)):
		now = {contact.key_hash for contact in former.contacts_of(each)}
		former.remember(each.name, [contact for contact in reached if contact.key_hash not in now])


def _look_again(applications: list[str], records: list[str]) -> None:
	"""Let each of them stand where their own applications say; refuse where these would make one person of them again."""
	looking.look_at(applications)
	applying.follow(applications)
	if frappe.db.count(DOCTYPE, {"name": ("in", records)}) < len(records):
		frappe.throw(
			_("By their applications these two would be one person again. Correct those in HRMS first."),
			NotParted,
		)
	scoring.store(records)
	planning.store(records)


def _say_so(record: Document, other: Document) -> None:
	link = frappe.utils.get_link_to_form
	said = _("Two people were in this record. What is the other person's is in {0} now.")
	record.add_comment("Info", said.format(link(DOCTYPE, other.name)))
	said = _("This person was in the record of somebody else until now: {0}.")
	other.add_comment("Info", said.format(link(DOCTYPE, record.name)))
