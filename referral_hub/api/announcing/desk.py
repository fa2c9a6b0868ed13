"""What HR does with announcements in the desk. Each changes by POST and asks for the right to write the announcement."""

import frappe
from frappe import _

from referral_hub.announcing import audience, figures, posts, telling
from referral_hub.announcing.rules.audience import is_for
from referral_hub.background import start_after_commit
from referral_hub.messages import asking
from referral_hub.messages.channels import installed_channels
from referral_hub.people.hr import works_for
from referral_hub.permissions import employee_of
from referral_hub.portal.announcing import offers
from referral_hub.portal.announcing import preview as previewing
from referral_hub.portal.forms.settings_form import channel_words

LANGUAGES = ("en", "zh")


@frappe.whitelist(methods=["POST"])
def announce(announcement: str) -> str:
	"""Let a draft go out now, or when its time comes; return its state. Raises NotAsWritten, NotNow.

	:param announcement: name of the Referral Announcement, which the caller may write
	"""
	state = posts.announce(_mine(announcement, "write"))
	start_after_commit(
		"referral_hub.tasks.follow_announcements", "long", once_as="referral_hub_announcements"
	)
	return state


@frappe.whitelist(methods=["POST"])
def take_back(announcement: str) -> None:
	"""Make a draft again of what is scheduled and not out yet. Raises NotNow.

	:param announcement: name of the Referral Announcement
	"""
	posts.take_back(_mine(announcement, "write"))


@frappe.whitelist(methods=["POST"])
def end(announcement: str) -> None:
	"""Take the banner and the note away; it stays among the news. Raises NotNow.

	:param announcement: name of the Referral Announcement
	"""
	posts.end(_mine(announcement, "write"))


@frappe.whitelist(methods=["POST"])
def send_test(announcement: str) -> None:
	"""Send the message to the caller alone: as to any employee when they are one, else by the bell of the desk.

	:param announcement: name of the Referral Announcement
	"""
	name, me = _mine(announcement, "write"), employee_of()
	openings = frappe.get_all(
		"Referral Announcement Opening", {"parent": name}, pluck="job_opening", order_by="idx asc"
	)
	telling.test(name, frappe.session.user, offers.earnings()(me, openings) if me else {})


@frappe.whitelist(methods=["GET"])
def preview(announcement: str, language: str, employee: str | None = None) -> dict:
	"""Return the page and the mail as one employee would get them: {"page", "subject", "mail"}, HTML. Nothing is kept.

	:param announcement: name of the Referral Announcement, which the caller may read
	:param language: "en" or "zh"
	:param employee: name of an active Employee of a company the caller works for; by default the caller's own, else the first it is for
	"""
	post = frappe.get_doc(posts.DOCTYPE, _mine(announcement, "read"))
	if language not in LANGUAGES:
		frappe.throw(_("Please choose one of the options shown."))
	who = employee or employee_of() or _first_meant(post)
	company = who and frappe.db.get_value("Employee", {"name": who, "status": "Active"}, "company")
	if not company:
		frappe.throw(_("Choose an active employee whose view to show."))
	if who != employee_of() and not works_for(frappe.session.user, company):
		frappe.throw(_("You do not work for the company of this employee."), frappe.PermissionError)
	return previewing.shown(post, who, language)


@frappe.whitelist(methods=["GET"])
def numbers(announcement: str) -> dict:
	"""Return for how many employees it is, how many were told by message, opened it, went on to an opening, put the banner away.

	{"meant", "told", "opened", "followed", "put_away"}; never who. The last three are a number where at least five did and five did not, else
	"few" (fewer than five did), "nearly all" (fewer than five did not), or "hidden" where it is for fewer than ten.

	:param announcement: name of the Referral Announcement, which the caller may read
	"""
	return figures.of(_mine(announcement, "read"))


@frappe.whitelist(methods=["GET"])
def ways() -> list[dict]:
	"""Return the ways a message can go on this site: [{"channel", "words", "why_off"}]; `why_off` says why none goes that way now, or "".

	For whoever may write announcements.
	"""
	frappe.has_permission(posts.DOCTYPE, "write", throw=True)
	words = channel_words()
	return [
		{"channel": label, "words": words.get(label) or _(label), "why_off": asking.why_off(channel) or ""}
		for label, channel in installed_channels().items()
	]


def _first_meant(post) -> str | None:
	"""Return an employee it is for, of a company the caller works for: HR need not be employees."""
	meant = audience.of(post)
	people = audience.next_people("").items()
	return next(
		(
			name
			for name, person in people
			if is_for(meant, person) and works_for(frappe.session.user, person.company)
		),
		None,
	)


def _mine(name: str, ptype: str) -> str:
	frappe.get_doc(posts.DOCTYPE, name).check_permission(ptype)
	return name
