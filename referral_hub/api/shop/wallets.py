"""What HR does with wallets in the desk: points of one company follow their owner to another. Changes by POST."""

import json

import frappe
from frappe import _
from frappe.utils import strip_html

from referral_hub.database.short_waits import waiting_shortly
from referral_hub.points.errors import PointsError
from referral_hub.points.following import finding, handing_on
from referral_hub.wording import points_words
from referral_hub.wording.counting import counted

ACCOUNT, MOST = finding.ACCOUNT, 500


@frappe.whitelist(methods=["POST"])
def move_points(wallets: str | list, reason: str) -> dict:
	"""Move all that these wallets hold to the companies their owners work for now; the owners are told.

	:param wallets: name of a Points Account, or a list of them (JSON), at most 500
	:param reason: what the employees read; needed
	Returns {"points": n, "moved": wallets moved, "left": [{"wallet", "why"}]}: what is empty by now, or moved by somebody else a
	moment ago, is left with the words why. Raises PermissionError, and moves nothing, unless the caller is an HR Manager who may work
	for both companies of each wallet, none of them their own; BusyNow, and nothing is moved, while somebody else is at them.
	"""
	frappe.only_for("HR Manager")
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads it."))
	names = list(dict.fromkeys(_names(wallets)))
	if not 0 < len(names) <= MOST:
		frappe.throw(_("Choose 1 to {0} wallets.").format(MOST))
	_refuse_unless_allowed(names)
	found = {"points": 0, "moved": 0, "left": []}
	with waiting_shortly():
		for name in sorted(names):
			_move(name, reason.strip(), found)
	_say(found)
	return found


def _names(wallets: str | list) -> list[str]:
	try:
		asked = json.loads(wallets) if isinstance(wallets, str) and wallets.startswith("[") else wallets
	except ValueError:
		asked = []
	return [str(name) for name in (asked if isinstance(asked, list) else [asked])]


def _refuse_unless_allowed(names: list[str]) -> None:
	for name in names:
		frappe.get_doc(ACCOUNT, name).check_permission("read")
	for row in finding.elsewhere(wallets=names):
		if not finding.may_move(row, frappe.session.user):
			words = _(
				"Points of {0} are moved to {1} by an HR Manager of both companies whose own they are not."
			)
			frappe.throw(words.format(row.company, row.company_now), frappe.PermissionError)


def _move(name: str, reason: str, found: dict) -> None:
	"""Move one wallet; one that is refused stops no other."""
	frappe.db.savepoint("move_points")
	try:
		points = handing_on.hand_on(name, reason)
	except PointsError as error:
		frappe.db.rollback(save_point="move_points")
		frappe.clear_last_message()
		found["left"].append({"wallet": name, "why": strip_html(str(error))})
		return
	if points:
		found["points"] += points
		found["moved"] += 1
	else:
		why = _(
			"Nothing is left to move: its points were moved or spent meanwhile, or its owner works there again."
		)
		found["left"].append({"wallet": name, "why": why})


def _say(found: dict) -> None:
	if found["moved"]:
		words = counted(
			found["moved"],
			_("{0} moved, from {1} wallet. Its owner is told."),
			_("{0} moved, from {1} wallets. Their owners are told."),
		).format(points_words.in_words(found["points"], found["points"]), found["moved"])
		frappe.msgprint(words, alert=True, indicator="green")
	for left in found["left"][:10]:
		why = f"{left['wallet']}: {left['why']}"
		frappe.msgprint(frappe.utils.escape_html(why), indicator="orange")
