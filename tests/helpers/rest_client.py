"""A web server of the bench on a free loopback port, and people who talk to it over HTTP."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import requests
from live_site import site_name, sites_folder
from requests.adapters import HTTPAdapter
from warm_python import warm_python

if TYPE_CHECKING:
	from spare_site import SpareSite

PATIENCE_SECONDS = 120
SERVED_BY_ANY_NAME = Path(__file__).resolve().parents[2] / "devkit" / "inside"


@contextmanager
def serving(workers: int = 1, site: "SpareSite | None" = None) -> Iterator[str]:
	"""Serve the test site, or another by whatever name it is called and with its files, for as long as the block runs; its address."""
	port = _free_port()
	app = (
		[f"--pythonpath={SERVED_BY_ANY_NAME}", "hub_wsgi:application"] if site else ["frappe.app:application"]
	)
	environment = {**site.environment(), "HUB_SITE": site.name} if site else None
	with TemporaryDirectory() as folder:
		number = Path(folder) / "pid"
		words = [
			f"--bind=127.0.0.1:{port}",
			f"--workers={workers}",
			"--threads=4",
			"--timeout=120",
			"--keep-alive=60",
		]
		server = subprocess.Popen(
			[*warm_python(), "-m", "gunicorn", *words, f"--pid={number}", *app],
			cwd=sites_folder(),
			env=environment,
			stdout=subprocess.DEVNULL,
			stderr=subprocess.DEVNULL,
			start_new_session=True,
		)
		try:
			_wait_until_it_answers(server, port)
			yield f"http://127.0.0.1:{port}"
		finally:
			if server.poll() is None:
				os.kill(int(number.read_text()), signal.SIGTERM)
			server.wait(timeout=30)


def ask(address: str, method: str, path: str, **options) -> requests.Response:
	"""One request of somebody who brings nothing along, and follows no redirect."""
	headers = {"Host": site_name(), **options.pop("headers", {})}
	return requests.request(
		method, address + path, headers=headers, allow_redirects=False, timeout=60, **options
	)


class Person:
	"""Somebody with a session on the test site or another, or a guest. No page is opened, so Frappe asks for no CSRF token."""

	def __init__(
		self,
		address: str,
		user: str | None = None,
		password: str | None = None,
		site: str | None = None,
		way: HTTPAdapter | None = None,
	):
		self.address = address
		self.user = user or "Guest"
		self.session = requests.Session()
		self.session.trust_env = False  # no proxy leads to loopback, and each request would look for one
		if way:
			self.session.mount(address, way)
		self.session.headers.update({"Host": site or site_name(), "Accept": "application/json"})
		if user:
			answer = self.post("/api/method/login", usr=user, pwd=password)
			assert answer.status_code == 200, answer.text

	def get(self, path: str, **params) -> requests.Response:
		return self.session.get(self.address + path, params=params, timeout=60)

	def post(self, path: str, **data) -> requests.Response:
		return self.session.post(self.address + path, json=data, timeout=60)

	def put(self, path: str, **data) -> requests.Response:
		return self.session.put(self.address + path, json=data, timeout=60)

	def delete(self, path: str) -> requests.Response:
		return self.session.delete(self.address + path, timeout=60)


def _wait_until_it_answers(server: subprocess.Popen, port: int) -> None:
	deadline = time.monotonic() + PATIENCE_SECONDS
	while time.monotonic() < deadline:
		if server.poll() is not None:
			raise RuntimeError(f"gunicorn ended with {server.returncode}")
		try:
			if requests.get(
				f"http://127.0.0.1:{port}/api/method/ping", headers={"Host": site_name()}, timeout=60
			).ok:
				return
		except requests.RequestException:
			time.sleep(0.2)
	raise RuntimeError("the web server does not answer")


def _free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]
