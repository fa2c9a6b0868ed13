"""Who is kept to be called again: until when, what is held, and what they may say to it."""

from datetime import date

from frappe import _
from pydantic import Field

from referral_hub import flow
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.problems import Refused
from referral_hub.api.contract.shapes import Done, Moment, Shape, Text
from referral_hub.api.v1.guests import door
from referral_hub.api.v1.guests.door import Consent, Left, Token
from referral_hub.portal.guests import notices
from referral_hub.portal.guests.talent.pool import CHANGES_PER_TOKEN
from referral_hub.talent import held, keeping
from referral_hub.talent.capturing.recording import kept_until_now


class Agreement(Shape):
	state: Text
	answered_on: Moment | None
	words: Text


class Wishes(Shape):
	designation: Text
	location: Text


class Contact(Shape):
	on: Moment | None
	kind: Text
	from_you: bool


class Mail(Shape):
	on: Moment | None
	from_you: bool
	subject: Text
	words: Text


class Signal(Shape):
	on: Moment | None
	kind: Text
	source: Text


class Kept(Shape):
	company: Text
	kept_since: Moment | None
	kept_until: date | None
	recommended_by: Text
	name: Text
	email: Text
	phone: Text
	contact_in_wecom: Text
	former_contacts: list[str]
	resume: Text
	wishes: Wishes
	questions: Text
	contacts: list[Contact]
	mails: list[Mail]
	pictures_and_voices: list[str]
	signals: list[Signal]
	agreement: Agreement
	deletion_asked_on: Moment | None
	deletion_until: date | None
	may_agree: bool
	may_be_silent: bool = Field(description="They are still written to.")
	consent: Text = Field(description="What is agreed to when one is kept longer.")
	notice: Text = Field(description="The privacy notice.")


@reads(for_guests=True)
def see(token: Token) -> Kept:
	"""Say until when one is kept, what is held, and what one may do."""
	row = _opened(token)
	return {
		**held.about(row),
		"may_agree": not row.erasure_asked_on,
		"may_be_silent": row.state != keeping.DO_NOT_CONTACT,
		"consent": _consent(row),
		"notice": notices.privacy_text(row.company),
	}


@changes(for_guests=True)
def agree(token: Token, consent: Consent) -> Done:
	"""Agree to be kept for another whole time, in the words that `see` returns."""
	row = _opened(token, to_change=True)
	if not keeping.agree(row.name, door.agreed_to(consent, _consent(row))):
		raise Refused(
			"deletion_asked",
			_("You asked us to delete what we hold. Please write to the people in recruiting."),
		)
	return {}


@changes(for_guests=True)
def write_no_more(token: Token) -> Done:
	"""Say that one does not want to be written to."""
	keeping.say_no(_opened(token, to_change=True).name, _("The person said so on their own page."))
	return {}


@changes(for_guests=True)
def delete(token: Token) -> Left:
	"""Have deleted what is held: at once where only the pool knows one, else HR has some days."""
	return {"forgotten": flow.leave_pool(_opened(token, to_change=True).name)}


def _opened(token: str, to_change: bool = False):
	row = door.opened("pool", keeping.opened_by, token)
	if to_change:
		door.count_change("pool:change", row.name, CHANGES_PER_TOKEN)
	return row


def _consent(row) -> str:
	return notices.consent_of_pool_text(row.company, kept_until_now())
