"""`./dev lint`: ruff for Python; prettier and eslint for our JavaScript and CSS; semgrep where it is installed."""

import shutil
import sys
from pathlib import Path

from devkit.layout import APP, Layout
from devkit.shell import Problem, capture, run, say, show, step
from devkit.state import source_files

RUFF = "ruff==0.14.*"
NODE_TOOLS = ("prettier@3", "eslint@9")


def run_lint(layout: Layout, fix: bool) -> int:
	failed = _ruff(layout, fix) + _javascript(layout, fix) + _semgrep(layout)
	say("lint: " + (f"failed: {', '.join(failed)}" if failed else "clean"))
	return int(bool(failed))


def _ruff(layout: Layout, fix: bool) -> list[str]:
	venv = layout.output / "lint"
	ruff = venv / "bin" / "ruff"
	step("ruff", lambda: capture([ruff, "--version"]) is not None, lambda: _install_ruff(layout, venv))
	checks = {
		"ruff check": [ruff, "check", *(["--fix"] if fix else []), "."],
		"ruff format": [ruff, "format", *([] if fix else ["--check"]), "."],
	}
	return [name for name, command in checks.items() if show(command, cwd=layout.checkout)]


def _install_ruff(layout: Layout, venv: Path) -> None:
	log = layout.output / "lint.log"
	shutil.rmtree(venv, ignore_errors=True)
	run([sys.executable, "-m", "venv", venv], log)
	run([venv / "bin" / "python", "-m", "pip", "install", "-q", RUFF], log)


def _javascript(layout: Layout, fix: bool) -> list[str]:
	files = source_files(layout.checkout / APP, ("*.js", "*.css"), skip=("dist", "lib"))
	names = [str(file.relative_to(layout.checkout)) for file in files if ".min." not in file.name]
	if not names:
		return []
	tools = layout.output / "lint" / "node"
	try:
		step(
			"prettier and eslint", lambda: _has_node_tools(tools), lambda: _install_node_tools(layout, tools)
		)
	except Problem as problem:
		say(f"[miss] JavaScript is not linted: {problem}")
		return []
	scripts = [name for name in names if name.endswith(".js")]
	program = tools / "node_modules" / ".bin"
	checks = {"prettier": [program / "prettier", "--write" if fix else "--check", *names]}
	if scripts:
		checks["eslint"] = [program / "eslint", "--no-warn-ignored", *(["--fix"] if fix else []), *scripts]
	return [name for name, command in checks.items() if show(command, cwd=layout.checkout)]


def _has_node_tools(tools: Path) -> bool:
	return all((tools / "node_modules" / ".bin" / tool.split("@")[0]).exists() for tool in NODE_TOOLS)


def _install_node_tools(layout: Layout, tools: Path) -> None:
	npm = shutil.which("npm")
	if not npm:
		raise Problem("npm is missing")
	tools.mkdir(parents=True, exist_ok=True)
	command = [npm, "install", "--prefix", tools, "--no-audit", "--no-fund", *NODE_TOOLS]
	run(command, layout.output / "lint.log")


def _semgrep(layout: Layout) -> list[str]:
	"""Only where somebody installed it (it is large); the rules are ours, so nothing is fetched."""
	semgrep, rules = shutil.which("semgrep"), layout.checkout / ".semgrep.yml"
	if not semgrep:
		say(
			"[miss] semgrep is not installed: the rules in .semgrep.yml are not looked at (pip install semgrep)"
		)
		return []
	options = ["--error", "--quiet", "--metrics=off", "--disable-version-check", f"--config={rules}"]
	return ["semgrep"] if show([semgrep, "scan", *options, APP], cwd=layout.checkout) else []
