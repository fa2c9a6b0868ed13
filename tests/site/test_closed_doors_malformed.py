"""Thousands of malformed requests to what guests don't reach, to the doors for other systems and to pages that are none.

No error of ours, nobody named, not a row written: whatever is sent.
"""

import json
import time
from importlib import import_module
from pkgutil import walk_packages
from urllib.parse import unquote

import frappe
import malformed
import pytest
import shop_factories as shop
import shop_mall
import site_factories as hr
from frappe.utils.password import remove_encrypted_password, set_encrypted_password
from malformed import NASTY, VALUES, attack, attacked, in_path, request_of
from new_rows import row_names
from referral_factories import make_candidate, make_referral, make_resume
from row_factory import our_doctypes
from sharing_factories import make_link

import referral_hub
from referral_hub.talent import signals
from referral_hub.talent.rules.signals import sign

WECOM = {
	"referral_hub.api.channels.wecom.callback",
	"referral_hub.api.channels.sign_in.begin",
	"referral_hub.api.channels.sign_in.finish",
}
# attacked in test_api_guests_malformed.py
OF_THE_API = {
	f"referral_hub.api.v1.guests.{name}"
	for name in (
		"candidate.see",
		"candidate.agree",
		"candidate.refuse",
		"candidate.correct",
		"candidate.withdraw",
		"candidate.delete",
		"candidate.take_back",
		"candidate.keep_result",
		"candidate.forget_result",
		"pool.see",
		"pool.agree",
		"pool.write_no_more",
		"pool.delete",
		"survey.questions",
		"survey.answer",
	)
}
GUESTS = {
	"referral_hub.api.sharing.visit",
	"referral_hub.api.inbound.signal",
	"referral_hub.api.shop.mall.answer",
	*WECOM,
	*OF_THE_API,
}
OVERRIDDEN = {"referral_hub.desk_dashboards.get_open_count"}
SIGNAL = "/api/method/referral_hub.api.inbound.signal"
MALL = "/api/method/referral_hub.api.shop.mall.answer"
SECRET = "a secret of thirty-two characters"
PLATFORMS = ("Job Applicant", "File", "User", "Employee", "Comment", "Communication", "ToDo", "Email Queue")
NAME, CONTACT = "Zhou Qiuyue", "zhou.qiuyue@known.example"


@pytest.fixture(scope="module")
def world(site):
	with attacked(_make_world) as made:
		yield made


def _make_world(helper) -> dict:
	field = (signals.SETTINGS, signals.SETTINGS, "signal_secret")
	set_encrypted_password(*field[:2], SECRET, field[2])
	helper.at_end(lambda: remove_encrypted_password(*field))
	candidate = make_candidate(name=NAME)
	referral = make_referral(candidate=candidate, resume=make_resume("hers.pdf"))
	pool = frappe.get_doc(
		doctype="Talent Pool Record", person_name=NAME, email=CONTACT, company=hr.COMPANY
	).insert()
	pool.db_set("consent_state", "Given")
	resume = frappe.db.get_value("Job Applicant", referral.job_applicant, "resume_attachment")
	mall = shop_mall.make_mall()
	order = shop.order(shop.make_buyer(), shop_mall.make_mall_item(mall))
	return {
		"referral": referral,
		"pool": pool,
		"resume": resume,
		"link": make_link(),
		"known": candidate,
		"order": order,
	}


def methods_of_ours() -> set[str]:
	"""Every function of ours that answers over HTTP by its name; what a document does is asked of the document."""
	modules = [module.name for module in walk_packages(referral_hub.__path__, "referral_hub.")]
	for module in modules:
		if ".patches." not in module:
			import_module(module)
	return {
		f"{each.__module__}.{each.__name__}"
		for each in frappe.whitelisted
		if each.__module__ in modules and each.__qualname__ == each.__name__
	}


def written() -> dict:
	frappe.db.rollback()
	rows = row_names()
	return {
		doctype: rows[f"tab{doctype}"] for doctype in (*our_doctypes(), *PLATFORMS) if f"tab{doctype}" in rows
	}


def known(world) -> tuple[str, ...]:
	return (NAME, CONTACT, world.known.email, world.referral.name)


def test_the_methods_guests_reach_are_those_that_are_attacked():
	found = {name for name in methods_of_ours() if frappe.get_attr(name) in frappe.guest_methods}
	assert found == GUESTS


def test_every_other_method_turns_a_guest_away_before_it_reads_anything(world):
	closed = sorted(methods_of_ours() - GUESTS - OVERRIDDEN)
	assert len(closed) > 50, "methods were not found: nothing is tested"
	for method in closed:
		statuses = {
			malformed.ask(world.web, verb, f"/api/method/{method}", **sent).status_code
			for verb, sent in (("GET", {}), ("POST", {"json": {"name": world.referral.name}}))
		}
		assert statuses == {403}, method


def test_no_malformed_request_to_a_closed_method_is_an_error_or_writes(world):
	closed = sorted(methods_of_ours() - GUESTS)

	def make(chance):
		names = ("referral", "link", "name", "employee", "doctype", "filters", "txt")
		known_ones = (world.referral.name, world.link.name, world.pool.name)
		form = {chance.choice(names): chance.choice((*known_ones, *NASTY)) for _ in range(3)}
		request = request_of(chance, chance.choice(malformed.spellings(chance.choice(closed))), form)
		if chance.random() < 0.5:
			return request
		body = {name: chance.choice((text, *VALUES)) for name, text in form.items()}
		return {**request, "method": "POST", "data": None, "files": None, "json": body}

	before = written()
	assert (
		attack(
			world.web, make, lambda _request: (NAME, CONTACT), number=malformed.SLOW, door="closed methods"
		)
		== []
	)
	assert written() == before


def signed(chance, path: str, secret: str, said: dict, moment: str, forged: bool) -> dict:
	"""What another system would send, not quite: a broken body, a wrong signature or time, an odd request around it."""
	body = json.dumps(said).encode()
	if chance.random() < 0.2:
		body = chance.choice(
			(b"", b"[", b"\xff", body[:-3], b"[" * 20000, b"9" * 5000, b"1e999", b"x" * 70000)
		)
	signature = sign(secret.encode(), moment, body)
	if forged:
		moment = chance.choice((moment, "", "-1", "9" * 30, "\xb2", "1e3", " 1", "NaN"))
		signature = chance.choice((signature[:-1], signature.upper(), "0" * 64, "", "\xff" * 64, "zz"))
	headers = {"X-Hub-Time": moment, "X-Hub-Signature": signature, "Content-Type": "application/json"}
	if chance.random() < 0.3:
		odd = request_of(chance, path, {"id": chance.choice(NASTY)})
		return {**odd, "headers": {**odd["headers"], **headers, **odd["headers"]}}
	return {"method": "POST", "path": path, "headers": headers, "data": body}


def test_no_malformed_signal_is_an_error_and_only_the_person_meant_has_one(world):
	taken = {"id": "7", "kind": "Interested", "email": CONTACT, "words": "Hello", "phone": None}

	def make(chance):
		said = {
			name: chance.choice((text, text, *VALUES, *NASTY)) if chance.random() < 0.4 else text
			for name, text in taken.items()
		}
		said |= (
			{"Event": "change_external_contact", "ChangeType": chance.choice(VALUES)}
			if chance.random() < 0.1
			else {}
		)
		moment = str(int(time.time()) + chance.choice((0, 0, 0, 0, -299, 299, -400, 400)))
		return signed(chance, SIGNAL, SECRET, said, moment, forged=chance.random() < 0.4)

	before = written()
	assert attack(world.web, make, lambda _request: known(world), number=malformed.SLOW, door="signal") == []
	after = written()
	assert {doctype for doctype in after if after[doctype] != before[doctype]} == {"Talent Signal"}
	new = ("in", after["Talent Signal"] - before["Talent Signal"])
	fields = ["record", "source", "by_user"]
	assert {tuple(row.values()) for row in frappe.get_all("Talent Signal", {"name": new}, fields)} == {
		(world.pool.name, "Webhook", None)
	}


def test_no_malformed_word_of_a_mall_is_an_error_or_moves_an_order(world):
	taken = {
		"order": world.order.name,
		"state": "refused",
		"why": "Sold out",
		"reference": "M-1",
		"code": "1",
	}

	def make(chance):
		forged = chance.random() < 0.5
		said = taken | {chance.choice(tuple(taken)): chance.choice((*VALUES, *NASTY))}
		if (
			not forged and said["order"] == world.order.name
		):  # whoever has the secret is believed, if it can be read
			said["state"] = chance.choice((*VALUES, *NASTY))
		return signed(chance, MALL, shop_mall.SECRET, said, str(int(time.time())), forged)

	before, stood = written(), order_of(world)
	assert attack(world.web, make, lambda _request: known(world), number=malformed.SLOW, door="mall") == []
	assert (written(), order_of(world)) == (before, stood)


def test_no_malformed_call_as_wecom_or_from_its_browser_is_an_error_or_signs_anybody_in(world):
	names = ("msg_signature", "timestamp", "nonce", "echostr", "to", "code", "state", "cmd")
	doors = sorted(WECOM)

	def make(chance):
		form = {chance.choice(names): chance.choice(NASTY) for _ in range(chance.randrange(5))}
		request = request_of(chance, chance.choice(malformed.spellings(chance.choice(doors))), form)
		if chance.random() < 0.2:
			request["headers"]["Cookie"] = f"referral_hub_wecom={chance.choice(('x', '%00', '9' * 3000))}"
		return request

	before = written()
	assert attack(world.web, make, lambda _request: known(world), number=malformed.SLOW, door="WeCom") == []
	assert written() == before


def order_of(world) -> tuple:
	frappe.db.rollback()
	order = frappe.get_doc("Reward Order", world.order.name).as_dict()
	message = frappe.get_doc("Reward Mall Message", {"reward_order": world.order.name}).as_dict()
	return order, message


def test_no_malformed_request_to_pages_files_and_documents_is_an_error_or_writes(world):
	doctypes = (*our_doctypes(), "Job Applicant", "File")

	def make(chance):
		odd, doctype = in_path(chance.choice(NASTY)), in_path(chance.choice(doctypes))
		name = in_path(
			chance.choice((world.referral.name, world.link.name, world.referral.job_applicant, *NASTY))
		)
		path = chance.choice(
			(
				f"/referrals/{odd}",
				f"/referrals/{chance.choice(('wallet', 'mine', 'openings', 'index', '__init__', 'refer'))}",
				f"/referrals/mine/{name}",
				f"/referrals/openings/{name}",
				f"/r/{odd}/{odd}",
				f"/R/{world.link.code}",
				f"//r/{world.link.code}",
				f"/candidate/%2e%2e/{odd}",
				f"/refer/{odd}/..",
				f"/no-mail/{odd}",
				f"/look/{odd}",
				f"/referrals/requests/{name}",
				f"/jobs?company={odd}",
				f"/job_application/new?job_title={odd}",
				f"/job_application/{name}",
				world.resume,
				f"/private/files/{odd}",
				f"/api/resource/{doctype}/{name}",
				f"/api/resource/{doctype}",
				f"/api/v2/document/{doctype}/{name}",
				f"/api/v2/document/{doctype}/{name}/method/save",
				f"/api/resource/{doctype}/{name}?run_method=as_dict",
			)
		)
		request = request_of(
			chance, path, {"fields": '["*"]', "doctype": "Referral", "name": chance.choice(NASTY)}
		)
		request["headers"].setdefault(
			"Cookie", f"referral_hub_link={chance.choice((world.link.code, '%00', '..'))}"
		)
		return request

	def is_the_platforms(answer) -> bool:
		return "/referral_hub/" not in answer.text

	def untold(request):  # a page may say an address again that was asked for
		asked = unquote(request["path"])
		return [secret for secret in (NAME, CONTACT, world.known.email, "%PDF") if secret not in asked]

	before = written()
	assert (
		attack(
			world.web,
			make,
			untold,
			is_the_platforms,
			number=malformed.SLOW,
			door="pages and documents",
		)
		== []
	)
	assert written() == before
