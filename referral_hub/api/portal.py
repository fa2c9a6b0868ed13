"""The portal's API for signed-in employees: what the pages show, as JSON.

Who asks is always the active Employee of the session's user; no method takes an employee as an argument, and each
checks this before it reads anything. Amounts of points are integers; money comes with its currency. Dates are ISO, in the
site's time zone; words are in the user's language. Somebody without an active Employee gets 403.
"""

import frappe
from frappe.utils import cint, sbool

from referral_hub.api.contract import caller
from referral_hub.api.contract.problems import not_found
from referral_hub.points import service as points
from referral_hub.portal import cards, page, paging, story
from referral_hub.portal import wallet as wallets
from referral_hub.portal.forms import refer_form, settings_form
from referral_hub.referrals.assessing import requirements
from referral_hub.referrals.showing import catalogue, reading
from referral_hub.rewards import service as rewards

LARGEST_PAGE = 100


@frappe.whitelist(methods=["GET"])
def openings(
	text: str = "",
	department: str = "",
	designation: str = "",
	location: str = "",
	employment_type: str = "",
	start: int = 0,
	limit: int = paging.SIZE,
) -> dict:
	"""List openings that accept referrals, newest first, each with what a success pays the caller.

	Returns {"total": n, "openings": [{name, job_title, ..., "totals": [{kind, amount, currency}], "pays": words}]}.
	`limit` is at most 100.
	"""
	me = caller.employee()
	search = catalogue.Search.of(
		{
			"text": text,
			"department": department,
			"designation": designation,
			"location": location,
			"employment_type": employment_type,
		}
	)
	rows = catalogue.find_all(search, paging.start_of(start), _limit(limit))
	offers = cards.offers_for(rows, me.name)
	return {
		"total": catalogue.count(search),
		"openings": [_opening(row, offers[row.name]) for row in rows],
	}


@frappe.whitelist(methods=["GET"])
def offer(opening: str) -> dict:
	"""Return what a success at one opening pays the caller: each milestone, the totals, and why.

	"options": totals by letter, where the caller can choose; "totals" are those of the first. "counting": terms for several
	hires, or null. "requirements": what HR looks for, each row with its id, as `refer` takes answers to them.

	404 for an opening that does not exist or does not accept referrals.
	"""
	me = caller.employee()
	row = catalogue.find(opening) or not_found()
	found = cards.offers_for([row], me.name)[row.name]
	told = cards.offer_words(found)
	return {
		"milestones": found["milestones"],
		"totals": found["totals"],
		"options": found.get("options") or {},
		"counting": found.get("counting"),
		"pays": told.words,
		"why": told.why or told.unpaid,
		"requirements": [
			{
				"row": each.name,
				"requirement": each.words(frappe.local.lang or ""),
				"must_have": each.must_have,
			}
			for each in requirements.shown(row)
		],
	}


@frappe.whitelist(methods=["POST"])
def refer(
	candidate_name: str = "",
	email: str = "",
	phone: str = "",
	opening: str = "",
	relation: str = "",
	note: str = "",
	submission_key: str = "",
	assessment: dict | str = "",
) -> dict:
	"""Refer somebody; multipart, with the resume (PDF, DOC, DOCX) as the file `resume`.

	A name and one of e-mail and phone are needed. The same `submission_key` makes one referral, however often it is sent.
	`assessment` is what the caller thinks, {row of the opening's requirements: "meets", "does not" or "don't know"}, as JSON; an
	answer that is none of them is left out, never refused.
	Returns {"referral": number, "page": address}; on a refusal 422 with {"reason": word, "problem": sentence about the
	whole, "errors": {field: sentence}, "may_ask": HR may be asked about it, from the page} and nothing written. A key that was used with other contents is refused as
	"key_reused"; that answer has a new "submission_key", with which the same contents can be sent again.
	"""
	me = caller.employee()
	form = refer_form.read(
		{
			"candidate_name": candidate_name,
			"email": email,
			"phone": phone,
			"opening": opening,
			"relation": relation,
			"note": note,
			"submission_key": submission_key,
			"assessment": assessment,
		}
	)
	answer = refer_form.send(form, refer_form.read_resume(), me.name)
	if answer.referral:
		return {"referral": answer.referral, "page": page.address_of(answer.referral) + "?sent=1"}
	frappe.local.response.http_status_code = 422
	refused = {"reason": answer.reason, "problem": answer.problem, "errors": answer.errors}
	refused["may_ask"] = refer_form.may_ask(answer)
	return refused | ({"submission_key": answer.fresh_key} if answer.fresh_key else {})


@frappe.whitelist(methods=["GET"])
def my_referrals(start: int = 0, limit: int = paging.SIZE) -> dict:
	"""List the caller's referrals: those on their way first, what moved last first.

	Returns {"open": n, "arrived": n, "closed": n, "referrals": [{name, candidate_name, stage, outcome, next_step, reached (0..5),
	earned, possible (words), ...}]}. `limit` is at most 100.
	"""
	me = caller.employee()
	counts = reading.count(me.name)
	rows = reading.mine(me.name, start=paging.start_of(start), limit=_limit(limit))
	return {
		"open": counts[reading.ON_THEIR_WAY],
		"arrived": counts[reading.ARRIVED],
		"closed": counts[reading.CLOSED],
		"referrals": [_referral(card) for card in cards.people(rows)],
	}


@frappe.whitelist(methods=["GET"])
def referral(name: str) -> dict:
	"""Return one of the caller's referrals: where it is, what happened, what lies ahead, each reward and why.

	404 alike for a referral of somebody else and for one that does not exist.
	"""
	me = caller.employee()
	told = story.tell(name, me.name) or not_found()
	return {
		"referral": _referral(told.card),
		"timeline": [
			{"text": entry.text, "when": entry.when, "reason": entry.reason, "hint": entry.hint}
			for entry in told.entries
		],
		"ahead": told.ahead,
		"rewards": told.rewards,
		"choice": told.choice,
	}


@frappe.whitelist(methods=["POST"])
def choose_reward(referral: str, option: str) -> dict:
	"""Choose an option of a reward that offers a choice; it can be changed until something of it is paid.

	:param referral: number of one of the caller's referrals, else 404
	:param option: letter of the option as `referral` returns it. Raises WrongChoice, ChoiceFrozen.
	Returns {"choice": {options: [{option, words, because, is_chosen}], fixed, until, made}}.
	"""
	me = caller.employee()
	if not story.tell(referral, me.name):
		not_found()
	rewards.choose(referral, option)
	return {"choice": story.tell(referral, me.name).choice}


@frappe.whitelist(methods=["GET"])
def wallet(
	page_number: int = 1, number: int = 1, direction: str = "", since: str = "", until: str = ""
) -> dict:
	"""Return the caller's points: balance, what expires when, what is left of each amount, and the statement, 20 entries a page, newest first.

	:param number: which wallet of the person, as `wallets` counts them from 1: the present one
	:param direction: "In" or "Out" narrows the statement; anything else does not
	:param since: ISO date of the first day of the statement, as is `until` of its last
	`wallets` lists every wallet of the person, the present one first: [{company, balance, name}]; the rest is of the one asked for.
	"""
	me = caller.employee()
	wanted = wallets.Wanted.of({"direction": direction, "since": since, "until": until})
	told = wallets.tell(me, page_number, number, wanted)
	shown = (told["shown"]["employee"], told["shown"]["company"])
	return {
		"balance": told["shown"]["balance"],
		"expiring": points.expiring(*shown),
		"lots": told["lots"],
		"statement": told["statement"],
		"money": told["money"],
		"wallets": [
			{name: each[name] for name in ("company", "balance", "name")} for each in told["wallets"]
		],
	}


@frappe.whitelist(methods=["GET"])
def message_settings() -> dict:
	"""Return how the caller is told of news: {"channels": [{label, words, wanted, why_off}], "digest", "pressing_at_once",
	"contacts_fit" (the weekly message about contacts; "contacts_fit_off" says why nobody gets it), "board" and "board_off" (the
	message about who refers best, likewise), "quiet", "quiet_from", "quiet_to" (HH:MM), "time_zone", "language", "incognito"}.
	"""
	return settings_form.shown(caller.employee().name)


@frappe.whitelist(methods=["POST"])
def save_message_settings(
	channels: list | str,
	digest: str = "Immediately",
	pressing_at_once: bool = True,
	quiet: bool = False,
	quiet_from: str = "",
	quiet_to: str = "",
	language: str = "",
	incognito: bool = False,
	contacts_fit: bool | None = None,
	board: bool | None = None,
	news: bool | None = None,
	survey: bool | None = None,
) -> dict:
	"""Keep how the caller wants to be told, and return it as `message_settings` does.

	:param channels: labels of the channels they want; all others are switched off
	:param quiet_from: HH:MM in the caller's time zone, as is `quiet_to`
	:param contacts_fit: the weekly message about contacts; as it was where it is left out
	:param board: the message about who refers best; as it was where it is left out, as are `news` (announcements) and `survey`
	Raises ValidationError for a value that is none of those offered.
	"""
	me = caller.employee()
	boxes = {"contacts_fit": contacts_fit, "board": board, "news": news, "survey": survey}
	if None in boxes.values():
		kept = settings_form.shown(me.name)
		boxes = {box: kept[box] if ticked is None else ticked for box, ticked in boxes.items()}
	wanted = frappe.parse_json(channels)
	values = {f"channel:{label}": 1 for label in (wanted if isinstance(wanted, list) else [])}
	values |= {"digest": digest, "pressing_at_once": sbool(pressing_at_once), "quiet": sbool(quiet)}
	values |= {
		**{box: sbool(ticked) for box, ticked in boxes.items()},
		"quiet_from": quiet_from,
		"quiet_to": quiet_to,
		"language": language,
	}
	settings_form.save(me.name, values | {"incognito": sbool(incognito)})
	return settings_form.shown(me.name)


def _limit(asked: int) -> int:
	return min(max(1, cint(asked)), LARGEST_PAGE)


def _opening(row, found: dict) -> dict:
	shown = {field: row.get(field) for field in catalogue.SHOWN if not field.endswith("_range")}
	return shown | {"totals": found["totals"], "pays": cards.offer_words(found).words}


def _referral(card) -> dict:
	fields = (
		"name",
		"candidate_name",
		"job_opening",
		"opening_title",
		"submitted_on",
		"stage",
		"outcome",
		"stage_changed_on",
		"next_interview_on",
		"next_step",
		"reached",
		"earned",
		"possible",
	)
	return {field: card.get(field) for field in fields}
