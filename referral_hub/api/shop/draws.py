"""What HR does with prize draws in the desk. Each changes by POST and asks for the right to write the draw."""

import frappe

from referral_hub.points.draw import drawing

DRAW, WINNER = drawing.DOCTYPE, "Prize Draw Winner"


@frappe.whitelist(methods=["POST"])
def announce(draw: str) -> None:
	"""Fix the terms of a draft and publish the commitment. Raises NotNow when its last day is over.

	:param draw: name of the Prize Draw
	"""
	drawing.announce(_mine(draw))


@frappe.whitelist(methods=["POST"])
def close(draw: str) -> None:
	"""Count the tickets and publish them. Raises NotNow before its last day is over.

	:param draw: name of the Prize Draw
	"""
	drawing.close(_mine(draw))


@frappe.whitelist(methods=["POST"])
def draw_prizes(draw: str, outside: str = "") -> None:
	"""Draw, publish the seed, hand over the prizes. Raises OutsideNeeded, NotNow.

	:param draw: name of the Prize Draw
	:param outside: the value from outside that the terms name, exactly as it was published
	"""
	drawing.draw_prizes(_mine(draw), outside)


@frappe.whitelist(methods=["POST"])
def draw_again(winner: str, reason: str) -> None:
	"""Draw the prize of somebody who gave it up again. Raises PrizeIsGone when it was handed over or spent.

	:param winner: name of the Prize Draw Winner
	:param reason: everybody reads it; needed
	"""
	_mine(frappe.get_doc(WINNER, winner).draw)
	drawing.draw_again(winner, reason)


@frappe.whitelist(methods=["POST"])
def cancel(draw: str, reason: str) -> None:
	"""Cancel a draw that was announced and not drawn.

	:param draw: name of the Prize Draw
	:param reason: everybody reads it; needed
	"""
	drawing.cancel(_mine(draw), reason)


def _mine(name: str) -> str:
	frappe.get_doc(DRAW, name).check_permission("write")
	return name
