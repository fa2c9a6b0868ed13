"""What every form for guests carries and is judged by: made by one of our own pages, sent from here, by a person.

The rules are in `referrals/rules/sharing/guest_forms.py`; here are the clock, the secret and the request.
"""

import time

import frappe
from frappe.utils.password import get_encryption_key

from referral_hub.referrals.rules.sharing import guest_forms
from referral_hub.referrals.rules.sharing.guest_forms import Verdict

TRAP = "subject_line"
_OURS = (Verdict.FINE, Verdict.PROGRAM)


def judge(form_token: object, subject: str, trap: object = "") -> Verdict:
	"""Say what to do with a form about this subject that came back."""
	return guest_forms.judge(str(form_token or ""), get_encryption_key(), subject, _now(), str(trap or ""))


def is_ours(form_token: object, subject: str) -> bool:
	"""Say whether one of our own pages about this subject made what came back."""
	return judge(form_token, subject) in _OURS and from_here()


def token(subject: str, earlier: str = "") -> str:
	"""Return a token for a form: the one it had while that is good, so that sending it again stays one."""
	if earlier and judge(earlier, subject) in _OURS:
		return earlier
	return guest_forms.make(get_encryption_key(), subject, _now(), frappe.generate_hash(length=24))


def from_here() -> bool:
	hosts = {frappe.request.host.lower(), frappe.utils.get_host_name().lower()}
	return guest_forms.comes_from_here(
		frappe.get_request_header("Sec-Fetch-Site"), frappe.get_request_header("Origin"), frozenset(hosts)
	)


def _now() -> int:
	return int(time.time())
