"""A second site for tests about installing and uninstalling: restored from a dump, its own database, gone afterwards.

`./dev test` keeps two dumps in $HUB_BENCH/.hub/dumps: `base` (ERPNext and HRMS, setup wizard still to come) and `test`
(wizard completed). Elsewhere HUB_DUMP_BASE and HUB_DUMP_TEST name them.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pymysql
from frappe.utils.password import get_encryption_key
from live_site import site_name, sites_folder
from redis import Redis
from warm_python import warm_python

# A queue that no worker reads: nothing happens on the site but what the test does
SILENT_QUEUE = 9
FOLDERS = ("private/files", "private/backups", "public/files", "locks", "logs")

# As HRMS's own continuous integration has them: its tests build mails, and send none
MAIL = {
	"auto_email_id": "test@example.com",
	"mail_server": "smtp.example.com",
	"mail_login": "test@example.com",
}


class SpareSite:
	def __init__(self, name: str):
		"""The test site itself, or a spare one, whose name says which test site it is beside."""
		self.name = name if name == site_name() else f"{site_name().split('.')[0]}-{name}"
		self.folder = sites_folder() / self.name
		self.database = (
			"_spare" + hashlib.sha1(str(self.folder).encode(), usedforsecurity=False).hexdigest()[:10]
		)

	def environment(self) -> dict:
		"""For a process on this site."""
		return {**os.environ, "FRAPPE_REDIS_QUEUE": silent_queue()}

	def bench(self, *words: str, check: bool = True) -> subprocess.CompletedProcess:
		"""Run a bench command on this site, as an administrator does."""
		command = [*warm_python(), "-m", "frappe.utils.bench_helper", "frappe", "--site", self.name, *words]
		done = subprocess.run(
			command, cwd=sites_folder(), env=self.environment(), capture_output=True, text=True, timeout=900
		)
		assert not check or done.returncode == 0, f"bench {' '.join(words)}\n{done.stdout}\n{done.stderr}"
		return done

	def python(self, code: str) -> str:
		"""Run Python on this site, as Administrator; what it prints."""
		frame = (
			f"import json, frappe; frappe.init({self.name!r}, sites_path='.'); frappe.connect()\n"
			f"frappe.set_user('Administrator')\n{code}\nfrappe.db.commit()\n"
		)
		done = subprocess.run(
			[*warm_python(), "-c", frame],
			cwd=sites_folder(),
			env=self.environment(),
			capture_output=True,
			text=True,
			timeout=300,
		)
		assert done.returncode == 0, done.stderr
		return done.stdout

	def run(self, script: Path) -> str:
		"""Run a Python file on this site, as Administrator."""
		return self.python(script.read_text())

	def sql(self, statement: str) -> list[list[str]]:
		with self.reading() as sql:
			return sql(statement)

	@contextmanager
	def reading(self) -> Iterator[Callable[[str], list[list[str]]]]:
		"""As `sql`, over one connection for as long as the block runs."""
		with _connection(self.database) as connection, connection.cursor() as cursor:

			def sql(statement: str) -> list[list[str]]:
				cursor.execute(statement)
				return [
					["NULL" if value is None else str(value) for value in row] for row in cursor.fetchall()
				]

			yield sql

	def write_dump(self, path: Path) -> Path:
		"""Its database in a file, from which `spare_site` makes another one like it."""
		words = ["--single-transaction", "--quick", "--routines", f"--result-file={path}", self.database]
		done = subprocess.run(["mariadb-dump", *_as_root(), *words], capture_output=True, text=True)
		assert done.returncode == 0, done.stderr
		return path

	def make(self, dump: Path) -> None:
		self.drop()
		password = hashlib.sha1(os.urandom(20), usedforsecurity=False).hexdigest()
		_mariadb(
			["-e", f"create database `{self.database}` character set utf8mb4 collate utf8mb4_unicode_ci"]
		)
		for host in ("localhost", "127.0.0.1"):
			account = f"`{self.database}`@`{host}`"
			_mariadb(["-e", f"create or replace user {account} identified by '{password}'"])
			_mariadb(["-e", f"grant all on `{self.database}`.* to {account}"])
		_load(dump, self.database)
		for folder in FOLDERS:
			(self.folder / folder).mkdir(parents=True)
		config = {
			"db_name": self.database,
			"db_password": password,
			"db_type": "mariadb",
			"allow_tests": True,
			"pause_scheduler": 1,  # the scheduler of a running `./dev up` looks at every site of the bench
		}
		(self.folder / "site_config.json").write_text(json.dumps({**config, **MAIL}))

	def drop(self) -> None:
		_mariadb(["-e", f"drop database if exists `{self.database}`"])
		for host in ("localhost", "127.0.0.1"):
			_mariadb(["-e", f"drop user if exists `{self.database}`@`{host}`"])
		shutil.rmtree(self.folder, ignore_errors=True)
		Redis.from_url(silent_queue()).flushdb()
		cache = Redis.from_url(_redis("cache"))
		if keys := [*cache.scan_iter(match=f"{self.database}|*", count=1000)]:
			cache.delete(*keys)


@contextmanager
def spare_site(name: str, dump: str | Path) -> Iterator[SpareSite]:
	"""A fresh site for as long as the block runs: without our app, `dump` is "base" or "test"; or as in a file."""
	site = SpareSite(name)
	try:
		site.make(find_dump(dump) if isinstance(dump, str) else dump)
		yield site
	finally:
		site.drop()


@contextmanager
def new_site(name: str):
	"""A site with a configuration, a database user of its own and nothing else yet."""
	site = SpareSite(name)
	site.drop()
	try:
		for folder in FOLDERS:
			(site.folder / folder).mkdir(parents=True)
		config = {"db_name": site.database, "db_password": os.urandom(10).hex(), "db_type": "mariadb"}
		(site.folder / "site_config.json").write_text(json.dumps({**config, "pause_scheduler": 1}))
		yield site
	finally:
		site.drop()


def give_key(site: SpareSite) -> None:
	"""Carry the encryption key over, as whoever moves a site does."""
	file = site.folder / "site_config.json"
	config = {**json.loads(file.read_text()), "encryption_key": get_encryption_key()}
	file.write_text(json.dumps(config))


def restore(site: SpareSite, path) -> None:
	config = _common_config()
	root = ("--db-root-username", config["root_login"], "--db-root-password", config["root_password"])
	site.bench("restore", str(path), *root, "--force")


def silent_queue() -> str:
	"""Return the address of that queue, whichever number the one of the tests has."""
	return urlsplit(_redis("queue"))._replace(path=f"/{SILENT_QUEUE}").geturl()


def _redis(kind: str) -> str:
	return os.environ.get(f"FRAPPE_REDIS_{kind.upper()}") or _common_config()[f"redis_{kind}"]


def find_dump(kind: str) -> Path:
	named = os.environ.get(f"HUB_DUMP_{kind.upper()}")
	kept = sorted((Path(os.environ["HUB_BENCH"]) / ".hub" / "dumps").glob(f"{kind}-*.sql"))
	found = [Path(named)] if named else kept
	assert found, f"no {kind} dump: run these tests with ./dev test"
	return found[-1]


def _mariadb(words: list[str]) -> None:
	done = subprocess.run(["mariadb", *_as_root(), *words], capture_output=True, text=True)
	assert done.returncode == 0, done.stderr


def _connection(database: str) -> pymysql.Connection:
	private = _private_client()
	if private.exists():
		return pymysql.connect(read_default_file=str(private), database=database)
	config = _common_config()
	return pymysql.connect(
		host=config["db_host"],
		port=config["db_port"],
		user=config["root_login"],
		password=config["root_password"],
		database=database,
	)


def _as_root() -> list[str]:
	private = _private_client()
	if private.exists():
		return [f"--defaults-file={private}"]
	config = _common_config()
	return [
		f"--host={config['db_host']}",
		f"--port={config['db_port']}",
		f"--user={config['root_login']}",
		f"--password={config['root_password']}",
	]


def _private_client() -> Path:
	return Path(os.environ["HUB_BENCH"]) / ".hub" / "client.cnf"


def _common_config() -> dict:
	return json.loads((sites_folder() / "common_site_config.json").read_text())


def _load(dump: Path, database: str) -> None:
	with gzip.open(dump) if dump.suffix == ".gz" else dump.open("rb") as source:
		loader = subprocess.Popen(["mariadb", *_as_root(), database], stdin=subprocess.PIPE)
		shutil.copyfileobj(source, loader.stdin)
		loader.stdin.close()
		assert loader.wait() == 0
