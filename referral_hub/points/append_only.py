"""The base of the ledger's DocTypes: nobody writes them through the platform, Administrator included.

The ledger writes its rows itself (`points.journal`). Every way a document can be written, renamed or deleted ends
here in one sentence. Raw SQL and `frappe.db.set_value` reach no controller; they are found by `hub-verify`.
"""

from typing import NoReturn

from frappe import _
from frappe.model.document import Document

from referral_hub.points.errors import LedgerIsAppendOnly, refuse


class AppendOnly(Document):
	def before_insert(self) -> None:
		self._refuse_change()

	def validate(self) -> None:
		self._refuse_change()

	def before_change(self) -> None:  # db_set
		self._refuse_change()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		self._refuse_change()

	def on_trash(self) -> None:
		self._refuse_change()

	def db_insert(self, *args, **kwargs) -> NoReturn:
		self._refuse_change()

	def db_update(self) -> NoReturn:
		self._refuse_change()

	def _refuse_change(self) -> NoReturn:
		refuse(
			LedgerIsAppendOnly(
				_(
					"{0} is written by the points ledger alone and never changed or deleted. Correct it by a new entry."
				).format(_(self.doctype))
			)
		)
