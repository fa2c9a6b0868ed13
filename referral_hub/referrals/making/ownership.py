"""The lock on a candidate: rows of Candidate Key, at most one active per key in the whole database.

`active_key` is UNIQUE, so whoever inserts it first owns the person; everybody else waits for that transaction
and then reads who it was. Keys are claimed in sorted order. Called by `making` and when a contact changes.
"""

import frappe
from frappe.utils import now
from frappe.utils.password import get_encryption_key

from referral_hub.database.prepared import Prepared, given
from referral_hub.people import employments
from referral_hub.referrals.rules import ownership as rules
from referral_hub.referrals.rules.outcomes import ENDED, Outcome
from referral_hub.referrals.rules.ownership import Candidate, CandidateKey, Holding


def keys_of(candidate: Candidate) -> list[CandidateKey]:
	return rules.keys_of(candidate, get_encryption_key())


def claim(keys: list[CandidateKey], referrer: str, today, until, opening: str | None = None) -> list[str]:
	"""Own every key until then, or refuse; the claims belong to no referral until `assign`.

	`opening`: what for. Somebody who was not selected for it is not referred for it again within the window.
	"""
	holders = _insert(keys, referrer, until)
	return [
		_win(key, holder, referrer, today, until, opening) for key, holder in zip(keys, holders, strict=True)
	]


def holder_of(candidate: Candidate, today) -> Holding | None:
	"""Return who owns one of the contacts of this person today."""
	for key in keys_of(candidate):
		holder = _holder(key.hash)
		if holder and holder.owned_until >= today:
			return Holding(holder.referral, holder.referrer, holder.owned_until)
	return None


def assign(claims: list[str], referral: str) -> None:
	if claims:
		_assign.run(referral=referral, claims=claims)


@Prepared
def _assign():
	Key = frappe.qb.DocType("Candidate Key")
	return frappe.qb.update(Key).set(Key.referral, given("referral")).where(Key.name.isin(given("claims")))


def keep(keys: list[CandidateKey], referral: str, referrer: str, today, until) -> None:
	"""Let this referral own every key until then, also those it held before; refuse where another holds one."""
	for key in keys:
		_keep(key, referral, referrer, today, until)


def gain(referral: str, keys: list[CandidateKey], today) -> list[str]:
	"""Let a referral own these keys for as long as those it has; return the referrals that own one of them already."""
	owned = frappe.get_all(
		"Candidate Key",
		filters={"referral": referral, "active_key": ("is", "set"), "owned_until": (">=", today)},
		fields=["key_hash", "referrer", "owned_until"],
		order_by="owned_until desc",
	)
	if not owned:  # given up, or the window is over
		return []
	others = []
	for key in keys:
		if key.hash not in {row.key_hash for row in owned}:
			others += _gain(referral, key, owned[0], today)
	return others


def release(referral: str) -> None:
	"""Let others refer this person: the referral is not credited any more."""
	frappe.db.set_value("Candidate Key", {"referral": referral}, "active_key", None)


def claim_again(referral: str, today) -> None:
	"""Take back the keys of a referral that is open again, where nobody took them meanwhile."""
	kept = frappe.get_all(
		"Candidate Key",
		filters={"referral": referral, "active_key": ("is", "not set"), "owned_until": (">=", today)},
		fields=["name", "key_hash"],
	)
	for row in sorted(kept, key=lambda row: row.key_hash):
		if not _holder(row.key_hash):
			frappe.db.set_value("Candidate Key", row.name, "active_key", row.key_hash)


def under_way(referral: str, candidate: Candidate) -> list[str]:
	"""Return the other referrals of this person that are open or led to a hire, as they are now and not as this transaction began."""
	Key, Referral = frappe.qb.DocType("Candidate Key"), frappe.qb.DocType("Referral")
	own = frappe.get_all("Candidate Key", {"referral": referral}, pluck="key_hash")
	if not own:
		return []
	query = frappe.qb.from_(Key).inner_join(Referral).on(Referral.name == Key.referral)
	query = query.select(Referral.name, Referral.candidate_name, Referral.candidate_email)
	query = query.where(Key.active_key.isin(own) & (Key.referral != referral))
	query = query.where(Referral.outcome.isin([Outcome.OPEN.value, Outcome.HIRED.value]))
	rows = query.for_update().run()
	return sorted({name for name, *said in rows if not rules.are_two_people(candidate, Candidate(*said))})


def credit_one_referral(applicant) -> None:
	"""Let a merged applicant belong to one referral: its own, else the first of those that came with the merge.

	The others then read as Duplicate (`rules/stages.py`), because the applicant names another referral.
	"""
	if applicant.get("referral_hub_referral"):
		return
	first = frappe.get_all(
		"Referral",
		filters={"job_applicant": applicant.name, "applicant_deleted": 0},
		order_by="submitted_on asc, name asc",
		limit=1,
		pluck="name",
	)
	if first:
		applicant.db_set(
			{"referral_hub_referral": first[0], "referral_hub_referred": 1}, update_modified=False
		)


def credit_again(referral: str, applicant: str) -> None:
	"""Write the credit that the applicant of a referral has lost, or never had since HR entered them again."""
	credit = {"referral_hub_referral": referral, "referral_hub_referred": 1}
	frappe.db.set_value("Job Applicant", applicant, credit, update_modified=False)


def is_come_back(applicant) -> bool:
	"""Say whether an applicant who is inserted with a credit is the one HR deleted and now restores: the same name, free again."""
	credited = frappe.db.get_value("Referral", applicant.referral_hub_referral, "job_applicant")
	is_same = bool(credited) and credited == applicant.email_id
	return is_same and not frappe.db.exists("Job Applicant", credited)


def _gain(referral: str, key: CandidateKey, like, today) -> list[str]:
	try:
		assign(claim([key], like.referrer, today, like.owned_until), referral)
	except rules.AlreadyOwned:
		return [_holder(key.hash).referral]
	return []


def _win(key: CandidateKey, holder, referrer: str, today, until, opening: str | None) -> str:
	"""Return the claim on a key; who held it before must be done with it."""
	if holder.is_new:
		return holder.name
	_as_now(holder, referrer)
	rules.check_free(_holding(key, holder, opening, today), referrer, today)
	frappe.db.set_value("Candidate Key", holder.name, "active_key", None)
	return claim([key], referrer, today, until, opening)[0]


def _holding(key: CandidateKey, holder, opening: str | None, today) -> Holding:
	"""Read whether the referral that holds a key came to an end from which the person may return for this opening."""
	outcome = holder.referral and frappe.db.get_value("Referral", holder.referral, "outcome")
	may_return = outcome in ENDED and not _was_refused(key, opening, today)
	return Holding(holder.referral, holder.referrer, holder.owned_until, may_return)


def _was_refused(key: CandidateKey, opening: str | None, today) -> bool:
	"""Say whether this person was not selected for the opening within the window, whoever holds the key since then."""
	Key, Referral = frappe.qb.DocType("Candidate Key"), frappe.qb.DocType("Referral")
	query = (
		frappe.qb.from_(Key)
		.inner_join(Referral)
		.on(Referral.name == Key.referral)
		.select(Referral.job_opening)
	)
	query = query.where((Key.key_hash == key.hash) & (Key.owned_until >= today))
	refused_for = query.where(Referral.outcome == Outcome.NOT_SELECTED.value).run(pluck=True)
	return opening in {each or None for each in refused_for}


def _as_now(holder, referrer: str) -> None:
	"""Read who holds a key by the record of theirs that asks: nobody is somebody else for having been transferred."""
	if employments.are_one(referrer, holder.referrer):
		holder.referrer = referrer


def _keep(key: CandidateKey, referral: str, referrer: str, today, until) -> None:
	[holder] = _insert([key], referrer, until)
	if holder.is_new or holder.referral == referral:
		frappe.db.set_value("Candidate Key", holder.name, {"referral": referral, "owned_until": until})
		return
	rules.check_free(Holding(holder.referral, holder.referrer, holder.owned_until), referrer, today)
	frappe.db.set_value("Candidate Key", holder.name, "active_key", None)
	_keep(key, referral, referrer, today, until)


def _insert(keys: list[CandidateKey], referrer: str, until) -> list[frappe._dict]:
	"""Insert the keys in their order, in one statement, and return who holds each, as it is now.

	Where one is taken this waits for its holder's transaction, locks that row instead, and returns it.
	"""
	if not keys:
		return []
	user, at = frappe.session.user, now()
	rows = [
		(frappe.generate_hash(length=10), user, user, at, at, key.hash, key.hash, key.kind, referrer, until)
		for key in keys
	]
	marks = ", ".join(["(" + ", ".join(["%s"] * len(rows[0])) + ")"] * len(rows))
	found = frappe.db.sql(
		f"""insert into `tabCandidate Key`
			(name, owner, modified_by, creation, modified, key_hash, active_key, kind, referrer, owned_until)
		values {marks}
		on duplicate key update modified = modified
		returning active_key, name, referral, referrer, owned_until""",
		[value for row in rows for value in row],
		as_dict=True,
	)
	names, holders = {row[0] for row in rows}, {holder.active_key: holder for holder in found}
	return [frappe._dict(holders[key.hash], is_new=holders[key.hash].name in names) for key in keys]


def _holder(key_hash: str):
	"""Read who holds a key, as it is now and not as this transaction began."""
	table = frappe.qb.DocType("Candidate Key")
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.referral, table.referrer, table.owned_until)
		.where(table.active_key == key_hash)
		.for_update()
	).run(as_dict=True)
	return rows[0] if rows else None
