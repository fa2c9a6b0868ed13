"""Bench commands: each says what it does, calls a slice, and prints what came out of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
import frappe
from frappe.commands import get_site, pass_context


@click.command("hub-verify")
@click.option("--company", help="Only the wallets of this company")
@click.option(
	"--since",
	type=click.DateTime(["%Y-%m-%d"]),
	help="Only what moved on this day or after: quick, for every day",
)
@click.option("--digest", help="Tell whether a digest that was mailed is still in the file of daily heads")
@click.option("--accept-restore", is_flag=True, help="Record that an older backup was restored on purpose")
@click.option("--accept-account", metavar="NAME", help="Take an account that was changed by SQL as it is now")
@pass_context
def hub_verify(context, **options) -> None:
	"""Prove every invariant of the points ledger, that each reward is paid once, and that nobody came back who was deleted; exit 1 and list what is broken."""
	from referral_hub.forgotten import journal
	from referral_hub.points.proving import checkup
	from referral_hub.rewards.oversight import proof

	with _site(context):
		found = [*journal.findings(), *proof.findings(_of_rewards(options["company"], options["since"]))]
		for sentence in found:
			click.echo(sentence)
		broken = checkup.run(**options, say=click.echo)
	sys.exit(1 if broken or found else 0)


def _of_rewards(company: str | None, since: datetime | None) -> dict:
	"""Say which rewards are looked at: of a company, due since a day."""
	days = {"from_date": since.date(), "to_date": "9999-12-31"} if since else {}
	return {"company": company} | days


@click.command("hub-health")
@pass_context
def hub_health(context) -> None:
	"""Look at everything this app needs on the site and say how it is; exit 1 when something is broken."""
	from referral_hub.health import checkup
	from referral_hub.health.line import BROKEN

	with _site(context):
		lines = checkup.run()
		for line in lines:
			click.echo(
				" ".join(part for part in (f"[{line.state}] {line.what}: {line.seen}", line.to_do) if part)
			)
	sys.exit(any(line.state == BROKEN for line in lines))


@click.command("hub-forget-again")
@pass_context
def hub_forget_again(context) -> None:
	"""After a restore: delete again whom the backup brought back; what was deleted is known outside the database."""
	from referral_hub import tasks
	from referral_hub.forgotten import journal

	with _site(context):
		owed = len(journal.owed())
		left = tasks.keep_erasures()
		click.echo(f"{owed - left} contacts of deleted people are forgotten again, {left} are left to HR")
	sys.exit(1 if left else 0)


@click.command("hub-reconcile")
@pass_context
def hub_reconcile(context) -> None:
	"""Look at every referral again, also those closed long ago, and bring it to where HRMS says it is."""
	from referral_hub.referrals import jobs

	with _site(context):
		click.echo(f"{jobs.reconcile_all()} referrals changed")


@click.command("hub-demo")
@click.option(
	"--scale", type=click.IntRange(min=1), default=1, help="1: about 60 referrals; 2: twice as many"
)
@click.option("--remove", is_flag=True, help="Take the demo company and everything of it away")
@pass_context
def hub_demo(context, scale: int, remove: bool) -> None:
	"""Make a demo company with people who can log in and a year of referrals, or remove it."""
	from referral_hub.setup import demo

	with _site(context):
		frappe.set_user("Administrator")
		if remove:
			demo.take_away(say=click.echo)
			return
		for login in demo.make(scale, say=click.echo):
			click.echo("  {what:15} {person:18} {address:50} {password}".format(**login))


@click.command("hub-import-employee-referrals")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after this many forms; run again to go on")
@pass_context
def hub_import_employee_referrals(context, dry_run: bool, limit: int | None) -> None:
	"""Bring in the Employee Referrals submitted in HRMS before this app; can be stopped and run again."""
	from referral_hub.referrals.native import importing

	with _site(context):
		frappe.set_user("Administrator")
		importing.run(dry_run=dry_run, limit=limit, say=click.echo)


@click.command("hub-import-talent-history")
@click.option(
	"--limit", type=click.IntRange(min=1), help="Stop after this many applicants; run again to go on"
)
@pass_context
def hub_import_talent_history(context, limit: int | None) -> None:
	"""Look through all applicants of HRMS and keep those worth knowing; can be stopped and run again."""
	from referral_hub.talent.capturing import history

	with _site(context):
		frappe.set_user("Administrator")
		history.run(say=click.echo, limit=limit)


@click.command("hub-match-index")
@pass_context
def hub_match_index(context) -> None:
	"""Build the index of employees' contacts anew, as after a restore; it holds words and figures, no names."""
	from referral_hub import tasks

	with _site(context):
		count = tasks.build_contact_index()
		frappe.db.commit()
		running = "The index is being built already: please ask again in a few minutes"
		click.echo(running if count is None else f"{count} contacts can be searched")


@contextmanager
def _site(context) -> Iterator[None]:
	"""Be on the site, as Administrator, for as long as the block runs."""
	frappe.init(site=get_site(context))
	frappe.connect()
	try:
		yield
	finally:
		frappe.destroy()


commands = [
	hub_verify,
	hub_health,
	hub_forget_again,
	hub_reconcile,
	hub_demo,
	hub_import_employee_referrals,
	hub_import_talent_history,
	hub_match_index,
]
