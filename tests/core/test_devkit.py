"""The pure parts of ./dev: ports, counting tests, exit codes, what a person's words mean, state on disk."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devkit import bench, benchmarks, lanes, machine, ports, sources, suites, testsites
from devkit.cli import COMMANDS, _parser, main, split_groups
from devkit.junit import Result, closing_lines, count, total, write_summary
from devkit.layout import Layout
from devkit.processes import Daemon
from devkit.servers import Servers
from devkit.shell import Problem, run, step
from devkit.sites import database_name, is_whole
from devkit.state import fingerprint, locked, read_json, source_files, update_json, write_json

REPOSITORY = Path(__file__).resolve().parents[2]


def lives(pid: int) -> bool:
	"""One that ended and that nobody has taken leave of yet is dead too; it has no command line any more."""
	try:
		return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
	except OSError:
		return False


def layout(folder) -> Layout:
	return Layout(folder / "checkout", folder / "bench")


# ports


def test_the_wanted_port_is_chosen_when_it_is_free():
	assert ports.choose(23306, taken=(), free=lambda port: True) == 23306


def test_a_port_that_is_busy_or_promised_is_passed_over():
	assert ports.choose(23306, taken={23308}, free=lambda port: port > 23307) == 23309


def test_a_listening_port_is_not_free():
	with socket.socket() as listener:
		listener.bind(("127.0.0.1", 0))
		listener.listen()
		assert not ports.is_free(listener.getsockname()[1])


def test_a_chosen_port_is_remembered(tmp_path):
	first = ports.Ports(tmp_path / "ports.json").get("web")
	assert ports.Ports(tmp_path / "ports.json").get("web") == first


def test_two_servers_never_get_the_same_port(tmp_path):
	write_json(tmp_path / "ports.json", {"redis_cache": ports.DEFAULTS["redis_queue"]})
	assert ports.Ports(tmp_path / "ports.json").get("redis_queue") != ports.DEFAULTS["redis_queue"]


# counting tests

JUNIT = """<testsuites><testsuite tests="5">
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><failure message="no"/></testcase>
<testcase name="d"><error message="fixture broke"/></testcase>
<testcase name="e"><skipped message="later"/></testcase>
</testsuite></testsuites>"""


def test_errors_count_as_failures(tmp_path):
	(tmp_path / "junit.xml").write_text(JUNIT)
	assert count(tmp_path / "junit.xml") == Result(passed=2, failed=2, skipped=1)


@pytest.mark.parametrize("content", [None, "", "<testsuites><testsuite>"])
def test_a_report_that_is_missing_or_cut_off_is_a_failure(tmp_path, content):
	if content is not None:
		(tmp_path / "junit.xml").write_text(content)
	assert count(tmp_path / "junit.xml") == Result(failed=1)


def test_a_test_that_fails_and_breaks_in_teardown_counts_once(tmp_path):
	(tmp_path / "junit.xml").write_text("<testsuites><testcase><failure/><error/></testcase></testsuites>")
	assert count(tmp_path / "junit.xml") == Result(failed=1)


RESULTS = {
	"core": Result(passed=3, skipped=1),
	"site": Result(not_run="no bench"),
	"browser": Result(failed=1),
}


def test_the_last_lines_say_what_was_not_run_and_why():
	assert closing_lines(RESULTS) == [
		"core: 3 passed, 0 failed, 1 skipped",
		"site: not run",
		"browser: 0 passed, 1 failed, 0 skipped",
		"total: 3 passed, 1 failed, 1 skipped",
		"NOT RUN: tests/site: no bench",
	]


def test_the_summary_has_the_agreed_form(tmp_path):
	write_summary(tmp_path / "last-test.json", "abc", RESULTS)
	assert json.loads((tmp_path / "last-test.json").read_text()) == {
		"commit": "abc",
		"core": {"passed": 3, "failed": 0, "skipped": 1},
		"site": {"passed": 0, "failed": 0, "skipped": 0, "not_run": "no bench"},
		"browser": {"passed": 0, "failed": 1, "skipped": 0},
	}


def test_totals_add_up():
	assert total(RESULTS) == Result(passed=3, failed=1, skipped=1)


@pytest.mark.parametrize(
	("results", "required", "code"),
	[
		({"core": Result(passed=1)}, False, 0),
		({"core": Result(passed=1, skipped=4)}, True, 0),
		({"core": Result(passed=1), "site": Result(failed=1)}, False, 1),
		({"core": Result(passed=1), "site": Result(not_run="no bench")}, False, 0),
		({"core": Result(passed=1), "site": Result(not_run="no bench")}, True, 1),
		({"core": Result(not_run="it has no tests yet")}, False, 1),
	],
)
def test_the_exit_code(results, required, code):
	assert suites.exit_code(results, required) == code


def test_a_pytest_that_broke_off_has_failed():
	assert suites.judge(Result(passed=9), status=2, narrowed=False) == Result(passed=9, failed=1)


def test_no_test_selected_is_not_a_failure():
	assert suites.judge(Result(), status=5, narrowed=True) == Result(not_run="no test was selected")


# words


@pytest.mark.parametrize(
	("words", "expected"),
	[
		([], ["tests/site"]),
		(["-k", "ledger"], ["-k", "ledger", "tests/site"]),
		(["tests/site/test_a.py::test_b", "-x"], ["tests/site/test_a.py::test_b", "-x"]),
		(["tests/core/test_c.py", "tests/site/test_a.py"], ["tests/site/test_a.py"]),
	],
)
def test_own_paths_replace_those_of_the_group(words, expected):
	assert suites.pytest_words(words, "site") == expected


@pytest.mark.parametrize(
	("words", "groups", "for_pytest"),
	[
		([], ("core", "site", "browser"), []),
		(["browser", "core"], ("core", "browser"), []),
		(["site", "--keep", "-k", "core", "-x"], ("site",), ["-k", "core", "-x"]),
		(["-k", "ledger"], ("core", "site", "browser"), ["-k", "ledger"]),
		(["tests/site/test_a.py::test_b"], ("site",), ["tests/site/test_a.py::test_b"]),
		(["tests/test_architecture.py"], ("core",), ["tests/test_architecture.py"]),
	],
)
def test_words_that_are_no_group_go_to_pytest(words, groups, for_pytest):
	options, rest = _parser().parse_known_args(["test", *words])
	assert split_groups(rest) == (groups, for_pytest)
	assert options.keep is ("--keep" in words)


# lanes: sites side by side


def test_the_second_lane_has_a_site_of_its_own():
	assert lanes.lane_sites("my-test.localhost", 2) == ["my-test.localhost", "my-test-2.localhost"]


@pytest.mark.parametrize(
	("groups", "words", "whole"),
	[
		(("core", "site"), [], True),
		(("site",), ["--durations=25", "-x"], True),
		(("site",), ["-k", "ledger"], False),
		(("site",), ["tests/site/test_a.py"], False),
		(("site",), ["--pdb"], False),
		(("browser",), [], True),
		(("browser",), ["tests/browser/test_a.py"], False),
		(("core",), [], False),
	],
)
def test_a_second_lane_is_for_a_whole_group_only(groups, words, whole):
	assert suites.Wish(groups, words).wants_all_of_a_group() is whole


@pytest.mark.parametrize(
	("processors", "words", "processes"),
	[
		(2, [], "2"),
		(2, ["-x"], "2"),
		(8, [], "2"),
		(1, [], None),
		(2, ["-k", "ledger"], None),
		(2, ["--pdb"], None),
	],
)
def test_all_of_core_runs_in_two_processes_where_two_processors_are(
	monkeypatch, processors, words, processes
):
	monkeypatch.setattr(os, "cpu_count", lambda: processors)
	said = suites.core_words(suites.Wish(("core",), words))
	assert [word for word in said if "numprocesses" in word] == (
		[f"--numprocesses={processes}"] if processes else []
	)


def test_processes_side_by_side_put_a_set_in_one_order_and_a_run_can_be_repeated(monkeypatch):
	monkeypatch.delenv("PYTHONHASHSEED", raising=False)
	first, second = suites.one_order(), suites.one_order()
	assert first != second
	command = [sys.executable, "-c", "print({*'a set of words'.split()})"]
	said = {subprocess.check_output(command, env={**os.environ, **first}) for _ in range(4)}
	assert len(said) == 1
	monkeypatch.setenv("PYTHONHASHSEED", "7")
	assert suites.one_order() == {"PYTHONHASHSEED": "7"}


def test_as_many_lanes_as_were_asked_for():
	assert len(suites.Wish(("site",), ["-k", "ledger"], lanes=3).sites()) == 3


def test_a_lane_has_redis_processes_of_its_own_that_end_with_it(tmp_path):
	if not machine.has_program("redis-server"):
		pytest.skip("no Redis on this machine")
	with (
		lanes.open_lane(layout(tmp_path), "a.localhost") as first,
		lanes.open_lane(layout(tmp_path), "b.localhost") as second,
	):
		addresses = {
			lane.environment()[f"FRAPPE_REDIS_{kind}"]
			for lane in (first, second)
			for kind in ("CACHE", "QUEUE")
		}
		assert len(addresses) == 4
		assert not ports.is_free(first.queue_port)
	assert ports.is_free(first.queue_port) and ports.is_free(second.cache_port)


def test_a_site_that_is_no_test_site_is_never_dropped_for_tests(tmp_path):
	place = layout(tmp_path)
	for name, config in (("people.localhost", {"db_name": "x"}), ("mine.localhost", {"allow_tests": True})):
		write_json(place.site(name) / "site_config.json", config)
	testsites.check_are_test_sites(place, ["mine.localhost", "not-there-yet.localhost"])
	for name in ("people.localhost", "hub.localhost"):
		with pytest.raises(Problem, match=f"^{name} is no test site"):
			testsites.check_are_test_sites(place, [name])


def test_every_process_gets_the_code_of_this_checkout(tmp_path):
	assert bench.environment(layout(tmp_path))["PYTHONPATH"] == str(layout(tmp_path).checkout)


@pytest.fixture
def servers(tmp_path, monkeypatch):
	"""Servers that only note that they were stopped."""
	servers = Servers(layout(tmp_path))
	monkeypatch.setattr(servers, "stop", lambda: write_json(tmp_path / "stopped", {}))
	return servers


def test_servers_stop_with_the_last_who_uses_them(servers, tmp_path):
	with servers.in_use():
		assert not servers.stop_unless_used()
	assert servers.stop_unless_used()
	assert (tmp_path / "stopped").exists()


def test_servers_stay_for_the_open_site(servers, tmp_path):
	web = Daemon("web", layout(tmp_path).run, tmp_path / "log")
	web.start(["sleep", "61.75"], "61.75", lambda: bool(web.pid()))
	assert not servers.stop_unless_used()
	web.stop()
	assert servers.stop_unless_used()


# the machine

APT_PLAN = """The following packages will be REMOVED:
  mysql-server-8.0 mysql-server-core-8.0
Remv mysql-server-8.0 [8.0.41]
Remv mysql-server-core-8.0 [8.0.41]
Inst mariadb-server-core (1:10.11.19 Debian:12 [amd64])
"""


def test_a_database_server_of_somebody_else_is_never_removed(tmp_path, monkeypatch):
	ran = []
	monkeypatch.setattr(machine, "_as_root", lambda packages: [])
	monkeypatch.setattr(machine, "run", lambda command, log: ran.append(command[-1]))
	monkeypatch.setattr(machine, "capture", lambda command: APT_PLAN)
	with pytest.raises(Problem, match="apt-get remove mysql-server-8.0 mysql-server-core-8.0$"):
		machine._install(layout(tmp_path), ["mariadb-server-core"])
	assert ran == ["update"]


def test_a_plan_that_only_adds_is_followed():
	assert machine.removals("Inst redis-server (5:7.0 Debian:12 [amd64])") == []


def test_what_a_release_lacks_is_tried_once_and_said_each_time(tmp_path, monkeypatch, capsys):
	tried = []
	monkeypatch.setattr(machine, "WISHED", {"chromium": (lambda: False, "no browser tests")})
	monkeypatch.setattr(machine, "_install", lambda layout, packages: tried.append(packages))
	for _ in range(2):
		machine._install_wishes(layout(tmp_path))
	assert tried == [["chromium"]]
	assert capsys.readouterr().out == "[miss] chromium: no browser tests (apt-get install chromium)\n" * 2


def test_a_reader_who_goes_away_sees_no_traceback(tmp_path):
	read, write = os.pipe()
	os.close(read)
	command = [sys.executable, REPOSITORY / "dev", "down"]
	environment = {**os.environ, "HUB_BENCH": str(tmp_path / "none")}
	done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment, text=True)
	os.close(write)
	assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_bench_of_another_user_is_refused_in_words(tmp_path):
	place = layout(tmp_path)
	place.hub.mkdir(parents=True)
	os.chown(place.hub, 1, 1)
	with pytest.raises(
		Problem, match=f"^{place.bench} belongs to another user. Work there as whoever made that bench"
	):
		bench.check_may_use(place, sources.Sources("/nowhere"))


def test_a_folder_one_may_not_touch_is_said_in_words(tmp_path, monkeypatch, capsys):
	def refuse(options, rest):
		raise PermissionError(13, "Permission denied", "/opt/bench/.hub")

	monkeypatch.setitem(COMMANDS, "down", refuse)
	assert main(["down"]) == 1
	assert capsys.readouterr().out == (
		"\n[stop] You may not touch /opt/bench/.hub. Work there as whoever made that bench, "
		"or choose a folder of your own: HUB_BENCH=/path ./dev ...\n"
	)


# sources


def test_apps_come_from_upstream_unless_told_otherwise(tmp_path):
	assert sources.choose_sources(layout(tmp_path), None).address("hrms") == "https://github.com/frappe/hrms"


@pytest.mark.parametrize("base", ["https://mirror.example/git", "https://mirror.example/git/"])
def test_apps_can_come_from_a_base_address(tmp_path, base):
	address = sources.choose_sources(layout(tmp_path), base).address("frappe")
	assert address == "https://mirror.example/git/frappe"


def test_a_bench_remembers_where_its_apps_come_from(tmp_path):
	sources.remember_sources(layout(tmp_path), sources.Sources("/mirror"))
	assert sources.choose_sources(layout(tmp_path), None).base == "/mirror"


def test_a_folder_without_repositories_is_refused_in_words(tmp_path):
	trouble = sources.Sources(str(tmp_path)).why_unreachable()
	reason = f"fatal: '{tmp_path}/frappe' does not appear to be a git repository"
	assert trouble.startswith(
		f"{tmp_path}/frappe cannot be reached ({reason}). Connect to the network, or name a folder"
	)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_may_be_named(tmp_path):
	for app in ("frappe", "erpnext", "hrms"):
		_repository(tmp_path / "git" / app)
		os.chown(tmp_path / "git" / app, 12345, 12345)
		os.chown(tmp_path / "git" / app / ".git", 12345, 12345)
	origin = sources.Sources(str(tmp_path / "git"))
	assert origin.why_unreachable() is None
	place = layout(tmp_path)
	place.apps.mkdir(parents=True)
	sources.clone_apps(place, origin)
	assert sources.all_cloned(place)


def _repository(folder: Path) -> None:
	(folder / folder.name).mkdir(parents=True)
	(folder / folder.name / "hooks.py").touch()
	person = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
	for words in (["init", "-q", "-b", "version-15"], ["add", "."], [*person, "commit", "-qm", "x"]):
		subprocess.run(["git", *words], cwd=folder, check=True)


def test_a_half_made_clone_is_no_app(tmp_path):
	place = layout(tmp_path)
	(place.app("frappe") / ".git").mkdir(parents=True)
	(place.app("frappe") / "frappe").mkdir()
	(place.app("frappe") / "frappe" / "hooks.py").touch()
	assert not sources.is_cloned(place, "frappe")


# state


def test_a_broken_file_counts_as_empty(tmp_path):
	(tmp_path / "x.json").write_text('{"a": 1')
	assert read_json(tmp_path / "x.json") == {}


def test_an_update_keeps_other_keys(tmp_path):
	write_json(tmp_path / "x.json", {"mine": 1, "port": 2})
	update_json(tmp_path / "x.json", {"port": 3})
	assert read_json(tmp_path / "x.json") == {"mine": 1, "port": 3}


def test_a_secret_file_is_private(tmp_path):
	write_json(tmp_path / "x.json", {}, mode=0o600)
	assert (tmp_path / "x.json").stat().st_mode & 0o777 == 0o600


def test_a_fingerprint_follows_content(tmp_path):
	file = tmp_path / "a"
	file.write_text("1")
	before = fingerprint([file])
	file.write_text("2")
	assert fingerprint([file]) != before


def test_source_files_leave_generated_folders_out(tmp_path):
	for name in ("a.js", "dist/b.js", "node_modules/x/c.js"):
		(tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
		(tmp_path / name).touch()
	assert [path.name for path in source_files(tmp_path, ("*.js",), skip=("dist",))] == ["a.js"]


def test_a_lock_keeps_others_out_and_readers_share(tmp_path):
	with locked(tmp_path / "lock"), locked(tmp_path / "lock", wait=False) as second:
		assert not second
	with locked(tmp_path / "lock", shared=True), locked(tmp_path / "lock", shared=True, wait=False) as second:
		assert second


def test_what_a_killed_holder_of_a_lock_left_behind_is_ended(tmp_path):
	holder = """
import subprocess, sys
from pathlib import Path
from devkit import shell, state
with state.locked(Path(sys.argv[1])):
    shell.show(["sh", "-c", "sleep 61.25 & echo $! ; wait"])
"""
	process = subprocess.Popen(
		[sys.executable, "-c", holder, str(tmp_path / "lock")],
		stdout=subprocess.PIPE,
		cwd=REPOSITORY,
		text=True,
	)
	grandchild = int(process.stdout.readline())
	process.kill()
	process.wait()
	assert lives(grandchild)
	with locked(tmp_path / "lock"):
		deadline = time.monotonic() + 5
		while lives(grandchild) and time.monotonic() < deadline:
			time.sleep(0.05)
	assert not lives(grandchild)


def test_who_waits_is_told_for_whom(tmp_path):
	holder = """
import sys
from pathlib import Path
from devkit import state
sys.argv = ["dev", "test", "site"]
with state.locked(Path("{lock}")):
    print(flush=True)
    sys.stdin.readline()
"""
	process = subprocess.Popen(
		[sys.executable, "-c", holder.format(lock=tmp_path / "lock")],
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		cwd=REPOSITORY,
		text=True,
	)
	process.stdout.readline()
	waiting = subprocess.Popen(
		[sys.executable, "-c", holder.format(lock=tmp_path / "lock")],
		stdin=subprocess.DEVNULL,
		stdout=subprocess.PIPE,
		cwd=REPOSITORY,
		text=True,
	)
	said = waiting.stdout.readline()
	process.communicate("done\n")
	waiting.communicate()
	assert said == f"[wait] until ./dev test site in {REPOSITORY} (process {process.pid}) is done (lock)\n"


def test_a_dump_that_was_cut_off_is_not_whole(tmp_path):
	dump = tmp_path / "base.sql"
	dump.write_text("CREATE TABLE x;\n-- Dump comp")
	assert not is_whole(dump)
	dump.write_text("CREATE TABLE x;\n-- Dump completed on 2026-01-01\n")
	assert is_whole(dump)


def test_benches_beside_each_other_have_their_own_databases(tmp_path):
	names = {database_name(tmp_path / bench / "sites" / "hub.localhost") for bench in ("a", "b")}
	assert len(names) == 2


# steps and processes


def test_a_step_that_is_done_is_skipped():
	assert step("x", lambda: True, lambda: pytest.fail("did it again")) is False


def test_a_step_without_result_is_a_problem():
	with pytest.raises(Problem, match="its result is not there"):
		step("x", lambda: False, lambda: None)


def test_a_failing_command_shows_the_end_of_its_log(tmp_path):
	with pytest.raises(Problem, match="exit 3(.|\n)*out of cheese"):
		run(["sh", "-c", "echo out of cheese; exit 3"], tmp_path / "log")


def test_a_daemon_is_stopped_by_its_pid_file(tmp_path):
	daemon = Daemon("sleeper", tmp_path, tmp_path / "log")
	daemon.start(["sleep", "61.5"], "61.5", lambda: bool(daemon.pid()))
	assert daemon.pid()
	assert daemon.stop()
	assert daemon.pid() is None


def test_a_pid_that_now_belongs_to_something_else_is_left_alone(tmp_path):
	(tmp_path / "sleeper.pid").write_text("1\nthe command line of our sleeper\n")
	daemon = Daemon("sleeper", tmp_path, tmp_path / "log")
	assert daemon.pid() is None
	assert not daemon.stop()


def test_a_daemon_of_a_run_ends_when_the_run_is_killed(tmp_path):
	run_of_tests = """
import sys, time
from pathlib import Path
from devkit.processes import Daemon
daemon = Daemon("sleeper", Path(sys.argv[1]), Path(sys.argv[1]) / "log")
daemon.start(["sleep", "61.8"], "61.8", lambda: bool(daemon.pid()), outlives_us=sys.argv[2] == "yes")
print(daemon.pid(), flush=True)
time.sleep(60)
"""
	left = {}
	for outlives in ("yes", "no"):
		process = subprocess.Popen(
			[sys.executable, "-c", run_of_tests, str(tmp_path), outlives],
			stdout=subprocess.PIPE,
			cwd=REPOSITORY,
			text=True,
		)
		pid = int(process.stdout.readline())
		process.kill()
		process.wait()
		deadline = time.monotonic() + 2
		while lives(pid) and time.monotonic() < deadline:
			time.sleep(0.05)
		left[outlives] = lives(pid)
		Daemon("sleeper", tmp_path, tmp_path / "log").stop()
	assert left == {"yes": True, "no": False}


# a benchmark in a browser


def test_lighthouse_is_fetched_only_where_it_is_asked_for(tmp_path, monkeypatch):
	fetched, place = [], layout(tmp_path)
	program = place.node / "node_modules" / ".bin" / "lighthouse"

	def fetch(_layout, *packages):
		fetched.extend(packages)
		program.parent.mkdir(parents=True)
		program.touch()

	monkeypatch.setattr(machine, "npm_install", fetch)
	monkeypatch.setattr(machine, "find_chromium", lambda: "/usr/bin/chromium")
	assert benchmarks.browser_for(place, ["portal"]) == {}
	assert fetched == []
	for names in (["lighthouse"], []):
		found = benchmarks.browser_for(place, names)
		assert found == {"HUB_CHROMIUM": "/usr/bin/chromium", "HUB_LIGHTHOUSE": str(program)}
	assert fetched == ["lighthouse@12"]


def test_without_a_browser_the_other_benchmarks_still_run(tmp_path, monkeypatch, capsys):
	monkeypatch.setattr(machine, "find_chromium", lambda: None)
	assert benchmarks.browser_for(layout(tmp_path), []) == {}
	assert "no Chromium on this machine" in capsys.readouterr().out
	with pytest.raises(Problem, match="lighthouse: no Chromium"):
		benchmarks.browser_for(layout(tmp_path), ["lighthouse"])
