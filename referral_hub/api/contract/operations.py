"""An operation: a function with types. From them come the check of what is sent, the shape of the answer and the OpenAPI document.

	@reads
	def find(text: str = "", start: Start = 0) -> Rows[Opening]:
		\"""List ...\"""

is `GET /api/method/<module>.find`, for whoever is signed in. `changes` is POST and takes an Idempotency-Key. The first line of the docstring
is its summary. A function says what it returns as plain data; it is read into its shape, so nothing else goes out.

With `for_guests=True` nobody has to be signed in: the function takes a `token`, that of somebody's own link, and lets in by it alone.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

import frappe
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, create_model

from referral_hub.api.contract import calling


class AnswerDoesNotFit(Exception):
	"""What an operation said is not what its document promises: a fault of ours, never of who called."""


@dataclass(frozen=True)
class Operation:
	run: Callable
	verb: str
	is_for_guests: bool = False
	file: str | None = None
	is_kept: bool = True
	is_private: bool = False

	@property
	def hides_faults(self) -> bool:
		"""Whether a fault is logged by name and place alone: a guest sends the token of their own link, and what is held is theirs."""
		return self.is_private or self.is_for_guests

	@property
	def path(self) -> str:
		return f"/api/method/{self.run.__module__}.{self.run.__name__}"

	@property
	def name(self) -> str:
		return f"{self.tag}_{self.run.__name__}"

	@property
	def tag(self) -> str:
		return self.run.__module__.rpartition(".")[2]

	@property
	def changes_something(self) -> bool:
		return self.verb == "POST"

	@property
	def takes_key(self) -> bool:
		return self.changes_something and self.is_kept

	@cached_property
	def takes(self) -> type[BaseModel]:
		"""The arguments as a model."""
		hints = get_type_hints(self.run, include_extras=True)
		fields = {
			name: (hints[name], ... if each.default is inspect.Parameter.empty else each.default)
			for name, each in inspect.signature(self.run).parameters.items()
		}
		return create_model(f"{self.name}_arguments", __config__=ConfigDict(extra="ignore"), **fields)

	@cached_property
	def answers(self) -> TypeAdapter:
		return TypeAdapter(get_type_hints(self.run, include_extras=True)["return"])

	def call(self, taken: BaseModel) -> Any:
		"""Run it with arguments that were checked; what JSON can say of the answer."""
		arguments = {name: getattr(taken, name) for name in type(taken).model_fields}
		said = self.run(**arguments)
		try:
			found = self.answers.validate_python(said)
		except ValidationError as misfit:
			raise AnswerDoesNotFit(self.name) from misfit
		return self.answers.dump_python(found, mode="json")


def reads(
	function: Callable | None = None, *, for_guests: bool = False, is_private: bool = False
) -> Callable:
	"""Make a function an operation that changes nothing (GET).

	:param for_guests: whoever holds the `token` it takes may ask
	:param is_private: whether a fault of it is logged by name and place alone: what it holds is for nobody who reads logs
	"""
	if function is None:
		return lambda later: reads(later, for_guests=for_guests, is_private=is_private)
	return _offered(Operation(function, "GET", for_guests, is_private=is_private))


def changes(
	function: Callable | None = None,
	*,
	file: str | None = None,
	for_guests: bool = False,
	is_kept: bool = True,
	is_private: bool = False,
) -> Callable:
	"""Make a function an operation that changes something (POST).

	:param file: name under which a file may come along, as multipart/form-data
	:param for_guests: whoever holds the `token` it takes may ask
	:param is_kept: whether its answer is kept for a key; not where it only reads, where somebody is to be gone afterwards, or where nothing may be
		kept of who asked and when
	:param is_private: as of `reads`
	"""
	if function is None:
		return lambda later: changes(
			later, file=file, for_guests=for_guests, is_kept=is_kept, is_private=is_private
		)
	return _offered(Operation(function, "POST", for_guests, file, is_kept, is_private))


def _offered(operation: Operation) -> Callable:
	def method(**given):
		return calling.answer(operation, given)

	for name in ("__module__", "__name__", "__qualname__", "__doc__"):
		setattr(method, name, getattr(operation.run, name))
	method.operation = operation
	# the platform writes &amp; for & into what guests send, unless it is told that the function takes any text
	is_open = operation.is_for_guests
	return frappe.whitelist(allow_guest=is_open, xss_safe=is_open, methods=[operation.verb])(method)
