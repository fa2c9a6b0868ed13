"""Run as a program: imports the platform and this app once, and forks for each command that asks (`warm_command.py`).

Argument: the socket to listen on. It ends with its input.
"""

import contextlib
import importlib
import json
import os
import runpy
import signal
import socket
import sys
import traceback
from pathlib import Path
from select import select

from made_once import make_once

MODULES = (
	"frappe.app",
	"frappe.commands.scheduler",
	"frappe.commands.site",
	"frappe.core.doctype.communication.communication",
	"frappe.core.doctype.file.file",
	"frappe.core.doctype.user.user",
	"frappe.email.doctype.email_queue.email_queue",
	"frappe.migrate",
	"frappe.utils.background_jobs",
	"erpnext.setup.doctype.employee.employee",
	"hrms.hr.doctype.job_applicant.job_applicant",
	"hrms.hr.doctype.job_opening.job_opening",
	"hrms.overrides.employee_master",
	"referral_hub.commands",
	"referral_hub.flow",
	"referral_hub.hrms_events",
	"referral_hub.referrals.jobs",
	"referral_hub.referrals.service",
	"referral_hub.rewards.paying.payouts",
	"referral_hub.tasks",
)


def main(address: str) -> None:
	for name in MODULES:
		importlib.import_module(name)
	make_once()
	signal.signal(signal.SIGCHLD, signal.SIG_IGN)
	with socket.socket(socket.AF_UNIX) as listener:
		listener.bind(address)
		listener.listen(128)
		os.write(1, b"ready\n")
		while sys.stdin not in select([listener, sys.stdin], [], [])[0]:
			asked, _ = listener.accept()
			if not os.fork():
				listener.close()
				watch(asked)
			asked.close()
	Path(address).unlink()
	Path(address).parent.rmdir()


def watch(asked: socket.socket) -> None:
	"""Fork once more: somebody has to see how it ends, and to end it when nobody waits for it any longer."""
	signal.signal(signal.SIGCHLD, signal.SIG_DFL)
	streams = socket.recv_fds(asked, 1, 3)[1]
	order = json.loads(asked.makefile().readline())
	child = os.fork()
	if not child:
		asked.close()
		become(streams, **order)
	for stream in streams:
		os.close(stream)
	ended = os.pidfd_open(child)
	if ended not in select([ended, asked], [], [])[0]:
		os.kill(child, signal.SIGKILL)
	status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
	with contextlib.suppress(OSError):  # when the command was killed
		asked.sendall(f"{status}\n".encode())
	os._exit(0)


def become(streams: list[int], words: list[str], folder: str, environment: dict) -> None:
	for number, stream in enumerate(streams):
		os.dup2(stream, number)
		os.close(stream)
	os.chdir(folder)
	os.environ.clear()
	os.environ.update(environment)
	sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
	status = status_of(words)
	sys.stdout.flush()
	sys.stderr.flush()
	os._exit(status)


def status_of(words: list[str]) -> int:
	"""Run it as Python would, and say with what it ends."""
	try:
		run(*words)
	except SystemExit as end:
		if isinstance(end.code, str):
			print(end.code, file=sys.stderr)
			return 1
		return int(end.code or 0)
	except BaseException:
		traceback.print_exc()
		return 1
	return 0


def run(first: str, *words: str) -> None:
	if first == "-c":
		sys.argv, sys.path[0] = ["-c", *words[1:]], ""
		exec(compile(words[0], "<string>", "exec"), {"__name__": "__main__"})
	elif first == "-m":
		sys.argv, sys.path[0] = list(words), os.getcwd()
		runpy.run_module(words[0], run_name="__main__", alter_sys=True)
	else:
		sys.argv, sys.path[0] = [first, *words], str(Path(first).parent)
		runpy.run_path(first, run_name="__main__")


if __name__ == "__main__":
	main(*sys.argv[1:])
