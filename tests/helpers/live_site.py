"""A live site in this process: connect, leave nothing behind, run queued jobs.

`./dev test` says which site by HUB_BENCH and HUB_TEST_SITE. Both groups, tests/site and tests/browser, use this file.
"""

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import frappe
from frappe.utils.background_jobs import get_queue
from frappe.utils.doctor import purge_pending_jobs
from kept_caches import forget_changed, kept_caches
from new_rows import delete_new_rows, row_names
from warm_python import warm_python

QUEUES = "short,default,long"

# Values in Redis that are computed from rows and would outlive a rollback.
CACHES_OF_ROWS = ("user_permissions", "roles", "has_role:Report", "has_role:Page", "home_page", "bootinfo")


def site_name() -> str:
	name = os.environ.get("HUB_TEST_SITE")
	if not name:
		raise RuntimeError("HUB_TEST_SITE is not set: run these tests with ./dev test")
	if os.environ.get("PYTEST_XDIST_WORKER") and not os.environ.get("HUB_LANES"):
		raise RuntimeError("Two processes would share one site: run these tests with ./dev test --lanes 2")
	return name


def sites_folder() -> Path:
	return Path(os.environ["HUB_BENCH"]) / "sites"


@contextmanager
def connection():
	"""Be on the test site as Administrator, in the bench's sites folder as every Frappe process is."""
	before = Path.cwd()
	os.chdir(sites_folder())
	frappe.init(site=site_name(), sites_path=".")
	if not frappe.conf.allow_tests:
		raise RuntimeError(f"{site_name()} does not allow tests (allow_tests in its site_config.json)")
	frappe.connect()
	try:
		with kept_caches():
			become_administrator()
			yield
	finally:
		frappe.destroy()
		os.chdir(before)


def become_administrator() -> None:
	frappe.set_user("Administrator")
	frappe.local.lang = "en"


def undo() -> None:
	"""Roll back, and forget what was computed from rows that are gone."""
	frappe.db.rollback()
	forget_changed()
	frappe.cache.delete_value(list(CACHES_OF_ROWS))
	frappe.cache.delete_key("defaults")
	frappe.clear_document_cache("")
	forget_request()


def forget_request() -> None:
	"""What belongs to one request or job, which one test is."""
	frappe.local.cache = {}
	frappe.local.role_permissions = {}
	frappe.local.user_perms = None
	frappe.local.dynamic_link_map = None
	frappe.local.message_log = []
	frappe.local.error_log = []
	frappe.local.response = frappe._dict({"docs": []})
	frappe.local.form_dict = frappe._dict()
	for name in ("request_cache", "system_settings", "website_settings", "request", "job"):
		if hasattr(frappe.local, name):
			delattr(frappe.local, name)


class Commits:
	"""For tests that must commit: whatever rows they (or processes they start) add are deleted afterwards.

	Changes to rows that were there before are not undone: use `at_end` for those.
	"""

	def __init__(self):
		self._endings: list[Callable[[], object]] = []
		purge_pending_jobs(site=frappe.local.site)
		frappe.db.commit()
		self._before = row_names()

	def commit(self) -> None:
		frappe.db.commit()

	def at_end(self, undo_something: Callable[[], object]) -> None:
		self._endings.append(undo_something)

	def run_jobs(self) -> None:
		"""Commit, and run what is queued in a worker process of its own until nothing waits or runs anywhere.

		The server of the browser tests has a worker too: a job it took may still run, and may queue another.
		"""
		frappe.db.commit()
		self._run_worker()
		deadline = time.monotonic() + 60
		while _is_busy() and time.monotonic() < deadline:
			time.sleep(0.2)
			self._run_worker()
		frappe.db.rollback()

	def _run_worker(self) -> None:
		command = [
			*warm_python(),
			"-m",
			"frappe.utils.bench_helper",
			"frappe",
			"worker",
			"--queue",
			QUEUES,
			"--burst",
		]
		subprocess.run(command, cwd=sites_folder(), check=True, capture_output=True, timeout=300)

	def clean_up(self) -> None:
		frappe.db.rollback()
		become_administrator()
		for ending in reversed(self._endings):
			ending()
		purge_pending_jobs(site=frappe.local.site)
		frappe.db.commit()  # to see what other processes wrote until now
		delete_new_rows(self._before)
		frappe.db.commit()
		frappe.clear_cache()
		forget_request()


def _is_busy() -> bool:
	queues = [get_queue(name) for name in QUEUES.split(",")]
	return any(queue.count or queue.started_job_registry.count for queue in queues)
