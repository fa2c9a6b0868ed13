"""Tests in a real Chromium against the test site, served by gunicorn with developer mode off.

Data is made with the same factories as in tests/site, committed, and deleted after the test (`commits`).
Any error in a page's console, and any answer of 500, fails the test that saw it.
"""

import os
import re
from pathlib import Path

import frappe
import pytest
from browser_pages import Watch, find_violations, log_in
from live_site import Commits, become_administrator, connection, forget_request
from playwright.sync_api import sync_playwright
from site_factories import PASSWORD

SCREENSHOTS = Path(__file__).resolve().parents[2] / ".dev" / "screenshots"
CHROMIUM_FLAGS = (
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--no-first-run",
)
DEVICES = {
	"desktop": {"viewport": {"width": 1366, "height": 900}},
	"phone": {
		"viewport": {"width": 390, "height": 844},
		"device_scale_factor": 2,
		"is_mobile": True,
		"has_touch": True,
	},
}
PATIENCE_MS = 20_000


@pytest.fixture(scope="session")
def base_url() -> str:
	return os.environ["HUB_BASE_URL"]


@pytest.fixture(scope="session")
def browser():
	with sync_playwright() as playwright:
		chromium = playwright.chromium.launch(
			executable_path=os.environ["HUB_CHROMIUM"], args=list(CHROMIUM_FLAGS)
		)
		yield chromium
		chromium.close()


@pytest.fixture(scope="session", autouse=True)
def site():
	with connection():
		yield frappe.local.site


@pytest.fixture
def commits(site):
	"""Make people and documents, then `commits.commit()` so that the browser sees them; they are deleted at the end."""
	forget_request()
	become_administrator()
	helper = Commits()
	yield helper
	helper.clean_up()


@pytest.fixture
def watch():
	"""What went wrong in the pages of this test; `watch.expect("regex")` for an error that is meant."""
	watcher = Watch()
	yield watcher
	assert not watcher.unexpected(), "The pages complained:\n" + "\n".join(watcher.unexpected())


@pytest.fixture
def new_context(browser, base_url, watch, request):
	"""Opens a browser window of its own: `new_context("phone", locale="zh-CN")`."""
	opened = []

	def open_context(device: str = "desktop", **options):
		context = browser.new_context(base_url=base_url, **{"locale": "en-US", **DEVICES[device], **options})
		context.set_default_timeout(PATIENCE_MS)
		watch.follow(context)
		opened.append(context)
		return context

	yield open_context
	if getattr(request.node, "failed_call", False):
		_picture_all(opened, request.node.nodeid)
	for context in opened:
		context.close()


@pytest.fixture
def desktop(new_context):
	return new_context("desktop")


@pytest.fixture
def phone(new_context):
	return new_context("phone")


@pytest.fixture
def page_as(new_context):
	"""A page of somebody who is logged in: `page_as(employee.user_id)`, `page_as("Administrator", "phone")`."""

	def open_page(user: str, device: str = "desktop", password: str | None = None, **options):
		context = new_context(device, **options)
		administrator = os.environ["HUB_ADMIN_PASSWORD"]
		log_in(context, user, password or (administrator if user == "Administrator" else PASSWORD))
		return context.new_page()

	return open_page


@pytest.fixture
def guest_page(new_context):
	"""A page of somebody who is not logged in: `guest_page("phone")`."""
	return lambda device="desktop", **options: new_context(device, **options).new_page()


@pytest.fixture
def axe():
	"""`axe(page)` fails when axe-core finds a barrier; `axe(page, within="main")` looks at a part only."""

	def check(page, within: str | None = None, but: tuple[str, ...] = ()) -> None:
		violations = find_violations(page, Path(os.environ["HUB_AXE"]), within, but)
		assert not violations, f"axe on {page.url}:\n" + "\n".join(violations)

	return check


@pytest.fixture
def screenshot():
	"""`screenshot(page, "wallet-phone")` writes .dev/screenshots/wallet-phone.png and returns its path."""

	def take(page, name: str) -> Path:
		SCREENSHOTS.mkdir(parents=True, exist_ok=True)
		path = SCREENSHOTS / f"{name}.png"
		page.screenshot(path=path, full_page=True)
		return path

	return take


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
	report = yield
	if call.when == "call":
		item.failed_call = report.failed
	return report


def _picture_all(contexts: list, test: str) -> None:
	"""What a failed test saw last."""
	SCREENSHOTS.mkdir(parents=True, exist_ok=True)
	name = "failed-" + re.sub(r"\W+", "-", test.split("/")[-1])
	pages = [page for context in contexts for page in context.pages]
	for number, page in enumerate(pages, 1):
		page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)
