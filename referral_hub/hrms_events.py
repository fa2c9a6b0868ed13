"""The table of contents: "this happened in HRMS -> look at the referral again".

These run inside HR's save. Hints never fail it, never pay and cost it no query: whether the applicant of an Interview,
Job Offer, Onboarding or Employee was referred is looked up once HR's transaction is committed, by one query. A hint that
gets lost is found by the reconcile. Only the merge of employees and what is deleted or renamed write here: wallets
follow their owners.
"""

from collections.abc import Callable
from functools import wraps

import frappe

from referral_hub import kept, tokens
from referral_hub.announcing import reading as announcements
from referral_hub.announcing.club import events as club
from referral_hub.background import start_after_commit
from referral_hub.matching.contacts import leaving
from referral_hub.messages import outbox, preferences
from referral_hub.messages.channels import wecom_sign_in
from referral_hub.paths import cases, former_names
from referral_hub.paths import forgetting as paths
from referral_hub.paths.goals import onboardings, starting
from referral_hub.points import owners
from referral_hub.points.following import handing_on
from referral_hub.points.shop import forgetting as shop
from referral_hub.points.shop import orders
from referral_hub.recognition import service as recognition
from referral_hub.referrals import rejecting
from referral_hub.referrals.cards import service as cards
from referral_hub.referrals.jobs import follow_after_commit, follow_applicants_after_commit
from referral_hub.referrals.making import ownership, standins
from referral_hub.referrals.named import asking, forgetting, merging
from referral_hub.referrals.native import applicants, changing
from referral_hub.referrals.rules.sources import naming
from referral_hub.referrals.rules.sources.formulas import without_formula
from referral_hub.referrals.sharing import careers
from referral_hub.rewards import service as rewards
from referral_hub.survey import service as survey
from referral_hub.talent import sending

# what the app alone writes on a Job Applicant; what a guest said about who told them is theirs, once
_OURS = ("referred", "referral", "link", "called_back")
CREDIT = tuple(f"referral_hub_{field}" for field in _OURS)
# what HRMS's own form takes from a stranger as words
WRITTEN_BY_GUESTS = ("applicant_name", "phone_number", "resume_link", "cover_letter")


def _never_fails_the_save(handler: Callable) -> Callable:
	@wraps(handler)
	def guarded(doc, method=None, *args, **kwargs):
		try:
			handler(doc, method, *args, **kwargs)
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			raise  # the transaction is gone: nobody may go on as if it were not
		except Exception:
			frappe.log_error(title="A referral could not be looked at", reference_doctype=doc.doctype)

	return guarded


@_never_fails_the_save
def applicant_changed(doc, method=None):
	referral = doc.get("referral_hub_referral")
	if referral and not doc.flags.referral_hub_is_new:
		follow_after_commit(referral)
		if doc.job_title and doc.has_value_changed("job_title"):
			start_after_commit("referral_hub.tasks.follow_openings", referral=referral)
		rejecting.ask_for_reason(doc)
		return
	if standins.can_be_named(doc):
		start_after_commit("referral_hub.tasks.name_applicant", applicant=doc.name)
	if not referral and doc.get("source_name") and not doc.get("employee_referral"):
		asking.ask_after_commit(doc.name)


@_never_fails_the_save
def applicant_inserted(doc, method=None):
	"""Somebody applied on HRMS's own page; whoever opened a link before is its owner's. Without a code: no query."""
	if doc.get("employee_referral") and not doc.flags.referral_hub_is_new:
		applicants.follow_after_commit(doc.employee_referral)
	if doc.get("referral_hub_told_by") and not doc.get("referral_hub_referral"):
		asking.ask_after_commit(doc.name)
	code = None if doc.flags.referral_hub_is_new else careers.code_of_request()
	if code:
		careers.remember(doc, code)


def applicant_is_saved(doc, method=None):
	"""Keep the credit as the app wrote it, whatever a form, an import or a REST call brings along. No query."""
	if not doc.is_new():
		kept.keep_stored(doc, (*CREDIT, "referral_hub_told_by"))


def applicant_is_inserted(doc, method=None):
	"""Let no copy and no import bring a credit along; clean what a guest wrote; refuse a second applicant of one Employee
	Referral. Without any: no query.
	"""
	if not doc.flags.referral_hub_is_new and not (
		doc.get("referral_hub_referral") and ownership.is_come_back(doc)
	):
		kept.leave_out(doc, CREDIT)
	if doc.get("referral_hub_told_by"):
		doc.referral_hub_told_by = naming.one_line(doc.referral_hub_told_by)
	if doc.flags.referral_hub_is_new or frappe.session.user == "Guest":
		_clean_what_a_guest_wrote(doc)
	if doc.get("employee_referral"):
		applicants.refuse_second(doc)


def _clean_what_a_guest_wrote(doc) -> None:
	"""A stranger's request may carry anything where words are expected; that is the platform's to refuse."""
	for field in WRITTEN_BY_GUESTS:
		if isinstance(doc.get(field), str):
			doc.set(field, without_formula(doc.get(field)))


def applicant_is_renamed(doc, method=None, old=None, new=None, merge=False):
	if merge:
		merging.make_room("job_applicant", old, new)


@_never_fails_the_save
def applicant_renamed(doc, method=None, old=None, new=None, merge=False):
	if merge:
		ownership.credit_one_referral(doc)
	applicant_changed(doc)


@_never_fails_the_save
def applicant_deleted(doc, method=None):
	"""Whom they had named is not told of them any more; whoever goes unnoticed here is found by the daily task."""
	forgetting.forget(doc.name)
	paths.forget_applicant(doc.name)


@_never_fails_the_save
def changed(doc, method=None):
	"""An Interview, Job Offer, Employee Onboarding or Employee changed: follow the applicant it belongs to."""
	before = doc.get_doc_before_save()
	applicants = {doc.get("job_applicant"), before.get("job_applicant") if before else None}
	follow_applicants_after_commit(filter(None, applicants))
	if doc.doctype == "Employee" and rewards.is_hired_otherwise(doc):
		start_after_commit("referral_hub.tasks.earn_rewards_of_hire", employee=doc.name)


@_never_fails_the_save
def employee_is_saved(doc, method=None):
	standins.keep_out_of_employee(doc)
	if doc.status == "Active":
		starting.follow_after_commit(doc.get("job_applicant"))
	if doc.status != "Active" and not doc.is_new():
		cards.revoke(doc.name)


def salary_slip_changed(doc, method=None):
	"""Payroll submitted or cancelled a slip that carries additional pay: a job looks whether it is a reward's."""
	payouts = [row.additional_salary for row in (*doc.earnings, *doc.deductions) if row.additional_salary]
	if payouts:  # by name: a cancelled Payroll Entry deletes its slips before any job looks
		start_after_commit("referral_hub.tasks.follow_salary_slip", slip=doc.name, payouts=payouts)


def additional_salary_gone(doc, method=None):
	"""Somebody cancelled or deleted the payout of a reward; one that is not ours costs no query."""
	if doc.ref_doctype == "Referral Reward" and not doc.flags.withdrawn_by_rewards:
		user = frappe.session.user
		facts = {"reward": doc.ref_docname, "payout": doc.name, "user": user}
		start_after_commit("referral_hub.tasks.follow_additional_salary", **facts)
	elif doc.ref_doctype == "Reward Recovery" and not doc.flags.withdrawn_by_rewards:
		start_after_commit("referral_hub.tasks.follow_recovery", recovery=doc.ref_docname)


def additional_salary_to_cancel(doc, method=None):
	"""Refuse that HR cancels what a slip made anew still has to pay, or what deducts their own debt; others cost no query."""
	if doc.ref_doctype == "Referral Reward":
		rewards.refuse_taking_away(doc)
	elif doc.ref_doctype == "Reward Recovery":
		rewards.refuse_ending_deduction(doc)


def additional_salary_to_delete(doc, method=None):
	"""Refuse that HR deletes the draft that deducts their own debt; others cost no query."""
	if doc.ref_doctype == "Reward Recovery":
		rewards.refuse_ending_deduction(doc)
	additional_salary_gone(doc)


def additional_salary_checked(doc, method=None):
	"""Refuse HRMS's own bonus where our cash was paid, and a second payout or deduction of one reward; others cost no query."""
	if doc.ref_doctype == "Employee Referral":
		rewards.refuse_second(doc)
	elif doc.ref_doctype == "Referral Reward":
		rewards.refuse_second_payout(doc)
		rewards.refuse_payer(doc)
	elif doc.ref_doctype == "Reward Recovery":
		rewards.refuse_deduction(doc)


@_never_fails_the_save
def additional_salary_submitted(doc, method=None):
	"""Somebody submitted what pays a reward, as it was or amended; one that is not ours costs no query."""
	if doc.ref_doctype == "Referral Reward" and doc.ref_docname and not doc.flags.made_by_rewards:
		start_after_commit("referral_hub.tasks.follow_submitted_salary", reward=doc.ref_docname)
	elif doc.ref_doctype == "Reward Recovery" and doc.ref_docname and not doc.flags.made_by_rewards:
		start_after_commit("referral_hub.tasks.follow_recovery", recovery=doc.ref_docname)


def employee_referral_is_submitted(doc, method=None):
	"""Let HR's own save note that this form waits for us: no query, and nothing is lost without Redis."""
	doc.referral_hub_waiting = 1


@_never_fails_the_save
def employee_referral_changed(doc, method=None):
	"""Submitted, cancelled or rejected: a job takes it over or follows it."""
	applicants.follow_after_commit(doc.name)


@_never_fails_the_save
def employee_referral_gone(doc, method=None):
	changing.forget(doc.name)


@_never_fails_the_save
def onboarding_inserted(doc, method=None):
	"""Goals that are under way by now come among its activities: a job adds them."""
	onboardings.follow_after_commit(doc.get("job_applicant"))


def employee_is_renamed(doc, method=None, old=None, new=None, merge=False):
	"""Two employees become one, with the choices of the one that stays, else of the other: their wallets do too, a broken one after its repair.

	A plain rename is followed afterwards.
	"""
	if merge:
		rewards.make_room_to_merge(old, new)
		owners.merge_employees(old, new)
		outbox.make_room_to_merge(old, new)
		merging.make_room("employee", old, new)
		preferences.merge(old, new)
		announcements.make_room_to_merge(old, new)
		club.make_room_to_merge(old, new)


def employee_was_renamed(doc, method=None, old=None, new=None, merge=False):
	owners.follow_employee(old, new)
	orders.follow_employee(new)
	start_after_commit("referral_hub.tasks.follow_contacts", "long", old=old, new=new)
	if merge:
		leaving.merge(old, new)
		recognition.count_after_commit(new)


def employee_was_saved(doc, method=None):
	"""Whoever leaves takes nobody's particulars along and leaves none behind."""
	if doc.status == "Left" and doc.has_value_changed("status"):
		leaving.part(doc.name)
		cases.part(doc.name)
	before = doc.get_doc_before_save()
	if before and any(before.get(field) != doc.get(field) for field in ("status", "company", "department")):
		recognition.count_after_commit(doc.name)
	if before and any(before.get(field) != doc.get(field) for field in ("status", "company")):
		handing_on.follow_after_commit(doc.name)


def employee_was_transferred(doc, method=None):
	"""HRMS moves the record below its controller, or makes another: who refers best is counted where they are now, and what
	they let others see goes along; their points do where HR wants that."""
	if doc.new_employee_id:
		cases.part(doc.employee)
	for name in (doc.employee, doc.new_employee_id):
		recognition.count_after_commit(name)
	handing_on.follow_after_commit(doc.new_employee_id or doc.employee)


def employee_deleted(doc, method=None):
	leaving.forget_employee(doc.name)
	owners.release_employee(doc.name)
	preferences.forget_employee(doc.name)
	paths.forget_employee(doc.name)
	recognition.forget_employee(doc.name)
	announcements.forget_employee(doc.name)
	club.forget_employee(doc.name)
	survey.forget_employee(doc.name)
	shop.forget_employee(doc.name)
	rewards.forget_employee(doc.name)
	tokens.forget(tokens.Subject("Employee", doc.name))


def company_renamed(doc, method=None, old=None, new=None, merge=False):
	owners.rename_company(old, new)


def promised_thing_renamed(doc, method=None, old=None, new=None, merge=False):
	"""What was promised by this name is meant by the new one: fails the rename rather than the promise."""
	rewards.follow_rename(doc.doctype, old, new)


def user_is_saved(doc, method=None):
	"""Whose WeCom account opens a login is for administrators to say: fails the save that says it otherwise."""
	wecom_sign_in.keep_links(doc)


@_never_fails_the_save
def designation_renamed(doc, method=None, old=None, new=None, merge=False):
	"""HRMS's promotions go on saying the old word."""
	former_names.note_renamed(old, new)


def mail_arrived(communication, method=None):
	"""A mail about somebody of the talent pool; others cost nothing."""
	sending.follow(communication)
