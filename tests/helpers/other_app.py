"""The example app (tests/helpers/example_app) on the path and installed beside ours, for as long as a test lasts."""

from collections.abc import Callable
from pathlib import Path

import frappe
import pytest

APP = "hub_parking"
PACKAGE = Path(__file__).resolve().parent / "example_app"


def install(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
	"""Install it; what is returned uninstalls it again, and has to be called."""
	monkeypatch.syspath_prepend(str(PACKAGE))
	apps = frappe.get_installed_apps
	monkeypatch.setattr(frappe, "get_installed_apps", lambda **how: [*apps(**how), APP])
	_forget_hooks()

	def uninstall() -> None:
		monkeypatch.setattr(frappe, "get_installed_apps", apps)
		_forget_hooks()

	return uninstall


def _forget_hooks() -> None:
	frappe.cache.delete_value("app_hooks")
	frappe.local.request_cache.clear() if hasattr(frappe.local, "request_cache") else None
