"""Keeps Referral Reward rows: insert one per promise, lock it, move it. The only writer of that DocType.

`referrer` is the record a promise was made to and never changes: it says which promise this is. `employee` is only who is
paid, the record that person has now. Callers hold the lock on the referral (earning) or on the reward (paying); lock order is referral, rewards, wallet.
"""

import json

import frappe
from frappe import _
from frappe.utils import flt, get_datetime

from referral_hub import kept
from referral_hub.people import employments
from referral_hub.rewards.reasons import Reason
from referral_hub.rewards.rules.states import OWED, UNDONE, can_move
from referral_hub.rewards.rules.terms import Promise, Terms

DOCTYPE = "Referral Reward"
NOT_TAKEN_BACK = "not_taken_back"  # the reason of what is owed only until its kind can take it back


class ChangedSince(frappe.ValidationError):
	"""A reward is not any more what the person saw who decided about it."""


class WrongMove(frappe.ValidationError):
	"""A reward can't go from the state it is in to the one asked for."""


def insert(referral, terms: Terms, promise: Promise, **fields):
	"""Insert the reward of a promise, or return the one that was inserted meanwhile, locked."""
	reward = frappe.new_doc(DOCTYPE)
	employee = employments.record_now(referral.referrer)
	reward.update(
		{
			"referral": referral.name,
			"referrer": referral.referrer,
			"employee": employee,
			"employee_name": referral.referrer_name,
			"company": frappe.db.get_value("Employee", employee, "company"),
			"milestone": promise.milestone,
			"after_months": promise.after_months,
			"share": promise.share,
			"option": promise.option,
			"kind": promise.kind,
			"amount": flt(promise.amount),
			"currency": promise.currency or "",  # None would become the site's default currency
			"details": frappe.as_json(promise.details) if promise.details else None,
			"rule": terms.rule,
			"rule_version": terms.rule_version,
			**fields,
		}
	)
	return _insert_once(reward)


def lock_all(referral: str) -> list:
	"""Lock the rewards of a referral, whoever they were promised to, and return their latest committed state."""
	names = frappe.get_all(DOCTYPE, filters={"referral": referral}, pluck="name", order_by="name asc")
	return [frappe.get_doc(DOCTYPE, name, for_update=True) for name in names]


def lock(name: str):
	"""Lock one reward and return it as it is now."""
	return frappe.get_doc(DOCTYPE, name, for_update=True)


def lock_as_shown(name: str, shown: str | None):
	"""Lock a reward for a person who decides about it; refuse where it was changed since it was shown to them.

	`shown`: when it was last modified, as their form says; None for callers who look at nothing before.
	"""
	reward = lock(name)
	if shown and shown != str(get_datetime(reward.modified)):
		words = _(
			"This reward was changed since it was shown to you: it is {0} now. Nothing was done. Please look at it again, and decide anew."
		)
		frappe.throw(words.format(_(reward.state, context="Referral Reward")), ChangedSince)
	return reward


def lock_free(names: list[str]) -> list:
	"""Lock these rewards and return them in this order, but not those another process is at."""
	table = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(table).select(table.star).where(table.name.isin(names))
	rows = {row.name: row for row in query.for_update(skip_locked=True).run(as_dict=True)}
	return [_as_locked(rows[name]) for name in names if name in rows]


def _as_locked(row):
	reward = frappe.get_doc(dict(row, doctype=DOCTYPE))
	reward.flags.as_stored = row
	return reward


def as_stored(reward):
	"""Return, once, what was read of a reward with its lock: nobody else has written it since."""
	row = reward.flags.pop("as_stored", None)
	return frappe.get_doc(dict(row, doctype=DOCTYPE)) if row else None


def move(reward, state: str, reason: Reason | None = None, **fields) -> None:
	"""Move a reward to a state, with the reason in words and as data."""
	if not can_move(reward.state, state):
		raise WrongMove(
			_("A reward that is {0} can't become {1}.").format(
				_(reward.state, context="Referral Reward"), _(state, context="Referral Reward")
			)
		)
	reward.update({"state": state, "state_reason": reason.stored() if reason else None, **fields})
	put_in_explanation(reward, reason=reason.as_dict() if reason else None)
	save(reward)


def hand_on(reward) -> bool:
	"""Let a locked reward that was not paid go to the record its person has now; say whether there is another."""
	employee = employments.record_now(reward.employee)
	if employee == reward.employee:
		return False
	put_in_explanation(reward, handed_on_from=reward.employee)
	reward.employee, reward.company = employee, frappe.db.get_value("Employee", employee, "company")
	save(reward)
	return True


def put_in_explanation(reward, **pieces) -> None:
	explanation = json.loads(reward.explanation or "{}")
	reward.explanation = json.dumps(explanation | pieces, indent=1, default=str, ensure_ascii=False)


def reason_of(reward, of: str = "reason") -> Reason | None:
	"""Return why a reward is in the state it is in, or what else it keeps a reason of, where that is known."""
	reason = json.loads(reward.explanation or "{}").get(of)
	return Reason(**reason) if reason else None


def undone_for(reward) -> Reason | None:
	"""Say why a reward is to be taken back that its kind refused to; None when it does not wait for that."""
	if reward.state != OWED:
		return None
	kept = json.loads(reward.explanation or "{}")
	waits = (kept.get("reason") or {}).get("code") == NOT_TAKEN_BACK
	return Reason(**kept["undone_for"]) if waits else None


def save(reward) -> None:
	"""Save through the only door the controller leaves open."""
	reward.flags.ignore_links = True  # a rule or a person may be gone; the promise is not
	with kept.writing(reward):
		reward.save(ignore_permissions=True)


def make_room_to_merge(old: str, new: str) -> None:
	"""Keep what one promise is to two employees apart who become one: a credit was moved from one to the other.

	What was undone of it stands on as a row of its own; the share by which it is found anew is that of the one that stands, and
	where none does of whoever is credited: what HR decided about that is not forgotten. All of theirs is locked, as whoever earns or
	pays locks it, before anybody locks their wallets.
	"""
	_lock_of_both(old, new)
	one, other = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType(DOCTYPE).as_("other")
	referral = frappe.qb.DocType("Referral")
	query = frappe.qb.from_(one).inner_join(other).on(other.referral == one.referral)
	query = query.inner_join(referral).on(referral.name == one.referral)
	for field in ("rule", "rule_version", "milestone", "share"):
		query = query.where(other[field] == one[field])
	query = query.where((one.referrer == old) & (other.referrer == new))
	for name, state, share, credited, twin, state_of_twin in query.select(
		one.name, one.state, one.share, referral.referrer, other.name, other.state
	).run():
		is_found_anew = state not in UNDONE or employments.are_one(credited, old)
		stays_behind = twin if state_of_twin in UNDONE and is_found_anew else name
		frappe.db.set_value(DOCTYPE, stays_behind, "share", f"{share} {stays_behind}", update_modified=False)


def _lock_of_both(*employees: str) -> None:
	"""Lock the referrals of these employees and what was promised to them or is paid to them, each by its name: nothing else."""
	who = ("in", employees)
	referrals = frappe.get_all("Referral", {"referrer": who}, pluck="name")
	rewards = {
		name
		for field in ("referrer", "employee")
		for name in frappe.get_all(DOCTYPE, {field: who}, pluck="name")
	}
	for doctype, names in (("Referral", referrals), (DOCTYPE, rewards)):
		if names:
			table = frappe.qb.DocType(doctype)
			query = frappe.qb.from_(table).select(table.name).where(table.name.isin(sorted(names)))
			query.orderby(table.name).for_update().run()


def is_set_aside(reward) -> bool:
	"""Say whether a reward, or its row, is what was undone of a promise beside the one that stands, of two who became one."""
	return reward.share.endswith(f" {reward.name}") and reward.state in UNDONE - {OWED}


def write_changes(reward) -> None:
	"""Write of a reward that is saved what is not stored yet, and no other column; its row is locked."""
	before = reward.get_doc_before_save()
	values = reward.get_valid_dict(ignore_virtual=True)
	changed = {field: value for field, value in values.items() if value != before.get(field)}
	columns = ", ".join(f"`{field}` = %s" for field in changed)
	frappe.db.sql(f"update `tab{DOCTYPE}` set {columns} where name = %s", (*changed.values(), reward.name))


def _insert_once(reward):
	"""A duplicate means another process was faster: only a locking read can see its row."""
	reward.flags.ignore_links = True
	frappe.db.savepoint("referral_reward")
	try:
		with kept.writing(reward):
			reward.insert(ignore_permissions=True)
	except frappe.UniqueValidationError:
		frappe.db.rollback(save_point="referral_reward")
		frappe.clear_last_message()
		found = lock(_name_of_twin(reward))
		found.flags.found = True
		return found
	frappe.db.release_savepoint("referral_reward")
	return reward


def _name_of_twin(reward) -> str:
	if reward.counted_key:
		twin = {"counted_key": reward.counted_key}
	else:
		columns = ("referral", "rule", "rule_version", "milestone", "share", "referrer")
		twin = {key: reward.get(key) for key in columns}
	return frappe.db.get_value(DOCTYPE, twin, "name", for_update=True)
