"""Tell people what happened: once each, in their language, by every channel they can be reached by and want.

`tell` writes to the outbox inside the caller's transaction, so there is news exactly when the thing itself was committed.
`send_pending` hands the outbox over (`sending`, `digests`). Called by the flow, by rewards, and by tasks.
"""

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, get_datetime, now_datetime

from referral_hub import retry
from referral_hub.background import start_after_commit
from referral_hub.messages import (
	asking,
	desk_notice,
	digests,
	forgetting,
	outbox,
	planning,
	sending,
	suppression,
)
from referral_hub.messages.channels import (
	Channel,
	ChannelIsDown,
	NotSent,
	configured,
	installed_channels,
	sms,
)
from referral_hub.messages.customers import wecom
from referral_hub.messages.customers.wecom import Customer
from referral_hub.messages.preferences import company_settings, is_offered, offers
from referral_hub.messages.readers import (
	Reader,
	find_candidate,
	find_group,
	find_in_pool,
	find_reader,
	find_readers,
)
from referral_hub.messages.rules import preferences as rules
from referral_hub.messages.rules.candidate_news import SWITCHES, candidate_news_of, is_refusal
from referral_hub.messages.rules.events import (
	CANDIDATE,
	EMPLOYEE,
	EVENTS,
	OUTCOME_EVENTS,
	REFUSAL,
	Step,
	event_key,
	news_of,
)
from referral_hub.permissions import employee_of
from referral_hub.referrals.rules.consent import HIDDEN
from referral_hub.wording.openings import moved_to, title_of

BATCH = 100
OWN_REFERRALS = "/referrals/mine"
SENDING_JOB = "referral_hub_send_messages"


def tell(
	event: str,
	person: str,
	*,
	key: str,
	referral: str | Document | None = None,
	of_company: str | None = None,
	**facts,
) -> None:
	"""Put the news into this person's outbox, once per channel that reaches them; telling again does nothing.

	Only active employees are told. `key` names the news among those of the same event, the same for everybody who is told: a group is
	told once. `of_company`: whose groups hear it; None: those of the referral's, else of the person's. `facts` are frozen here.
	"""
	if event not in EVENTS:
		raise ValueError(f"No such message: {event}")
	reader = find_reader(person)
	if reader:
		put(news(event, reader, key=key, referral=referral, **facts))
	_tell_groups(event, key, referral, facts, of_company, reader)


def _tell_groups(
	event: str,
	key: str,
	referral: str | Document | None,
	facts: dict,
	of_company: str | None,
	reader: Reader | None = None,
) -> None:
	"""Post the same news once in every group that is told of such things, with what a group may know."""
	groups = configured.groups_for(event) if _is_switched_on(event) else []
	if not groups or _waits_for_candidate(referral):
		return
	known = _facts_of_referral(referral) | facts
	company = of_company or known.get("company") or (reader.company if reader else None)
	referral_name = referral if isinstance(referral, str | None) else referral.name
	messages = []
	for group in groups:
		if (not group.company or group.company == company) and (its_reader := find_group(group.label)):
			about = {
				**group.message(known, referral_name),
				"event": event,
				"event_key": event_key(event, key),
			}
			messages.append(
				_planned(
					{**about, "facts": frappe.as_json(_freeze(about["facts"]), indent=None)},
					group,
					its_reader,
				)
			)
	put(messages)


def _waits_for_candidate(referral: str | Document | None) -> bool:
	"""Say whether this is about somebody who has not agreed yet, or said no: no group hears of them."""
	if isinstance(referral, str):
		return frappe.db.get_value("Referral", referral, "consent_state") in HIDDEN
	return bool(referral) and referral.get("consent_state") in HIDDEN


def readers_of(employees: Collection[str]) -> dict[str, Reader]:
	"""Return who of these employees can be told something, read at once: for `news`."""
	return find_readers(employees)


def hears(event: str, reader: Reader) -> bool:
	"""Say whether this employee is told such news at all: neither HR nor they have switched it off."""
	return _is_switched_on(event) and rules.hears(reader.wishes, event)


def news(
	event: str,
	reader: Reader,
	*,
	key: str,
	referral: str | Document | None = None,
	ways: Collection[str] | None = None,
	**facts,
) -> list[dict]:
	"""Return what `tell` would put into the outbox for this employee: for callers that `put` the news of many at once.

	`ways`: the labels of the channels it may go by; None means each that the reader wants.
	"""
	if not hears(event, reader):
		return []
	message = _message(event, key, reader, referral, facts)
	about = {**message, "recipient": reader.employee, "user": reader.user}
	return [
		_planned({**about, "to_address": address}, channel, reader)
		for channel in installed_channels().values()
		if (ways is None or channel.label in ways) and (address := asking.reached(channel, reader))
	]


def put(messages: list[dict]) -> None:
	"""Put news into the outbox in one statement, and let it be sent after the commit."""
	if outbox.put(messages):
		_send_after_commit()


def tell_candidate(event: str, referral: str | Document, *, key: str, **facts) -> bool:
	"""Tell the candidate of a referral, by e-mail or else by SMS; once, and only what HR has switched on.

	Nobody is told who asked us to stop, or who refused or withdrew consent. A fact `link` leads to a page of this site;
	given as a function, it is made only for somebody who is told. Returns whether this was news.
	"""
	if event not in EVENTS or EVENTS[event].audience != CANDIDATE:
		raise ValueError(f"No such message to candidates: {event}")
	name = referral if isinstance(referral, str) else referral.name
	reader = find_candidate(referral) if _is_switched_on(event) else None
	way = _way_to_candidate(reader) if reader else None
	if not way:
		return False
	facts = {name: fact() if callable(fact) else fact for name, fact in facts.items()}
	message = {**_message(event, key, reader, referral, facts), "candidate_of": name}
	delay = cint(company_settings().candidate_result_delay_hours) if is_refusal(event, facts) else 0
	not_before = add_to_date(now_datetime(), hours=delay) if delay else None
	told = outbox.put([_planned(message, way, reader, not_before)])
	if told:
		_send_after_commit()
	return told


def tell_in_pool(event: str, record: str, *, key: str, **facts) -> bool:
	"""Tell somebody of the talent pool who agreed to it; once. A fact given as a function is made only for who is told."""
	if event not in EVENTS or EVENTS[event].audience != CANDIDATE:
		raise ValueError(f"No such message to candidates: {event}")
	reader = find_in_pool(record, event)
	way = _way_to_candidate(reader) if reader else None
	if not way:
		return False
	facts = {name: fact() if callable(fact) else fact for name, fact in facts.items()}
	message = {**_message(event, key, reader, None, facts), "pool_record": record}
	told = outbox.put([_planned(message, way, reader)])
	if told:
		_send_after_commit()
	return told


def forget_in_pool(record: str) -> int:
	"""Take somebody of the talent pool out of the messages to them; say how many were emptied."""
	return forgetting.forget_in_pool(record)


def can_reach_candidate(referral: str) -> bool:
	"""Say whether there is any way to write to the candidate of a referral."""
	reader = find_candidate(referral)
	return bool(reader and _way_to_candidate(reader))


def why_no_text(phone: str | None, company: str | None) -> str | None:
	"""Say why a text that a person has written can't be sent to this number, or None."""
	return sms.why_not(phone, company)


def text(phone: str, company: str | None, words: str) -> bool:
	"""Send a text that a person has written, while they wait; False when the gateway gave no answer: nobody knows whether it went.

	Ask `why_no_text` first. Raises NotSent when it has surely not gone.
	"""
	retry.something_left()
	try:
		with _said_to_who_waits():
			sms.hand_over(sms.international(phone, company), words)
	except sms.NoAnswer:
		return False
	return True


def why_no_wecom(customer: Customer) -> str | None:
	"""Say why this user can't write to this contact through WeCom, or None."""
	return wecom.why_not(customer)


def by_wecom(customer: Customer, words: str) -> str | None:
	"""Let WeCom ask the user to confirm words to a contact; return the number of the task, None when no answer came.

	Ask `why_no_wecom` first. Raises NotSent when there is surely no task.
	"""
	with _said_to_who_waits():
		return wecom.hand_over(customer, words)


@contextmanager
def _said_to_who_waits() -> Iterator[None]:
	"""Say a refusal to whoever stands at a screen: the desk shows what was thrown, and not what was only raised."""
	try:
		yield
	except NotSent as refused:
		frappe.throw(str(refused), NotSent)


def came_of_wecom(customer: Customer, task: str) -> wecom.Came | None:
	"""Return what has come of such a task; None when WeCom can't be asked now."""
	try:
		return wecom.came_of(customer, task)
	except (NotSent, ChannelIsDown):
		return None


def why_not_called_off(corp: str, task: str) -> str | None:
	"""Let WeCom hand on nothing of a task that nobody has confirmed; return why it did not take that, None when it did."""
	try:
		taken = wecom.call_off(corp, task)
	except (NotSent, ChannelIsDown) as refused:
		return str(refused)
	return (
		None
		if taken
		else frappe._("No WeCom application of the company that knows this contact is switched on here.")
	)


def forget_candidate(referral: str) -> int:
	"""Take this referral's candidate out of everything our messages have left; say how many messages were emptied."""
	return forgetting.forget_candidate(referral)


def forget_keyed(keys: list[str]) -> int:
	"""Take a person out of the messages told under these keys, which name no referral; say how many were emptied."""
	return forgetting.forget_keyed(keys)


def is_suppressed(contact: str | None) -> bool:
	"""Say whether this e-mail address or international phone number asked us to stop writing."""
	return suppression.holds(contact)


def suppress(contact: str | None) -> None:
	"""Never write to this e-mail address or international phone number again: the person said so."""
	suppression.add(contact)


def _way_to_candidate(reader: Reader) -> Channel | None:
	ways = [channel for channel in installed_channels().values() if channel.serves_candidates]
	return next((channel for channel in ways if asking.reached(channel, reader, is_asked=False)), None)


def _is_switched_on(event: str) -> bool:
	switch = SWITCHES.get(event)
	return is_offered(event) and (not switch or offers(switch))


def tell_candidate_of(
	event_doc: Document, referral_doc: Document, link: Callable[[], str] | None = None
) -> None:
	"""Tell the candidate what this Referral Event means for them, when it means something; `link` makes their own page's."""
	news = candidate_news_of(_step_of(event_doc, referral_doc), now_datetime())
	if news:
		key = f"{referral_doc.name}:{news.detail}"
		tell_candidate(news.event, referral_doc, key=key, link=link, **news.facts)


def _message(event: str, key: str, reader: Reader, referral: str | Document | None, facts: dict) -> dict:
	return {
		"event": event,
		"event_key": event_key(event, key),
		"language": reader.language,
		"referral": referral if isinstance(referral, str | None) else referral.name,
		"facts": frappe.as_json(
			_freeze(_facts_of_referral(referral, EVENTS[event].audience) | facts), indent=None
		),
	}


def tell_user(
	event: str, user: str, *, key: str, referral: str | None = None, of_company: str | None = None, **facts
) -> None:
	"""Tell a user of the desk: like any employee when they are one, else by Frappe's own notification. Groups hear it either way, as by `tell`."""
	if employee := employee_of(user):
		tell(event, employee, key=key, referral=referral, of_company=of_company, **facts)
	else:
		desk_notice.write(event, user, _freeze(_facts_of_referral(referral) | facts))
		_tell_groups(event, key, referral, facts, of_company)


def tell_referrer(event_doc: Document, referral_doc: Document) -> None:
	"""Tell the referrer what this Referral Event means for them, when it means something."""
	news = news_of(_step_of(event_doc, referral_doc), now_datetime())
	if not news:
		return
	tell(
		news.event,
		referral_doc.referrer,
		key=f"{referral_doc.name}:{news.detail}",
		referral=referral_doc,
		**news.facts,
		**(_words_of_reason(event_doc, referral_doc) if news.event in WITH_REASON else {}),
	)


def tell_former_referrer(event_doc: Document, referral_doc: Document) -> None:
	"""Tell who is no longer credited; they can't open the referral any more, so the link leads to their own."""
	tell(
		"credit_moved_away",
		frappe.parse_json(event_doc.facts)["from"],
		key=f"{referral_doc.name}:{event_doc.seq}",
		referral=referral_doc.name,
		link=OWN_REFERRALS,
	)


WITH_REASON = frozenset(event for event, kind in EVENTS.items() if "reason" in kind.facts)


def send_pending(limit: int | None = None, after_each: Callable[[], None] | None = None) -> dict:
	"""Hand over what is due and say how it went: {"sent", "skipped", "failed"}. Safe to run in many processes at once.

	Does not commit. A job passes `after_each=frappe.db.commit`, so that each message is its own transaction: a message
	is claimed by a row lock, and its handing over and its mark are committed together (`sending` says what is different
	for what leaves the site).
	"""
	counts, channels = sending.Counts(), installed_channels()
	tried: set[str] = set()
	outbox.give_up_abandoned()
	while limit is None or len(tried) < limit:
		names = [name for name in outbox.due(BATCH + len(tried)) if name not in tried]
		if not names:
			break
		for name in names[: None if limit is None else limit - len(tried)]:
			tried.add(name)
			sending.send_one(name, channels, counts, after_each)
			if after_each:
				after_each()
	for person, channel in outbox.due_digests():
		digests.send_digest(person, channel, channels, counts)
		if after_each:
			after_each()
	return dict(counts)


def resend(name: str) -> None:
	"""Give a message that failed or was skipped another chance, now."""
	outbox.put_back([name])
	_send_after_commit()


def resend_many(names: list[str]) -> int:
	"""Give those of these messages that failed or were skipped another chance; say how many those are."""
	again = frappe.get_all(
		"Referral Message",
		{"name": ("in", names), "state": ("in", [outbox.FAILED, outbox.SKIPPED])},
		pluck="name",
	)
	if again:
		outbox.put_back(again)
		_send_after_commit()
	return len(again)


def retry_template(event: str) -> None:
	"""Try again what could not be written: called when somebody has saved the words of this event."""
	waiting = frappe.get_all(
		"Referral Message",
		filters={"event": event, "failed_in": "Template", "state": ["in", [outbox.PENDING, outbox.FAILED]]},
		pluck="name",
	)
	if waiting:
		outbox.put_back(waiting)
		_send_after_commit()


def _planned(message: dict, channel: Channel, reader: Reader, not_before=None) -> dict:
	waits = planning.plan(message["event"], json.loads(message["facts"]), channel, reader, not_before)
	return {**message, **waits, "channel": channel.label}


def _send_after_commit() -> None:
	"""Start sending in the background. Without Redis the scheduler's next run does it."""
	start_after_commit("referral_hub.tasks.send_messages", queue="short", once_as=SENDING_JOB)


def _facts_of_referral(referral: str | Document | None, audience: str = EMPLOYEE) -> dict:
	"""Return what every message of a referral knows; of a document or row, as its caller has just read or written it.

	Of somebody whom HR has moved to another opening the first one is no longer told: the candidate is told the present one,
	employees none, because nobody else may know of it yet.
	"""
	fields = ["name", "candidate_name", "job_opening", "designation", "company", "job_applicant"]
	row = referral
	if isinstance(referral, str):
		row = frappe.db.get_value("Referral", referral, fields, as_dict=True)
	if not row:
		return {}
	is_made_now = isinstance(row, Document) and row.flags.is_made_now
	moved = None if is_made_now else moved_to(row)
	title = _title_of_opening(row)
	if moved:
		title = title_of(moved) if audience == CANDIDATE else None
	return {
		"number": row.name,
		"candidate_name": row.candidate_name,
		"opening": title or (None if moved else row.designation),
		"company": row.company,
	}


def _title_of_opening(referral) -> str | None:
	"""Return the opening's title; of a referral that was made a moment ago whoever made it has read the opening."""
	opening = referral.job_opening
	if isinstance(referral, dict) and "opening_title" in referral:
		return referral.opening_title
	known = isinstance(referral, Document) and referral.flags.opening
	if known and known.name == opening:
		return known.job_title
	return opening and frappe.get_cached_value("Job Opening", opening, "job_title")


def _words_of_reason(event_doc: Document, referral_doc: Document) -> dict:
	"""Return the reason and the hint in every language HR has written; never HR's own notes.

	A hint that HR wrote for this referral takes the place of the one that belongs to the reason.
	"""
	reason, words = event_doc.reason or referral_doc.reason, {}
	if reason:
		fields = ["reason", "reason_zh", "hint", "hint_zh"]
		words = frappe.db.get_value("Referral Reason", reason, fields, as_dict=True) or {}
	own = event_doc.get("words")
	return words | {"hint": own, "hint_zh": None} if own else words


def _step_of(event_doc: Document, referral_doc: Document) -> Step:
	return Step(
		kind=event_doc.kind,
		stage=event_doc.stage,
		outcome=event_doc.outcome,
		happened_on=get_datetime(event_doc.happened_on) if event_doc.happened_on else None,
		reason=event_doc.reason or referral_doc.reason,
		imported=referral_doc.channel == "Import",
		seq=event_doc.seq,
		**_endings_before(event_doc),
		note=frappe.parse_json(event_doc.facts or "{}").get("note"),
		words=event_doc.words,
	)


def _endings_before(event_doc: Document) -> dict:
	"""Return where a referral that moves on ended before, which makes it news again. Nothing ends before its second event."""
	if event_doc.kind != "Stage" or (event_doc.seq or 0) <= 2:
		return {}
	ended = frappe.get_all(
		"Referral Event",
		filters={
			"referral": event_doc.referral,
			"kind": "Outcome",
			"outcome": ("in", list(OUTCOME_EVENTS)),
			"seq": ("<", event_doc.seq),
		},
		fields=["seq", "outcome"],
		order_by="seq asc",
	)
	refused = [row.seq for row in ended if row.outcome == REFUSAL]
	return {"ended_at": ended[-1].seq if ended else None, "refused_at": refused[-1] if refused else None}


def _freeze(facts: dict) -> dict:
	"""Return the facts as plain JSON values: dates in ISO form, decimals as strings."""
	return {name: _plain(value) for name, value in facts.items() if value is not None}


def _plain(value):
	if isinstance(value, datetime):
		return value.isoformat(sep=" ", timespec="seconds")
	return str(value) if isinstance(value, date | Decimal) else value
