"""What a draw refuses, each with a sentence a person can act on; nothing was changed."""

import frappe


class DrawError(frappe.ValidationError):
	"""The draw refused; nothing was changed."""


class NotNow(DrawError):
	"""The draw is at another step, or its time is not over."""


class NotAsWritten(DrawError):
	"""What HR wrote can't be drawn."""


class OutsideNeeded(DrawError):
	"""The terms name a value from outside, which is still missing."""


class OwnDraw(DrawError):
	"""Whoever could win by it draws nothing again."""


class PrizeIsGone(DrawError):
	"""The prize was handed over or spent: it is not drawn again."""
