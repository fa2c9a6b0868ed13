"""The processes behind a site: gunicorn on 127.0.0.1, a job worker, the scheduler."""

import http.client
from contextlib import contextmanager

from devkit.bench import environment
from devkit.layout import Layout
from devkit.ports import Ports, any_free
from devkit.processes import Daemon, recorded
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
	for name in ("scheduler", "worker", "web"):
		_daemon(layout, name).stop()
	return start(layout, site)


@contextmanager
def serving(layout: Layout, site: str):
	"""A web server and a worker for the length of a test run; yields the address."""
	port = any_free()
	web, worker = _daemon(layout, f"web-{site}"), _daemon(layout, f"worker-{site}")
	web.stop()
	worker.stop()
	update_json(layout.site(site) / "site_config.json", {"host_name": address(port)}, mode=0o600)
	try:
		_start_web(layout, web.name, port, site)
		_start_worker(layout, worker.name)
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


def _start_web(layout: Layout, name: str, port: int, site: str) -> None:
	command = [
		layout.bench / "env" / "bin" / "gunicorn",
		f"--bind=127.0.0.1:{port}",
		"--workers=2",
		"--threads=4",
		"--timeout=120",
		f"--chdir={layout.sites}",
		f"--pythonpath={layout.checkout / 'devkit' / 'inside'}",
		"hub_wsgi:application",
	]
	env = {**environment(layout), "HUB_SITE": site}
	daemon = _daemon(layout, name)
	daemon.start(command, f"127.0.0.1:{port}", lambda: answers(port), cwd=layout.sites, env=env)


def _start_worker(layout: Layout, name: str) -> None:
	_start_helper(layout, name, "worker", "--queue", QUEUES)


def _start_scheduler(layout: Layout) -> None:
	_start_helper(layout, "scheduler", "schedule")


def _start_helper(layout: Layout, name: str, *words: str) -> None:
	daemon = _daemon(layout, name)
	command = [layout.python, "-m", "frappe.utils.bench_helper", "frappe", *words]
	daemon.start(
		command,
		"frappe.utils.bench_helper",
		lambda: bool(daemon.pid()),
		cwd=layout.sites,
		env=environment(layout),
	)


def stop_all(layout: Layout) -> None:
	"""Every web server, worker and scheduler that ./dev started in this bench."""
	for daemon in recorded(layout.run, layout.logs):
		if daemon.name.startswith(("web", "worker", "scheduler")) and daemon.stop():
			say(f"[down] {daemon.name}")
