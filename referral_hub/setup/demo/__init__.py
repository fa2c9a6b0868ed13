"""A demo company with a year of referrals, to look at and to throw away: `bench --site S hub-demo [--remove]`.

Owns the order of the steps. Everything is written in the name of the demo's own user, which is how it is found again:
after a kill at any point the next run, or `--remove`, clears away what there is.
"""

import json
from collections.abc import Callable

import frappe
from frappe import _

from referral_hub.setup.demo import around, career, cast, company, history, payroll, removal, survey
from referral_hub.wording.counting import counted

Say = Callable[[str], None]


def make(scale: int, say: Say) -> list[dict]:
	"""Make the demo and return its logins; nothing when it is there already. Commits step by step."""
	if scale < 1:
		frappe.throw(_("The scale of the demo is a whole number from 1 on."))
	if removal.read_note().get("complete"):
		say(_("The demo is there already. Remove it with --remove to make it anew."))
		return []
	if _is_begun():
		say(_("A demo was begun and not finished: it is made anew."))
		take_away(say)
	_refuse_without_company()
	with _acting():
		return _make(scale, say)


def take_away(say: Say) -> None:
	"""Remove the demo, whole or half made."""
	if not _is_begun():
		say(_("There is no demo on this site."))
		return
	removed = removal.remove()
	frappe.db.commit()
	frappe.clear_cache()
	say(
		counted(
			sum(removed.values()),
			_("Removed the company {0}: {1} record."),
			_("Removed the company {0}: {1} records."),
		).format(cast.COMPANY, sum(removed.values()))
	)


def _make(scale: int, say: Say) -> list[dict]:
	say(_("Company {0}, its departments and people").format(cast.COMPANY))
	company.make_company()
	logins = company.make_people()
	history.commit_quietly()
	say(_("Openings, reward rules, payroll"))
	company.make_openings()
	company.make_rules()
	_keep_note(component=payroll.make_payroll())
	history.commit_quietly()
	count = history.play(
		scale,
		lambda done, of: done % 10
		or say(counted(of, _("{0} of {1} referral"), _("{0} of {1} referrals")).format(done, of)),
	)
	say(_("A campaign, links, a job fair, invitations, the talent pool, questions, reminders"))
	around.play()
	history.commit_quietly()
	say(_("What people say of it once a referral is over"))
	survey.play()
	history.commit_quietly()
	say(_("A performance path, promotions, first goals, questions to a manager"))
	career.play()
	history.commit_quietly()
	company.close_filled_openings()
	_keep_note(complete=True, scale=scale, referrals=count)
	history.commit_quietly()
	return logins


class _acting:
	"""Be the demo's user; mails are muted and the caller's user comes back."""

	def __enter__(self):
		self.user, self.muted = frappe.session.user, frappe.flags.mute_emails
		frappe.flags.mute_emails = True
		series = frappe.db.sql("select name from `tabSeries`", pluck=True)
		company.make_actor()
		_keep_note(series=series)
		history.commit_quietly()

	def __exit__(self, *_error):
		frappe.db.rollback()
		frappe.set_user(self.user)
		frappe.flags.mute_emails = self.muted


def _is_begun() -> bool:
	return (
		bool(removal.read_note())
		or bool(frappe.db.exists("User", cast.ACTOR))
		or bool(frappe.db.exists("Company", cast.COMPANY))
	)


def _refuse_without_company() -> None:
	if not frappe.db.count("Company"):
		frappe.throw(
			_("Complete the setup wizard first: the demo takes country and currency from your company.")
		)


def _keep_note(**facts) -> None:
	frappe.db.set_global(removal.NOTE, json.dumps(removal.read_note() | facts))
