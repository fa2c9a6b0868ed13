"""Bench commands: each says what it does, calls a slice, and prints what came out of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
import frappe
from frappe.commands import get_site, pass_context


@click.command("hub-verify")
@click.option("--company", help="Only the wallets of this company")
@click.option("--digest", help="Tell whether a digest that was mailed is still in the file of daily heads")
@click.option("--accept-restore", is_flag=True, help="Record that an older backup was restored on purpose")
@pass_context
def hub_verify(context, company: str | None, digest: str | None, accept_restore: bool) -> None:
	"""Prove every invariant of the points ledger; exit 1 and list what is broken."""
	from referral_hub.points import checkup

	with _site(context):
		broken = checkup.run(company=company, digest=digest, accept_restore=accept_restore, say=click.echo)
	sys.exit(1 if broken else 0)


@contextmanager
def _site(context) -> Iterator[None]:
	"""Be on the site, as Administrator, for as long as the block runs."""
	frappe.init(site=get_site(context))
	frappe.connect()
	try:
		yield
	finally:
		frappe.destroy()


commands = [hub_verify]
