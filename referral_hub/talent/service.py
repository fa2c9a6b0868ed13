"""The talent pool, for everybody outside this slice. Nothing here commits."""

from referral_hub.talent.archive import contacts
from referral_hub.talent.cadence import planning
from referral_hub.talent.cadence.closing import follow_contact
from referral_hub.talent.cadence.prompts import due_prompts
from referral_hub.talent.capturing.looking import capture, look_at
from referral_hub.talent.erasure import DOCTYPE as RECORD
from referral_hub.talent.erasure import anonymise, forget
from referral_hub.talent.pool import (
	called_back,
	check_may_be_called,
	confirm_no_show,
	follow_credit,
	keep_the_person,
	know,
	matched,
)
from referral_hub.talent.requests import ending
from referral_hub.talent.rules import requests
from referral_hub.talent.rules.reasons import HAND_PICKED, NO_SHOW, OPEN_CHANNEL
from referral_hub.talent.states import (
	ANONYMISED,
	CLOSED,
	DO_NOT_CONTACT,
	HIRED,
	IN_POOL,
	NOT_CALLED,
	PROPOSED,
	lock,
	put,
)
from referral_hub.talent.stopping import stop

__all__ = [
	"ANONYMISED",
	"CLOSED",
	"DO_NOT_CONTACT",
	"HAND_PICKED",
	"HIRED",
	"IN_POOL",
	"NOT_CALLED",
	"NO_SHOW",
	"OPEN_CHANNEL",
	"PROPOSED",
	"RECORD",
	"anonymise",
	"called_back",
	"capture",
	"check_may_be_called",
	"confirm_no_show",
	"due_prompts",
	"follow_credit",
	"forget",
	"keep_the_person",
	"know",
	"lock",
	"look_at",
	"matched",
	"note",
	"put",
	"stop",
]


def note(record: str, kind: str, summary: str = "", *, direction: str | None = None, **more) -> str:
	"""Write down a contact, as `archive.contacts.note` does; whoever was asked to call has called, an answer ends the asking."""
	interaction = contacts.note(record, kind, summary, direction=direction, **more)
	if direction:
		follow_contact(record, direction == contacts.IN, interaction)
		planning.store([record])
	if direction == contacts.IN:
		ending.follow(record, requests.REPLIED)
	return interaction
