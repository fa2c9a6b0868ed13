"""Checks what a caller asks of the ledger before the ledger is looked at. Called by the service only.

What is refused here is a mistake of the caller, not a decision about the wallet: nothing is kept of it, and the key
stays free.
"""

from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from referral_hub.points.accounts import EXPIRY, ISSUANCE, Counter, as_counter
from referral_hub.points.errors import InvalidPoints, refuse
from referral_hub.points.rules.chain import IN, OUT, digest

LARGEST_BALANCE = 2_147_483_647  # what the column holds
LARGEST_POST = 1_000_000_000


@dataclass(frozen=True)
class Posting:
	"""A request that makes sense: so many points in or out, against which counter account, under which key."""

	direction: str
	points: int
	counter: Counter
	key_hash: str
	source: tuple[str, str]
	expires_on: date | None
	note: str

	@property
	def signed(self) -> int:
		return self.points if self.direction == IN else -self.points


def checked(
	points: int,
	counter: str | Counter,
	key: str,
	source: "Document | tuple[str, str] | None",
	expires_on: "date | str | None",
	note: str,
) -> Posting:
	"""Turn what a caller says into a Posting, or refuse it."""
	direction = IN if whole(points) > 0 else OUT
	asked = as_counter(counter)
	_check_side(asked, direction)
	if expires_on and direction == OUT:
		refuse(InvalidPoints(_("Only points that come in can expire.")))
	return Posting(
		direction=direction,
		points=abs(points),
		counter=asked,
		key_hash=hash_key(key),
		source=as_source(source),
		expires_on=getdate(expires_on) if expires_on else None,
		note=note or "",
	)


def whole(points: int) -> int:
	"""Insist on a whole number other than 0, small enough to be kept."""
	if isinstance(points, bool) or not isinstance(points, int):
		refuse(InvalidPoints(_("Points are whole numbers; {0} is none.").format(points)))
	if not 0 < abs(points) <= LARGEST_POST:
		refuse(InvalidPoints(_("Give 1 to {0} points, not {1}.").format(f"{LARGEST_POST:,}", points)))
	return points


def hash_key(key: str) -> str:
	"""Keep a key as a digest: exact (the database ignores case and accents), of any length, and not personal."""
	if not isinstance(key, str) or not key.strip():
		refuse(InvalidPoints(_("Every entry needs a key, so that a retry is recognised.")))
	return digest(key)


def as_source(source: "Document | tuple[str, str] | None") -> tuple[str, str]:
	if source is None:
		return ("", "")
	if isinstance(source, Document):
		source = (source.doctype, source.name)
	if (
		isinstance(source, tuple | list)
		and len(source) == 2
		and all(isinstance(part, str) for part in source)
		and bool(source[0]) == bool(source[1])
	):
		return (source[0], source[1])
	refuse(InvalidPoints(_("The source of an entry is a document, or its type and name.")))


def check_room(balance: int, points: int) -> None:
	if balance + points > LARGEST_BALANCE:
		refuse(InvalidPoints(_("A wallet holds at most {0} points.").format(f"{LARGEST_BALANCE:,}")))


def check_expiry(expires_on: date | None, today: date) -> None:
	if expires_on and expires_on < today:
		refuse(
			InvalidPoints(
				_("These points would have expired on {0}.").format(frappe.format(expires_on, "Date"))
			)
		)


def _check_side(counter: Counter, direction: str) -> None:
	if counter.kind == EXPIRY:
		refuse(InvalidPoints(_("Points expire by themselves; nobody posts an expiry.")))
	if counter.kind == ISSUANCE and direction == OUT:
		refuse(
			InvalidPoints(_("Points are issued into a wallet; take them back by reversal or as a claw-back."))
		)
