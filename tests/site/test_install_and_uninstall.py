"""The app comes and goes without a trace; migrating changes nothing. On a site of its own, by bench commands.

An install takes longer than anything else here: what others do after one, they do on a site loaded from its dump.
"""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import frappe
import pytest
from rest_client import Person, serving
from spare_site import SpareSite, spare_site

from referral_hub.setup.install import before_install

HELPERS = Path(__file__).resolve().parent.parent / "helpers"
MODULE = Path(__file__).resolve().parents[2] / "referral_hub" / "referral_hub"
DOCTYPES = MODULE / "doctype"

# What Frappe itself rewrites when any app is installed, removed or migrated
REWRITTEN_BY_FRAPPE = (
	"tabInstalled Application",
	"tabDefaultValue",
	"tabPortal Menu Item",
	"tabScheduled Job Type",
)
# Where each migrate imports again what some DocTypes of Frappe, ERPNext and HRMS are
SYNCED_BY_FRAPPE = (
	"tabDocType",
	"tabDocField",
	"tabDocPerm",
	"tabDocType State",
	"tabDocType Action",
	"tabDocType Link",
)
OUR_WORDS = ("referral_hub", "Referral Hub")

KNOWN_BEFORE_THE_FETCH = """
frappe.local.app_modules.pop("referral_hub")
frappe.cache.set_value("app_modules", frappe.local.app_modules)
"""


class Came(NamedTuple):
	"""A site on which the app was installed: how it was, how it is, and a dump of that."""

	site: SpareSite
	before: "State"
	installed: "State"
	dump: Path


class Went(NamedTuple):
	"""The same site without the app: what trying it out changed, how the site is then."""

	site: SpareSite
	tried: dict[str, list[str]]
	after: "State"


@pytest.fixture(scope="module")
def came(site, tmp_path_factory) -> Iterator[Came]:
	"""Frappe keeps the list of apps and their modules in Redis; fetching an app does not clear it."""
	with spare_site("hub-install.localhost", "test") as spare:
		before = State(spare)
		spare.python(KNOWN_BEFORE_THE_FETCH)
		spare.bench("install-app", "referral_hub")
		dump = spare.write_dump(tmp_path_factory.mktemp("dumps") / "with-app.sql")
		yield Came(spare, before, State(spare), dump)


@pytest.fixture(scope="module")
def went(came) -> Went:
	spare = came.site
	spare.bench("uninstall-app", "referral_hub", "--yes", "--no-backup", "--dry-run")
	tried = State(spare).differences(came.installed)
	folder = spare.folder / "private" / "referral_hub"
	for kept in ("contact-index/00000001", "contact-imports"):
		(folder / kept).mkdir(parents=True)
		(folder / kept / "changes.jsonl").write_text("some words\n")
	(folder / "points-heads.jsonl").write_text("some heads\n")
	spare.bench("uninstall-app", "referral_hub", "--yes")
	return Went(spare, tried, State(spare))


@pytest.fixture
def with_app(came) -> Iterator[SpareSite]:
	with spare_site("hub-installed.localhost", came.dump) as spare:
		yield spare


def test_the_app_comes_and_goes_without_a_trace(came, went):
	assert went.tried == {}
	assert went.after.differences(came.before) == {}


def test_a_site_that_was_in_use_before_the_app_was_fetched_gets_all_of_it(came):
	made = [row for row in came.installed.parts["tabDocType"] if "\tReferral Hub\t" in row]
	assert len(made) == len(list(DOCTYPES.glob("*/*.json")))


def test_a_year_of_use_leaves_no_reference_to_us_behind(came, with_app):
	before, spare = came.before, with_app
	ours = {json.loads(path.read_text())["name"] for path in MODULE.glob("*/*/*.json")}
	spare.run(HELPERS / "leave_traces.py")
	assert State(spare).mentions(ours) != before.mentions(ours)
	spare.bench("uninstall-app", "referral_hub", "--yes", "--no-backup")
	after = State(spare)
	judged_by_the_site = {("tabCustom Field", "eval:doc.referral_hub_referred && doc.status == 'Open'")}
	assert after.mentions(ours) - before.mentions(ours) == judged_by_the_site
	fields_of_the_site = (
		("tabEmployee", "favourite"),
		("tabEmployee", "favourite_stage"),
		("tabJob Applicant", "behind_ours"),
		("tabJob Applicant", "fetched"),
	)
	added = {f"{table}\t{column}\tvarchar(140)\tNULL\tYES" for table, column in fields_of_the_site}
	assert after.parts["tables and columns"] ^ before.parts["tables and columns"] == added
	assert after.parts["indexes"] == before.parts["indexes"]
	assert spare.sql(
		"select fieldtype, ifnull(options, '') from `tabCustom Field` where fieldname = 'favourite'"
	) == [["Data", ""]]
	assert spare.sql("select source from `tabJob Applicant`") == [["Employee Referral"]]
	assert spare.sql(
		"select amount, ifnull(ref_doctype, ''), ifnull(ref_docname, '') from `tabAdditional Salary`"
	) == [["100.000000000", "", ""]]
	assert spare.sql("select name from `tabWebhook Request Log`") == []
	assert spare.sql("select provider from `tabUser Social Login` where provider like 'WeCom%'") == []
	assert list((spare.folder / "private" / "files").iterdir()) == []
	_what_the_site_made_goes_on_without_ours(spare)
	with serving() as address:
		desk = Person(address, "clerk@example.com", "Tr4ces-of-a-year", site=spare.name).get("/app")
		assert (desk.status_code, "Our HR" in desk.text) == (200, True), desk.text[:2000]
	spare.bench("migrate", "--skip-search-index")
	assert State(spare).mentions(ours) - before.mentions(ours) == judged_by_the_site


def _what_the_site_made_goes_on_without_ours(site: SpareSite) -> None:
	clerk = "from tabUser where name = 'clerk@example.com'"
	assert site.sql(f"select ifnull(default_workspace, '') {clerk}") == [[""]]
	assert json.loads(site.sql(f"select home_settings {clerk}")[0][0]) == {
		"modules_by_category": {"Modules": ["HR"]},
		"links_by_module": {},
	}
	[[content, parent]] = site.sql(
		"select content, ifnull(parent_page, '') from tabWorkspace where name = 'Our HR'"
	)
	assert parent == ""
	assert [block["id"] for block in json.loads(content)] == ["What we do", "People", "Staff"]
	for table, kept in (("Shortcut", ["People"]), ("Number Card", ["Staff"]), ("Chart", [])):
		rows = site.sql(f"select label from `tabWorkspace {table}` where parent = 'Our HR'")
		assert [label for (label,) in rows] == kept
	assert site.sql("select card from `tabNumber Card Link` where parent = 'Leftover'") == [["Staff"]]
	assert site.sql("select name from tabDashboard where name = 'Leftover'") == [["Leftover"]]
	assert site.sql(
		"select enabled, ifnull(print_format, '') from tabNotification where name = 'Leftover'"
	) == [["1", ""]]
	for gone in ("Report", "Dashboard Chart", "Print Format", "Auto Email Report", "Prepared Report"):
		rows = f"from `tab{gone}` where name like 'Leftover%' or name in ('leftover-report', 'Reward Reconciliation')"
		assert site.sql(f"select count(*) {rows}") == [["0"]], gone
	assert site.sql("select count(*) from `tabHas Role` where parenttype = 'Custom Role'") == [["0"]]
	empty = "ifnull(depends_on, ''), ifnull(read_only_depends_on, ''), ifnull(fetch_from, '')"
	assert site.sql(
		f"select fieldname, insert_after, {empty} from `tabCustom Field`"
		" where fieldname in ('behind_ours', 'fetched', 'favourite_stage') order by fieldname"
	) == [
		["behind_ours", "employee_referral", "", "", ""],
		["favourite_stage", "favourite", "", "", ""],
		["fetched", "behind_ours", "", "", ""],
	]
	changed = "select property, value from `tabProperty Setter` where doc_type = 'Job Applicant'"
	names = "'depends_on', 'search_fields', 'sort_field', 'default_print_format'"
	assert site.sql(f"{changed} and property in ({names}) and ifnull(is_system_generated, 0) = 0") == [
		["search_fields", "applicant_name"]
	]


def test_the_daily_heads_stay_with_the_backup_and_accuse_no_later_installation(went):
	spare = went.site
	assert not (spare.folder / "private" / "referral_hub").exists()
	kept = (spare.folder / "private" / "backups").glob("*-referral_hub-points-heads.jsonl")
	assert [file.read_text() for file in kept] == ["some heads\n"]
	spare.bench("install-app", "referral_hub")
	assert spare.bench("hub-verify").stdout.splitlines()[-1] == "The points ledger is sound."
	health = spare.bench("hub-health", check=False)
	assert health.returncode == ("[Broken]" in health.stdout)
	assert "[Sound] Fields on HRMS's Forms: All there." in health.stdout
	assert "could not be looked at" not in health.stdout


def test_migrating_twice_changes_nothing_and_keeps_what_hr_changed(with_app):
	spare = with_app
	spare.python(
		"frappe.db.delete('Referral Program'); frappe.db.set_single_value('Referral Hub Settings', 'send_email', 0)"
	)
	spare.bench("migrate", "--skip-search-index")
	once = State(spare)
	assert spare.sql("select count(*) from `tabReferral Program`") == [["0"]]
	assert spare.sql(
		"select value from tabSingles where doctype = 'Referral Hub Settings' and field = 'send_email'"
	) == [["0"]]
	spare.bench("migrate", "--skip-search-index")
	changed = State(spare).differences(once)
	assert {name: rows for name, rows in changed.items() if name not in SYNCED_BY_FRAPPE} == {}
	assert [row for name in SYNCED_BY_FRAPPE for row in changed.get(name, ()) if "Referral" in row] == []


def test_a_site_in_chinese_before_its_setup_wizard_gets_what_it_needs():
	with spare_site("hub-install-zh.localhost", "base") as site:
		site.python(
			"frappe.db.set_default('lang', 'zh'); frappe.db.set_single_value('System Settings', 'language', 'zh')\n"
			"frappe.db.delete('Job Applicant Source', {'name': 'Employee Referral'})"
		)
		site.bench("install-app", "referral_hub")
		assert site.sql("select count(*) from tabCompany") == [["0"]]
		assert site.sql("select name from `tabJob Applicant Source` where name = 'Employee Referral'") != []
		assert site.sql("select count(*) from `tabReferral Program` where ifnull(ends_on, '') = ''") == [
			["1"]
		]
		site.bench("uninstall-app", "referral_hub", "--yes", "--no-backup")
		assert site.sql("select name from `tabJob Applicant Source` where name = 'Employee Referral'") == []


@pytest.mark.parametrize("version", ["14.80.1", "16.0.0"])
@pytest.mark.parametrize("app", ["frappe", "erpnext", "hrms"])
def test_versions_it_was_never_tried_with_are_refused_in_words(app, version, monkeypatch):
	monkeypatch.setattr(importlib.import_module(app), "__version__", version)
	with pytest.raises(frappe.IncompatibleApp) as refused:
		before_install()
	words = str(refused.value)
	assert "works with version 15 of" in words
	assert f"this bench has {version}" in words
	assert "Nothing was changed." in words


class State:
	"""Everything in a site's database: the schema, and each row."""

	def __init__(self, site: SpareSite):
		with site.reading() as sql:
			self._sql = sql
			self.parts = {
				"tables and columns": self._schema(
					"columns", "column_name, column_type, column_default, is_nullable"
				),
				"indexes": self._schema("statistics", "index_name, seq_in_index, column_name, non_unique"),
			}
			for (table,) in sql("show tables"):
				if table not in REWRITTEN_BY_FRAPPE:
					rows = (
						"select * from tabSingles where field != 'modified'"
						if table == "tabSingles"
						else f"select * from `{table}`"
					)
					self.parts[table] = self._lines(rows)

	def differences(self, other: "State") -> dict[str, list[str]]:
		nothing: set[str] = set()
		names = self.parts.keys() | other.parts.keys()
		apart = {name: self.parts.get(name, nothing) ^ other.parts.get(name, nothing) for name in names}
		return {name: sorted(rows) for name, rows in apart.items() if rows}

	def mentions(self, doctypes: set[str]) -> set[tuple[str, str]]:
		"""Return every cell that is the name of one of our DocTypes, or speaks of the app."""
		return {
			(table, cell)
			for table, rows in self.parts.items()
			for row in rows
			for cell in row.split("\t")
			if cell in doctypes or any(word in cell for word in OUR_WORDS)
		}

	def _schema(self, view: str, columns: str) -> set[str]:
		return self._lines(
			f"select table_name, {columns} from information_schema.{view} where table_schema = database()"
		)

	def _lines(self, statement: str) -> set[str]:
		return {"\t".join(row) for row in self._sql(statement)}
