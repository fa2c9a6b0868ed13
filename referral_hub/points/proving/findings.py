"""What `hub-verify` found, in words a person can act on."""

from collections.abc import Iterable

from frappe import _

from referral_hub.points.rules.audit import Finding
from referral_hub.wording.counting import counted


def in_words(findings: Iterable[Finding]) -> list[str]:
	words = _words()
	return [
		(words.get(finding.rule) or _counting(finding.facts["count"])[finding.rule]).format(**finding.facts)
		for finding in findings
	]


def _words() -> dict[str, str]:
	"""One sentence a rule, in the language of whoever reads it now."""
	return {
		"gap": _("Wallet {account}: entry {expected} is missing; entry {seq} follows instead."),
		"hash": _(
			"Wallet {account}: entry {seq} ({entry}) was changed, or does not follow from the one before."
		),
		"unreadable": _(
			"Wallet {account}: entry {seq} ({entry}) can't be read: the ledger never writes such a value of {column}."
		),
		"amount": _("Wallet {account}: entry {seq} ({entry}) moves no points, or in no direction."),
		"running_balance": _(
			"Wallet {account}: the balance after entry {seq} ({entry}) does not follow from the one before."
		),
		"negative": _("Wallet {account}: entry {seq} ({entry}) takes the balance below zero."),
		"lot_sum": _("Wallet {account}: the lots of entry {seq} ({entry}) do not add up to its points."),
		"lot_overdrawn": _("Wallet {account}: entry {seq} ({entry}) takes more from lot {lot} than it held."),
		"stored_balance": _(
			"Wallet {account}: the stored balance is {stored}, its entries add up to {journal}."
		),
		"stored_head": _(
			"Wallet {account}: the stored last entry is {stored}, the journal ends with entry {journal}."
		),
		"stored_lot": _(
			"Wallet {account}: lot {lot} is stored with {stored} left, its entries leave {journal}."
		),
		"lot_missing": _("Wallet {account}: lot {lot} is gone, its entries leave {journal}."),
		"lot_added": _("Wallet {account}: lot {lot} is stored with {stored}, but no entry brought it."),
		"no_wallet": _("Entry {entry} belongs to wallet {account}, which does not exist."),
		"no_counter": _("Wallet {account}: entry {entry} has no counter account."),
		"reversal": _(
			"Wallet {account}: entry {entry} says it reverses {reverses}, which it does not match."
		),
		"twin": _("Wallet {account}: entry {entry} is one half of a transfer without its other half."),
		"between": _(
			"Wallet {account}: entry {entry} moved points between companies and does not match its other half."
		),
		"source": _(
			"Wallet {account}: entry {entry} comes from a document of type {doctype} without a name."
		),
		"open_lots": _("Wallet {account}: points in open lots: {stored}, stored balance: {balance}."),
		"lot_orphan": _("Lot {lot} belongs to wallet {account}, which does not exist."),
		"lot_open": _("Wallet {account}: lot {lot} is marked open or closed against what it holds."),
		"seal": _(
			"Account {account}: its kind, employee, company, program, state, balance or last entry was changed outside the ledger,"
			" or the account was added by hand."
		),
		"refusal_seal": _("Refusal {refusal} was changed or added outside the ledger."),
		"merged": _("Wallet {account} was merged into another one and still holds points."),
		"aside": _(
			"Wallet {account} of employee {employee} was set aside when HR merged its owner, and waits to be merged until the"
			" wallets are repaired."
		),
		"counter": _(
			"Account {account} is a counter account and is stored with a balance or entries of its own."
		),
		"reward_unpaid": _(
			"Reward {reward} was handed over, but its entry {entry} is gone, was reversed or says something else."
		),
		"reward_other": _(
			"Wallet {account}: entry {entry} was issued for reward {reward}, which names another entry or none, or is gone."
		),
		"owner": _("Wallet {account}: entry {entry} was earned by somebody else than the wallet's owner."),
		"head_ahead": _(
			"Wallet {account}: entry {kept} was kept on {at}, the ledger ends with entry {seq}:"
			" restored to entry {seq} from an older backup, or cut off."
		),
		"head_differs": _(
			"Wallet {account}: entry {kept} is not the one kept on {at}; the ledger agrees with the heads up to entry {agrees}:"
			" the chain was recomputed, or an older backup was restored and used."
		),
		"head_gone": _("Wallet {account}: entry {kept} was kept on {at}, the wallet is gone."),
		"heads_line": _("Line {line} of the file of daily heads was changed, added or removed."),
		"more": _("There is more: only the first {count} findings are listed."),
	}


def _counting(count: int) -> dict[str, str]:
	"""Return the sentences of rules that count what they found."""
	return {
		"other_key": counted(
			count,
			_(
				"{count} account was sealed under another encryption key, so nobody can tell whether it was changed "
				"by hand. Put the encryption_key of that time back into site_config.json. If it is lost, an "
				"administrator accepts the account as it is once with: bench --site SITE hub-verify --accept-restore. "
				"If the key never changed, somebody changed the seal by hand: do not accept it."
			),
			_(
				"{count} accounts were sealed under another encryption key, so nobody can tell whether they were changed by hand."
				" Put the encryption_key of that time back into site_config.json. If it is lost, an administrator accepts the"
				" accounts as they are once with: bench --site SITE hub-verify --accept-restore. If the key never changed, somebody"
				" changed the seals by hand: do not accept them."
			),
		),
		"refusal_other_key": counted(
			count,
			_(
				"{count} kept refusal was sealed under another encryption key, so nobody can tell whether it was "
				"changed by hand."
			),
			_(
				"{count} kept refusals were sealed under another encryption key, so nobody can tell whether they were changed by hand."
			),
		),
		"refusals_gone": counted(
			count,
			_(
				"{count} refusal that the daily heads name is gone, {refusal}, kept on {at}: its request would be "
				"applied when it is made again. If an older backup was restored, an administrator accepts that once "
				"with: bench --site SITE hub-verify --accept-restore"
			),
			_(
				"{count} refusals that the daily heads name are gone, the first of them {refusal}, kept on {at}: their requests would be"
				" applied when they are made again. If an older backup was restored, an administrator accepts that once with:"
				" bench --site SITE hub-verify --accept-restore"
			),
		),
		"restored": counted(
			count,
			_(
				"{count} wallet is behind the heads kept outside the database. If an older backup was restored, an "
				"administrator accepts that once with: bench --site SITE hub-verify --accept-restore"
			),
			_(
				"{count} wallets are behind the heads kept outside the database. If an older backup was restored, an administrator"
				" accepts that once with: bench --site SITE hub-verify --accept-restore"
			),
		),
	}
