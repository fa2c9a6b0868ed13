"""The bench itself: folders, tools, the Python environment, the apps in it, and this checkout linked in."""

import getpass
import json
import os
import shutil
import sys
from pathlib import Path

from devkit import machine, sources
from devkit.layout import APP, UPSTREAM_APPS, Layout
from devkit.shell import Problem, capture, run, say, step
from devkit.sources import Sources, head
from devkit.state import fingerprint, locked, read_json, update_json, write_text

BENCH_FOLDERS = ("apps", "sites", "sites/assets", "config", "config/pids", "logs", ".hub")
SUPPORTED_PYTHON = ((3, 11), (3, 13))
FALLBACK_PYTHON = "3.12"
ADVICE = "Work there as whoever made that bench, or choose a folder of your own: HUB_BENCH=/path ./dev ..."

PROCFILE = """web: {gunicorn} -b 127.0.0.1:8000 "frappe.app:application_with_statics()" --chdir sites
schedule: bench schedule
worker: bench worker
"""

# Distributions that an installed app asks for and that are not there.
MISSING_REQUIREMENTS = """
import importlib.metadata as metadata, re, sys
def lacks(line):
    try: metadata.version(re.match(r"[A-Za-z0-9._-]+", line).group())
    except metadata.PackageNotFoundError: return True
lines = metadata.requires(sys.argv[1]) or []
print(*[line for line in lines if ";" not in line and lacks(line)], sep="\\n")
"""


def is_ours(layout: Layout) -> bool:
	"""An absent or empty folder may become our bench; one that somebody else filled may not."""
	return layout.hub.is_dir() or not layout.bench.exists() or not any(layout.bench.iterdir())


def check_may_use(layout: Layout, origin: Sources) -> None:
	"""Say within seconds what stands in the way, before anything is written."""
	if not is_ours(layout):
		raise Problem(
			f"{layout.bench} was not made by ./dev. Choose another folder: HUB_BENCH=/path ./dev ..."
		)
	if layout.hub.exists() and layout.hub.stat().st_uid != os.geteuid():
		raise Problem(f"{layout.bench} belongs to another user. {ADVICE}")
	if (
		machine.has_program("git")
		and not sources.all_cloned(layout)
		and (trouble := origin.why_unreachable())
	):
		raise Problem(trouble)


def prepare(layout: Layout, origin: Sources) -> None:
	"""From nothing to a bench whose Python can import the three apps and this checkout."""
	make_folders(layout)
	machine.prepare(layout)
	step("bench and uv", lambda: _has_tools(layout), lambda: _install_tools(layout))
	sources.clone_apps(layout, origin)
	step("Python environment", lambda: _has_env(layout), lambda: _make_env(layout))
	for app in UPSTREAM_APPS:
		step(f"{app} is installed", lambda a=app: _is_installed(layout, a), lambda a=app: _install(layout, a))
	link_checkout(layout)


def make_folders(layout: Layout) -> None:
	for folder in BENCH_FOLDERS:
		(layout.bench / folder).mkdir(parents=True, exist_ok=True)
	update_json(layout.sites / "common_site_config.json", _common_config(layout), mode=0o600)
	if not (layout.bench / "Procfile").exists():
		write_text(layout.bench / "Procfile", PROCFILE.format(gunicorn="env/bin/gunicorn"))


def _common_config(layout: Layout) -> dict:
	"""Only what is not there yet: people may change their bench. The user is what lets `bench` run as root."""
	wanted = {
		"background_workers": 1,
		"developer_mode": 0,
		"dns_multitenant": True,
		"frappe_user": getpass.getuser(),
		"live_reload": False,
		"rebase_on_pull": False,
		"restart_supervisor_on_update": False,
		"restart_systemd_on_update": False,
		"serve_default_site": True,
		"shallow_clone": True,
	}
	# without its socket, even one that nobody answers, the desk of Frappe 15 shows no list
	return {**wanted, **read_json(layout.sites / "common_site_config.json"), "disable_async": 0}


def environment(layout: Layout) -> dict:
	"""For every process in the bench: this checkout's code, also while another checkout is linked in."""
	return {
		"PATH": machine.search_path(layout),
		"PYTHONPATH": str(layout.checkout),
		"FRAPPE_BENCH_ROOT": str(layout.bench),
		"PYTHONDONTWRITEBYTECODE": "",
	}


def bench_command(layout: Layout, *words: str, log: str = "bench.log", env: dict | None = None) -> None:
	"""Run the `bench` program in our bench."""
	run(
		[layout.tools / "bin" / "bench", *words],
		layout.logs / log,
		cwd=layout.bench,
		env={**environment(layout), **(env or {})},
	)


def has_command(layout: Layout, name: str) -> bool:
	"""Does an installed app offer this bench command?"""
	listing = capture(
		[layout.python, "-m", "frappe.utils.bench_helper", "get-frappe-commands"],
		cwd=layout.sites,
		env=environment(layout),
	)
	return name in json.loads(listing or "[]")


def _has_tools(layout: Layout) -> bool:
	programs = (layout.tools / "bin" / name for name in ("bench", "uv"))
	return all(capture([program, "--version"], cwd=layout.hub) for program in programs)


def _install_tools(layout: Layout) -> None:
	log = layout.logs / "tools.log"
	shutil.rmtree(layout.tools, ignore_errors=True)
	run([sys.executable, "-m", "venv", layout.tools], log)
	run([layout.tools / "bin" / "python", "-m", "pip", "install", "-q", "frappe-bench>=5.25", "uv"], log)


def _has_env(layout: Layout) -> bool:
	return capture([layout.python, "-c", "import sys, pip"]) is not None


def _make_env(layout: Layout) -> None:
	oldest, newest = SUPPORTED_PYTHON
	python = sys.executable if oldest <= sys.version_info[:2] <= newest else FALLBACK_PYTHON
	shutil.rmtree(layout.bench / "env", ignore_errors=True)
	_uv(layout, "venv", "--seed", "--python", python, layout.bench / "env")


def _uv(layout: Layout, *words) -> None:
	run([layout.tools / "bin" / "uv", *words], layout.logs / "python.log", env=environment(layout))


def pip_install(layout: Layout, *words) -> None:
	_uv(layout, "pip", "install", "--python", layout.python, *words)


def _installed_file(layout: Layout) -> Path:
	return layout.hub / "installed.json"


def _is_installed(layout: Layout, app: str) -> bool:
	"""Installed at the commit that is checked out, and nothing it asks for has gone since."""
	if read_json(_installed_file(layout)).get(app) != head(layout, app):
		return False
	return capture([layout.python, "-c", MISSING_REQUIREMENTS, app], cwd=layout.hub) == ""


def _install(layout: Layout, app: str) -> None:
	pip_install(layout, "-e", layout.app(app))
	_register(layout, app)
	update_json(_installed_file(layout), {app: head(layout, app)})


def _register(layout: Layout, app: str) -> None:
	"""A line in sites/apps.txt, in the order the apps build on each other."""
	file = layout.sites / "apps.txt"
	lines = file.read_text().split() if file.exists() else []
	known = [*UPSTREAM_APPS, APP]
	names = {*lines, app}
	ordered = [name for name in known if name in names] + [name for name in lines if name not in known]
	if ordered != lines:
		write_text(file, "\n".join(ordered) + "\n")


def _pyproject(layout: Layout) -> str:
	return fingerprint(
		[layout.checkout / "pyproject.toml", layout.checkout / APP / "__init__.py"], str(layout.checkout)
	)


def is_linked(layout: Layout) -> bool:
	link = layout.app(APP)
	if not link.is_symlink() or link.resolve() != layout.checkout:
		return False
	if read_json(_installed_file(layout)).get(APP) != _pyproject(layout):
		return False
	origin = capture([layout.python, "-c", f"import {APP}; print({APP}.__file__)"], cwd=layout.hub)
	return bool(origin) and Path(origin).resolve().is_relative_to(layout.checkout)


def link_checkout(layout: Layout) -> None:
	step(f"this checkout is linked in ({layout.checkout})", lambda: is_linked(layout), lambda: _link(layout))


def checkout_lock(layout: Layout) -> Path:
	"""The lock file that says whose checkout is linked in: shared while its tests run, alone to link another."""
	return layout.hub / "checkout.lock"


def _link(layout: Layout) -> None:
	with locked(checkout_lock(layout)):
		_link_anew(layout)


def _link_anew(layout: Layout) -> None:
	link = layout.app(APP)
	if link.is_symlink() or link.is_file():
		if link.resolve() != layout.checkout:
			say(f"         instead of {link.resolve()}")
		link.unlink()
	elif link.exists():
		raise Problem(f"{link} is a folder of its own; move it away, then ./dev links this checkout there.")
	link.symlink_to(layout.checkout, target_is_directory=True)
	pip_install(layout, "-e", f"{layout.checkout}[test]")
	_register(layout, APP)
	update_json(_installed_file(layout), {APP: _pyproject(layout)})
