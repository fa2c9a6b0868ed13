"""Chooses ports on 127.0.0.1 and remembers the choice; a remembered port stays unless somebody else took it."""

import socket
from collections.abc import Callable, Collection
from pathlib import Path

from devkit.state import read_json, update_json

DEFAULTS = {"mariadb": 23306, "redis_cache": 23311, "redis_queue": 23312, "web": 8010}


def is_free(port: int) -> bool:
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("127.0.0.1", port))
		except OSError:
			return False
	return True


def choose(wanted: int, taken: Collection[int], free: Callable[[int], bool] = is_free) -> int:
	"""The wanted port, or the next one that is free and not promised to another of our servers."""
	for port in range(wanted, wanted + 500):
		if port not in taken and free(port):
			return port
	raise OSError(f"No free port from {wanted} on")


def any_free() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


class Ports:
	"""The bench's ports by server name."""

	def __init__(self, file: Path):
		self.file = file

	def get(self, name: str) -> int:
		return read_json(self.file).get(name) or self.renew(name)

	def renew(self, name: str) -> int:
		"""Choose again: the server is down and may be started on another port."""
		known = read_json(self.file)
		others = {port for key, port in known.items() if key != name}
		port = choose(known.get(name) or DEFAULTS[name], others)
		update_json(self.file, {name: port})
		return port
