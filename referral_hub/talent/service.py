"""The talent pool, for everybody outside this slice. Nothing here commits."""

from referral_hub.talent.pool import (
	called_back,
	capture,
	follow_credit,
	forget,
	keep_the_person,
	know,
	lock,
	matched,
)
from referral_hub.talent.rules.reasons import OPEN_CHANNEL

__all__ = [
	"OPEN_CHANNEL",
	"called_back",
	"capture",
	"follow_credit",
	"forget",
	"keep_the_person",
	"know",
	"lock",
	"matched",
]
