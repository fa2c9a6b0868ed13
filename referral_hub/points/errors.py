"""One class per broken rule of the ledger, each with a message a person can act on.

Every class is a `frappe.ValidationError`, so a form, a request and a job all refuse in the usual way. The pure
rules raise none of these: they answer, and the services here decide.
"""

from typing import NoReturn

import frappe
from frappe import _


class PointsError(frappe.ValidationError):
	"""The ledger refused; nothing was posted."""


class InvalidPoints(PointsError):
	"""The amount, the key, the date or the counter account makes no sense."""


class UnknownWallet(PointsError):
	"""There is nobody, or no company, to keep the points for."""


class UnknownEntry(PointsError):
	"""There is no such entry in the ledger."""


class InsufficientPoints(PointsError):
	"""The wallet holds fewer points than should leave it."""

	def __init__(self, message: str = "", available: int = 0, needed: int = 0) -> None:
		super().__init__(message)
		self.available = available
		self.needed = needed


class AlreadyRefused(InsufficientPoints):
	"""This key was refused before for lack of points; its retry is not applied."""


class KeyReusedWithAnotherBody(PointsError):
	"""This key belongs to an entry that says something else."""


class AlreadyReversed(PointsError):
	"""The entry was reversed before, under another key."""


class CannotReverse(PointsError):
	"""This kind of entry, or what is left of it, can't be reversed."""


class LedgerIsAppendOnly(PointsError):
	"""Entries, wallets and lots are written by the ledger alone and never changed or deleted."""


class LedgerBroken(PointsError):
	"""What is stored contradicts itself: somebody changed the tables behind the ledger's back."""


def refuse(error: PointsError) -> NoReturn:
	"""Raise, and let the desk show the sentence."""
	frappe.msgprint(str(error), indicator="red", raise_exception=error)
	raise error


def refuse_broken(account: str) -> NoReturn:
	refuse(
		LedgerBroken(
			_(
				"Wallet {0} contradicts its entries: nothing was posted. An administrator sees why with bench hub-verify."
			).format(account)
		)
	)
