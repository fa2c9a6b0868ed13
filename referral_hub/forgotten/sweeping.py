"""Takes a person out of what the site keeps in Redis: caches, the queue of the search, and jobs that are over.

The queue of the search would write what is deleted back into the database; a cached document outlives its row. Jobs that wait or run are
left alone: they find nobody, and Redis forgets a finished job by itself after minutes.
"""

import json
import zlib
from collections.abc import Iterable

import frappe
from frappe.utils.background_jobs import get_redis_conn
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus

from referral_hub.background import after_commit

# in bytes: a shorter name stands in every other value, and sweeping them all would only cost time
_SHORTEST = 4
_SEARCH_QUEUE = "global_search_queue"
_OVER = frozenset({JobStatus.FINISHED, JobStatus.FAILED, JobStatus.CANCELED, JobStatus.STOPPED})


def sweep_now_and_after_commit(certain: Iterable[str], names: Iterable[str]) -> None:
	"""Sweep twice: another process may read the person into a cache until this is committed.

	`certain` can mean nobody else: contacts, and names of records. `names` are removed from caches, which only costs time.
	"""
	certain, names = _needles(certain), [name for name in _needles(names) if len(name) >= _SHORTEST]
	after_commit(lambda: _sweep(certain, names))
	try:
		_sweep(certain, names)
	except RedisError:
		frappe.logger("referral_hub").warning("No Redis to take a person out of")


def leave_search_queue(doctype: str, names: Iterable[str]) -> None:
	"""Take rows that are deleted out of the queue of the search, which knows them by what they said."""
	gone, key = set(names), frappe.cache.make_key(_SEARCH_QUEUE)
	try:
		for item in frappe.cache.execute_command("LRANGE", key, 0, -1):
			said = json.loads(item)
			if said.get("doctype") == doctype and said.get("name") in gone:
				frappe.cache.execute_command("LREM", key, 0, item)
	except RedisError:
		frappe.logger("referral_hub").warning("No Redis to take a person out of")


def _sweep(certain: list[bytes], names: list[bytes]) -> None:
	for key in list(frappe.cache.scan_iter(match=f"{frappe.conf.db_name}|*", count=1000)):
		_sweep_key(key, certain, certain + names)
	_sweep_jobs(certain + names)


def _sweep_key(key: bytes, certain: list[bytes], cached: list[bytes]) -> None:
	redis, kind = frappe.cache, frappe.cache.type(key)
	call = redis.execute_command
	if kind == b"list":
		for item in call("LRANGE", key, 0, -1):
			if _holds(item, certain):
				call("LREM", key, 0, item)
	elif kind == b"hash":
		pairs = call("HGETALL", key)
		for field, value in pairs.items():
			if _holds(field, cached) or _holds(value, cached):
				call("HDEL", key, field)
	elif kind == b"set":
		for item in call("SMEMBERS", key):
			if _holds(item, cached):
				call("SREM", key, item)
	elif _holds(key, cached) or (kind == b"string" and _holds(call("GET", key) or b"", cached)):
		call("DEL", key)


def _sweep_jobs(needles: list[bytes]) -> None:
	connection = get_redis_conn()
	for key in list(
		connection.scan_iter(match=f"{Job.redis_job_namespace_prefix}{frappe.local.site}*", count=1000)
	):
		if not any(_holds(_unpacked(value), needles) for value in connection.hgetall(key).values()):
			continue
		try:
			job = Job.fetch(key.decode().removeprefix(Job.redis_job_namespace_prefix), connection=connection)
		except NoSuchJobError:
			continue
		if job.get_status() in _OVER:
			job.delete()


def _needles(texts: Iterable[str]) -> list[bytes]:
	written = {text for text in texts if text}
	escaped = {json.dumps(text)[1:-1] for text in written}
	return [text.lower().encode() for text in sorted(written | escaped)]


def _holds(value: bytes, needles: list[bytes]) -> bool:
	lowered = value.lower()
	return any(needle in lowered for needle in needles)


def _unpacked(value: bytes) -> bytes:
	"""Return what a job was called with as it can be searched: RQ packs it."""
	try:
		return zlib.decompress(value)
	except zlib.error:
		return value
