"""Invitations: how many an employee may send, to whom never, and when one may be sent again. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from referral_hub.referrals.rules.refusal import Refused


class CanNotInvite(Refused):
	"""An invitation that is not sent; the words never say what somebody else decided."""


@dataclass(frozen=True)
class Sending:
	"""What there is to know before one invitation goes out."""

	sent_today: int
	per_day: int
	suppressed: bool = False
	has_email: bool = False
	has_phone: bool = False
	email_works: bool = True
	sms_works: bool = False


def check(sending: Sending) -> None:
	"""Refuse an invitation that may not or can not be sent."""
	if sending.per_day <= 0:
		raise CanNotInvite("invitations_off")
	if sending.sent_today >= sending.per_day:
		raise CanNotInvite("invitations_used_up", limit=sending.per_day)
	if sending.suppressed:
		raise CanNotInvite("invitation_unwanted")
	by_email, by_sms = sending.has_email and sending.email_works, sending.has_phone and sending.sms_works
	if not (by_email or by_sms):
		raise CanNotInvite(
			"invitation_no_sms" if sending.has_phone and not sending.has_email else "invitation_no_mail"
		)


def may_send_again(sent_on: datetime, sent_again_on: datetime | None, now: datetime, after_days: int) -> bool:
	"""Say whether the one reminder may go out: once, and some days after the first."""
	return sent_again_on is None and now >= sent_on + timedelta(days=max(after_days, 0))
