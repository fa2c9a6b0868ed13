"""Whether what was promised can be paid and proved: payroll, what waits for a person, the points ledger, what was deleted."""

import frappe
from frappe import _
from frappe.utils import add_days, add_to_date, format_datetime, get_datetime, get_url_to_form, nowdate

from referral_hub.forgotten import journal
from referral_hub.health.line import BROKEN, LOOK, Line, not_used, sound
from referral_hub.points.proving import heads_file
from referral_hub.points.proving.verify import verify
from referral_hub.rewards.oversight import worklist
from referral_hub.rewards.paying import checks
from referral_hub.rewards.reasons import in_words
from referral_hub.wording.counting import counted

SETTINGS = "Referral Hub Settings"
MOST_ENTRIES = 20_000  # entries of two days that are proved while somebody waits: some seconds
ENTRY = "Points Ledger Entry"


def cash() -> list[Line]:
	what, link = _("Salary Component of Cash Rewards"), get_url_to_form(SETTINGS, SETTINGS)
	if not _rules_with({"kind": "Cash"}):
		return [not_used(what, _("No enabled rule pays cash."))]
	component = frappe.get_cached_doc(SETTINGS).cash_salary_component
	problem = checks.of_component(component, "Earning", "no_component", "not_an_earning")
	if problem:
		to_do = _("Choose it in Referral Hub Settings; until then cash rewards wait, and none is lost.")
		return [Line(what, BROKEN, in_words(problem.code, problem.values), to_do, link)]
	return [sound(what, component)]


def taxed() -> list[Line]:
	what, link = _("Salary Component of Taxable Values"), get_url_to_form(SETTINGS, SETTINGS)
	worth = {"taxable_value": (">", 0)}
	if not _rules_with(worth) and not frappe.db.exists("Reward Item", worth | {"enabled": 1}):
		return [not_used(what, _("No enabled rule or shop item has a taxable value."))]
	component = frappe.get_cached_doc(SETTINGS).taxable_component
	if checks.is_taxed(component, is_in_total=False):
		return [sound(what, component)]
	seen = _("None is chosen that payroll taxes without paying it out.")
	to_do = _("Choose an earning that is taxed and not included in the total, in Referral Hub Settings.")
	return [Line(what, BROKEN, seen, to_do, link)]


def waiting() -> list[Line]:
	what = _("Rewards Waiting for a Person")
	count = len(worklist.rows(frappe._dict()))
	if not count:
		return [sound(what, _("None."))]
	seen = _("{0} wait for a decision, for something that is missing, or to be given back.").format(count)
	return [Line(what, LOOK, seen, _("Open the Reward Work List."), _report("Reward Work List"))]


def ledger() -> list[Line]:
	"""Prove what moved since yesterday; where that is too much to wait for, say how it is proved."""
	what, since = _("Points Ledger"), get_datetime(add_days(nowdate(), -1))
	command = _("Run: bench --site {0} hub-verify").format(frappe.local.site)
	moved = frappe.db.count(ENTRY, {"modified": (">=", since)})
	if moved > MOST_ENTRIES:
		seen = _("{0} entries since yesterday are too many to be proved here.").format(moved)
		return [Line(what, LOOK, seen, f"{command} --since {since.date()}")]
	if broken := verify(None, since.date()):
		return [
			Line(
				what,
				BROKEN,
				counted(len(broken), _("{0} finding: {1}"), _("{0} findings, the first: {1}")).format(
					len(broken), broken[0]
				),
				command,
			)
		]
	return [
		sound(
			what,
			counted(
				moved,
				_("What moved since yesterday is proved ({0} entry)."),
				_("What moved since yesterday is proved ({0} entries)."),
			).format(moved),
		)
	]


def heads() -> list[Line]:
	"""Look whether the daily heads were kept: without them nobody could tell that the ledger was rewritten."""
	what = _("Daily Heads of the Ledger")
	oldest_left_out = {"modified": ("<", add_to_date(None, days=-2))}
	kept = heads_file.read()
	newest = frappe.get_all(ENTRY, oldest_left_out, pluck="modified", order_by="modified desc", limit=1)
	if not newest:
		return [not_used(what, _("The ledger holds nothing older than two days."))]
	to_do = _("See why the nightly job keep_points_heads does not run (Scheduled Job Log).")
	if not kept.lines:
		return [Line(what, BROKEN, _("None were kept yet."), to_do)]
	if get_datetime(kept.at) < newest[0]:
		seen = _("The last were kept on {0}; points moved after that.").format(format_datetime(kept.at))
		return [Line(what, BROKEN, seen, to_do)]
	return [sound(what, _("Kept on {0}.").format(format_datetime(kept.at)))]


def deleted() -> list[Line]:
	what = _("Who Was Deleted Stays Deleted")
	if found := journal.findings():
		return [Line(what, BROKEN, " ".join(found))]
	return [sound(what, _("Nobody came back with a backup."))]


def _rules_with(filters: dict) -> bool:
	enabled = frappe.get_all("Reward Rule", {"enabled": 1}, pluck="name")
	rows = {"parenttype": "Reward Rule", "parent": ("in", enabled)}
	return bool(enabled and frappe.db.exists("Reward Rule Milestone", filters | rows))


def _report(name: str) -> str:
	return frappe.utils.get_url_to_report(name, "Script Report")
