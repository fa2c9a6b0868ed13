"""Lanes: a test site with Redis processes of its own, for one process of tests at a time.

A lane disturbs nobody and is disturbed by nobody: neither by the site of `./dev up`, whose worker and scheduler read another
queue, nor by the lane beside it. Its Redis processes end with the run, also when the run is killed.
"""

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from devkit.layout import Layout
from devkit.ports import any_free
from devkit.processes import Daemon
from devkit.servers import redis_command, redis_ping

MOST_LANES = 2


@dataclass(frozen=True)
class Lane:
	site: str
	cache_port: int
	queue_port: int

	def environment(self) -> dict:
		"""Frappe prefers these to what its config files say."""
		return {
			"HUB_TEST_SITE": self.site,
			"FRAPPE_REDIS_CACHE": f"redis://127.0.0.1:{self.cache_port}",
			"FRAPPE_REDIS_QUEUE": f"redis://127.0.0.1:{self.queue_port}",
		}


def lane_sites(site: str, lanes: int) -> list[str]:
	"""The names of the sites side by side: hub-test.localhost, hub-test-2.localhost."""
	stem, dot, domain = site.partition(".")
	return [site, *(f"{stem}-{number}{dot}{domain}" for number in range(2, lanes + 1))]


def sensible_lanes(for_many_tests: bool) -> int:
	"""Two where two processors are; one for a few tests: a second site takes longer than they do."""
	return min(MOST_LANES, os.cpu_count() or 1) if for_many_tests else 1


@contextmanager
def open_lane(layout: Layout, site: str):
	with ExitStack() as stack:
		ports = [
			stack.enter_context(_redis(layout, f"{kind}-{site}")) for kind in ("redis_cache", "redis_queue")
		]
		yield Lane(site, *ports)


@contextmanager
def _redis(layout: Layout, name: str):
	daemon = Daemon(name, layout.run, layout.logs / f"{name}.log")
	daemon.stop()
	port = any_free()
	command = redis_command(layout, name, port)
	try:
		daemon.start(command, f"127.0.0.1:{port}", lambda: redis_ping(port), outlives_us=False)
		yield port
	finally:
		daemon.stop()
