"""The OpenAPI 3.1 document of a version, made from its operations: nothing of it is written by hand."""

import inspect
import json
from typing import Any

from pydantic import TypeAdapter
from werkzeug.wrappers import Response

from referral_hub.api.contract.calling import HEADERS, KEY_HEADER, LONGEST_KEY, REPLAYED_HEADER
from referral_hub.api.contract.problems import ProblemAnswer

REFERENCE = "#/components/schemas/{model}"
ABOUT = """What employees do on the portal of referral_hub, for apps of a company's own.

Sign in with an API key of a user (`Authorization: token KEY:SECRET`) or with a session. Whoever asks is always the active Employee of that
user. Words are in the user's language, days ISO 8601, times RFC 3339, points integers, amounts of money decimal strings with a currency.
What people without a user may do, by a link they were sent, needs no sign-in and takes the `token`, the last part of that link.
What changes something is POST and takes an `Idempotency-Key`: the same key does it once, and answers the same for a day.
An answer is in `message`; when nothing was done, `error` says why, in a code for programs and a sentence for people. Only a body that is no
JSON at all is turned away by the platform itself, with its own error (500)."""
PLATFORM = {
	"type": "object",
	"description": "What the platform answers before a request reaches us.",
	"properties": {"exc_type": {"type": "string"}, "exception": {"type": "string"}},
}
# status -> what it means; ours in the shape of ProblemAnswer, the platform's in its own
ALWAYS = {
	400: "An argument is missing or can't be read; of a session: without its CSRF token.",
	401: "The API key is not known.",
	403: "Nobody is signed in, or no active employee is linked to the user.",
	404: "It does not exist, or is somebody else's.",
	417: "The body is not an object.",
	422: "It can't be done; nothing was written.",
	429: "Too many requests.",
	503: "Too much happens at once: try again, with the same key.",
}


def of(operations: list, version: str) -> dict:
	"""Return the document as plain data.

	:param operations: each an `operations.Operation`
	:param version: of the app, which wrote it
	"""
	adapters = [(each.name, "serialization", each.answers) for each in operations]
	adapters += [(each.name, "validation", TypeAdapter(each.takes)) for each in operations]
	adapters.append(("problem", "serialization", TypeAdapter(ProblemAnswer)))
	schemas, shared = TypeAdapter.json_schemas(adapters, ref_template=REFERENCE)
	known = {**shared.get("$defs", {}), "PlatformAnswer": PLATFORM}
	paths: dict[str, dict] = {}
	for each in operations:
		taken = _resolved(schemas[each.name, "validation"], known)
		told = schemas[each.name, "serialization"]
		paths.setdefault(each.path, {})[each.verb.lower()] = _operation(each, taken, told, schemas)
	used = {name: schema for name, schema in known.items() if not name.endswith("_arguments")}
	return {
		"openapi": "3.1.0",
		"info": {"title": "referral_hub", "version": f"1 ({version})", "description": ABOUT},
		"paths": paths,
		"components": {
			"schemas": used,
			"securitySchemes": {
				"token": {
					"type": "apiKey",
					"in": "header",
					"name": "Authorization",
					"description": "`token KEY:SECRET`",
				},
				"session": {"type": "apiKey", "in": "cookie", "name": "sid"},
			},
		},
	}


def as_response(operations: list, version: str) -> Response:
	text = json.dumps(of(operations, version), ensure_ascii=False, indent=1)
	return Response(text, 200, HEADERS, mimetype="application/json")


def _operation(operation, taken: dict, told: dict, schemas: dict) -> dict:
	summary, _blank, more = inspect.cleandoc(operation.run.__doc__).partition("\n")
	described = {
		"operationId": operation.name,
		"tags": [operation.tag],
		"summary": summary,
		"responses": _responses(operation, told, schemas["problem", "serialization"]),
		"security": [] if operation.is_for_guests else [{"token": []}, {"session": []}],
	}
	if more.strip():
		described["description"] = more.strip()
	if operation.changes_something:
		key = [_key()] if operation.takes_key else []
		return described | {"parameters": key, "requestBody": _body(operation, taken)}
	return described | {"parameters": _parameters(taken)}


def _responses(operation, told: dict, problem: dict) -> dict:
	answer = {"type": "object", "properties": {"message": told}, "required": ["message"]}
	done = {"description": "Done." if operation.changes_something else "Found.", "content": _json(answer)}
	if operation.takes_key:
		said = {"description": "`true`: it was done before with this key.", "schema": {"type": "string"}}
		done["headers"] = {REPLAYED_HEADER: said}
	refused = {"anyOf": [problem, {"$ref": REFERENCE.format(model="PlatformAnswer")}]}
	others = {
		str(status): {"description": words, "content": _json(refused)} for status, words in ALWAYS.items()
	}
	return {"200": done, **others}


def _parameters(taken: dict) -> list[dict]:
	needed = taken.get("required", ())
	return [
		{
			"name": name,
			"in": "query",
			"required": name in needed,
			"schema": {key: value for key, value in schema.items() if key not in ("title", "description")},
			**({"description": schema["description"]} if "description" in schema else {}),
		}
		for name, schema in taken.get("properties", {}).items()
	]


def _body(operation, taken: dict) -> dict:
	content = _json(taken)
	if operation.file:
		properties = taken["properties"] | {operation.file: {"type": "string", "format": "binary"}}
		content["multipart/form-data"] = {"schema": taken | {"properties": properties}}
	return {"required": bool(taken.get("required")), "content": content}


def _key() -> dict:
	return {
		"name": KEY_HEADER,
		"in": "header",
		"required": False,
		"schema": {"type": "string", "maxLength": LONGEST_KEY},
		"description": "Any text of your own, new for each thing to do and the same when you try again.",
	}


def _json(schema: dict) -> dict[str, Any]:
	return {"application/json": {"schema": schema}}


def _resolved(schema: dict, known: dict) -> dict:
	"""Arguments stand where they are sent, not under a name of their own."""
	reference = schema.get("$ref", "")
	found = known[reference.rpartition("/")[2]] if reference else schema
	return {key: value for key, value in found.items() if key != "title"}
