"""Sites: made once the slow way, kept as dumps, restored quickly; and the app installed into them."""

import hashlib
import secrets
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from devkit.bench import bench_command, environment
from devkit.layout import APP, UPSTREAM_APPS, Layout
from devkit.servers import Servers
from devkit.shell import Problem, run, say, step
from devkit.sources import head
from devkit.state import fingerprint, locked, read_json, source_files, update_json, write_json, write_text

WORKSHOP_SITE = "hub-workshop.localhost"
ADMIN_PASSWORD = "admin"
DUMP_END = "-- Dump completed"
SITE_FOLDERS = ("private/files", "private/backups", "public/files", "locks", "logs")
SCHEMA_PATTERNS = ("*.json", "*.txt", "*.csv", "setup/*.py", "setup/**/*.py", "patches/**/*.py", "hooks.py")

TEST_COMPANY = {"company_name": "_Hub Test Company", "company_abbr": "_HTC"}
OPEN_COMPANY = {"company_name": "Hub Example Company", "company_abbr": "HEC"}


class Sites:
	def __init__(self, layout: Layout, servers: Servers, lane: dict | None = None):
		"""`lane` is the environment of a test run: what its sites queue is for nobody else's worker."""
		self.layout = layout
		self.servers = servers
		self._lane = lane or {}

	# dumps

	def base_dump(self) -> Path:
		"""Frappe, ERPNext and HRMS installed; the setup wizard still to come."""
		commits = [head(self.layout, app) or "" for app in UPSTREAM_APPS]
		dump = self.layout.dumps / f"base-{fingerprint([], *commits)}.sql"
		step(
			"a dump with ERPNext and HRMS",
			lambda: is_whole(dump),
			lambda: self._make_dump(dump, self._new_site),
		)
		return dump

	def test_dump(self) -> Path:
		"""The same after the setup wizard; its fiscal years are those around this year."""
		base = self.base_dump()
		wizard = fingerprint(
			[], self._wizard.read_text(), base.name, str(date.today().year), str(TEST_COMPANY)
		)
		dump = self.layout.dumps / f"test-{wizard}.sql"

		def make(site: str) -> None:
			self.restore(site, base, {"pause_scheduler": 1})
			self.complete_wizard(site, TEST_COMPANY)

		step(
			"a dump with the setup wizard completed",
			lambda: is_whole(dump),
			lambda: self._make_dump(dump, make),
		)
		return dump

	def _make_dump(self, dump: Path, make: Callable[[str], None]) -> None:
		with locked(self.layout.hub / "workshop.lock"):
			if is_whole(dump):
				return
			make(WORKSHOP_SITE)
			self._write_dump(WORKSHOP_SITE, dump)
			self.drop(WORKSHOP_SITE)
			self._forget_old_dumps(dump)

	def _write_dump(self, site: str, dump: Path) -> None:
		draft = dump.with_suffix(".draft")
		draft.parent.mkdir(parents=True, exist_ok=True)
		options = ["--single-transaction", "--quick", "--routines", f"--result-file={draft}"]
		run(
			[*self.servers.client("mariadb-dump"), *options, self.database(site)],
			self.layout.logs / "sites.log",
		)
		draft.rename(dump)

	def _forget_old_dumps(self, newest: Path) -> None:
		kind = newest.name.split("-")[0]
		for other in self.layout.dumps.glob(f"{kind}-*"):
			if other != newest:
				other.unlink()

	def _new_site(self, site: str) -> None:
		self.drop(site)
		install = [word for app in UPSTREAM_APPS[1:] for word in ("--install-app", app)]
		self._bench("new-site", site, "--admin-password", ADMIN_PASSWORD, *install)

	def _bench(self, *words: str) -> None:
		bench_command(self.layout, *words, log="sites.log", env=self._lane)

	# one site

	def database(self, site: str) -> str | None:
		return read_json(self.layout.site(site) / "site_config.json").get("db_name")

	def restore(self, site: str, dump: Path, config: dict | None = None) -> None:
		"""Make a site from a dump, in place of what has its name."""
		self.drop(site)
		for folder in SITE_FOLDERS:
			(self.layout.site(site) / folder).mkdir(parents=True, exist_ok=True)
		database, password = database_name(self.layout.site(site)), secrets.token_hex(12)
		self._create_database(database, password)
		write_json(
			self.layout.site(site) / "site_config.json",
			{"db_name": database, "db_password": password, "db_type": "mariadb", **(config or {})},
			mode=0o600,
		)
		run([*self.servers.client(), database], self.layout.logs / "sites.log", stdin=dump)

	def copy(self, source: str, site: str) -> None:
		"""A second site like the first, with a database of its own."""
		dump = self.layout.dumps / f"copy-{site}.sql"
		known = read_json(self.layout.site(source) / "site_config.json")
		config = {key: value for key, value in known.items() if not key.startswith("db_")}
		self._write_dump(source, dump)
		self.restore(site, dump, {**config, "hub_stage_begun": "copy"})
		shutil.copytree(
			self.layout.site(source), self.layout.site(site), ignore=_config_and_logs, dirs_exist_ok=True
		)
		dump.unlink()
		update_json(self.layout.site(site) / "site_config.json", {"hub_stage_begun": None}, mode=0o600)

	def _create_database(self, name: str, password: str) -> None:
		for statement in (
			f"DROP DATABASE IF EXISTS `{name}`",
			f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
			f"CREATE OR REPLACE USER `{name}`@`127.0.0.1` IDENTIFIED BY '{password}'",
			f"GRANT ALL ON `{name}`.* TO `{name}`@`127.0.0.1`",
		):
			if self.servers.sql(statement) is None:
				raise Problem(f"MariaDB refused: {statement.split(' IDENTIFIED')[0]}")

	def drop(self, site: str) -> None:
		"""Remove a site of ours with its database; also one that is half there."""
		for name in {self.database(site), database_name(self.layout.site(site))} - {None}:
			self.servers.sql(f"DROP DATABASE IF EXISTS `{name}`")
			self.servers.sql(f"DROP USER IF EXISTS `{name}`@`127.0.0.1`")
			self.servers.sql(f"DROP USER IF EXISTS `{name}`@`localhost`")
		shutil.rmtree(self.layout.site(site), ignore_errors=True)

	def is_there(self, site: str) -> bool:
		name = self.database(site)
		return bool(name) and bool(self.servers.sql("select 1 from tabDefaultValue limit 1", name))

	@property
	def _wizard(self) -> Path:
		return self.layout.checkout / "devkit" / "inside" / "complete_wizard.py"

	def complete_wizard(self, site: str, company: dict) -> None:
		run(
			[self.layout.python, self._wizard, site, company["company_name"], company["company_abbr"]],
			self.layout.logs / "sites.log",
			cwd=self.layout.sites,
			env={**environment(self.layout), **self._lane},
		)

	def install_app(self, site: str) -> None:
		schema = self._schema()
		self._bench("--site", site, "install-app", APP)
		write_text(self._schema_note(site), schema)

	def migrate_if_changed(self, site: str) -> None:
		"""The files may change again while it runs: what was looked at before counts."""
		schema, note = self._schema(), self._schema_note(site)

		def migrate() -> None:
			self._bench("--site", site, "migrate", "--skip-search-index")
			write_text(note, schema)

		step(
			f"{site} has this checkout's DocTypes",
			lambda: note.exists() and note.read_text() == schema,
			migrate,
		)

	def _schema(self) -> str:
		files = source_files(self.layout.checkout / APP, SCHEMA_PATTERNS, skip=("public", "www", "templates"))
		return fingerprint(files)

	def _schema_note(self, site: str) -> Path:
		return self.layout.site(site) / "locks" / "hub-schema.txt"

	# stages of a site that is made step by step and may be interrupted

	def stage(self, site: str, name: str, do: Callable[[], object]) -> None:
		"""Do one stage once; a site whose stage was cut off is known as broken to `was_interrupted`."""
		file = self.layout.site(site) / "site_config.json"
		if name in read_json(file).get("hub_stages", []):
			say(f"[ok]   {site}: {name}")
			return
		update_json(file, {"hub_stage_begun": name}, mode=0o600)
		step(
			f"{site}: {name}",
			lambda: name in read_json(file).get("hub_stages", []),
			lambda: self._finish(file, name, do),
		)

	def _finish(self, file: Path, name: str, do: Callable[[], object]) -> None:
		do()
		stages = [*read_json(file).get("hub_stages", []), name]
		update_json(file, {"hub_stages": stages, "hub_stage_begun": None}, mode=0o600)

	def was_interrupted(self, site: str) -> bool:
		return bool(read_json(self.layout.site(site) / "site_config.json").get("hub_stage_begun"))


def database_name(site_folder: Path) -> str:
	"""Of the folder, so that two benches on one server cannot meet."""
	return "_hub" + hashlib.sha1(str(site_folder).encode(), usedforsecurity=False).hexdigest()[:12]


def is_whole(dump: Path) -> bool:
	"""mariadb-dump says so in its last line."""
	if not dump.exists():
		return False
	with dump.open("rb") as file:
		file.seek(max(0, dump.stat().st_size - 200))
		return DUMP_END.encode() in file.read()


def newest_dumps(layout: Layout) -> dict[str, Path]:
	"""For tests that make a site of their own: `base` before, `test` after the setup wizard; both without our app."""
	found = {kind: sorted(layout.dumps.glob(f"{kind}-*.sql"), key=_age) for kind in ("base", "test")}
	return {kind: dumps[0] for kind, dumps in found.items() if dumps}


def _age(file: Path) -> float:
	return -file.stat().st_mtime


def _config_and_logs(folder: str, names: list[str]) -> set[str]:
	return {"site_config.json", "logs"} & set(names)


def site_lock(layout: Layout, site: str) -> Path:
	"""The lock file that says who uses a site: one ./dev at a time, from before it is made until it is left."""
	return layout.hub / f"site-{site}.lock"
