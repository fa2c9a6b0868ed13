"""Referrals, for everybody outside this slice. Nothing here commits; the caller's request or job does.

`submit` makes one, `invite` one whose candidate is yet to apply, `admit` lets that person in; `refresh` and `reconcile` follow HRMS, `close` and `reopen` are what people decide by hand.
"""

from referral_hub.referrals.closing import NotOpen, close, reopen
from referral_hub.referrals.credit import CreditNotMoved, move_credit
from referral_hub.referrals.deriving.following import refresh
from referral_hub.referrals.deriving.reconcile import reconcile
from referral_hub.referrals.errors import (
	AlreadyKnown,
	AlreadyOwned,
	InvalidCandidate,
	NotEligible,
	ReferralRefused,
)
from referral_hub.referrals.making.admitting import admit
from referral_hub.referrals.making.decisions import told_to_hr, worth_a_look
from referral_hub.referrals.making.submitting import invite, submit
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.resumes.resume import Resume

__all__ = [
	"AlreadyKnown",
	"AlreadyOwned",
	"Candidate",
	"CreditNotMoved",
	"InvalidCandidate",
	"NotEligible",
	"NotOpen",
	"ReferralRefused",
	"Resume",
	"admit",
	"close",
	"invite",
	"move_credit",
	"reconcile",
	"refresh",
	"reopen",
	"submit",
	"told_to_hr",
	"worth_a_look",
]
