"""Keeps the daily heads of all wallets outside the database, where whoever rewrites the ledger can't reach by SQL.

The digest of the newest line goes to the HR Managers by mail, so that a rewritten file can be told from the true
one. A head is never overtaken by a chain that contradicts it: such a wallet keeps its old head until an administrator
accepts a restore, and that acceptance stays in the file. Called by the daily task and `hub-verify`.
"""

from collections.abc import Iterator
from typing import TextIO

import frappe
from frappe import _

from referral_hub.points import refusal_seals, seals
from referral_hub.points.proving import heads_file, heads_mail
from referral_hub.points.proving.heads_file import ACCEPTED, HEADS, SEALED, Head
from referral_hub.wording.counting import counted

WALLETS_AT_ONCE = 1000


def keep() -> str | None:
	"""Add the heads of wallets that moved, and new refusals, and mail the digest; None when there are none. Call it in a fresh transaction."""
	if frappe.db.transaction_writes:
		frappe.throw(_("Heads are kept of what is committed; commit first."))
	with heads_file.for_adding() as file:
		kept = heads_file.read()
		# the first heads of this site take the accounts as they are, like the ledger; not where the key is the site's own
		if not kept.lines and seals.all_under_other_key():
			_seal_anew(file, by=frappe.session.user)
			kept = heads_file.read()
		moved, left_out = _moved(kept.heads)
		new = {"heads": moved} | _new_refusals(kept.refusals)
		digest = heads_file.add_line(file, kept.digest, HEADS, **new) if any(new.values()) else None
	if digest or left_out:
		heads_mail.send_digest(digest or kept.digest, moved=len(moved), contradicting=len(left_out))
	return digest


def accept_restore(by: str) -> int:
	"""Record that an administrator accepts the ledger as it is now; return how many wallets were behind their heads."""
	with heads_file.for_adding() as file:
		_seal_anew(file, by)
		kept = heads_file.read()
		behind, gone = _contradicting(kept.heads), refusal_seals.missing(kept.refusals)
		if not (behind or gone):
			return 0
		now = {
			name: [seq, last_hash]
			for rows in _wallet_heads()
			for name, seq, last_hash in rows
			if name in behind
		}
		accepted = {name: now.get(name) for name in sorted(behind)}
		refusals = {"refusals_gone": gone} if gone else {}
		digest = heads_file.add_line(file, kept.digest, ACCEPTED, heads=accepted, by=by, **refusals)
	heads_mail.send_digest(digest, moved=len(accepted), contradicting=0)
	return len(accepted)


def accept_account(name: str, by: str) -> bool:
	"""Take an account that was changed by hand as it is now, on record; False when there is none such. Check it before."""
	with heads_file.for_adding() as file:
		accepted = seals.seal_changed(name)
		if accepted:
			digest = heads_file.add_line(file, heads_file.read().digest, SEALED, count=1, account=name, by=by)
	if accepted:
		heads_mail.send_digest(digest, moved=0, contradicting=0)
	return accepted


def notices() -> list[str]:
	"""Say what everybody who verifies should know, though nothing is broken."""
	kept = heads_file.read()
	if not kept.lines:
		return [
			_("No heads to compare: none were kept on this site yet, or it was restored on a new one."),
			*_other_key(),
		]
	newest = _("Compared with the heads of {0}, digest {1}.").format(kept.at, kept.digest)
	account = _("Account {1} was accepted on {0} by {2}, as it was after a change outside the ledger.")
	return [
		newest,
		*(
			_accepted(len(line["heads"])).format(line["at"], line.get("by"), len(line["heads"]))
			for line in kept.acceptances
		),
		*(
			_gone(len(line["refusals_gone"])).format(line["at"], line.get("by"), len(line["refusals_gone"]))
			for line in kept.acceptances
			if line.get("refusals_gone")
		),
		*(
			_removed(len(line["accounts"])).format(line["at"], len(line["accounts"]), line.get("company"))
			for line in kept.removals
		),
		*(
			account.format(line["at"], line["account"], line.get("by"))
			if line.get("account")
			else _sealed(line.get("count")).format(line["at"], line.get("count"), line.get("by"))
			for line in kept.sealings
			if line.get("account") or line.get("count")
		),
		*(
			_refusals_sealed(line["refusals_sealed"]).format(
				line["at"], line["refusals_sealed"], line.get("by")
			)
			for line in kept.sealings
			if line.get("refusals_sealed")
		),
	]


def _accepted(wallets: int) -> str:
	return counted(
		wallets,
		_("A restore was accepted on {0} by {1}: {2} wallet went back to an earlier entry."),
		_("A restore was accepted on {0} by {1}: {2} wallets went back to earlier entries."),
	)


def _removed(wallets: int) -> str:
	return counted(
		wallets,
		_("{1} demo wallet of {2} was removed on {0}."),
		_("{1} demo wallets of {2} were removed on {0}."),
	)


def _sealed(accounts: int) -> str:
	return counted(
		accounts,
		_("{1} account was sealed anew on {0} by {2}: it came with another encryption key."),
		_("{1} accounts were sealed anew on {0} by {2}: they came with another encryption key."),
	)


def _gone(refusals: int) -> str:
	return counted(
		refusals,
		_("With the restore of {0} {1} accepted that {2} kept refusal is gone."),
		_("With the restore of {0} {1} accepted that {2} kept refusals are gone."),
	)


def _refusals_sealed(refusals: int) -> str:
	return counted(
		refusals,
		_("{1} kept refusal was sealed anew on {0} by {2}: it came with another encryption key."),
		_("{1} kept refusals were sealed anew on {0} by {2}: they came with another encryption key."),
	)


def _other_key() -> list[str]:
	count = seals.all_under_other_key()
	words = counted(
		count,
		_(
			"{0} account was sealed under another encryption key: whether it was changed by hand can't be told. The first daily heads take it as it is. To have it checked, put that encryption_key into site_config.json before."
		),
		_(
			"{0} accounts were sealed under another encryption key: whether they were changed by hand can't be told. The first"
			" daily heads take them as they are. To have them checked, put that encryption_key into site_config.json before."
		),
	)
	return [words.format(count)] if count else []


def knows_digest(wanted: str) -> bool:
	"""Tell whether a digest that was mailed is that of a line of the file."""
	return any(
		line and line.get("digest") == wanted == heads_file.digest_of(line) for line in heads_file.lines()
	)


def _seal_anew(file: TextIO, by: str) -> None:
	"""Take over the accounts and refusals sealed under another encryption key, and put that on record."""
	count, refusals = seals.seal_anew(), refusal_seals.seal_anew()
	if count or refusals:
		sealed = {"count": count} | ({"refusals_sealed": refusals} if refusals else {})
		heads_file.add_line(file, heads_file.read().digest, SEALED, by=by, **sealed)


def _new_refusals(kept: dict[str, str]) -> dict[str, list[str]]:
	new = [name for name in refusal_seals.whole() if name not in kept]
	return {"refusals": new} if new else {}


def _moved(kept: dict[str, Head]) -> tuple[dict[str, list], set[str]]:
	"""Collect wallets with a new head; apart from them, those that contradict the head kept before."""
	moved: dict[str, list] = {}
	left_out: set[str] = set()
	for rows in _wallet_heads():
		new = {
			name: [seq, last_hash]
			for name, seq, last_hash in rows
			if kept.get(name, (0, ""))[:2] != (seq, last_hash)
		}
		contradicting = _contradicting({name: kept[name] for name in new if name in kept})
		moved.update({name: head for name, head in new.items() if name not in contradicting})
		left_out |= contradicting
	return moved, left_out


def _wallet_heads() -> Iterator[tuple]:
	last = ""
	while rows := frappe.db.sql(
		"""select name, last_seq, last_hash from `tabPoints Account`
		where kind = 'Wallet' and last_seq > 0 and name > %s order by name limit %s""",
		(last, WALLETS_AT_ONCE),
	):
		yield rows
		last = rows[-1][0]


def _contradicting(heads: dict[str, Head]) -> set[str]:
	"""Return the wallets whose journal does not have the entry that was kept."""
	behind: set[str] = set()
	names = list(heads)
	for start in range(0, len(names), WALLETS_AT_ONCE):
		some = names[start : start + WALLETS_AT_ONCE]
		places = tuple((name, heads[name][0]) for name in some)
		rows = frappe.db.sql(
			"select account, entry_hash from `tabPoints Ledger Entry` where (account, seq) in %s", (places,)
		)
		found = dict(rows)
		behind.update(name for name in some if found.get(name) != heads[name][1])
	return behind
