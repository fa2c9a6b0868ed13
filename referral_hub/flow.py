"""What follows what, in one place: a referral moved -> rewards -> messages.

Called by the Referral that is made, by the Referral Event that records a move, by the Referral Reward that moves and by the
Referral Program that is renamed, inside their transaction.
"""

from functools import partial

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub import kept, tokens
from referral_hub.background import start_after_commit
from referral_hub.forgotten import journal, sweeping
from referral_hub.messages import service as messages
from referral_hub.paths import forgetting as paths
from referral_hub.points import owners
from referral_hub.points.draw import prizes
from referral_hub.points.shop import service as shop
from referral_hub.referrals import closing, policy
from referral_hub.referrals.consent import asking, erasing, leaving, office
from referral_hub.referrals.disputes import telling as questions
from referral_hub.referrals.erasure import again, hrms, reach, reports, traces
from referral_hub.referrals.erasure import person as people_of
from referral_hub.referrals.erasure.words import linking_rows
from referral_hub.referrals.making import matching, recalling
from referral_hub.referrals.native import standing
from referral_hub.referrals.rules import moves
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.referrals.service_level import notices, people
from referral_hub.rewards import service as rewards
from referral_hub.talent import keeping
from referral_hub.talent import service as talent

BUDGET = ("budget_used", "budget_amount")


def freeze_terms(referral):
	"""Keep what this referral was promised: the terms in force now, whatever becomes of the rules.

	Without an opening or a designation nothing is promised: the rules of the day on which HR finds one say it (`match`).
	"""
	is_for_something = referral.job_opening or referral.designation
	is_promised = is_for_something and not referral.flags.promises_nothing
	promised = rewards.terms_for(referral) if is_promised else {}
	referral.terms = frappe.as_json(promised)
	_warn_of_budget(referral)


def reminded(nudge):
	"""Tell the people of a reminder; the nudge itself says that it happened once."""
	for notice in notices.of(nudge):
		tell(notice)


def question_moved(question):
	"""Tell HR that an employee asks, and the employee that HR has answered."""
	for notice in questions.of(question):
		tell(notice)


def tell(notice):
	"""Tell an employee, or a user of the desk, what happened to a referral."""
	about = {"key": notice.key, "referral": notice.referral, **notice.facts}
	if notice.employee:
		messages.tell(notice.event, notice.employee, **about)
	if notice.user:
		messages.tell_user(notice.event, notice.user, **about)


def referral_moved(event):
	"""Let everything that depends on a referral follow its new event."""
	referral = event.flags.referral or frappe.get_doc("Referral", event.referral)
	if event.kind == "Credit":
		_credit_moved(referral)
	is_waiting = not referral.job_opening and not referral.flags.is_made_now
	if is_waiting and follow_opening(referral.name):
		referral.reload()
	rewards.earn(referral)
	if not referral.flags.is_made_now:  # its promise was counted with its terms
		rewards.follow_budget(referral)
		_warn_of_budget(referral)
	if not event.flags.is_history:
		messages.tell_referrer(event, referral)
		if event.kind == "Credit":
			messages.tell_former_referrer(event, referral)
		messages.tell_candidate_of(event, referral, link=lambda: asking.link_of(referral.name))
		asking.ask_at_start(event, referral)
	standing.follow(referral)
	_keep_in_pool(event, referral)
	_follow_in_pool(event, referral)


def match(referral: str, opening: str, knowingly: bool = False):
	"""HR found an opening for somebody who was referred without one: from now on a referral as any other."""
	_promise_for(matching.match(referral, opening, knowingly), opening)


def follow_opening(referral: str) -> bool:
	"""Do as if HR had matched a referral whose applicant they gave an opening; say whether they had."""
	opening = matching.opening_found(referral)
	if opening:
		_promise_for(matching.follow_applicant(referral, opening), opening)
	return bool(opening)


def _promise_for(row, opening: str):
	"""Freeze the terms of today for the opening HR found, and tell the referrer."""
	if not rewards.has_terms(row):
		with kept.writing(row):
			row.flags.promised_on = frappe.utils.nowdate()
			freeze_terms(row)
			row.save(ignore_permissions=True)
		rewards.earn(row)
	talent.matched(row.name, opening)
	title = frappe.db.get_value("Job Opening", opening, "job_title")
	messages.tell("referral_matched", row.referrer, key=row.name, referral=row.name, opening=title)


def call_back(record: str, opening: str) -> str | None:
	"""HR makes somebody of the pool an applicant for an opening; return the Referral that credits the referrer, if any.

	A referral that waits in the pool is matched. Else it is a new one, under the rules of today, of whoever referred the
	person first: the program says for how long.
	"""
	person = talent.lock(record)
	talent.check_may_be_called(person)
	if matching.waits(person.referral):
		match(person.referral, opening)
		return person.referral
	matching.check_open(opening)
	recalling.check_not_there(person.job_applicant, opening)
	known = _known(person)
	employee = recalling.credited(known, opening)
	referral = recalling.recall(known, opening, employee) if employee else None
	applicant = referral.job_applicant if referral else recalling.apply_alone(known, opening)
	if applicant and person.resume:
		frappe.db.set_value("Job Applicant", applicant, "resume_attachment", person.resume)
	talent.called_back(person, opening, applicant, referral)
	return referral.name if referral else None


def _known(person) -> recalling.Known:
	return recalling.Known(
		Candidate(person.person_name, person.email or None, person.phone or None),
		person.first_referrer,
		person.first_referral,
		frappe.utils.getdate(person.first_referred_on) if person.first_referred_on else None,
		person.note or "",
		person.consent_purpose if person.consent_state == "Given" else None,
	)


def _keep_in_pool(event, referral):
	"""Somebody referred without an opening goes to the pool, once HR may know them: not while they are asked first.

	Somebody HR had looked at before is never Submitted: their first step is a later one. A correction is no first step.
	"""
	if not moves.is_first_step(event.kind, event.stage, frappe.parse_json(event.facts or "{}")):
		return
	if not event.flags.is_history and not referral.job_opening and not referral.designation:
		talent.capture(referral.job_applicant, talent.OPEN_CHANNEL)


def _follow_in_pool(event, referral):
	"""Whoever did not come, declined, withdrew or was nearly chosen is looked at once this is committed; so is a hire."""
	if event.kind == "Outcome" and referral.job_applicant and not referral.erased_on:
		start_after_commit("referral_hub.tasks.look_for_talent", applicants=[referral.job_applicant])


def confirm_no_show(record: str, reason: str, words: str = ""):
	"""HR says that somebody who was proposed did not come; an open referral of theirs ends so."""
	person = talent.lock(record)
	talent.confirm_no_show(person, reason, words)
	outcome = person.referral and frappe.db.get_value("Referral", person.referral, "outcome")
	if outcome == "Open":
		closing.close(person.referral, "No-show", reason)


def erase_person(person, with_hrms: bool, moment=None, why: str = "") -> dict:
	"""Forget one person in all that this app wrote or caused; say what became of whom HRMS holds.

	`with_hrms` empties HRMS's applicant and form as well. Somebody who became an Employee is HRMS's to keep.
	`moment`: when it was done first, where a backup brought the person back. `why`: kept on what stays of the pool.
	"""
	employee = hrms.employee_of(person)
	with_hrms = with_hrms and not employee
	journal.remember(people_of.hashes_of(person), journal.WITH_HRMS if with_hrms else journal.OURS, moment)
	records = person.applicants | person.referrals | person.forms | person.records
	for record in sorted(person.records):
		messages.forget_in_pool(record)
		tokens.forget(keeping.subject_of(record))
	talent.forget(person.records, why)
	paths.forget(person.applicants, employee)
	erasing.forget(person, with_hrms)
	sweeping.sweep_now_and_after_commit({*person.contacts, *records}, person.names)
	return {"referrals": sorted(person.referrals), "employee": employee, "with_hrms": with_hrms}


def held_about(record: str, with_words: bool) -> dict[str, list[str]]:
	"""Return {DocType: names} of all that is held about a person of the pool, here and in HRMS: what an erasure would take.

	`with_words`: also what interviewers wrote.
	"""
	person = people_of.of_record(record)
	found = reach.shown(person) | paths.held(hrms.employee_of(person))
	hidden = () if with_words else ("Interview Feedback",)
	return {doctype: names for doctype, names in found.items() if names and doctype not in hidden}


def forget_in_pool(record: str, why: str, moment=None) -> bool:
	"""The time of a record is over: the pool forgets its person; what they applied for stays HR's. False when it was done before."""
	person = talent.lock(record)
	if person.state == talent.ANONYMISED:
		return False
	known = people_of.of_record(record)
	known_by = {person.email_key, person.phone_key} & people_of.hashes_of(known)
	journal.remember(known_by, journal.POOL, moment)
	reports.remove_holding(known, with_hrms=False)
	messages.forget_in_pool(record)
	tokens.forget(keeping.subject_of(record))
	beside = linking_rows(people_of.Person(records={record}), with_hrms=False)
	talent.anonymise(record, why)
	for doctype, name in [(person.doctype, record), *beside]:
		traces.remove_beside(doctype, name)
	sweeping.sweep_now_and_after_commit({record}, {person.person_name, person.email, person.phone} - {None})
	return True


def ask_to_be_kept(record: str) -> bool:
	"""Ask somebody of the pool who agreed whether to be kept longer, once for each end; False where they can't be asked."""
	person = talent.lock(record)
	if not keeping.may_be_asked(person):
		return False
	facts = {
		"company": person.company,
		"until_on": person.consent_until,
		"link": partial(keeping.link_of, record),
	}
	told = messages.tell_in_pool("pool_renewal", record, key=f"{record}:{person.consent_until}", **facts)
	keeping.mark_asked(person)
	return told


def send_pool_page(record: str) -> bool:
	"""Send somebody of the pool the link to their own page, because they asked; False when they can't be written to."""
	company = frappe.db.get_value(talent.RECORD, record, "company")
	key = f"{record}:{frappe.generate_hash(length=10)}"
	link = partial(keeping.link_of, record)
	return messages.tell_in_pool("pool_page", record, key=key, company=company, link=link)


def take_back_consent(referral: str) -> None:
	"""A candidate takes back what they agreed to; from that moment on the pool leaves them alone as well."""
	_leave(referral, leaving.take_back_consent)


def ask_for_deletion(referral: str) -> None:
	"""A candidate asks to be forgotten, wherever we keep them."""
	_leave(referral, leaving.ask_for_deletion)


def _leave(referral: str, leave) -> None:
	records = people_of.of_referral(referral).records
	leave(referral)
	for record in sorted(records):
		person = talent.lock(record)
		if person.state != talent.ANONYMISED and not person.erasure_asked_on:
			_start_clock(person)


def _start_clock(person) -> str:
	why = _("The person asked for deletion on their own page.")
	return keeping.start_clock(person, cint(policy.settings().erasure_days), why)


def leave_pool(record: str) -> bool:
	"""The person wants to be forgotten: True where only the pool knew them and it is done; else HR has some days."""
	person = talent.lock(record)
	if person.erasure_asked_on:
		return False
	found = people_of.of_record(record)
	if found.is_known_to_the_pool_alone:
		erase_person(found, with_hrms=True)  # HRMS holds nothing, and its logs may
		return True
	due = _start_clock(person)
	words = _("Somebody of the talent pool asks for the deletion of what is held about them, by {0}.")
	office.give_task(person, words.format(frappe.utils.format_date(due)), due)
	return False


def end_keeping(record: str) -> bool:
	"""The time of a record is up, or its deletion overdue: our part goes by itself; what HRMS holds is HR's to decide."""
	person = talent.lock(record)
	if person.state == talent.ANONYMISED or not keeping.is_over(person):
		return False
	found, why = people_of.of_record(record), ""
	if not person.erasure_asked_on:
		why = _("The time for which this person was kept is over.")
		if not found.is_known_to_the_pool_alone and not matching.waits(person.referral):
			return forget_in_pool(record, why)
	erase_person(found, with_hrms=found.is_known_to_the_pool_alone, why=why)
	for applicant in sorted(found.applicants) if person.erasure_asked_on else ():
		about = {
			"doctype": "Job Applicant",
			"name": applicant,
			"job_opening": None,
			"company": person.company,
		}
		words = _("This person asked for deletion. Our part is deleted; please decide about the application.")
		office.give_task(frappe._dict(about), words)
	return True


def forget_again(back) -> bool:
	"""Forget somebody whom a restored backup brought back; False where HR has to decide, for they have come anew."""
	moment = journal.moment_of(back.line)
	if back.line.extent == journal.POOL:
		return forget_in_pool(back.name, "", moment)
	person = again.person_of(back)
	if person and again.has_come_again(person, back.line):
		return False
	if person:
		erase_person(person, back.line.extent == journal.WITH_HRMS, moment)
	return True


def reward_moved(reward):
	"""Let HRMS's own form say whether the bonus of this referral was paid."""
	if reward.kind == "Cash" and not rewards.is_without_form(reward):
		standing.follow_payment(reward.referral, lambda: rewards.cash_of(reward.referral))


def fulfilment_moved(task):
	"""Let what a task was for follow it: a reward is paid when somebody has handed it over."""
	follow = {
		"Referral Reward": rewards.follow_fulfilment,
		"Reward Order": shop.follow_fulfilment,
		"Prize Draw Winner": prizes.follow_fulfilment,
	}
	if task.source_doctype in follow and task.has_value_changed("state"):
		follow[task.source_doctype](task)


def order_item(employee: str, item: str, key: str):
	"""An employee orders in the shop; what nobody has to approve is handed over at once, or not charged either."""
	order = shop.place(employee, item, key)
	if order.flags.was_made_now and order.state == shop.APPROVED:
		_hand_over(order)
	elif order.flags.was_made_now:
		shop.tell_who_approves(order)
	return order


def approve_order(name: str):
	"""HR approves an order that waited."""
	_hand_over(shop.approve(name))


def cancel_own_order(name: str, reason: str):
	"""A buyer cancels what nobody hands over yet."""
	shop.refuse_when_heard(shop.lock(name))
	end_order(name, reason)


def end_order(name: str, reason: str, is_back: bool = True):
	"""Cancel an order, or refund what was delivered once it was taken back; whatever the buyer paid comes back."""
	order = shop.lock(name)
	if order.state == shop.DELIVERED:
		if bought := shop.as_reward(order):
			rewards.take_back_bought(bought)
		shop.refund(order, reason, is_back)
	else:
		shop.cancel(order, reason)


def _hand_over(order):
	bought = shop.as_reward(order)
	payout = rewards.hand_over_bought(bought) if bought else shop.hand_over(order)
	shop.being_delivered(order, payout.doctype, payout.name, payout.is_done)


def _credit_moved(referral):
	"""The terms stay those of the day of the referral; while who is credited is not paid at all they wait beside that."""
	rewards.follow_credit(referral)
	talent.follow_credit(referral)
	waiting = rewards.terms_after_credit(referral)
	if waiting is None:
		freeze_terms(referral)
	else:
		referral.terms = frappe.as_json(waiting)
	kept_now = {field: referral.get(field) for field in ("terms", "budget_cost", "budget_part_until")}
	referral.db_set(kept_now, update_modified=False)


def program_saved(program):
	"""Count a budget that is new or changed from the referrals that were made before."""
	if program.has_value_changed("budget_amount") and program.budget_amount:
		start_after_commit("referral_hub.tasks.count_budget_of", program=program.name)


def follow_budget_of(referral: str):
	"""Count anew what a referral costs its program's budget, and tell HR what is new to them."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	rewards.follow_budget(row)
	_warn_of_budget(row)


def _warn_of_budget(referral):
	"""Tell HR once that a program's budget is running out, before it stops new promises."""
	_tell_of_missing_rates(referral)
	warning = referral.flags.budget_warning
	if not warning:
		return
	referral.flags.budget_warning = None
	facts = {"program": warning.program, "link": notices.desk_path("Referral Program", warning.program)}
	facts |= {
		name: frappe.utils.fmt_money(warning[name], currency=warning.budget_currency) for name in BUDGET
	}
	for user in people.managers(referral.company):
		messages.tell_user("budget_low", user, key=f"{warning.program}:{frappe.utils.nowdate()}", **facts)


def _tell_of_missing_rates(referral):
	"""Tell HR once that a budget does not count what is promised in a currency without an exchange rate."""
	about = referral.flags.budget_without_rate
	if not about:
		return
	referral.flags.budget_without_rate = None
	facts = about | {"link": notices.desk_path("Referral Program", about["program"])}
	key = f"{about['program']}:{about['currencies']}:{frappe.utils.nowdate()}"
	for user in people.managers(referral.company):
		messages.tell_user("budget_without_rate", user, key=key, **facts)


def program_renamed(old: str, new: str):
	"""Let the accounts that issue a program's points keep their proof under its new name."""
	owners.follow_program(old, new)
