"""Compares the journal with the heads kept outside the database, while `verify` walks the entries anyway."""

from collections.abc import Iterator

import frappe

from referral_hub.points.proving import heads_file
from referral_hub.points.rules.audit import Finding


class HeadCheck:
	"""Shown every entry once, then every wallet's end; says which wallets contradict what was kept."""

	def __init__(self, kept: heads_file.Kept) -> None:
		self.heads = kept.heads
		self.refusals = kept.refusals
		self.has_heads = kept.lines > 0
		self.differs: set[str] = set()
		self.behind = 0

	def see(self, account: str, seq: int, entry_hash: str) -> None:
		head = self.heads.get(account)
		if head and head[0] == seq and head[1] != entry_hash:
			self.differs.add(account)

	def close(self, account: str, seq: int) -> Iterator[Finding]:
		"""Say how a wallet that ends with entry `seq` contradicts its head."""
		head = self.heads.get(account)
		if not head:
			return
		facts = {"account": account, "kept": head[0], "at": head[2], "seq": seq}
		if seq < head[0]:
			self.behind += 1
			yield Finding("head_ahead", facts)
		elif account in self.differs:
			self.behind += 1
			yield Finding("head_differs", {**facts, "agrees": agrees_until(account)})

	def missing(self, seen: set[str]) -> Iterator[Finding]:
		"""Name the wallets that were kept and are gone."""
		for account, (seq, _hash, at) in self.heads.items():
			if account not in seen:
				self.behind += 1
				yield Finding("head_gone", {"account": account, "kept": seq, "at": at})

	def summary(self) -> list[Finding]:
		return [Finding("restored", {"count": self.behind})] if self.behind else []


def agrees_until(account: str) -> int:
	"""Find the last kept entry of a wallet that is still as it was kept."""
	kept = [line["heads"].get(account) for line in heads_file.lines() if line and line.get("heads")]
	kept = [tuple(head) for head in kept if head]
	rows = frappe.db.sql(
		"select seq, entry_hash from `tabPoints Ledger Entry` where (account, seq) in %s",
		(tuple((account, seq) for seq, _hash in kept),),
	)
	return max((seq for seq, entry_hash in rows if (seq, entry_hash) in kept), default=0)
