"""The talent pool, for everybody outside this slice. Nothing here commits."""

from referral_hub.talent.archive.contacts import note
from referral_hub.talent.capturing.looking import capture, look_at
from referral_hub.talent.pool import (
	called_back,
	confirm_no_show,
	follow_credit,
	forget,
	keep_the_person,
	know,
	matched,
)
from referral_hub.talent.rules.reasons import HAND_PICKED, NO_SHOW, OPEN_CHANNEL
from referral_hub.talent.states import CLOSED, DO_NOT_CONTACT, HIRED, IN_POOL, NOT_CALLED, PROPOSED, lock, put

__all__ = [
	"CLOSED",
	"DO_NOT_CONTACT",
	"HAND_PICKED",
	"HIRED",
	"IN_POOL",
	"NOT_CALLED",
	"NO_SHOW",
	"OPEN_CHANNEL",
	"PROPOSED",
	"called_back",
	"capture",
	"confirm_no_show",
	"follow_credit",
	"forget",
	"keep_the_person",
	"know",
	"lock",
	"look_at",
	"matched",
	"note",
	"put",
]
