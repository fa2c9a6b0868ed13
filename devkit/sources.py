"""Where Frappe, ERPNext and HRMS come from: the official upstream, or what --apps-from names."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devkit.layout import BRANCH, UPSTREAM_APPS, Layout
from devkit.shell import Problem, capture, run, step
from devkit.state import read_json, write_json

UPSTREAM = "https://github.com/frappe"
ANSWER_SECONDS = 12
QUIET_GIT = {"GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=8"}


@dataclass(frozen=True)
class Sources:
	"""A folder or base address that holds frappe, erpnext and hrms as git repositories."""

	base: str

	def address(self, app: str) -> str:
		return f"{self.base.rstrip('/')}/{app}"

	def why_unreachable(self) -> str | None:
		"""None when every app answers and has our branch; else what to do, in words."""
		if not shutil.which("git"):
			return "git is missing; ./dev up installs it (Debian and Ubuntu)."
		for app in UPSTREAM_APPS:
			if problem := self._problem(app):
				return f"{self.address(app)} {problem}. {ADVICE}"
		return None

	def _problem(self, app: str) -> str | None:
		"""What git says in its first line, when it does not find the branch."""
		question = ["git", "ls-remote", *self.trust(app), "--heads", self.address(app), BRANCH]
		try:
			answer = subprocess.run(
				question,
				env={**os.environ, **QUIET_GIT},
				stdin=subprocess.DEVNULL,
				capture_output=True,
				text=True,
				timeout=ANSWER_SECONDS,
			)
		except subprocess.TimeoutExpired:
			return f"cannot be reached (no answer within {ANSWER_SECONDS} seconds)"
		if answer.returncode:
			return f"cannot be reached ({answer.stderr.strip().partition(chr(10))[0]})"
		return None if answer.stdout else f"has no branch {BRANCH}"

	def trust(self, app: str) -> list[str]:
		"""Git does not read a folder that belongs to somebody else; naming it with --apps-from says that it may."""
		folder = Path(self.address(app))
		if not folder.is_dir() or folder.stat().st_uid == os.geteuid():
			return []
		return ["--upload-pack=git -c safe.directory=* upload-pack"]


ADVICE = (
	"Connect to the network, or name a folder or base address that holds the git repositories "
	f"{', '.join(UPSTREAM_APPS)} (branch {BRANCH}): --apps-from /path/to/folder or --apps-from https://mirror.example/git"
)


def choose_sources(layout: Layout, apps_from: str | None) -> Sources:
	"""What was asked for, else what this bench was begun with, else upstream."""
	if apps_from:
		return Sources(os.path.abspath(apps_from) if os.path.isdir(apps_from) else apps_from)
	return Sources(read_json(layout.hub / "sources.json").get("base") or UPSTREAM)


def remember_sources(layout: Layout, sources: Sources) -> None:
	write_json(layout.hub / "sources.json", {"base": sources.base})


def is_cloned(layout: Layout, app: str) -> bool:
	return bool(head(layout, app)) and (layout.app(app) / app / "hooks.py").exists()


def head(layout: Layout, app: str) -> str | None:
	"""The commit an app stands at; asks git in that very folder, not in one above it."""
	folder = layout.app(app)
	return capture(["git", f"--git-dir={folder / '.git'}", "rev-parse", "HEAD"]) if folder.exists() else None


def all_cloned(layout: Layout) -> bool:
	return all(is_cloned(layout, app) for app in UPSTREAM_APPS)


def clone_apps(layout: Layout, sources: Sources) -> None:
	if not all_cloned(layout):
		if trouble := sources.why_unreachable():
			raise Problem(trouble)
		remember_sources(layout, sources)
	for app in UPSTREAM_APPS:
		step(f"{app} is cloned", lambda a=app: is_cloned(layout, a), lambda a=app: _clone(layout, sources, a))


def _clone(layout: Layout, sources: Sources, app: str) -> None:
	"""Clone beside its place and move it there whole: a killed clone is never taken for an app."""
	draft = layout.hub / "clone" / app
	for leftover in (draft, layout.app(app)):
		_remove(leftover)
	draft.parent.mkdir(parents=True, exist_ok=True)
	trust = sources.trust(app)
	depth = [] if os.path.isdir(sources.address(app)) else ["--depth", "1"]
	local = ["--no-local"] if trust else []
	command = [
		"git",
		"clone",
		"--branch",
		BRANCH,
		"--origin",
		"upstream",
		*depth,
		*local,
		*trust,
		sources.address(app),
		draft,
	]
	run(command, layout.logs / "clone.log", env=QUIET_GIT)
	draft.rename(layout.app(app))


def _remove(folder: Path) -> None:
	if folder.is_symlink():
		folder.unlink()
	elif folder.exists():
		shutil.rmtree(folder)
