"""Runs benchmarks by name and says which bounds hold: `./dev bench [NAME ...] [--json]`.

A benchmark is a module of this folder with `NAME` and `run()`. `run()` makes its own volumes, removes them, and returns
rows: dicts with name, ours, peer, ratio, unit, bound, holds. `ours` and `peer` come from the same run (see timing.py).
"""

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path
from types import ModuleType

COLUMNS = ("name", "ours", "peer", "ratio", "unit", "bound", "holds")


def main() -> int:
	options = read_options()
	modules = choose(find_benchmarks(), options.names)
	with live_site():
		rows = [row for module in modules for row in run_one(module, quiet=options.json)]
	print(json.dumps(rows, indent=1, ensure_ascii=False) if options.json else table(rows))
	return 0 if rows and all(row["holds"] for row in rows) else 1


def read_options() -> argparse.Namespace:
	parser = argparse.ArgumentParser(prog="./dev bench")
	parser.add_argument("names", nargs="*", metavar="NAME")
	parser.add_argument("--json", action="store_true")
	return parser.parse_args()


def find_benchmarks() -> dict[str, ModuleType]:
	"""Modules of this folder that expose NAME and run."""
	folder = Path(__file__).parent
	found = (
		importlib.import_module(f"benchmarks.{module.name}")
		for module in pkgutil.iter_modules([str(folder)])
		if module.name != "__main__"
	)
	return {module.NAME: module for module in found if hasattr(module, "NAME") and hasattr(module, "run")}


def choose(known: dict[str, ModuleType], names: list[str]) -> list[ModuleType]:
	if unknown := [name for name in names if name not in known]:
		sys.exit(f"No benchmark {', '.join(unknown)}. There are: {', '.join(sorted(known)) or 'none yet'}")
	return [known[name] for name in names or sorted(known)]


def live_site():
	"""The connection the tests use too: the site that ./dev names, as Administrator."""
	sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "helpers"))
	from live_site import connection

	return connection()


def run_one(module: ModuleType, quiet: bool) -> list[dict]:
	import frappe

	if not quiet:
		print(f"... {module.NAME}", flush=True)
	try:
		return [dict(row) for row in module.run()]
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")


def table(rows: list[dict]) -> str:
	cells = [COLUMNS, *[tuple(text(row.get(column)) for column in COLUMNS) for row in rows]]
	widths = [max(len(line[number]) for line in cells) for number in range(len(COLUMNS))]
	lines = [
		"  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
		for line in cells
	]
	return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]]) if rows else "There are no benchmarks yet."


def text(value) -> str:
	if value is None:
		return "-"
	if isinstance(value, bool):
		return "yes" if value else "NO"
	return f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
	sys.exit(main())
