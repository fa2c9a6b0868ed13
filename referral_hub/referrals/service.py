"""Referrals, for everybody outside this slice. Nothing here commits; the caller's request or job does.

`submit` makes one, `refresh` and `reconcile` follow HRMS, `close` and `reopen` are what people decide by hand,
`give_email` replaces the address that stands in for an e-mail nobody gave us.
"""

from referral_hub.referrals.closing import NotOpen, close, reopen
from referral_hub.referrals.errors import (
	AlreadyKnown,
	AlreadyOwned,
	InvalidCandidate,
	NotEligible,
	ReferralRefused,
)
from referral_hub.referrals.following import refresh
from referral_hub.referrals.reconcile import reconcile
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.rules.resume import Resume
from referral_hub.referrals.standins import give_email
from referral_hub.referrals.submission import submit

__all__ = [
	"AlreadyKnown",
	"AlreadyOwned",
	"Candidate",
	"InvalidCandidate",
	"NotEligible",
	"NotOpen",
	"ReferralRefused",
	"Resume",
	"close",
	"give_email",
	"reconcile",
	"refresh",
	"reopen",
	"submit",
]
