"""Looks at everything this app needs on a site, and says of each part how it is. Reads only.

A look that fails says so in its own line: it hides none of the others. Called by the report Referral Hub Health.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import get_url_to_list

from referral_hub.health import books, jobs, mail, start, words
from referral_hub.health.line import BROKEN, STATES, Line, not_used

LOOKS: tuple[Callable[[], list[Line]], ...] = (
	jobs.scheduler,
	jobs.workers,
	jobs.failed,
	jobs.stopped,
	mail.outgoing,
	mail.queue,
	mail.incoming,
	mail.outbox,
	mail.texting,
	mail.channels,
	mail.address,
	start.programs,
	start.rules,
	start.openings,
	start.people,
	start.accounts,
	start.fields,
	books.cash,
	books.taxed,
	books.waiting,
	books.ledger,
	books.heads,
	books.deleted,
	words.languages,
	words.written,
)


def run() -> list[Line]:
	"""Return a line or more for each part, the worst first."""
	lines = [line for look in LOOKS for line in _look(look)]
	return sorted(lines, key=lambda line: STATES.index(line.state))


def _look(look: Callable[[], list[Line]]) -> list[Line]:
	frappe.db.savepoint("health")
	try:
		return look()
	except frappe.PermissionError:
		return [not_used(_what(look), _("You may not read what this looks at."))]
	except Exception as error:
		frappe.db.rollback(save_point="health")
		frappe.log_error(title=f"Referral Hub Health: {look.__module__}.{look.__name__}")
		seen = _("This could not be looked at: {0}").format(error)
		return [Line(_what(look), BROKEN, seen, _("The Error Log says more."), get_url_to_list("Error Log"))]


def _what(look: Callable) -> str:
	"""Name a look that could not name itself."""
	return look.__name__.replace("_", " ").title()
