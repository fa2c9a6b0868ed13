"""The processes behind a site: gunicorn on 127.0.0.1, a job worker, the scheduler."""

import http.client
from contextlib import contextmanager

from devkit.bench import environment
from devkit.layout import Layout
from devkit.ports import Ports, any_free
from devkit.processes import Daemon
from devkit.servers import OPEN_DAEMONS
from devkit.shell import say, step
from devkit.state import update_json

OPEN_SITE = "hub.localhost"
QUEUES = "short,default,long"


def start(layout: Layout, site: str) -> str:
	"""Serve the site that people look at; its address."""
	ports = Ports(layout.hub / "ports.json")

	def is_up() -> bool:
		return bool(_daemon(layout, "web").pid()) and answers(ports.get("web"))

	def up() -> None:
		_daemon(layout, "web").stop()
		port = ports.renew("web")
		update_json(layout.site(site) / "site_config.json", {"host_name": address(port)}, mode=0o600)
		_start_web(layout, "web", port, site)

	step("web server", is_up, up)
	step("job worker", lambda: bool(_daemon(layout, "worker").pid()), lambda: _start_worker(layout, "worker"))
	step("scheduler", lambda: bool(_daemon(layout, "scheduler").pid()), lambda: _start_scheduler(layout))
	return address(ports.get("web"))


def restart(layout: Layout, site: str) -> str:
	"""For code or a site that changed under the running processes."""
	for name in OPEN_DAEMONS:
		_daemon(layout, name).stop()
	return start(layout, site)


@contextmanager
def serving(layout: Layout, site: str, lane: dict):
	"""A web server and a worker for the length of a test run, in the lane's environment; yields the address."""
	port = any_free()
	web, worker = _daemon(layout, f"web-{site}"), _daemon(layout, f"worker-{site}")
	web.stop()
	worker.stop()
	update_json(layout.site(site) / "site_config.json", {"host_name": address(port)}, mode=0o600)
	try:
		_start_web(layout, web.name, port, site, lane)
		_start_worker(layout, worker.name, lane)
		yield address(port)
	finally:
		worker.stop()
		web.stop()


def address(port: int) -> str:
	return f"http://127.0.0.1:{port}"


def answers(port: int) -> bool:
	connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
	try:
		connection.request("GET", "/api/method/ping")
		return connection.getresponse().status == 200
	except (OSError, http.client.HTTPException):
		return False
	finally:
		connection.close()


def _daemon(layout: Layout, name: str) -> Daemon:
	return Daemon(name, layout.run, layout.logs / f"{name}.log")


def _start_web(layout: Layout, name: str, port: int, site: str, lane: dict | None = None) -> None:
	"""For people, or in a test run's lane: then it ends with the run, and makes once what every request would make anew."""
	inside, helpers = layout.checkout / "devkit" / "inside", layout.checkout / "tests" / "helpers"
	command = [
		layout.bench / "env" / "bin" / "gunicorn",
		f"--bind=127.0.0.1:{port}",
		"--workers=2",
		"--threads=4",
		"--timeout=120",
		f"--chdir={layout.sites}",
		f"--pythonpath={inside},{helpers}" if lane else f"--pythonpath={inside}",
		"tests_wsgi:application" if lane else "hub_wsgi:application",
	]
	env = {**environment(layout), **(lane or {}), "HUB_SITE": site}
	_daemon(layout, name).start(
		command,
		f"--chdir={layout.sites}",
		lambda: answers(port),
		cwd=layout.sites,
		env=env,
		outlives_us=lane is None,
	)


def _start_worker(layout: Layout, name: str, lane: dict | None = None) -> None:
	_start_helper(layout, name, ["worker", "--queue", QUEUES], lane)


def _start_scheduler(layout: Layout) -> None:
	_start_helper(layout, "scheduler", ["schedule"])


def _start_helper(layout: Layout, name: str, words: list[str], lane: dict | None = None) -> None:
	daemon = _daemon(layout, name)
	daemon.start(
		[layout.python, "-m", "frappe.utils.bench_helper", "frappe", *words],
		str(layout.python),
		lambda: bool(daemon.pid()),
		cwd=layout.sites,
		env={**environment(layout), **(lane or {})},
		outlives_us=lane is None,
	)


def stop(layout: Layout) -> None:
	"""The web server, worker and scheduler of `./dev up`."""
	for name in OPEN_DAEMONS:
		if _daemon(layout, name).stop():
			say(f"[down] {name}")
