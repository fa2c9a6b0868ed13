"""Moves what somebody was given in one company to where they work now, and tells them.

HR does it with a reason, or it is done at once where the settings say so: when a transfer is seen, and every night for what came
back to the old wallet later. Each wallet moves once, whoever asks at the same moment. Commits nothing.
"""

import frappe
from frappe.query_builder import DocType
from pypika import Order

from referral_hub.background import start_after_commit
from referral_hub.messages import service as messages
from referral_hub.people import employments
from referral_hub.points.following import asking, finding
from referral_hub.points.following.finding import Elsewhere
from referral_hub.points.moving import companies
from referral_hub.points.shop import reading

EVENT, WALLET_PAGE = "points_moved", "/referrals/wallet"
AT_ONCE = "At Once"
TRANSFER = "Employee Transfer"


def is_at_once() -> bool:
	return frappe.get_cached_doc("Referral Hub Settings").get("points_follow_a_transfer") == AT_ONCE


def hand_on(wallet: str, reason: str = "") -> int:
	"""Move all a wallet holds to its owner's company of now; return how many points, 0 when there is nothing to move.

	:param reason: what the employee reads; without one the transfer itself is the reason.
	"""
	for row in finding.elsewhere(wallets=[wallet]):
		transfer = _transfer_of(row)
		cause = transfer or f"{row.employee}\n{row.employee_now}"
		source = (TRANSFER, transfer) if transfer else ("", "")
		moved = companies.move_all(
			row.wallet, row.employee_now, row.company_now, cause, source=source, note=reason
		)
		if moved:
			asking.close(row.wallet)
			_tell(row, moved, reason)
			return moved.points
	return 0


def follow_after_commit(*employees: str | None) -> None:
	"""HR changed where somebody works: let their points follow in a job, where the settings say so. No query."""
	if is_at_once():
		for employee in filter(None, employees):
			start_after_commit(
				"referral_hub.tasks.follow_points_of",
				once_as=f"referral_hub_follow_points::{employee}",
				employee=employee,
			)


def waiting(employee: str | None = None) -> list[str]:
	"""Name the wallets that are to be moved at once: all, or those of one person; none where HR moves them."""
	if not is_at_once():
		return []
	employees = employments.records_of(employee) if employee else None
	return [row.wallet for row in finding.elsewhere(employees=employees)]


def for_form(wallet) -> dict | None:
	"""Return what HR is shown on a wallet that they may move: where to, and whether a shop takes points there."""
	user = frappe.session.user
	if wallet.kind != "Wallet" or not (user == "Administrator" or "HR Manager" in frappe.get_roles(user)):
		return None
	for row in finding.elsewhere(wallets=[wallet.name]):
		if finding.may_move(row, user):
			return {"company": row.company_now, "has_shop": reading.sells_to(row.company_now)}
	return None


def _transfer_of(row: Elsewhere) -> str | None:
	"""Return the newest transfer that brought this person to their company; none where HR changed the record by hand."""
	transfer, records = DocType(TRANSFER), [row.employee, row.employee_now]
	query = frappe.qb.from_(transfer).select(transfer.name)
	query = query.where((transfer.docstatus == 1) & (transfer.new_company == row.company_now))
	query = query.where(transfer.employee.isin(records) | transfer.new_employee_id.isin(records))
	latest = query.orderby(transfer.transfer_date, order=Order.desc)
	found = latest.orderby(transfer.creation, order=Order.desc).limit(1).run()
	return found[0][0] if found else None


def _tell(row: Elsewhere, moved: companies.Moved, reason: str) -> None:
	messages.tell(
		EVENT,
		row.employee_now,
		key=moved.entry,
		amount=moved.points,
		kind="Points",
		given_by=row.company,
		taken_by=row.company_now,
		why=reason,
		link=WALLET_PAGE,
	)
