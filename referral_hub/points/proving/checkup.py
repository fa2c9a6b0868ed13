"""What `bench hub-verify` does: accept a restore or an account if told to, verify, and say it. Called by the bench command only."""

import getpass
from collections.abc import Callable
from datetime import datetime

import frappe
from frappe import _

from referral_hub.points.proving import heads
from referral_hub.points.proving.verify import contradictions, verify
from referral_hub.wording.counting import counted


def run(
	*,
	company: str | None,
	digest: str | None,
	since: datetime | None = None,
	accept_restore: bool,
	accept_account: str | None = None,
	say: Callable[[str], None],
) -> bool:
	"""Say what holds and what does not; True when something is broken."""
	if accept_account:
		say(_accept_account(accept_account))
	if accept_restore:
		accepted = heads.accept_restore(by=getpass.getuser())
		frappe.db.commit()
		say(
			counted(
				accepted,
				_("Accepted: {0} wallet is behind its head, and that is on record."),
				_("Accepted: {0} wallets are behind their heads, and that is on record."),
			).format(accepted)
		)
	broken = verify(company, since and since.date())
	if company and not frappe.db.exists("Points Account", {"company": company}):
		broken.append(_("There is no wallet of a company {0}.").format(company))
	if digest and not heads.knows_digest(digest):
		broken.append(
			_("The digest {0} is not in the file of daily heads: the file was rewritten.").format(digest)
		)
	for sentence in [*heads.notices(), *broken]:
		say(sentence)
	sound = (
		_("What moved in the points ledger since {0} is sound.").format(since.date())
		if since
		else _("The points ledger is sound.")
	)
	say(counted(len(broken), _("{0} finding."), _("{0} findings.")).format(len(broken)) if broken else sound)
	return bool(broken)


def _accept_account(name: str) -> str:
	"""Take an account as it is when its entries agree with it, and say whose it is and what it holds."""
	if contradictions(name):
		return _("Account {0} was not accepted: put right what its entries say about it first.").format(name)
	if not heads.accept_account(name, by=getpass.getuser()):
		return _("There is no account {0} that was changed outside the ledger.").format(name)
	frappe.db.commit()
	account = frappe.db.get_value("Points Account", name, ["kind", "employee", "company", "balance"])
	words = counted(
		account[-1],
		_("Accepted as it is, and that is on record: account {0}, {1} of {2} in {3}, holding {4} point."),
		_("Accepted as it is, and that is on record: account {0}, {1} of {2} in {3}, holding {4} points."),
	)
	return words.format(name, *account)
