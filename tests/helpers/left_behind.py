"""Where words of a person are left: in a dump of the whole database, in the site's files, in Redis."""

import gzip
import json
import zlib
from pathlib import Path

import frappe
from frappe.utils.background_jobs import get_redis_conn
from redis import Redis
from spare_site import SpareSite


class Traces:
	"""Words that nobody else in a database has, as they are written and as JSON escapes them."""

	def __init__(self, *words: str):
		written = {word.lower() for word in words}
		written |= {json.dumps(word)[1:-1] for word in written}
		self.words = tuple(word.encode() for word in sorted(written))

	def held_by(self, content: bytes) -> list[str]:
		return [word.decode() for word in self.words if word in content.lower()]

	def in_dump(self, folder: Path, site: SpareSite) -> list[str]:
		"""The lines of a dump, as Frappe makes one, in which the person stands."""
		path = folder / "whole.sql.gz"
		path.unlink(missing_ok=True)
		site.bench("backup", "--backup-path-db", str(path))
		with gzip.open(path) as dump:
			return [f"{line[:60]!r}: {found}" for line in dump if (found := self.held_by(line))]

	def in_files(self, site: str) -> list[str]:
		"""The files in which they stand, also packed ones, or that are named by them."""
		folder = Path(frappe.get_site_path()).parent.joinpath(site)
		kept = [path for path in folder.rglob("*") if path.is_file() and "backups" not in path.parts]
		return [
			str(path) for path in kept if self.held_by(path.name.encode()) or self.held_by(_content(path))
		]

	def in_redis(self) -> list[str]:
		"""The keys in which the person stands, of the cache and of the queue."""
		return [found for redis in (frappe.cache, get_redis_conn()) for found in self._keys_holding(redis)]

	def _keys_holding(self, redis: Redis) -> list[str]:
		readers = {
			b"string": lambda key: [redis.execute_command("GET", key)],
			b"list": lambda key: redis.execute_command("LRANGE", key, 0, -1),
			b"hash": lambda key: [
				part for pair in redis.execute_command("HGETALL", key).items() for part in pair
			],
			b"set": lambda key: redis.execute_command("SMEMBERS", key),
		}
		found, ours = [], (f"{frappe.conf.db_name}|*", f"*{frappe.local.site}*")
		for key in [key for pattern in ours for key in redis.scan_iter(match=pattern, count=1000)]:
			values = readers.get(redis.type(key), lambda _key: [])(key)
			if any(
				self.held_by(part) or self.held_by(_unpacked(part)) for part in [key, *filter(None, values)]
			):
				found.append(key.decode(errors="replace"))
		return found


def _content(path: Path) -> bytes:
	content = path.read_bytes()
	return gzip.decompress(content) if path.suffix == ".gz" else content


def _unpacked(value: bytes) -> bytes:
	try:
		return zlib.decompress(value)
	except zlib.error:
		return b""
