"""The rules of the house (docs/architecture.md), checked in the source: who may import whom, pure rules,
thin controllers, live hooks. Parses files, imports no frappe; folders that do not exist yet are simply not checked.
"""

import ast
import importlib
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = "referral_hub"
PACKAGE = ROOT / APP

SLICES = {
	"referrals",
	"rewards",
	"points",
	"matching",
	"talent",
	"paths",
	"recognition",
	"survey",
	"messages",
	"insights",
	"announcing",
}
# Above the flow: what people, the scheduler and HRMS call. Other modules at the root are tools that all may use.
OUTSIDE = {
	"api",
	"commands",
	"health",
	"hooks",
	"hrms_events",
	"patches",
	"portal",
	"referral_hub",
	"setup",
	"tasks",
	"templates",
	"www",
}

PLATFORM = {"frappe", "erpnext", "hrms"}
# A slice's effects that another slice may import: (who, whose).
ALLOWED_BETWEEN_SLICES = {("rewards", "points")}
TOLD_BY_EVERYONE = f"{APP}.messages.service"
MOST_STATEMENTS = 5
MOST_FILES = 14  # Python files in one folder of the package, its __init__ among them

FORBIDDEN_CALLS = {
	("datetime", "now"),
	("datetime", "today"),
	("datetime", "utcnow"),
	("date", "today"),
	("time", "time"),
	("time", "time_ns"),
	("time", "monotonic"),
	("time", "perf_counter"),
	("os", "urandom"),
	("uuid", "uuid1"),
	("uuid", "uuid4"),
}
FORBIDDEN_MODULES = {"secrets"}


# reading the source


def python_files() -> list[Path]:
	return sorted(path for path in PACKAGE.rglob("*.py") if "node_modules" not in path.parts)


def parse(path: Path) -> ast.Module:
	return ast.parse(path.read_text(), str(path))


def module_name(path: Path) -> str:
	parts = path.relative_to(ROOT).with_suffix("").parts
	return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(path: Path) -> Iterator[str]:
	"""Every module an import statement may mean, also inside functions: `from a import b` means a.b or a's b."""
	package = module_name(path) if path.name == "__init__.py" else module_name(path).rpartition(".")[0]
	for node in ast.walk(parse(path)):
		if isinstance(node, ast.Import):
			yield from (alias.name for alias in node.names)
		elif isinstance(node, ast.ImportFrom):
			base = node.module or ""
			if node.level:
				above = package.split(".")[: len(package.split(".")) - node.level + 1]
				base = ".".join([*above, *([node.module] if node.module else [])])
			yield from (f"{base}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> list[str]:
	return [name for name in imported_names(path) if name.split(".")[0] == APP]


# what a module is


def slice_of(name: str) -> str | None:
	parts = name.split(".")
	return parts[1] if len(parts) > 1 and parts[1] in SLICES else None


def is_rule(name: str) -> bool:
	parts = name.split(".")
	return slice_of(name) is not None and len(parts) > 2 and parts[2] == "rules"


def layer(name: str) -> str:
	"""rules < ground < slice < flow < outside."""
	if is_rule(name):
		return "rules"
	if slice_of(name):
		return "slice"
	word = name.split(".")[1] if "." in name else ""
	if word == "flow":
		return "flow"
	return "outside" if word in OUTSIDE else "ground"


def may_import(importer: str, imported: str) -> bool:
	here, there = layer(importer), layer(imported)
	if there == "rules" or here == "outside":
		return True
	if here == "rules":
		return False
	if here == "slice":
		return there == "ground" or (there == "slice" and may_reach(slice_of(importer), imported))
	return there in ({"ground", "slice", "flow"} if here == "flow" else {"ground"})


def may_reach(slice_name: str | None, imported: str) -> bool:
	other = slice_of(imported)
	if other == slice_name or (slice_name, other) in ALLOWED_BETWEEN_SLICES:
		return True
	return imported == TOLD_BY_EVERYONE or imported.startswith(f"{TOLD_BY_EVERYONE}.")


def rule_files() -> list[Path]:
	return [path for path in python_files() if is_rule(module_name(path))]


def controllers() -> list[Path]:
	return [
		path
		for path in python_files()
		if "doctype" in path.parts and path.stem == path.parent.name and path.parent.parent.name == "doctype"
	]


def relative(path: Path) -> str:
	return str(path.relative_to(ROOT))


# the promises


def test_imports_run_downwards():
	wrong = [
		f"{relative(path)} imports {name}"
		for path in python_files()
		for name in own_imports(path)
		if not may_import(module_name(path), name)
	]
	assert wrong == []


def test_rules_import_no_platform():
	wrong = [
		f"{relative(path)} imports {name}"
		for path in rule_files()
		for name in imported_names(path)
		if name.split(".")[0] in PLATFORM
	]
	assert wrong == []


def test_packages_above_rules_import_no_platform():
	"""Importing referral_hub.points.rules.lots runs referral_hub/__init__.py and referral_hub/points/__init__.py first."""
	above = [PACKAGE / "__init__.py", *(PACKAGE / name / "__init__.py" for name in sorted(SLICES))]
	wrong = [relative(path) for path in above if path.exists() and list(imported_names(path))]
	assert wrong == []


@pytest.mark.parametrize("name", [module_name(path) for path in rule_files()])
def test_a_rule_can_be_imported_without_frappe(name):
	importlib.import_module(name)


def test_rules_know_no_clock_and_no_chance():
	wrong = [
		f"{relative(path)}:{line} {what}" for path in rule_files() for line, what in impurities(parse(path))
	]
	assert wrong == []


def test_controllers_are_thin():
	wrong = [
		f"{relative(path)}: {function.name} has {count} statements"
		for path in controllers()
		for function in ast.walk(parse(path))
		if isinstance(function, ast.FunctionDef) and (count := statement_count(function)) > MOST_STATEMENTS
	]
	assert wrong == []


def test_a_controller_calls_one_slice():
	wrong = {}
	for path in controllers():
		effects = [name for name in own_imports(path) if layer(name) == "slice" and not is_told(name)]
		if len({slice_of(name) for name in effects}) > 1:
			wrong[relative(path)] = effects
	assert wrong == {}


def test_no_filter_finds_the_rows_that_say_nothing():
	"""Frappe's `in` with "" in it finds every row where the column is not set; only a name is always set."""
	wrong = [
		f"{relative(path)}:{line}"
		for path in python_files()
		for line in filters_for_nothing(path.read_text())
	]
	assert wrong == []


def test_tests_are_no_package():
	assert [relative(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_a_folder_holds_no_more_than_can_be_seen_at_once():
	assert crowded(python_files()) == {}


def test_hooks_hold_live_entries_only():
	hooks = PACKAGE / "hooks.py"
	assert [line for line in comments(hooks.read_text()) if is_code(line)] == []


# how they are checked


def filters_for_nothing(source: str) -> list[int]:
	"""Lines of filters such as {column: ("in", values or [""])} on anything but the name of a row."""
	return [
		value.lineno
		for filters in ast.walk(ast.parse(source))
		if isinstance(filters, ast.Dict)
		for key, value in zip(filters.keys, filters.values, strict=True)
		if isinstance(value, ast.Tuple | ast.List)
		and len(value.elts) == 2
		and getattr(value.elts[0], "value", None) == "in"
		and not (isinstance(key, ast.Constant) and key.value == "name")
		and any(getattr(part, "value", None) in ("", None) for part in _listed(value.elts[1]))
	]


def _listed(values: ast.expr) -> list[ast.expr]:
	"""What is written in the lists of an expression, not what is looked up to make them."""
	alternatives = values.values if isinstance(values, ast.BoolOp) else [values]
	lists = [one for one in alternatives if isinstance(one, ast.List | ast.Tuple)]
	return [part for one in lists for part in one.elts if isinstance(part, ast.Constant)]


def is_told(name: str) -> bool:
	return name == TOLD_BY_EVERYONE or name.startswith(f"{TOLD_BY_EVERYONE}.")


def crowded(files: list[Path]) -> dict[str, int]:
	"""Folders to be split by use case. Tests are not looked at: theirs are found by the name of what they promise."""
	folders = Counter(relative(path.parent) for path in files)
	return {folder: count for folder, count in folders.items() if count > MOST_FILES}


def impurities(tree: ast.Module) -> Iterator[tuple[int, str]]:
	for node in ast.walk(tree):
		if isinstance(node, ast.Import | ast.ImportFrom):
			yield from ((node.lineno, name) for name in _impure_imports(node))
		elif isinstance(node, ast.Call) and (what := _impure_call(node)):
			yield node.lineno, what


def _impure_imports(node: ast.Import | ast.ImportFrom) -> list[str]:
	if isinstance(node, ast.Import):
		return [f"import {alias.name}" for alias in node.names if alias.name in FORBIDDEN_MODULES]
	words = {alias.name for alias in node.names}
	impure = {function for module, function in FORBIDDEN_CALLS if module == node.module} - {
		"now",
		"today",
		"utcnow",
	}
	if node.module in FORBIDDEN_MODULES:
		impure = words
	if node.module == "random":
		impure = words - {"Random"}
	return [f"from {node.module} import {word}" for word in sorted(words & impure)]


def _impure_call(node: ast.Call) -> str | None:
	"""`random.Random(seed)` is fine: the seed is an argument of the rule."""
	if isinstance(node.func, ast.Name) and node.func.id == "Random" and not node.args:
		return "Random() without a seed"
	if not isinstance(node.func, ast.Attribute):
		return None
	owner = node.func.value
	name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
	if name == "random" and (node.func.attr != "Random" or not node.args):
		return f"random.{node.func.attr}"
	return f"{name}.{node.func.attr}" if (name, node.func.attr) in FORBIDDEN_CALLS else None


def statement_count(function: ast.FunctionDef) -> int:
	"""All statements inside, however deep; the docstring is free."""
	statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
	return len(statements) - (1 if ast.get_docstring(function) else 0)


def comments(source: str) -> list[str]:
	tokens = tokenize.generate_tokens(io.StringIO(source).readline)
	return [token.string.lstrip("# \t") for token in tokens if token.type == tokenize.COMMENT]


def is_code(comment: str) -> bool:
	"""An assignment, a call, a container or an item of a dict; not a sentence."""
	if re.match(r"""["'][^"']*["']\s*:""", comment):
		return True
	try:
		tree = ast.parse(comment.rstrip(",") or "pass")
	except SyntaxError:
		return bool(re.match(r"\w+\s*=\s*[\[{(]", comment))
	first = tree.body[0] if tree.body else ast.Pass()
	if isinstance(first, ast.Expr):
		return isinstance(first.value, ast.Call | ast.List | ast.Dict | ast.Constant)
	return isinstance(first, ast.Assign | ast.Import | ast.ImportFrom | ast.FunctionDef | ast.If | ast.For)


# the checks can fail


@pytest.mark.parametrize(
	("importer", "imported", "allowed"),
	[
		("referral_hub.rewards.service", "referral_hub.points.service", True),
		("referral_hub.points.service", "referral_hub.rewards.service", False),
		("referral_hub.talent.service", "referral_hub.messages.service.tell", True),
		("referral_hub.talent.service", "referral_hub.messages.outbox", False),
		("referral_hub.talent.service", "referral_hub.referrals.rules.stages", True),
		("referral_hub.points.rules.lots", "referral_hub.points.service", False),
		("referral_hub.points.service", "referral_hub.flow", False),
		("referral_hub.flow", "referral_hub.points.service", True),
		("referral_hub.flow.talent", "referral_hub.flow.referrals", True),
		("referral_hub.points.service", "referral_hub.flow.shop", False),
		("referral_hub.flow", "referral_hub.tasks", False),
		("referral_hub.tasks", "referral_hub.flow", True),
		("referral_hub.points.service", "referral_hub.api.portal", False),
		("referral_hub.referrals.service", "referral_hub.background", True),
		("referral_hub.background", "referral_hub.referrals.service", False),
	],
)
def test_the_check_of_imports_knows_the_layers(importer, imported, allowed):
	assert may_import(importer, imported) is allowed


@pytest.mark.parametrize(
	("source", "found"),
	[
		('{"phone": ("in", phones or [""])}', [1]),
		('{column: ["in", [*phones, ""]]}', [1]),
		('{"name": ("in", names or [""])}', []),
		('{"kind": ("in", ["Cash", "Points"])}', []),
		('{"phone": ("in", phones)}', []),
	],
)
def test_the_check_of_filters_finds_the_empty_word(source, found):
	assert filters_for_nothing(source) == found


@pytest.mark.parametrize(("count", "found"), [(14, {}), (15, {"referral_hub/points": 15})])
def test_the_check_of_folders_counts_files(count, found):
	assert crowded([PACKAGE / "points" / f"file_{number}.py" for number in range(count)]) == found


@pytest.mark.parametrize(
	("source", "found"),
	[
		("import datetime\ndatetime.datetime.now()", ["datetime.now"]),
		("from datetime import date\ndate.today()", ["date.today"]),
		("from random import choice", ["from random import choice"]),
		("import random\nrandom.shuffle(x)", ["random.shuffle"]),
		("import random\nrandom.Random(seed).shuffle(x)", []),
		("import secrets", ["import secrets"]),
		("from uuid import uuid4", ["from uuid import uuid4"]),
		("from datetime import date\ndate.fromisoformat(x)", []),
	],
)
def test_the_check_of_purity_finds_clocks_and_chance(source, found):
	assert [what for _line, what in impurities(ast.parse(source))] == found


@pytest.mark.parametrize(
	("comment", "code"),
	[
		('doc_events = {"Task": 1}', True),
		('"Task": "path.to.function",', True),
		("scheduler_events = {", True),
		("run_this()", True),
		("Frappe calls these in this order, see the docs.", False),
		("renamed documents keep their links", False),
	],
)
def test_the_check_of_hooks_tells_code_from_words(comment, code):
	assert is_code(comment) is code
