"""Answers a request for an operation: arguments are checked, deadlocks begun again, refusals told and undone."""

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe.recorder import do_not_record
from frappe.translate import get_user_lang
from werkzeug.wrappers import Response

from referral_hub import idempotency
from referral_hub.api.contract import problems
from referral_hub.api.contract.problems import Problem, Refused
from referral_hub.portal import page
from referral_hub.retry import retry_deadlocks
from referral_hub.tasks.running import without_words

if TYPE_CHECKING:
	from referral_hub.api.contract.operations import Operation

KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotent-Replayed"
LONGEST_KEY = 255
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def answer(operation: "Operation", given: dict) -> Response:
	"""Do what was asked for and answer {"message": ...}, or {"error": ...} with nothing done."""
	if operation.is_private:
		do_not_record(lambda: None)()
	_speak_as_they_do(operation)
	try:
		taken = operation.takes.model_validate(_readable(given))
		said, is_replayed = retry_deadlocks(lambda: _done(operation, taken))
	except Exception as error:
		told = problems.of(error) or (operation.hides_faults and _fault_of(operation, error))
		if not told:
			raise
		return _refused(*told)
	return _json({"message": said}, 200, {REPLAYED_HEADER: "true"} if is_replayed else {})


def _speak_as_they_do(operation: "Operation") -> None:
	"""Who signs in by a key is known only after the platform has chosen the language: take theirs, unless `_lang` asks for another."""
	if not operation.is_for_guests and frappe.session.user != "Guest" and not frappe.form_dict.get("_lang"):
		frappe.local.lang = get_user_lang()


def _done(operation: "Operation", taken) -> tuple[Any, bool]:
	key = frappe.get_request_header(KEY_HEADER) if operation.takes_key else None
	if not key:
		return operation.call(taken), False
	if len(key) > LONGEST_KEY:
		raise Refused(
			"key_too_long", frappe._("An Idempotency-Key has at most {0} characters.").format(LONGEST_KEY)
		)
	asked = idempotency.Asked(
		frappe.session.user,
		operation.name,
		_own(key, operation, taken),
		taken.model_dump_json() + _of_file(operation),
	)
	return idempotency.once(asked, lambda: operation.call(taken))


def _fault_of(operation: "Operation", error: Exception) -> tuple[int, Problem]:
	"""Log which error it was and where: the platform would write down what every frame held, and System Managers read it."""
	frappe.db.rollback()
	frappe.log_error(f"{operation.name} failed", without_words(error), defer_insert=True)
	sentence = frappe._("This could not be done. Please try again, or tell whoever runs this site.")
	return 500, Problem(code="fault", message=sentence)


def _own(key: str, operation: "Operation", taken) -> str:
	"""Return what a key is one's own by: guests are all one user, so each has it together with their link."""
	return json.dumps([taken.token, key]) if operation.is_for_guests else key


def _of_file(operation: "Operation") -> str:
	"""Return what tells one uploaded file from another."""
	found = operation.file and frappe.request.files.get(operation.file)
	if not found:
		return ""
	found.stream.seek(0)
	content = found.stream.read()
	return idempotency.hash_of(content)


def _refused(status: int, problem: Problem) -> Response:
	frappe.db.rollback()
	frappe.clear_messages()
	return _json({"error": problem.model_dump()}, status, {"Retry-After": "1"} if status == 503 else {})


def _json(content: dict, status: int, headers: dict) -> Response:
	text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
	return Response(text, status, {**HEADERS, **headers}, mimetype="application/json")


def _readable(given: Any) -> Any:
	"""Leave out, at every depth, what can be neither stored nor shown."""
	if isinstance(given, dict):
		return {name: _readable(value) for name, value in page.readable(given).items()}
	if isinstance(given, list):
		return [_readable(page.readable({"": value})[""]) for value in given]
	return given
