"""Private MariaDB and Redis of the bench: own folders, own ports on 127.0.0.1, no systemd."""

import getpass
import hashlib
import os
import secrets
import shutil
import socket
from contextlib import contextmanager
from pathlib import Path

from devkit.layout import Layout
from devkit.ports import Ports
from devkit.processes import Daemon
from devkit.shell import Problem, capture, run, say, step
from devkit.state import locked, update_json, write_text

SYSTEM_FOLDERS = "/usr/sbin:/usr/local/sbin:/sbin"
LONGEST_SOCKET_PATH = 100
OPEN_DAEMONS = ("scheduler", "worker", "web")  # what `./dev up` leaves running beside the servers

MARIADB_CONFIG = """[mysqld]
datadir={data}
socket={socket}
port={port}
{user}
bind-address=127.0.0.1
init-file={init}
log-error={log}
skip-name-resolve
character-set-server=utf8mb4
collation-server=utf8mb4_unicode_ci
innodb-flush-log-at-trx-commit=2
innodb-buffer-pool-size=1G
innodb-log-file-size=256M
max-allowed-packet=256M
max-connections=300
table-open-cache=4000
table-definition-cache=4000
userstat=1
"""

ROOT_SQL = """CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
CREATE USER IF NOT EXISTS 'root'@'localhost';
ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '{password}';
ALTER USER 'root'@'localhost' IDENTIFIED BY '{password}';
GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION;
"""


class Servers:
	def __init__(self, layout: Layout):
		self.layout = layout
		self.ports = Ports(layout.hub / "ports.json")
		self.client_config = layout.hub / "client.cnf"
		self._data = layout.hub / "mysql"
		self._config = layout.hub / "mysql.cnf"
		self._usage = layout.hub / "servers.lock"

	@contextmanager
	def running(self):
		"""Keep the servers up for a while; at the end stop them, unless others still use them."""
		try:
			with self.in_use():
				self.start()
				yield self
		finally:
			self.stop_unless_used()

	def in_use(self):
		"""A claim that keeps the servers from being stopped by others."""
		return locked(self._usage, shared=True)

	def stop_unless_used(self) -> bool:
		"""Used by other tests, or by the site of `./dev up` while its web server, worker or scheduler is there."""
		with locked(self._usage, wait=False) as alone:
			if not alone or any(self._daemon(name).pid() for name in OPEN_DAEMONS):
				return False
			self.stop()
			return True

	def start(self) -> bool:
		"""Bring up what is down; True when anything was."""
		with locked(self.layout.hub / "servers-start.lock"):
			started = [step("MariaDB runs", self._mariadb_answers, self._start_mariadb)]
			for name in ("redis_cache", "redis_queue"):
				started.append(
					step(
						f"{name} runs",
						lambda n=name: self._redis_answers(n),
						lambda n=name: self._start_redis(n),
					)
				)
			self.write_addresses()
		return any(started)

	def stop(self) -> None:
		for daemon in (self._daemon("redis_queue"), self._daemon("redis_cache"), self._daemon("mariadb")):
			if daemon.stop():
				say(f"[down] {daemon.name}")

	def write_addresses(self) -> None:
		"""Tell the bench where its servers are."""
		cache, queue = (
			f"redis://127.0.0.1:{self.ports.get(name)}" for name in ("redis_cache", "redis_queue")
		)
		update_json(
			self.layout.sites / "common_site_config.json",
			{
				"db_host": "127.0.0.1",
				"db_port": self.ports.get("mariadb"),
				"root_login": "root",
				"root_password": self.root_password(),
				"redis_cache": cache,
				"redis_queue": queue,
				"redis_socketio": cache,
			},
			mode=0o600,
		)

	def root_password(self) -> str:
		file = self.layout.hub / "mysql-root"
		if not file.exists():
			write_text(file, secrets.token_hex(16), 0o600)
		return file.read_text()

	def sql(self, statement: str, database: str = "") -> str | None:
		"""One statement as root; None when it fails."""
		return capture(
			[*self.client(), "-N", "-B", "-e", statement, *([database] if database else [])], timeout=600
		)

	def client(self, program: str = "mariadb") -> list:
		return [find_program(program), f"--defaults-file={self.client_config}"]

	def _daemon(self, name: str) -> Daemon:
		return Daemon(name, self.layout.run, self.layout.logs / f"{name}.log")

	def _mariadb_answers(self) -> bool:
		return bool(self._daemon("mariadb").pid()) and self.sql("select 1") == "1"

	def _start_mariadb(self) -> None:
		daemon = self._daemon("mariadb")
		daemon.stop()
		self._write_mariadb_config()
		step("MariaDB has a data folder", (self._data / "mysql").is_dir, self._make_data_folder)
		command = [find_program("mariadbd"), f"--defaults-file={self._config}"]
		daemon.start(command, str(self._config), lambda: self.sql("select 1") == "1")

	def _write_mariadb_config(self) -> None:
		port = self.ports.renew("mariadb")
		socket_file, init = self._socket(), self.layout.hub / "mysql-init.sql"
		password = self.root_password()
		write_text(init, ROOT_SQL.format(password=password), 0o600)
		write_text(
			self.client_config, f"[client]\nuser=root\npassword={password}\nsocket={socket_file}\n", 0o600
		)
		user = "user=root" if os.geteuid() == 0 else ""
		log = self.layout.logs / "mariadb.log"
		config = MARIADB_CONFIG.format(
			data=self._data, socket=socket_file, port=port, user=user, init=init, log=log
		)
		write_text(self._config, config, 0o600)

	def _socket(self) -> Path:
		"""Beside the data, unless that path is longer than a socket may have."""
		path = self.layout.hub / "mysql.sock"
		if len(str(path)) <= LONGEST_SOCKET_PATH:
			return path
		digest = hashlib.sha1(str(path).encode(), usedforsecurity=False).hexdigest()[:12]
		return Path(f"/tmp/hub-{getpass.getuser()}-{digest}.sock")

	def _make_data_folder(self) -> None:
		draft = self._data.with_name("mysql.draft")
		shutil.rmtree(draft, ignore_errors=True)
		shutil.rmtree(self._data, ignore_errors=True)
		command = [
			find_program("mariadb-install-db"),
			"--no-defaults",
			f"--datadir={draft}",
			"--auth-root-authentication-method=normal",
			"--skip-test-db",
			f"--user={getpass.getuser()}",
		]
		run(command, self.layout.logs / "mariadb.log")
		draft.rename(self._data)

	def _redis_answers(self, name: str) -> bool:
		daemon = self._daemon(name)
		return bool(daemon.pid()) and redis_ping(self.ports.get(name))

	def _start_redis(self, name: str) -> None:
		self._daemon(name).stop()
		port = self.ports.renew(name)
		command = redis_command(self.layout, name, port)
		self._daemon(name).start(command, f"127.0.0.1:{port}", lambda: redis_ping(port))


def redis_command(layout: Layout, name: str, port: int) -> list:
	"""A Redis that keeps nothing on disk; what is named a cache may forget the oldest."""
	folder = layout.hub / name
	folder.mkdir(parents=True, exist_ok=True)
	command = [find_program("redis-server"), "--port", port, "--bind", "127.0.0.1", "--dir", folder]
	command += ["--appendonly", "no", "--save", ""]
	if name.startswith("redis_cache"):
		command += ["--maxmemory", "512mb", "--maxmemory-policy", "allkeys-lru"]
	return command


def redis_ping(port: int) -> bool:
	try:
		with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
			link.sendall(b"PING\r\n")
			return link.recv(16).startswith(b"+PONG")
	except OSError:
		return False


def find_program(name: str) -> str:
	path = shutil.which(name) or shutil.which(name, path=SYSTEM_FOLDERS)
	if not path:
		raise Problem(f"The program {name} is missing. ./dev up installs it (Debian and Ubuntu).")
	return path
