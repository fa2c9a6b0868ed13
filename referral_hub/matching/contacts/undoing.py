"""A contact that was deleted a moment ago is brought back by whoever deleted it: from a copy in Redis, which is gone after two minutes.

The copy is encrypted as the contact was and stands in no database and no backup. Whom it is of can't be asked without opening it: so when
somebody is forgotten, every copy goes at once.
"""

from contextlib import suppress

import frappe
from redis.exceptions import RedisError

from referral_hub.matching.contacts import keeping, service

SECONDS = 120
_COPIES = "referral_hub_deleted_contact"


def delete(employee: str, name: str) -> str:
	"""Delete a contact; return the word that brings it back, "" where there was none or no copy could be kept."""
	contact = keeping.read(employee, [name], to_change=True).get(name)
	if not service.delete(employee, name) or not contact:
		return ""
	word = frappe.generate_hash(length=32)
	copy = {"whose": _whose(employee), "sealed": keeping.sealed(contact)}
	with suppress(RedisError):
		frappe.cache.set_value(_key(word), copy, expires_in_sec=SECONDS)
		return word
	return ""


def can_be_brought_back(employee: str, word: str) -> bool:
	return bool(_copy(employee, word))


def bring_back(employee: str, word: str) -> str | None:
	"""Keep the contact again; return its new name, None where its time is over. Whoever was added again meanwhile is them."""
	copy = _copy(employee, word)
	contact = copy and keeping.opened(copy["sealed"])
	if not contact:
		return None
	[(name, _is_new)] = service.keep(employee, [contact])
	with suppress(RedisError):
		frappe.cache.delete_value(_key(word))
	return name


def forget_all() -> None:
	"""Let every copy go: one of them may be of somebody who is forgotten."""
	with suppress(RedisError):
		frappe.cache.delete_keys(_COPIES)


def _copy(employee: str, word: str) -> dict | None:
	"""Return the copy under this word, for the employee and the login that deleted it."""
	copy = None
	with suppress(RedisError):
		copy = frappe.cache.get_value(_key(word), expires=True) if word else None
	return copy if copy and copy["whose"] == _whose(employee) else None


def _whose(employee: str) -> tuple[str, str]:
	return employee, frappe.session.user


def _key(word: str) -> str:
	return f"{_COPIES}:{word}"
