"""The API for other systems: what it answers and refuses, and that nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import frappe
import pytest
import shop_factories as shop
import site_factories as hr
from api_program import ROOT, Program, error_of, key_of
from malformed import attacked
from portal_factories import make_paid_opening, make_referrer
from referral_factories import make_referral, pdf
from rest_client import serving

from referral_hub import idempotency
from referral_hub.api import portal, v1
from referral_hub.points import service as points
from referral_hub.portal.forms import settings_form


@pytest.fixture(scope="module")
def world(site):
	def make(_helper) -> dict:
		anna, bo, nobody = make_referrer("Anna"), make_referrer("Bo"), hr.make_user()
		chinese = hr.make_user(language="zh")
		users = (anna.user_id, bo.user_id, nobody.name, chinese.name)
		points.post(anna.name, 100, "Issuance", hr.unique("earn"))
		shop.order(anna, shop.make_item(price=30))
		make_referral(anna)
		scored = {"employee": anna.name, "employee_name": anna.employee_name, "company": anna.company}
		row = {"doctype": "Referral Recognition", "name": frappe.generate_hash(length=12), "score": 7.3}
		frappe.get_doc({**row, **scored}).db_insert()
		return {
			"anna": anna,
			"bo": bo,
			"nobody": nobody.name,
			"chinese": chinese.name,
			"opening": make_paid_opening(),
			"of_bo": make_referral(bo),
			"keys": {user: key_of(user) for user in users},
		}

	with attacked(make) as made:
		yield made


@pytest.fixture
def anna(world):
	return Program(world, world.anna.user_id)


def referred(name: str) -> int:
	frappe.db.rollback()
	return frappe.db.count("Referral", {"candidate_name": name})


def test_an_opening_is_found_and_somebody_referred_with_a_resume(world, anna):
	found = anna.get("openings.find", text=world.opening.job_title).json()["message"]
	assert (found["total"], found["next_start"]) == (1, None)
	assert found["rows"][0]["totals"] == [{"kind": "Points", "amount": "400", "currency": None}]
	name, email = hr.unique("Mei"), hr.unique_email("mei")
	file = {"resume": ("mei.pdf", pdf("Mei"), "application/pdf")}
	made = anna.post(
		"referrals.refer", files=file, candidate_name=name, email=email, opening=world.opening.name
	)
	assert made.status_code == 200, made.text
	number = made.json()["message"]["referral"]
	told = anna.get("referrals.one", referral=number).json()["message"]
	assert (told["referral"]["candidate_name"], told["referral"]["stage"]) == (name, "Submitted")
	assert frappe.db.get_value("Referral", number, "referrer") == world.anna.name
	assert anna.get("referrals.mine", limit=1).json()["message"]["rows"][0]["name"] == number


def test_the_same_key_refers_once_and_says_so(anna):
	name, email = hr.unique("Lan"), hr.unique_email("lan")
	first, again = (
		anna.post("referrals.refer", "key of lan", candidate_name=name, email=email) for _ in range(2)
	)
	assert first.json() == again.json()
	assert "Idempotent-Replayed" not in first.headers
	assert again.headers["Idempotent-Replayed"] == "true"
	assert referred(name) == 1
	other = anna.post("referrals.refer", "key of lan", candidate_name=f"{name} Wu", email=email)
	assert (other.status_code, error_of(other)["code"]) == (422, "key_reused")
	assert referred(f"{name} Wu") == 0


def test_a_key_belongs_to_one_user_and_to_one_file(world, anna):
	names = [hr.unique("Key") for _ in range(2)]
	programs = (anna, Program(world, world.bo.user_id))
	for program, name in zip(programs, names, strict=True):
		answer = program.post("referrals.refer", "theirs", candidate_name=name, email=hr.unique_email("key"))
		assert answer.status_code == 200
	file = {"resume": ("cv.pdf", pdf("one"), "application/pdf")}
	sent = {"candidate_name": hr.unique("File"), "email": hr.unique_email("file")}
	assert anna.post("referrals.refer", "file", file, **sent).status_code == 200
	changed = {"resume": ("cv.pdf", pdf("another"), "application/pdf")}
	assert error_of(anna.post("referrals.refer", "file", changed, **sent))["code"] == "key_reused"


def test_what_was_refused_is_not_kept_under_its_key(anna):
	name, email = hr.unique("Hong"), hr.unique_email("hong")
	refused = anna.post("referrals.refer", "hong", candidate_name=name)
	assert refused.status_code == 422
	assert error_of(refused) == {
		"code": "contact_missing",
		"message": "This referral can't be made",
		"fields": [
			{
				"field": "email",
				"message": "Please enter an e-mail address or a phone number of the candidate.",
			}
		],
	}
	assert referred(name) == 0
	assert anna.post("referrals.refer", "hong", candidate_name=name, email=email).status_code == 200


def test_two_at_once_with_one_key_make_one_referral(world):
	name, email = hr.unique("Twice"), hr.unique_email("twice")
	with serving(workers=2) as address, ThreadPoolExecutor(4) as threads:
		programs = [Program(world, world.anna.user_id, address=address) for _ in range(4)]
		answers = list(
			threads.map(
				lambda each: each.post("referrals.refer", "at once", candidate_name=name, email=email),
				programs,
			)
		)
	assert [answer.status_code for answer in answers] == [200] * 4
	assert len({answer.json()["message"]["referral"] for answer in answers}) == 1
	assert sorted(answer.headers.get("Idempotent-Replayed", "") for answer in answers) == ["", *["true"] * 3]
	assert referred(name) == 1


def test_what_was_answered_is_kept_unreadable_and_goes_with_an_erasure(anna):
	name = hr.unique("Gone")
	sent = {"candidate_name": name, "email": hr.unique_email("gone")}
	number = anna.post("referrals.refer", "gone", **sent).json()["message"]["referral"]
	frappe.db.rollback()
	kept = frappe.get_all(idempotency.DOCTYPE, {"operation": "referrals_refer"}, pluck="answer")
	assert kept and not any(number in answer for answer in kept if answer)
	idempotency.forget_answers()
	frappe.db.commit()
	answer = anna.post("referrals.refer", "gone", **sent)
	assert (answer.status_code, error_of(answer)["code"]) == (422, "already_done")
	assert referred(name) == 1


def test_keys_of_yesterday_are_cleared_by_the_platform(anna):
	anna.post("recognition.thank_me", "of yesterday", yes=True)
	frappe.db.rollback()
	frappe.db.set_value(
		idempotency.DOCTYPE, {"user": ("is", "set")}, "creation", "2020-01-01", update_modified=False
	)
	settings = frappe.get_doc("Log Settings")
	settings.add_default_logtypes()
	assert {row.ref_doctype: row.days for row in settings.logs_to_clear}[idempotency.DOCTYPE] == 1
	settings.clear_logs()
	assert frappe.db.count(idempotency.DOCTYPE) == 0


def test_what_is_not_ones_own_is_not_there(world, anna):
	for name in (world.of_bo.name, "REF-2026-99999"):
		answer = anna.get("referrals.one", referral=name)
		assert answer.status_code == 404
		assert error_of(answer) == {"code": "not_found", "message": "We could not find that", "fields": []}


def test_arguments_that_cannot_be_read_are_named(anna):
	answer = anna.get("openings.find", start="many", limit=101)
	assert answer.status_code == 400
	assert error_of(answer) == {
		"code": "invalid_arguments",
		"message": "Some of what was sent can't be read.",
		"fields": [
			{"field": "start", "message": "A whole number is needed."},
			{"field": "limit", "message": "At most 100."},
		],
	}
	missing = error_of(anna.post("referrals.ask", referral="REF-1", kind="Twin"))["fields"]
	assert missing == [
		{
			"field": "kind",
			"message": "One of: 'Not accepted', 'Not credited', 'Not paid', 'Amount' or 'Other'.",
		},
		{"field": "question", "message": "This is needed."},
	]


def test_nobody_and_somebody_without_an_employee_are_turned_away(world):
	assert Program(world).get("openings.find").status_code == 403
	assert Program(world, token="not:one").get("openings.find").status_code == 401
	answer = Program(world, world.nobody).get("openings.find")
	assert (answer.status_code, error_of(answer)["code"]) == (403, "forbidden")
	assert error_of(answer)["message"].endswith("Please ask HR to link it.")


def test_words_are_in_the_language_of_who_signs_in_by_a_key_whatever_the_program_asks_for(world):
	chinese = "您的账号没有关联在职员工档案，请联系人力资源部关联。"
	for program in (Program(world, world.chinese), Program(world, world.chinese, language="en")):
		assert error_of(program.get("openings.find"))["message"] == chinese
	english = error_of(Program(world, world.nobody, language="zh-CN").get("openings.find"))["message"]
	assert english.startswith("No active employee record")
	asked = error_of(Program(world, world.chinese).get("openings.find", _lang="en"))["message"]
	assert asked == english


def test_everything_an_employee_reads_fits_what_the_document_says(anna):
	read = [each for each in v1.operations() if not each.changes_something and not needed(each)]
	answers = {each.name: anna.get(each.path.removeprefix(ROOT)) for each in read}
	assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200} == {
		"club_mine": 404,
		"path_mine": 404,
		"path_consent": 404,
	}
	wallet = answers["wallet_one"].json()["message"]
	assert (wallet["balance"], sum(lot["points"] for lot in wallet["lots"]), len(wallet["statement"])) == (
		70,
		70,
		2,
	)
	score = answers["recognition_mine"].json()["message"]["score"]
	assert 7 < score <= 100 and score == round(score, 1)
	assert len(answers["shop_orders"].json()["message"]["rows"]) == 1


def test_what_is_not_named_among_the_wishes_stays_as_it_was(anna):
	before = anna.get("settings.messages").json()["message"]
	kept = anna.post("settings.keep", channels=["Email"]).json()["message"]
	assert {box: kept[box] for box in settings_form.BOXES} == {
		box: before[box] for box in settings_form.BOXES
	}


def needed(operation) -> list[str]:
	return [name for name, field in operation.takes.model_fields.items() if field.is_required()]


def test_an_answer_that_does_not_fit_is_a_fault_of_ours(anna, monkeypatch):
	monkeypatch.setattr(portal, "wallet", lambda *_asked: {"balance": "many"})
	answer = anna.get("wallet.one")
	assert (answer.status_code, answer.json()["exc_type"]) == (500, "AnswerDoesNotFit")


def test_what_changes_something_is_not_done_by_reading(anna):
	assert anna.get("recognition.thank_me", yes=True).status_code == 403


def test_the_document_names_every_operation_with_its_arguments_and_answers(anna):
	told = anna.get("openapi").json()
	assert told["openapi"] == "3.1.0"
	assert set(told["paths"]) == {operation.path for operation in v1.operations()}
	find = told["paths"][ROOT + "openings.find"]["get"]
	assert find["summary"].startswith("List openings that accept referrals")
	assert [each["name"] for each in find["parameters"]][-2:] == ["start", "limit"]
	refer = told["paths"][ROOT + "referrals.refer"]["post"]
	assert set(refer["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
	assert refer["requestBody"]["content"]["application/json"]["schema"]["required"] == ["candidate_name"]
	assert "_arguments" not in " ".join(told["components"]["schemas"])


def test_the_reference_names_every_operation_and_no_other():
	lines = (Path(__file__).parents[2] / "docs" / "rest-api.md").read_text().splitlines()
	named = {line.split("`")[1] for line in lines if line.startswith(("| `GET ", "| `POST "))}
	assert named == {f"{each.verb} {each.tag}.{each.run.__name__}" for each in v1.operations()}
