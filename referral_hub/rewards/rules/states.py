"""The life of a reward: its states and the moves between them. Pure.

Promised (comes true by time passing) -> Earned -> Choice (the employee chooses) -> Approval (above a limit) -> Due -> Paid
(handed over) -> Confirmed (the salary slip).
On Hold waits for a reason to go away. Void never reached the employee; Clawed Back did and was taken back;
Owed could not be taken back in full.
"""

PROMISED = "Promised"
EARNED = "Earned"
CHOICE = "Choice"
APPROVAL = "Approval"
DUE = "Due"
PAID = "Paid"
CONFIRMED = "Confirmed"
ON_HOLD = "On Hold"
VOID = "Void"
CLAWED_BACK = "Clawed Back"
OWED = "Owed"

NOT_YET_EARNED = frozenset({PROMISED})
UNPAID = frozenset({PROMISED, EARNED, CHOICE, APPROVAL, DUE, ON_HOLD})
CAN_BE_HELD = frozenset({EARNED, APPROVAL, DUE, ON_HOLD})
PAYABLE = frozenset({EARNED, DUE, ON_HOLD})
HANDED_OVER = frozenset({PAID, CONFIRMED})
STANDING = UNPAID | HANDED_OVER
UNDONE = frozenset({VOID, CLAWED_BACK, OWED})

MOVES = {
	PROMISED: {EARNED, CHOICE, DUE, VOID, OWED},
	CHOICE: {EARNED, DUE, VOID, OWED},
	EARNED: {APPROVAL, DUE, PAID, CONFIRMED, ON_HOLD, VOID, OWED},
	APPROVAL: {EARNED, DUE, ON_HOLD, VOID, CLAWED_BACK, OWED},
	DUE: {APPROVAL, PAID, CONFIRMED, ON_HOLD, VOID, CLAWED_BACK, OWED},
	ON_HOLD: {EARNED, APPROVAL, DUE, PAID, CONFIRMED, VOID, CLAWED_BACK, OWED},
	PAID: {CONFIRMED, DUE, ON_HOLD, VOID, CLAWED_BACK, OWED},
	CONFIRMED: {
		PAID,
		DUE,
		VOID,
		CLAWED_BACK,
		OWED,
	},  # Void: its slip was cancelled, and nobody has looked yet
	VOID: {PROMISED, EARNED, CHOICE, DUE, PAID, CONFIRMED, CLAWED_BACK, OWED},
	CLAWED_BACK: {PROMISED, EARNED, CHOICE, DUE, OWED, VOID},  # Void: nothing pays what was given back
	OWED: {PROMISED, EARNED, CHOICE, DUE, PAID, CONFIRMED, CLAWED_BACK, VOID},
}


def leaves_nothing(state: str, is_decided: bool) -> bool:
	"""Say whether a reward leaves nothing of its promise to earn.

	One that is only promised does; so does one that was undone because the facts went back, unless a person in HR decided it
	(`is_decided`): it is earned anew when they come again. What is owed is settled first.
	"""
	return is_decided or state not in (PROMISED, VOID, CLAWED_BACK)


def can_move(old: str, new: str) -> bool:
	return old == new or new in MOVES[old]
