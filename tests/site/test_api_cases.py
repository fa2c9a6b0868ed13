"""Thousands of requests made from the API's own OpenAPI document, as an employee, HR and nobody: no answer is an error of ours, none is undocumented.

`HUB_API_CASES` says how many for each operation and person; half of them are as documented, half are not.
"""

import os
import random

import hypothesis
import pytest
import requests
import schemathesis
import site_factories as hr
from api_program import key_of
from in_process import ORIGIN, Here
from live_site import site_name
from malformed import attacked
from portal_factories import make_paid_opening, make_referrer
from referral_factories import make_referral
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
	content_type_conformance,
	response_schema_conformance,
	status_code_conformance,
)

from referral_hub.api import v1
from referral_hub.api.contract import document
from referral_hub.referrals.consent import asking

CASES = int(os.environ.get("HUB_API_CASES", "2"))
CHECKS = (
	not_a_server_error,
	status_code_conformance,
	content_type_conformance,
	response_schema_conformance,
)
DOCUMENT = document.of(v1.operations(), "test")
PEOPLE = ("an employee", "HR", "nobody")


@pytest.fixture(scope="module")
def world(site):
	def make(_helper) -> dict:
		anna, manager = make_referrer("Anna"), hr.make_hr_manager()
		opening = make_paid_opening()
		referral = make_referral(anna, opening)
		link = asking.link_of(referral.name).rpartition("/")[2]
		return {
			"keys": {"an employee": key_of(anna.user_id), "HR": key_of(manager.name)},
			"known": {"opening": opening.name, "referral": referral.name, "token": link},
		}

	with attacked(make) as made:
		yield made


@pytest.fixture(scope="module", params=PEOPLE)
def program(world, request):
	session = requests.Session()
	session.mount(ORIGIN, Here(world.web))
	session.headers["Host"] = site_name()
	if key := world["keys"].get(request.param):
		session.headers["Authorization"] = f"token {key}"
	return session


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_one_of_those_documented(world, program, mode):
	chance = random.Random(CASES)
	answered = set()
	for operation in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations():
		described = operation.ok()
		if mode is GenerationMode.NEGATIVE and not (described.body or described.query):
			continue  # nothing can be said wrongly

		@hypothesis.settings(
			max_examples=CASES,
			deadline=None,
			database=None,
			derandomize=True,
			suppress_health_check=list(hypothesis.HealthCheck),
		)
		@hypothesis.given(case=described.as_strategy(generation_mode=mode))
		def ask(case):
			_with_known_names(case, world.known, chance)
			response = case.call(base_url=ORIGIN, session=program)
			if _is_no_json(response):
				return
			answered.add(response.status_code)
			case.validate_response(response, checks=CHECKS)

		ask()
	assert answered, "nothing was asked"
	assert max(answered) < 500


def _is_no_json(response) -> bool:
	"""Say whether the platform could not read the body as JSON: it fails before any app is asked."""
	return response.status_code == 500 and response.json().get("exc_type") == "JSONDecodeError"


def _with_known_names(case, known: dict, chance: random.Random) -> None:
	"""In half of the cases name what there is: made-up names alone would all end at the first door."""
	for place in (case.query, case.body):
		for name in set(known) & set(place if isinstance(place, dict) else ()):
			if chance.random() < 0.5:
				place[name] = known[name]
