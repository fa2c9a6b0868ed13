"""JavaScript packages of the apps, and the bundles that browsers load. HRMS's own frontends are not built."""

import json
import shutil
from pathlib import Path

from devkit.bench import environment
from devkit.layout import APP, UPSTREAM_APPS, Layout
from devkit.shell import run, step
from devkit.sources import head
from devkit.state import fingerprint, read_json, source_files, update_json, write_json

SOURCE_PATTERNS = ("*.js", "*.css", "*.scss", "*.less", "*.html", "*.vue", "*.ts", "*.svg")


def prepare(layout: Layout) -> None:
	for app in UPSTREAM_APPS:
		step(
			f"{app} has its JavaScript packages",
			lambda a=app: _has_packages(layout, a),
			lambda a=app: _install_packages(layout, a),
		)
	for app in (*UPSTREAM_APPS, APP):
		step(f"{app} has its assets", lambda a=app: _is_built(layout, a), lambda a=app: _build(layout, a))


def _package(layout: Layout, app: str) -> dict:
	"""An app's package.json without what would fetch and build HRMS's mobile and roster frontends."""
	package = read_json(layout.app(app) / "package.json")
	return {
		key: value
		for key, value in package.items()
		if key not in ("workspaces", "scripts", "devDependencies")
	}


def _has_packages(layout: Layout, app: str) -> bool:
	"""Yarn writes its integrity file last."""
	modules = layout.app(app) / "node_modules"
	wanted = _package(layout, app).get("dependencies", {})
	return not wanted or (
		(modules / ".yarn-integrity").exists() and all((modules / name).exists() for name in wanted)
	)


def _install_packages(layout: Layout, app: str) -> None:
	draft = layout.hub / "yarn" / app
	shutil.rmtree(draft, ignore_errors=True)
	draft.mkdir(parents=True)
	write_json(draft / "package.json", _package(layout, app))
	shutil.copy(layout.app(app) / "yarn.lock", draft)
	command = ["yarn", "install", "--non-interactive", "--network-timeout", "120000"]
	run(command, layout.logs / "yarn.log", cwd=draft, env=environment(layout))
	modules = layout.app(app) / "node_modules"
	shutil.rmtree(modules, ignore_errors=True)
	(draft / "node_modules").rename(modules)


def _public(layout: Layout, app: str) -> Path:
	return layout.app(app) / app / "public"


def _sources_of(layout: Layout, app: str) -> str:
	"""What the bundles were made from: a commit, or for our own files their contents."""
	if app != APP:
		return head(layout, app) or ""
	return fingerprint(
		source_files(_public(layout, app), SOURCE_PATTERNS, skip=("dist",)), str(layout.checkout)
	)


def _is_built(layout: Layout, app: str) -> bool:
	"""Built from these sources, every bundle still there, and the link that serves them."""
	if read_json(layout.hub / "assets.json").get(app) != _sources_of(layout, app):
		return False
	link = layout.sites / "assets" / app
	if _public(layout, app).is_dir() and link.resolve() != _public(layout, app).resolve():
		return False
	return all((layout.sites / path).exists() for path in _bundles(layout, app))


def _bundles(layout: Layout, app: str) -> list[str]:
	known = read_json(layout.sites / "assets" / "assets.json").values()
	return [path.lstrip("/") for path in known if path.startswith(f"/assets/{app}/")]


def _build(layout: Layout, app: str) -> None:
	_forget_bundles(layout, app)
	log = layout.logs / "assets.log"
	script = layout.checkout / "devkit" / "inside" / "link_assets.py"
	run([layout.python, script], log, cwd=layout.sites, env=environment(layout))
	run(
		["yarn", "run", "production", "--apps", app],
		log,
		cwd=layout.app("frappe"),
		env={**environment(layout), "NODE_OPTIONS": "--max_old_space_size=3072"},
	)
	update_json(layout.hub / "assets.json", {app: _sources_of(layout, app)})


def _forget_bundles(layout: Layout, app: str) -> None:
	"""Drop the names of bundles that this build may not make again."""
	for name in ("assets.json", "assets-rtl.json"):
		file = layout.sites / "assets" / name
		if file.exists():
			kept = {k: v for k, v in read_json(file).items() if not v.startswith(f"/assets/{app}/")}
			file.write_text(json.dumps(kept, indent=4))
