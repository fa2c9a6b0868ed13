"""Sends the digest of the daily heads to the HR Managers: a copy that whoever rewrites the file can't change.

Says nothing when e-mail is off in the settings or the site has no account to send from. Called by `heads` only.
"""

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import get_url
from frappe.utils.user import get_users_with_role

from referral_hub.wording.counting import counted


def send_digest(digest: str, *, moved: int, contradicting: int) -> None:
	"""Queue one mail to everybody with the role HR Manager who has an address."""
	sender = _sender()
	recipients = [user for user in get_users_with_role("HR Manager") if "@" in user]
	if not (sender and recipients):
		return
	frappe.sendmail(
		recipients=recipients,
		sender=sender,
		subject=_("Points ledger of {0}: daily heads").format(get_url()),
		message="<p>" + "</p><p>".join(_words(digest, moved, contradicting)) + "</p>",
		add_unsubscribe_link=0,
		delayed=True,
	)


def _words(digest: str, moved: int, contradicting: int) -> list[str]:
	words = [
		counted(
			moved,
			_("{0} wallet moved. The digest of the newest heads is {1}."),
			_("{0} wallets moved. The digest of the newest heads is {1}."),
		).format(moved, digest),
		_(
			"Keep this mail: bench --site {0} hub-verify --digest {1} tells whether the file still says the same."
		).format(frappe.local.site, digest),
	]
	if contradicting:
		words.append(
			counted(
				contradicting,
				_("{0} wallet contradicts the heads kept before. Run hub-verify."),
				_("{0} wallets contradict the heads kept before. Run hub-verify."),
			).format(contradicting)
		)
	return words


def _sender() -> str | None:
	"""Return the address of the Email Account HR chose, else of the site's default one."""
	settings = frappe.get_cached_doc("Referral Hub Settings")
	if not settings.send_email:
		return None
	if settings.email_account:
		return frappe.db.get_value("Email Account", settings.email_account, "email_id")
	account = EmailAccount.find_default_outgoing()
	# on a site with muted e-mail and no account Frappe makes one up that only has a `sender`
	return account and (account.get("email_id") or account.get("sender"))
