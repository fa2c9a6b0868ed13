"""Takes the places of shortcuts, cards and charts that went out of the workspaces a site made itself.

A workspace lists its parts in tables and says in its content where each one stands. Called by `uninstall.py`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import frappe

# Block of the content -> table that lists what it shows
PARTS = {
	"shortcut": "Workspace Shortcut",
	"number_card": "Workspace Number Card",
	"chart": "Workspace Chart",
	"quick_list": "Workspace Quick List",
}


@contextmanager
def closed_behind_what_goes() -> Iterator[None]:
	"""Remove the blocks of whatever is no longer listed when the block of code is done."""
	before = _listed()
	yield
	gone = before - _listed()
	for workspace in sorted({name for name, _kind, _label in gone}):
		content = frappe.db.get_value("Workspace", workspace, "content")
		if content:
			_close(workspace, json.loads(content), gone)


def _listed() -> set[tuple[str, str, str]]:
	return {
		(row.parent, kind, row.label)
		for kind, table in PARTS.items()
		for row in frappe.get_all(table, {"parenttype": "Workspace"}, ["parent", "label"])
	}


def _close(workspace: str, blocks: list[dict], gone: set[tuple[str, str, str]]) -> None:
	kept = [block for block in blocks if (workspace, block.get("type"), _label(block)) not in gone]
	frappe.db.set_value("Workspace", workspace, "content", json.dumps(kept), update_modified=False)


def _label(block: dict) -> str | None:
	return (block.get("data") or {}).get(f"{block.get('type')}_name")
