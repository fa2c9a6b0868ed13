"""What `bench hub-verify` does: accept a restore if told to, verify, and say it. Called by the bench command only."""

import getpass
from collections.abc import Callable

import frappe
from frappe import _

from referral_hub.points import heads
from referral_hub.points.verify import verify


def run(*, company: str | None, digest: str | None, accept_restore: bool, say: Callable[[str], None]) -> bool:
	"""Say what holds and what does not; True when something is broken."""
	if accept_restore:
		accepted = heads.accept_restore(by=getpass.getuser())
		frappe.db.commit()
		say(_("Accepted: {0} wallets are behind their heads, and that is on record.").format(accepted))
	broken = verify(company)
	if company and not frappe.db.exists("Points Account", {"company": company}):
		broken.append(_("There is no wallet of a company {0}.").format(company))
	if digest and not heads.knows_digest(digest):
		broken.append(
			_("The digest {0} is not in the file of daily heads: the file was rewritten.").format(digest)
		)
	for sentence in [*heads.notices(), *broken]:
		say(sentence)
	say(_("{0} findings.").format(len(broken)) if broken else _("The points ledger is sound."))
	return bool(broken)
