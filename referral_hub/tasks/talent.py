"""The talent pool is filled, scored, called, and left by whom it may keep no longer."""

from functools import partial

import frappe

from referral_hub.tasks.running import chunk_by_chunk, one_by_one


def look_for_talent(applicants: list[str]):
	"""Look whether these applicants belong in the talent pool, or have left it."""
	from referral_hub.talent import jobs

	frappe.set_user("Administrator")
	jobs.look(applicants)


def fill_talent_pool():
	"""Look at every applicant who moved since the last look, referred or not."""
	from referral_hub.talent import jobs

	jobs.look_at_moved()


def import_talent_history():
	"""Look through all applicants for HR, who sees how far it is."""
	from referral_hub.talent.capturing import history

	user = frappe.session.user
	frappe.set_user("Administrator")
	history.run(say=frappe.logger("referral_hub").info, progress=partial(_show_progress, user))


def _show_progress(user: str, done: int, total: int):
	title = frappe._("Talent Pool")
	progress = {"progress": [done, total], "percent": 100 * done / total, "title": title}
	frappe.publish_realtime("progress", progress, user=user)


def look_after_talent_pool():
	"""Ask those whose time is nearly up, and forget those whose time is over."""
	from referral_hub import flow
	from referral_hub.talent import keeping

	one_by_one(flow.ask_to_be_kept, keeping.to_be_asked())
	names = keeping.over()
	while names:
		one_by_one(flow.end_keeping, names)
		names = keeping.over(after=names[-1])


def score_talent_pool():
	"""Count for everybody who may be called how likely they are to come back, a chunk in a transaction."""
	from referral_hub.talent.finding import scoring

	chunk_by_chunk(scoring.store, scoring.some)


def read_openings():
	"""Read descriptions that are new or changed, so that nobody waits for it who asks who fits."""
	from referral_hub.matching import warming

	chunk_by_chunk(warming.read, warming.some)


def prompt_calls():
	"""Ask people to call who is due today, once for each step; what an outage left undone is asked for now."""
	from referral_hub.talent.cadence import handing_over, planning, prompts

	chunk_by_chunk(planning.store, planning.some)
	one_by_one(prompts.stop, prompts.to_stop())
	one_by_one(handing_over.hand_over, handing_over.left_behind())
	one_by_one(prompts.wake, prompts.to_wake())
	one_by_one(prompts.ask, [row["record"] for row in prompts.due_prompts()])


def watch_recall_requests():
	"""Remind colleagues who were asked to write to somebody, tell HR where nothing happens, close what is over."""
	from referral_hub.talent.requests import watching

	one_by_one(watching.look, watching.open_requests())


def follow_wecom():
	"""Call off what is still to be, and learn of WeCom which messages to people of the pool were confirmed and sent."""
	from referral_hub.talent.wecom import calling_off, sending

	one_by_one(calling_off.stop, calling_off.stopping())
	one_by_one(sending.look, sending.waiting())


def call_off_wecom(contact: str):
	"""Let WeCom hand on nothing that waits to be confirmed, for somebody who is not written to any more.

	:param contact: the Talent Interaction; says nothing of who the person is. What fails is done by `follow_wecom` within the hour.
	"""
	from referral_hub.talent.wecom import calling_off

	one_by_one(calling_off.stop, [contact])
