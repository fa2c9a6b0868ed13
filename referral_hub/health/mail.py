"""Whether words reach people: mail out and in, and what stayed in the outboxes."""

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import add_to_date, cint, format_datetime, get_url, get_url_to_form, get_url_to_list

from referral_hub.health.line import BROKEN, LOOK, Line, not_used, sound
from referral_hub.messages import asking
from referral_hub.messages.channels import installed_channels

SETTINGS = "Referral Hub Settings"


def outgoing() -> list[Line]:
	what = _("Mail Out")
	settings = frappe.get_cached_doc(SETTINGS)
	if not cint(settings.send_email):
		return [not_used(what, _("E-mail is switched off in Referral Hub Settings."))]
	if frappe.flags.mute_emails or cint(frappe.conf.mute_emails):
		seen = _("This site sends no mail at all (mute_emails).")
		return [Line(what, BROKEN, seen, _("Take mute_emails out of site_config.json."))]
	account = settings.email_account or EmailAccount.find_default_outgoing()
	if not account:
		to_do = _("Add an Email Account, and mark it as the default for outgoing mail.")
		return [Line(what, BROKEN, _("No outgoing Email Account."), to_do, get_url_to_list("Email Account"))]
	return [sound(what, _("Sent by {0}.").format(getattr(account, "name", account)))]


def queue() -> list[Line]:
	"""Look at the mails of the last week: what the server refused, and what waits for more than two hours."""
	what, link = _("Mails Waiting"), get_url_to_list("Email Queue")
	week = (">", add_to_date(None, days=-7))
	refused = frappe.db.count("Email Queue", {"status": "Error", "creation": week})
	old = {
		"status": "Not Sent",
		"creation": ("between", [add_to_date(None, days=-7), add_to_date(None, hours=-2)]),
	}
	waiting = frappe.db.count("Email Queue", old)
	if not refused and not waiting:
		return [sound(what, _("None of the last week."))]
	seen = _("Of the last week {0} could not be sent, {1} wait for more than two hours.")
	to_do = _("Open one to read why; Send Now tries again.")
	return [Line(what, BROKEN if refused else LOOK, seen.format(refused, waiting), to_do, link)]


def incoming() -> list[Line]:
	what, link = _("Mail In"), get_url_to_list("Email Account")
	accounts = frappe.get_all("Email Account", {"enable_incoming": 1}, pluck="name")
	if accounts:
		return [sound(what, _("Answers are read from {0}.").format(", ".join(accounts)))]
	seen = _(
		"No Email Account reads mail: answers of people from the talent pool do not come back to their record."
	)
	return [Line(what, LOOK, seen, _("Enable Incoming in an Email Account."), link)]


def outbox() -> list[Line]:
	what, link = _("Messages to Employees and Candidates"), get_url_to_list("Referral Message")
	failed = frappe.db.count("Referral Message", {"state": "Failed"})
	since = {"state": "Pending", "creation": ("<", add_to_date(None, days=-2)), "in_digest": 0}
	waits = {"waits_until": ("is", "not set")}
	pending = frappe.db.count("Referral Message", since | waits)
	if not failed and not pending:
		return [sound(what, _("None failed, none waits for more than two days."))]
	seen = _("{0} failed, {1} wait for more than two days.").format(failed, pending)
	return [Line(what, LOOK, seen, _("Open them: each says why, and can be sent again."), link)]


def texting() -> list[Line]:
	what = _("SMS")
	if not cint(frappe.get_cached_doc(SETTINGS).send_sms):
		return [not_used(what, _("SMS is switched off in Referral Hub Settings."))]
	if not frappe.db.get_single_value("SMS Settings", "sms_gateway_url"):
		link = get_url_to_form("SMS Settings", "SMS Settings")
		return [
			Line(what, BROKEN, _("No SMS gateway is set up (SMS Settings)."), _("Fill in the gateway."), link)
		]
	return [sound(what, _("A gateway is set up."))]


def channels() -> list[Line]:
	"""Look at the groups and applications somebody has set up: which of them fail, and since when they are left alone."""
	what, link = _("Channels"), get_url_to_list("Referral Channel")
	broken = _broken(what)
	rows = frappe.get_all("Referral Channel", {"enabled": 1}, ["name", "last_error", "closed_until"])
	if not rows and not broken:
		return [not_used(what, _("No channel is set up beside e-mail, SMS and the bell."))]
	failing = [row for row in rows if row.last_error]
	to_do = _("Open the channel, put it right, and send a test; saving it starts it anew.")
	lines = [
		Line(what, BROKEN if row.closed_until else LOOK, f"{row.name}: {row.last_error}", to_do, link)
		for row in failing
	]
	return lines + broken or [sound(what, _("{0} work.").format(len(rows)))]


def _broken(what: str) -> list[Line]:
	"""Look at the channels other apps bring: nobody is told by one that breaks, and nobody else is held up by it."""
	installed_channels()
	to_do = _("Whoever makes that app puts it right; the Error Log says where it breaks.")
	return [
		Line(what, BROKEN, f"{name}: {words} ({format_datetime(at)})", to_do, get_url_to_list("Error Log"))
		for name, words, at in asking.broken()
	]


def address() -> list[Line]:
	"""Look at the address that links in mails begin with: phones refuse what is not encrypted, and know no inner names."""
	what, to_do = _("Address of This Site"), _("Run: bench --site {0} set-config host_name https://...")
	url = get_url()
	if url.startswith("https://"):
		return [sound(what, _("Links in messages begin with {0}.").format(url))]
	seen = _("Links in messages begin with {0}: they are not encrypted, and phones may not open them.")
	return [Line(what, LOOK, seen.format(url), to_do.format(frappe.local.site))]
