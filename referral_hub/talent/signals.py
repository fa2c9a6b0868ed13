"""Keeps what changed for somebody of the pool, with where it came from; without their consent nothing is kept. Never commits."""

import hashlib

import frappe
from frappe import _
from frappe.utils import add_days, now_datetime, nowdate
from frappe.utils.password import get_decrypted_password

from referral_hub import kept
from referral_hub.talent import keys
from referral_hub.talent.rows import with_values
from referral_hub.talent.rules import signals
from referral_hub.talent.rules.signals import Refused, Signal

DOCTYPE, RECORD = "Talent Signal", keys.DOCTYPE
BY_HAND, WEBHOOK, MARKED_LINK = "By Hand", "Webhook", "Marked Link"
SETTINGS = "Referral Hub Settings"
# a signal of last year says nothing about today
COUNTS_DAYS = 365


class NoConsent(frappe.ValidationError):
	"""The person has not agreed that we keep what changes for them."""


def add(record: str, kind: str, words: str) -> str:
	"""Keep what somebody has seen themselves; return the Talent Signal."""
	if kind not in signals.KINDS:
		raise ValueError(f"No such signal: {kind}")
	person = _person(record)
	try:
		signals.check_consent(person.consent_state, is_known=True)
	except Refused as refused:
		words = _("This person has not agreed to be kept in touch with: no signal is kept.")
		raise NoConsent(words) from refused
	return _write(person, Signal("", kind, words.strip()[: signals.LONGEST_WORDS]), BY_HAND, None)


def receive(body: bytes, time: str | None, signature: str | None, now: float) -> bool:
	"""Keep a signal that was sent to us; False for one that was taken before. Raises Refused, and then nothing was written."""
	signals.check(_secret(), time, signature, body, now)
	return _take(signals.read(body))


def heard_in_wecom(said: dict) -> bool:
	"""Keep an event about an external contact that WeCom itself told us; as `receive` once it was checked."""
	return _take(signals.of_wecom(said))


def _take(signal: Signal) -> bool:
	record = _meant(_hashes(signal))
	person = _person(record) if record else None
	signals.check_consent(person.consent_state if person else None, bool(person))
	key = hashlib.sha256(signal.key.encode()).hexdigest()
	if frappe.db.get_value(DOCTYPE, {"signal_key": key}, "name", for_update=True):
		return False
	_write(person, signal, WEBHOOK, key)
	return True


def looked(record: str) -> bool:
	"""Keep that somebody opened their own link to our openings, once a day; False, and nothing kept, for who has not agreed."""
	person = _person(record)
	try:
		signals.check_consent(person.consent_state if person else None, bool(person))
	except Refused:
		return False
	key = hashlib.sha256(f"{MARKED_LINK}:{record}:{nowdate()}".encode()).hexdigest()
	if frappe.db.get_value(DOCTYPE, {"signal_key": key}, "name", for_update=True):
		return False
	_write(person, Signal("", signals.LOOKED, ""), MARKED_LINK, key)
	return True


def strongest(records: list[str]) -> dict[str, float]:
	"""Return the strongest signal of the last year, from 0 to 1, of those who have one."""
	since = add_days(now_datetime(), -COUNTS_DAYS)
	rows = with_values(DOCTYPE, "record", records, ["record", "kind"], happened_on=(">=", since))
	found: dict[str, float] = {}
	for row in rows:
		found[row.record] = max(found.get(row.record, 0.0), signals.STRENGTHS[row.kind])
	return found


def of(record: str) -> list[frappe._dict]:
	"""Return what is kept of one person, newest first."""
	fields = ["name", "kind", "source", "happened_on", "words"]
	return frappe.get_all(DOCTYPE, {"record": record}, fields, order_by="happened_on desc")


def forget(record: str) -> None:
	"""That something was seen stays and counts; the words go, and who it was."""
	values = {"person_name": record, "words": None, "signal_key": None}
	frappe.db.set_value(DOCTYPE, {"record": record}, values, update_modified=False)


def _secret() -> bytes:
	secret = get_decrypted_password(SETTINGS, SETTINGS, "signal_secret", raise_exception=False) or ""
	return secret.encode() if len(secret) >= signals.SHORTEST_SECRET else b""


def _hashes(signal: Signal) -> dict[str, str | None]:
	region = keys.region_of(frappe.db.get_default("company"))
	return keys.hashes_of(keys.read("", signal.email, signal.phone, region))


def _meant(hashes: dict[str, str | None]) -> str | None:
	"""Return the one record with these contacts; of those who share a number, the one whose e-mail is said too."""
	rows = keys.bearing(hashes)
	if len(rows) > 1 and all(hashes.values()):
		rows = [row for row in rows if _has_both(row, hashes)]
	return rows[0].name if len(rows) == 1 else None


def _has_both(row, hashes: dict[str, str | None]) -> bool:
	return row.email_key == hashes["email_key"] and hashes["phone_key"] in (
		row.phone_key,
		row.shared_phone_key,
	)


def _person(record: str):
	fields = ["name", "person_name", "company", "consent_state"]
	return frappe.db.get_value(RECORD, record, fields, as_dict=True, for_update=True)


def _write(person, signal: Signal, source: str, key: str | None) -> str:
	row = frappe.new_doc(DOCTYPE)
	row.update({"record": person.name, "person_name": person.person_name, "company": person.company})
	row.update({"kind": signal.kind, "words": signal.words, "source": source, "signal_key": key})
	row.update({"happened_on": now_datetime(), "by_user": frappe.session.user if source == BY_HAND else None})
	with kept.writing(row):
		row.insert(ignore_permissions=True)
	return row.name
