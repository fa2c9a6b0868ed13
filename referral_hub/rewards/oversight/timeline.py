"""Every change of a reward in words, for the form's timeline: who, when, from what to what, and why, in the reader's language.

Reads what Frappe's Version keeps of each save; writes nothing. Called by the desk through the hook `additional_timeline_content`.
"""

import json

import frappe
from frappe import _
from frappe.utils import escape_html

from referral_hub.rewards.reasons import in_words

SYSTEM = "Administrator"
BY_HAND = frozenset({"by_person", "approved", "approved_with_words"})
OF_MONEY = frozenset(
	{
		"kept_after_all",
		"owed_slip_cancelled",
		"deducted_after_all",
		"deducted_too_much",
		"give_back",
		"paid_otherwise",
	}
)


def of_reward(doctype: str, name: str) -> list[dict]:
	"""Return one line for each move of a reward, oldest first."""
	versions = frappe.get_all(
		"Version",
		{"ref_doctype": doctype, "docname": name},
		["owner", "creation", "data"],
		order_by="creation asc",
	)
	people = _names({row.owner for row in versions})
	lines = [(row.creation, _line(row.owner, people, json.loads(row.data))) for row in versions]
	return [{"icon": "edit", "creation": when, "content": escape_html(line)} for when, line in lines if line]


def _line(owner: str, people: dict[str, str], data: dict) -> str | None:
	changed = {field: (old, new) for field, old, new in data.get("changed") or ()}
	person = people.get(owner) if owner != SYSTEM or _is_by_hand(changed) else None
	if "state" in changed:
		old, new = (_(state, context="Referral Reward") for state in changed["state"])
		moved = _("{0}: {1} → {2}.").format(person or _("By itself"), old, new)
		return " ".join(filter(None, (moved, _why(changed))))
	if "owed_amount" in changed:
		old, new = changed["owed_amount"]
		return _("{0}: still owed {1}, before {2}.").format(person or _("By itself"), new, old)
	if _is_told_without_a_move(changed):
		return _("{0}: {1}", context="Referral Hub").format(person or _("By itself"), _why(changed))
	return None


def _is_by_hand(changed: dict) -> bool:
	"""Say whether a person decided this: jobs run as Administrator too, who may also be a person at the desk."""
	decided = (changed.get(field, (None, None))[1] for field in ("decided_by", "approved_by"))
	return any(decided) or _reason(changed).get("code") in BY_HAND


def _is_told_without_a_move(changed: dict) -> bool:
	"""Say whether a person gave a reason, or money went another way, while the reward stays where it is."""
	old, new = (_parsed(kept).get("reason") or {} for kept in changed.get("explanation") or (None, None))
	return new.get("code") in BY_HAND | OF_MONEY and new != old


def _reason(changed: dict) -> dict:
	_old, explanation = changed.get("explanation") or (None, None)
	return _parsed(explanation).get("reason") or {}


def _why(changed: dict) -> str:
	"""Read the reason from the explanation, which keeps its code; the stored words are in the language of whoever wrote."""
	if reason := _reason(changed):
		return in_words(reason["code"], reason["values"])
	return (changed.get("state_reason") or (None, None))[1] or ""


def _parsed(explanation: str | None) -> dict:
	try:
		return json.loads(explanation or "{}")
	except ValueError:
		return {}  # Version shortens nothing, but other apps may


def _names(users: set[str]) -> dict[str, str]:
	return dict(frappe.get_all("User", {"name": ("in", sorted(users))}, ["name", "full_name"], as_list=True))
