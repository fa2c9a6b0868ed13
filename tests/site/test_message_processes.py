"""Many processes send, and some die: each message is handed over exactly once."""

import os
import signal
import subprocess
from collections import Counter
from pathlib import Path

import frappe
import pytest
from live_site import site_name, sites_folder
from message_factories import WORDS, make_reader, messages_to
from warm_python import warm_python

from referral_hub.messages import service

pytestmark = pytest.mark.commits

MESSAGES = 50
PROCESSES = 8

CONNECT = f"""
import os, signal, sys
import frappe
frappe.init({site_name()!r}, sites_path=".")
frappe.connect()
from referral_hub import tasks
from referral_hub.messages import outbox, service

def wait_for_go():
	print("ready", flush=True)
	sys.stdin.readline()
"""

SEND = CONNECT + "wait_for_go()\ntasks.send_messages()\nfrappe.destroy()"

# dies after the mail was queued and marked, before the commit of the third message
DIE = (
	CONNECT
	+ """
commit, count = frappe.db.commit, 0

def die_at_third():
	global count
	count += 1
	if count == 3:
		os.kill(os.getpid(), signal.SIGKILL)
	commit()

service.send_pending(after_each=die_at_third)
"""
)

TELL = (
	CONNECT
	+ """
wait_for_go()
def tell(number):
	try:
		service.tell("offer_made", sys.argv[1], key=f"REF-{number}")
		frappe.db.commit()
	except frappe.QueryDeadlockError:  # as every job does: from the start
		frappe.db.rollback()
		tell(number)

for number in range(20):
	tell(number)
frappe.destroy()
"""
)


def start(script: str, *arguments: str) -> subprocess.Popen:
	return subprocess.Popen(
		[*warm_python(), "-c", script, *arguments],
		cwd=sites_folder(),
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
		text=True,
	)


def run_together(processes: list[subprocess.Popen]) -> None:
	"""All are connected and wait; then all go. None may end in an error."""
	assert [process.stdout.readline() for process in processes] == ["ready\n"] * len(processes)
	for process in processes:
		process.stdin.write("go\n")
		process.stdin.flush()
	for process in processes:
		_out, errors = process.communicate(timeout=300)
		assert process.returncode == 0, errors


def tell_many(reader, messages: int) -> None:
	for number in range(messages // 2):
		service.tell("offer_made", reader.name, key=f"REF-{number}", **WORDS)
	frappe.db.after_commit.reset()  # no job follows: only the processes of the test send
	frappe.db.commit()


def handed_over(reader) -> tuple[Counter, Counter]:
	"""What is in the mail queue and behind the bell, by what the outbox says they became."""
	frappe.db.rollback()
	mails = frappe.get_all(
		"Email Queue", filters=[["Email Queue Recipient", "recipient", "=", reader.user_id]], pluck="name"
	)
	bells = frappe.get_all("Notification Log", filters={"for_user": reader.user_id}, pluck="name")
	said = Counter(message.sent_as for message in messages_to(reader, state="Sent"))
	return Counter(mails + bells), said


def test_eight_processes_hand_fifty_messages_over_once_each(commits):
	reader = make_reader()
	tell_many(reader, MESSAGES)
	run_together([start(SEND) for _ in range(PROCESSES)])
	done, said = handed_over(reader)
	assert len(done) == MESSAGES
	assert done == said


def test_a_sender_that_is_killed_before_its_commit_doubles_and_loses_nothing(commits):
	reader = make_reader()
	tell_many(reader, 10)
	victim = start(DIE)
	victim.communicate(timeout=120)
	assert victim.returncode == -signal.SIGKILL
	done, said = handed_over(reader)
	assert (len(done), done) == (2, said)
	run_together([start(SEND)])
	done, said = handed_over(reader)
	assert (len(done), done) == (10, said)


def test_processes_that_tell_the_same_at_once_tell_it_once(commits):
	reader = make_reader()
	frappe.db.commit()
	run_together([start(TELL, reader.name) for _ in range(PROCESSES)])
	frappe.db.rollback()
	keys = Counter((message.event_key, message.channel) for message in messages_to(reader))
	assert len(keys) == 40
	assert set(keys.values()) == {1}


def test_nobody_who_tells_waits_for_a_message_being_sent(commits):
	reader = make_reader()
	tell_many(reader, 4)
	frappe.db.sql("set session innodb_lock_wait_timeout = 1")
	commits.at_end(lambda: frappe.db.sql("set session innodb_lock_wait_timeout = default"))
	holder = start(CONNECT + HOLD)
	assert holder.stdout.readline() == "ready\n"
	service.tell("candidate_joined", reader.name, key="REF-1", **WORDS)
	frappe.db.commit()
	holder.communicate("go\n", timeout=60)
	assert len(messages_to(reader, event="candidate_joined")) == 2


# keeps every waiting message claimed until told to go on
HOLD = """
for name in outbox.due(100):
	assert outbox.claim(name)
wait_for_go()
"""


def test_what_was_told_is_sent_by_the_job_that_follows_the_commit(commits):
	reader = make_reader()
	service.tell("offer_made", reader.name, key="REF-1", **WORDS)
	commits.run_jobs()
	assert [message.state for message in messages_to(reader)] == ["Sent", "Sent"]
