"""Real processes that do the same with rewards at the same moment, each with a connection and transactions of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
from frappe.utils import cint
from live_site import site_name, sites_folder
from warm_python import warm_python

PROCESSES = 8
REPOSITORY = Path(__file__).resolve().parents[2]

CONNECT = f"""
import sys
import frappe
frappe.init({site_name()!r}, sites_path=".")
frappe.connect()
from referral_hub import tasks
from referral_hub.retry import retry_deadlocks
from referral_hub.rewards import service

def commit_quietly():
	frappe.db.after_commit.reset()
	frappe.db.commit()

print("ready", flush=True)
sys.stdin.readline()
"""


def run_together(script: str, *arguments: str) -> int:
	"""Let all processes be ready, start them at once, and add up what they say they did."""
	return run_each(script, [arguments] * PROCESSES)


def run_each(script: str, arguments: list[tuple[str, ...]]) -> int:
	"""The same, with a process for each of the arguments."""
	environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
	running = [
		subprocess.Popen(
			[*warm_python(), "-c", script, *given],
			cwd=sites_folder(),
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
			env=environment,
		)
		for given in arguments
	]
	for process in running:
		assert process.stdout.readline() == "ready\n"
	said = []
	for process in running:
		process.stdin.write("go\n")
		process.stdin.flush()
	for process in running:
		said.append(process.communicate(timeout=300)[0])
		assert process.returncode == 0
	frappe.db.rollback()
	return sum(cint(words) for words in said)


@contextmanager
def process(script: str, *arguments: str) -> Iterator[subprocess.Popen]:
	"""Run a script in a process of its own, which is ended at the end; what it prints after it is ready is for the caller."""
	environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
	command = [*warm_python(), "-c", script, *arguments]
	pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
	with subprocess.Popen(command, cwd=sites_folder(), env=environment, **pipes) as running:
		try:
			assert running.stdout.readline() == "ready\n"
			running.stdin.write("go\n")
			running.stdin.flush()
			yield running
		finally:
			running.kill()


@contextmanager
def another_connection() -> Iterator[None]:
	"""Work in a transaction of another connection; what is done inside is committed at its end."""
	ours = frappe.local.db
	frappe.connect()
	theirs = frappe.local.db
	try:
		yield
		theirs.after_commit.reset()
		theirs.commit()
	finally:
		theirs.close()
		frappe.local.db = ours


def commit_quietly(commits) -> None:
	"""Commit without the jobs that would follow: a worker somewhere would do it before the processes do."""
	frappe.db.after_commit.reset()
	commits.commit()
