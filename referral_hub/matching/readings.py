"""Descriptions of openings, read once for all processes: kept in Redis and in the process, under a fingerprint of the text and the words in use.

What is not kept, or Redis away, is read again: slower, never wrong. A changed description or vocabulary has another fingerprint.
"""

import json
from collections import OrderedDict
from hashlib import sha256

import frappe
import redis

from referral_hub import __version__
from referral_hub.matching.rules.pool import pooling
from referral_hub.matching.rules.pool.pooling import Reading
from referral_hub.matching.rules.vocabulary import Vocabulary

_PREFIX = "referral_hub_reading:"
_KEPT_SECONDS = 30 * 24 * 3600
_MOST_IN_PROCESS = 4096
_read: OrderedDict[str, Reading] = OrderedDict()


def of(descriptions: list[str], vocabulary: Vocabulary) -> list[Reading]:
	"""Return the readings of descriptions, in their order."""
	keys = [_key(description, vocabulary) for description in descriptions]
	found = {key: _read[key] for key in keys if key in _read}
	found |= _kept([key for key in dict.fromkeys(keys) if key not in found])
	new = {}
	for key, description in zip(keys, descriptions, strict=True):
		if key not in found:
			found[key] = new[key] = pooling.read(description, vocabulary)
	_keep(new)
	_remember(found)
	return [found[key] for key in keys]


def _key(description: str, vocabulary: Vocabulary) -> str:
	whole = f"{__version__}\n{vocabulary.digest}\n{description}"
	return _PREFIX + sha256(whole.encode()).hexdigest()


def _kept(keys: list[str]) -> dict[str, Reading]:
	if not keys:
		return {}
	try:
		values = frappe.cache.mget([frappe.cache.make_key(key) for key in keys])
	except redis.exceptions.RedisError:
		return {}
	pairs = zip(keys, values, strict=True)
	return {key: Reading.of_json(json.loads(value)) for key, value in pairs if value}


def _keep(new: dict[str, Reading]) -> None:
	if not new:
		return
	try:
		pipe = frappe.cache.pipeline()
		for key, reading in new.items():
			pipe.set(frappe.cache.make_key(key), json.dumps(reading.as_json()), ex=_KEPT_SECONDS)
		pipe.execute()
	except redis.exceptions.RedisError:
		return


def _remember(found: dict[str, Reading]) -> None:
	for key, reading in found.items():
		_read[key] = reading
		_read.move_to_end(key)
	while len(_read) > _MOST_IN_PROCESS:
		_read.popitem(last=False)
