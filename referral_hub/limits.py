"""Limits for what guests can call: so many times per identity and span of time, counted in Redis.

Identities are what tells people apart (a code, a contact, a visitor); the address alone only with generous limits, since a
factory shares one. Without Redis everything is let through: whoever can't be counted is not turned away.
"""

from hashlib import sha256

import frappe
from redis.exceptions import RedisError

HOUR = 3600


def within(what: str, identity: str | None, most: int, seconds: int = HOUR) -> bool:
	"""Count one more and say whether it is still within the limit; nobody is no one's limit."""
	if not identity:
		return True
	key = frappe.cache.make_key(f"referral_hub_limit:{what}:{sha256(identity.encode()).hexdigest()}")
	try:
		count = _count(key, seconds)
	except RedisError:
		return True
	return count <= most


def _count(key, seconds: int) -> int:
	"""Count in one step with the end of the span: whoever dies in between leaves no counter that stays for ever."""
	together = frappe.cache.pipeline(transaction=True)
	together.set(key, 0, ex=seconds, nx=True)
	together.incrby(key, 1)
	_began, count = together.execute()
	return count


def address() -> str:
	return getattr(frappe.local, "request_ip", None) or ""
