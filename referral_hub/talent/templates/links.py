"""Links that were sent to somebody of the pool: how many of them still open something, and HR takes them back.

Those to a person's own page, to what was sent along, and to the performance path. The way to our openings is no such link: it opens nothing of theirs.
"""

from collections.abc import Iterable

import frappe
from frappe import _

from referral_hub import tokens
from referral_hub.referrals.rules.tokens import Purpose
from referral_hub.talent.rows import with_values
from referral_hub.tokens import Subject

RECORD, CONTACT = "Talent Pool Record", "Talent Interaction"
PURPOSES = (Purpose.POOL, Purpose.HELLO, Purpose.PATH)


class NoLinks(frappe.ValidationError):
	"""There is no link of this kind that opens anything."""


def live(record: str) -> dict[str, int]:
	"""Return how many links still open something, by their purpose; those of which there is none are left out."""
	found = {str(each): len(tokens.live(each, Subject(RECORD, record))) for each in PURPOSES}
	return {purpose: number for purpose, number in found.items() if number}


def named(purposes: object) -> tuple[str, ...]:
	"""Return what a browser sends, as a list or as JSON of one; refuse what is neither."""
	try:
		found = frappe.parse_json(purposes)
	except ValueError:
		found = None
	return tuple(map(str, found)) if isinstance(found, list) else _refuse()


def take_back(record: str, purposes: Iterable[str] = PURPOSES) -> int:
	"""Let no link of these purposes that was sent to this person open anything any more; return how many did."""
	wanted = set(purposes)
	if not wanted <= set(PURPOSES):
		_refuse()
	taken = sum(number for purpose, number in live(record).items() if purpose in wanted)
	for purpose in sorted(wanted):
		tokens.revoke(purpose, Subject(RECORD, record))
	if taken:
		said = _("Links were taken back: {0}. What they opened can't be opened by them any more.")
		frappe.get_doc(RECORD, record).add_comment("Info", said.format(taken))
	return taken


def _refuse():
	frappe.throw(_("Please choose which links are taken back."), NoLinks)


def live_of_template(template: str) -> list[str]:
	"""Return whom words of this template went to, where a link to what was sent along still opens it; as far as the caller may read them."""
	opened = {"purpose": Purpose.HELLO.value, "subject_doctype": RECORD, "revoked": 0}
	opened["expires_on"] = (">=", frappe.utils.nowdate())
	open_now = frappe.get_all(tokens.DOCTYPE, opened, pluck="subject", distinct=True)
	# links end, what was written stays: there are far fewer of the first
	still = {row.record for row in with_values(CONTACT, "record", open_now, ["record"], template=template)}
	return (
		frappe.get_list(RECORD, {"name": ("in", sorted(still))}, pluck="name", order_by="name asc")
		if still
		else []
	)
