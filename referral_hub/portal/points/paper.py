"""The statement of a wallet on paper: a PDF for its owner, the print format of a Points Account for HR. Reads only.

Both are one template, so that both say the same. Whose wallet it is is decided by the page, or asked of the platform here.
"""

from dataclasses import asdict

import frappe
from frappe import _
from frappe.utils import nowdate
from frappe.utils.pdf import get_pdf

from referral_hub.points import service as points
from referral_hub.portal import page, wallet, words
from referral_hub.portal.templates import render

TEMPLATE = "shop/statement.html"
MOST_ENTRIES = 2_000
FRAME = '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
FONTS = "<style>body { font-family: 'Noto Sans', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Zen Hei', sans-serif; }</style>"


def download(employee, asked_wallet, wanted: wallet.Wanted) -> page.Download | None:
	"""Return the statement that was asked for as a PDF; None, and a log entry, where the site can't make one."""
	shown = wallet.chosen(wallet.wallets(employee), asked_wallet)
	body = FONTS + _statement(shown["employee"], shown["company"], wanted)
	try:
		made = get_pdf(FRAME.format(lang=frappe.local.lang, title=_("Statement of points"), body=body))
	except OSError:
		frappe.log_error(title="Referral Hub: a PDF could not be made")
		return None
	return page.Download("points.pdf", made, "application/pdf")


def referral_hub_points_statement(account) -> str:
	"""Return the statement of a Points Account as its print format shows it."""
	row = frappe.get_doc("Points Account", account.name)
	row.check_permission("read")
	if not row.employee:
		frappe.throw(_("Only the wallet of an employee has a statement."))
	return _statement(row.employee, row.company, wallet.Wanted())


def _statement(employee: str, company: str, wanted: wallet.Wanted) -> str:
	lines, is_cut = _lines(employee, company, wanted)
	return render(
		TEMPLATE,
		{
			"person": _person(employee),
			"company": company,
			"today": words.day_for_good(nowdate()),
			"balance": words.points(points.balance(employee, company)),
			"period": _period(wanted),
			"expiring": _expiring(employee, company),
			"lines": lines,
			"is_cut": is_cut,
			"most": MOST_ENTRIES,
		},
	)


def _lines(employee: str, company: str, wanted: wallet.Wanted) -> tuple[list[dict], bool]:
	found: list[dict] = []
	while len(found) < MOST_ENTRIES:
		some = points.statement(employee, company, len(found), wallet.MOST_AT_ONCE, **asdict(wanted))
		found += [{**line, "day": words.day_for_good(line["on"])} for line in wallet.lines(some)]
		if len(some) < wallet.MOST_AT_ONCE:
			return found, False
	return found, True


def _person(employee: str) -> str:
	name = frappe.db.get_value("Employee", employee, "employee_name")
	return _("{0}, {1}", context="Referral Hub").format(name, employee)


def _expiring(employee: str, company: str) -> list[dict]:
	lots = points.expiring(employee, company)
	return [
		{"on": words.day_for_good(lot["expires_on"]), "words": words.points(lot["points"])} for lot in lots
	]


def _period(wanted: wallet.Wanted) -> str:
	"""Say what was left out of the statement."""
	said = []
	if wanted.since:
		said.append(_("Entries from {0}").format(words.day_for_good(wanted.since)))
	if wanted.until:
		said.append(_("Entries until {0}").format(words.day_for_good(wanted.until)))
	if wanted.direction:
		said.append(
			_("What came in", context="Referral Hub")
			if wanted.direction == "In"
			else _("What went out", context="Referral Hub")
		)
	return " · ".join(said)
