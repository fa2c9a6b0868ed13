"""What the API answers when it does not do something: one shape, a code for programs and a sentence for people."""

import re
from typing import NoReturn

import frappe
import pydantic
from frappe import _
from frappe.utils import strip_html
from pydantic import Field

from referral_hub.api.contract.shapes import Shape
from referral_hub.wording.counting import counted

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Wrong(Shape):
	"""One thing that was wrong with what was sent."""

	field: str = Field(description="Which argument; parts of it behind dots.")
	message: str


class Problem(Shape):
	"""Why nothing was done."""

	code: str = Field(description="A word that does not change with the language.")
	message: str = Field(description="What to do, in the language of whoever asks.")
	fields: list[Wrong] = Field(default=[], description="What is wrong at which argument.")


class ProblemAnswer(Shape):
	error: Problem


class Refused(frappe.ValidationError):
	"""What was asked for is not done, for a reason that is nobody's mistake.

	:param code: a word for programs
	:param fields: {argument: sentence}
	"""

	def __init__(self, code: str, message: str, fields: dict[str, str] | None = None):
		super().__init__(message)
		self.reason, self.fields = code, fields or {}


def refuse(reason: str, message: str, field: str = "") -> NoReturn:
	"""Refuse for a reason of the rules, in words; `field` is the argument it is about."""
	raise Refused(reason, message, {field: message} if field else {})


def not_found() -> NoReturn:
	"""Answer the same for what does not exist and for what is somebody else's."""
	frappe.throw(_("We could not find that"), frappe.DoesNotExistError)


def of(error: Exception) -> tuple[int, Problem] | None:
	"""Return status and words for an error that people can do something about; None for a fault of ours."""
	if isinstance(error, pydantic.ValidationError):
		return 400, _of_arguments(error)
	for kind, status, code in _KINDS:
		if isinstance(error, kind):
			return status, Problem(code=code or _code(error), message=_words(error), fields=_fields(error))
	return None


# the first that fits; without a code the error's own reason says it
_KINDS = (
	(frappe.PermissionError, 403, "forbidden"),
	(frappe.DoesNotExistError, 404, "not_found"),
	(frappe.RateLimitExceededError, 429, "too_many_requests"),
	(frappe.TooManyRequestsError, 429, "too_many_requests"),
	(frappe.QueryDeadlockError, 503, "busy"),
	(frappe.QueryTimeoutError, 503, "busy"),
	(frappe.ValidationError, 422, ""),
)


def _code(error: Exception) -> str:
	reason = getattr(error, "reason", None)
	name = str(reason) if reason else type(error).__name__
	return "refused" if name == "ValidationError" else re.sub(r"\W+", "_", _CAMEL.sub("_", name)).lower()


def _words(error: Exception) -> str:
	if isinstance(error, frappe.QueryDeadlockError | frappe.QueryTimeoutError):
		return _("Too much happens at once. Please try again.")
	return strip_html(str(error)).strip() or _("This can't be done.")


def _fields(error: Exception) -> list[Wrong]:
	wrong = getattr(error, "fields", None)
	return (
		[Wrong(field=field, message=words) for field, words in wrong.items()]
		if isinstance(wrong, dict)
		else []
	)


def _of_arguments(error: pydantic.ValidationError) -> Problem:
	wrong = [
		Wrong(field=".".join(map(str, each["loc"])), message=_argument_words(each)) for each in error.errors()
	]
	return Problem(code="invalid_arguments", message=_("Some of what was sent can't be read."), fields=wrong)


def _argument_words(wrong: dict) -> str:
	told = wrong.get("ctx") or {}
	kind = wrong["type"]
	if kind == "missing":
		return _("This is needed.")
	if kind == "string_too_long":
		return counted(told["max_length"], _("At most {0} character."), _("At most {0} characters.")).format(
			told["max_length"]
		)
	if kind == "string_too_short":
		return counted(
			told["min_length"], _("At least {0} character."), _("At least {0} characters.")
		).format(told["min_length"])
	if kind in ("greater_than_equal", "less_than_equal"):
		least, most = told.get("ge"), told.get("le")
		return _("At least {0}.").format(least) if least is not None else _("At most {0}.").format(most)
	if kind in ("literal_error", "enum"):
		return _("One of: {0}.").format(told["expected"])
	if kind.startswith("int"):
		return _("A whole number is needed.")
	if kind.startswith("bool"):
		return _("True or false is needed.")
	if kind.startswith("date"):
		return _("A day is needed, as 2026-01-31.")
	return _("This can't be read: {0}").format(wrong["msg"])
