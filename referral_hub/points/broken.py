"""Goes on where one wallet is broken: somebody changed it behind the ledger's back, and `hub-verify` says how.

Called where many wallets are at work, or where HR's own work must not wait for a repair: nothing of the step is kept, and
it is left to the next time. Whoever asks for one wallet alone is refused in words instead. It commits nothing.
"""

from collections.abc import Callable
from typing import TypeVar

import frappe

from referral_hub.points.errors import PointsError

Result = TypeVar("Result")


def unless_broken(savepoint: str, step: Callable[[], Result]) -> Result | None:
	"""Do a step; undo it, log why and return None when what is stored does not allow it."""
	frappe.db.savepoint(savepoint)
	try:
		result = step()
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		raise  # the whole transaction is gone: for its outermost caller to begin again
	except Exception as error:
		frappe.db.rollback(save_point=savepoint)
		if isinstance(error, PointsError):
			frappe.clear_last_message()
		frappe.log_error(title="A points wallet is broken: run bench hub-verify")
		return None
	frappe.db.release_savepoint(savepoint)
	return result
