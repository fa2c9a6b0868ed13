"""The points ledger, as everybody else calls it.

One entry is one transfer between a wallet and a counter account, or half of one between two wallets. It owns every
row of Points Account, Points Ledger Entry, Points Lot and Points Refusal. It refuses to change or delete any of
them, to let a wallet go below zero, to post a key twice. Called by rewards, the shop, the portal and the API; it
checks no permission: who may ask is decided where the request comes in.

None of these functions commits, the caller's request or job does; none retries a deadlock, because a deadlock has
rolled the caller's work back too (`referral_hub.retry` is for the outermost caller).

Same key, same body: the name of the first entry again. The body is wallet, points, counter account, expiry date and
source; the note is not part of it, because it may be written in the language of whoever retries.
Same key, other body: KeyReusedWithAnotherBody. A post that was refused for lack of points is not applied by its
retry (AlreadyRefused): ask again with a new key. What is refused as senseless (0 points, no key) burns no key.
"""

from datetime import date

from frappe.model.document import Document

from referral_hub.points import accounts
from referral_hub.points.accounts import Counter
from referral_hub.points.moving import posting, readiness, requests
from referral_hub.points.moving.expiry import expire_due
from referral_hub.points.moving.readiness import Ready
from referral_hub.points.moving.requests import Posting
from referral_hub.points.moving.reversal import TakenBack, reverse, take_back
from referral_hub.points.moving.transfers import transfer
from referral_hub.points.proving.verify import verify
from referral_hub.points.rules.chain import IN
from referral_hub.points.statements import (
	balance,
	companies_between,
	expiring,
	lots,
	movements,
	statement,
	wallets,
)

__all__ = [
	"TakenBack",
	"balance",
	"companies_between",
	"expire_due",
	"expiring",
	"lots",
	"movements",
	"post",
	"reverse",
	"statement",
	"take_back",
	"transfer",
	"verify",
	"wallets",
]


def post(
	employee: str,
	points: int,
	counter: str | Counter,
	key: str,
	*,
	company: str | None = None,
	source: Document | tuple[str, str] | None = None,
	expires_on: date | str | None = None,
	note: str = "",
) -> str:
	"""Post points into (> 0) or out of (< 0) the employee's wallet; return the name of the entry.

	`counter` is "Issuance" (or `accounts.issuance(program)`), "Shop", "Adjustment" or "Clawback". The company is the
	employee's unless given. `expires_on` is the last day the points can be spent; None: they never expire.
	"""
	asked = requests.checked(points, counter, key, source, expires_on, note)
	ready = readiness.find(employee, company, asked.counter, asked.key_hash) or _not_in_sight(
		employee, company, asked
	)
	return posting.put_in(ready, asked) if asked.direction == IN else posting.take_out(ready, asked)


def _not_in_sight(employee: str, company: str | None, asked: Posting) -> Ready:
	"""Open a wallet for what comes in, or find one that was opened after this transaction began; else refuse."""
	company = company or accounts.company_of(employee)
	if asked.direction == IN:
		return readiness.open_wallet(employee, company, asked.counter, asked.key_hash)
	name = accounts.find(employee, company, lock=True)
	ready = name and readiness.named(name, asked.counter, asked.key_hash)
	return ready or posting.take_out_of_nothing(employee, company, asked)
