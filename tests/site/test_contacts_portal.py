"""My contacts on the portal: typed in one line, found, changed, suggested with reasons, referred, deleted; nobody else's."""

import html
import re
from types import SimpleNamespace

import frappe
import portal_requests as web
import pytest
import site_factories as hr
from contact_factories import make_opening_for_welders
from portal_factories import make_referrer
from referral_factories import unique_phone

from referral_hub import idempotency
from referral_hub.api.v1 import contacts as contacts_api
from referral_hub.matching.contacts import erasing, searching, service
from referral_hub.matching.rules.contacts.forgetting import Forgotten
from referral_hub.referrals import service as referrals
from referral_hub.referrals.service import Candidate

PAGE = "/referrals/contacts"
WELDER = "王强，焊工，8年，13800138000"
pytestmark = pytest.mark.usefixtures("own_index")


@pytest.fixture
def opening():
	return make_opening_for_welders()


def of(employee: str) -> list:
	found = [service.find(employee, name) for name in service.search(employee, "")]
	return [(one.name, one.title, one.years) for one in found]


def test_the_empty_page_teaches(anna):
	text = web.get(PAGE).text
	assert "Nobody here yet" in text and "Delete all my contacts" not in text


def test_one_line_is_enough_and_the_page_shows_who_it_is(anna):
	answer = web.post(PAGE, {"line": WELDER})
	assert answer.status_code == 303
	assert "王强" in web.get(answer.headers["Location"]).text
	assert of(anna) == [("王强", "焊工", 8.0)]
	assert "焊工" in web.get(PAGE).text


def test_what_is_typed_is_in_no_recording_of_requests(anna):
	for path, form in (
		(PAGE, {"line": WELDER}),
		(f"{PAGE}/import", {"do": "forget"}),
		(f"{PAGE}/person", {}),
	):
		frappe.local._recorder = SimpleNamespace(cleanup=lambda: None)
		assert web.post(path, form).status_code in (303, 404)
		assert not hasattr(frappe.local, "_recorder"), path
	assert of(anna) == [("王强", "焊工", 8.0)]


def test_what_a_program_sends_is_in_no_recording_also_when_it_is_refused(anna):
	web.get(PAGE)
	for given in ({"line": WELDER}, {"line": "x" * 3000}):
		frappe.local._recorder = SimpleNamespace(cleanup=lambda: None)
		contacts_api.add(**given)
		assert not hasattr(frappe.local, "_recorder"), given


def test_a_fault_of_the_API_names_nobody_in_a_log(anna, monkeypatch):
	logged = []

	def full(_employee, contacts, _words):
		raise OSError(28, "No space left on device", next(iter(contacts.values())).name)

	monkeypatch.setattr(searching, "save", full)
	monkeypatch.setattr(frappe, "log_error", lambda *said, **_how: logged.append(said))
	web.get(PAGE)
	answer = contacts_api.add(line=WELDER)
	assert (answer.status_code, answer.json["error"]["code"], of(anna)) == (500, "fault", [])
	[(title, said)] = logged
	assert title == "contacts_add failed" and "OSError: No space left on device" in said
	assert [word for word in ("王强", "13800138000", "焊工") if word in said] == []


def test_what_a_program_was_answered_goes_with_whom_it_was_about(anna):
	asked = idempotency.Asked(frappe.session.user, "contacts_change", "a key", "of a contact")
	contact = web.post(PAGE, {"line": WELDER}).headers["Location"].split("?")[1]
	idempotency.once(asked, lambda: {"name": "王强"})
	web.post(f"{PAGE}/person?{contact}", {"do": "delete"})
	assert of(anna) == []
	with pytest.raises(idempotency.AnswerGone):
		idempotency.once(asked, lambda: {})


def test_whose_number_it_was_is_said_where_somebody_is_kept_with_them(anna):
	web.post(PAGE, {"line": WELDER})
	there = web.post(PAGE, {"line": "Li Na, 13800138000"}).headers["Location"]
	assert "Kept with 王强, who has this address or number." in web.get(there).text
	again = web.post(PAGE, {"line": WELDER}).headers["Location"]
	assert "Kept. Only you see it." in web.get(again).text


def test_what_is_refused_is_said_and_stays_typed(anna):
	answer = web.post(PAGE, {"line": "Li Na, 123@, 99999999999"})
	assert answer.status_code == 422
	assert "Please check the phone number" in answer.text and "99999999999" in answer.text
	assert of(anna) == []


def test_whoever_is_looked_for_stands_in_no_address(anna, monkeypatch):
	monkeypatch.setattr("referral_hub.portal.paging.SIZE", 2)
	for line in (WELDER, "Chen Bo, welder", "Wang Fang, welder", "Zhao Min, welder", "Sun Li, cook"):
		web.post(PAGE, {"line": line})
	assert "Sun Li" in web.get(PAGE, q="welder").text
	answer = search("welder")
	assert (answer.status_code, "welder" in answer.headers["Location"]) == (303, False)
	page = web.get(answer.headers["Location"])
	shown = [name for name in ("Zhao Min", "Wang Fang", "Chen Bo", "Sun Li") if name in page.text]
	assert (page.status_code, shown) == (200, ["Zhao Min", "Wang Fang"])
	assert 'Found <span class="muted">3</span>' in page.text
	assert "Page 1 of 2" in page.text and "q=" not in page.text
	(further,) = re.findall(r'rel="next" href="([^"]+)"', page.text)
	second = web.get(html.unescape(further)).text
	assert "Chen Bo" in second and "Wang Fang" not in second and 'value="welder"' in second
	nobody = web.get(search("pilot").headers["Location"]).text
	assert "Nobody of your contacts is found by these words." in nobody
	assert search(" ").headers["Location"] == PAGE


def test_what_somebody_looked_for_is_read_by_nobody_else(anna, as_user):
	web.post(PAGE, {"line": WELDER})
	there = search("welder").headers["Location"]
	assert 'value="welder"' in web.get(there).text
	sealed = frappe.db.get_value("Referral Contact", service.search(anna, "")[0], "sealed")
	for other in (there[:-9], f"{PAGE}?found=rubbish", f"{PAGE}?found={sealed}"):
		assert (web.get(other).status_code, "王强" in web.get(other).text) == (200, True)
	as_user("Administrator")
	ben = make_referrer("Ben")
	as_user(ben.user_id)
	web.post(PAGE, {"line": "Li Na, cook"})
	assert ("Li Na" in web.get(there).text, "welder" in web.get(there).text) == (True, False)


def search(words: str):
	return web.post(PAGE, {"do": "search", "q": words})


def test_a_contact_is_changed_and_deleted(anna):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"].replace("&kept=1", "")
	answer = web.post(there, {"do": "change", "c_name": "Wang Qiang", "c_title": "welder", "c_years": "9"})
	assert (answer.status_code, of(anna)) == (303, [("Wang Qiang", "welder", 9.0)])
	answer = web.post(there, {"do": "change", "c_name": "Wang Qiang", "c_years": "many"})
	assert (answer.status_code, "Please write the years as a number" in answer.text) == (422, True)
	assert web.post(there, {"do": "delete"}).status_code == 303
	assert of(anna) == []


def undo_on(page: str) -> str:
	"""The word that the page's Undo brings back who was deleted with."""
	return re.search(r'name="undo" value="(\w+)"', page)[1]


def test_who_was_deleted_is_brought_back_with_all_that_was_known(anna):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"].replace("&kept=1", "")
	web.post(there, {"do": "change", "c_name": "Wang Qiang", "c_title": "welder", "c_note": "met in Wuhan"})
	after = web.post(there, {"do": "delete"}).headers["Location"]
	page = web.get(after).text
	assert "Deleted." in page and of(anna) == []
	back = web.post(PAGE, {"do": "undo", "undo": undo_on(page)}).headers["Location"]
	assert "Here they are again." in web.get(back).text
	[name] = service.search(anna, "")
	assert (service.find(anna, name).title, service.find(anna, name).note) == ("welder", "met in Wuhan")
	assert 'value="undo"' not in web.get(after).text
	late = web.post(PAGE, {"do": "undo", "undo": undo_on(page)}).headers["Location"]
	assert "Please add them again." in web.get(late).text and len(of(anna)) == 1


def test_nobody_else_brings_back_who_was_deleted_and_no_copy_can_be_read(anna, as_user):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"]
	word = undo_on(web.get(web.post(there, {"do": "delete"}).headers["Location"]).text)
	copy = frappe.cache.get_value(f"referral_hub_deleted_contact:{word}", expires=True)
	assert "王强" not in str(copy) and 0 < frappe.cache.ttl(_copies()[0]) <= 120
	as_user("Administrator")
	ben = make_referrer("Ben")
	as_user(ben.user_id)
	assert web.post(PAGE, {"do": "undo", "undo": word}).headers["Location"] == f"{PAGE}?gone=late"
	assert of(ben.name) == []


def test_of_whoever_is_forgotten_no_copy_stays(anna):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"]
	word = undo_on(web.get(web.post(there, {"do": "delete"}).headers["Location"]).text)
	nobody = frozenset()
	person = Forgotten(frozenset({"王强"}), nobody, frozenset({"+8613800138000"}), nobody, lambda *_: False)
	erasing.forget(person)
	assert web.post(PAGE, {"do": "undo", "undo": word}).headers["Location"] == f"{PAGE}?gone=late"
	assert (of(anna), _copies()) == ([], [])


def test_whom_an_employee_deletes_while_they_are_forgotten_leaves_no_copy(anna, monkeypatch):
	there, read = web.post(PAGE, {"line": WELDER}).headers["Location"], erasing.keeping.as_they_are

	def meanwhile(names):
		web.post(there, {"do": "delete"})
		assert len(_copies()) == 1
		return read(names)

	monkeypatch.setattr(erasing.keeping, "as_they_are", meanwhile)
	nobody = frozenset()
	erasing.forget(
		Forgotten(frozenset({"王强"}), nobody, frozenset({"+8613800138000"}), nobody, lambda *_: False)
	)
	assert _copies() == []


def _copies() -> list:
	return frappe.cache.get_keys("referral_hub_deleted_contact")


def test_all_are_deleted_in_one_click(anna):
	for line in (WELDER, "Li Na, store manager"):
		web.post(PAGE, {"line": line})
	assert web.post(PAGE, {"do": "delete_all"}).headers["Location"] == f"{PAGE}?gone=2"
	assert of(anna) == []


def test_whoever_is_given_the_record_of_a_colleague_reads_none_of_their_contacts(opening, anna, as_user):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"]
	name = re.search(r"name=(\w+)", there).group(1)
	mine = frappe.session.user
	as_user("Administrator")
	other = hr.make_user(roles=("Employee", "HR Manager"), language="en").name
	frappe.db.set_value("Employee", anna, "user_id", other)
	as_user(other)
	pages = (
		PAGE,
		there,
		"/referrals",
		f"/referrals/openings/{opening.name}",
		f"/referrals/refer?contact={name}",
	)
	for page in pages:
		assert "王强" not in web.get(page).text, page
	assert "Your login has changed since these contacts were kept: 1." in web.get(PAGE).text
	assert web.post(PAGE, {"line": "Li Na, welder"}).headers["Location"] == PAGE
	assert web.get(f"{PAGE}/import").headers["Location"] == PAGE
	as_user("Administrator")
	frappe.db.set_value("Employee", anna, "user_id", mine)
	as_user(mine)
	assert "王强" in web.get(PAGE).text
	as_user("Administrator")
	frappe.db.set_value("Employee", anna, "user_id", other)
	as_user(other)
	assert web.post(PAGE, {"do": "delete_others"}).headers["Location"] == f"{PAGE}?gone=1"
	assert (of(anna), "Nobody here yet" in web.get(PAGE).text) == ([], True)


def test_a_contact_no_key_opens_breaks_no_page_and_all_can_be_deleted(opening, anna, monkeypatch):
	logged = []
	monkeypatch.setattr(frappe, "log_error", lambda title, *_said, **how: logged.append((title, how)))
	for line in (WELDER, "Li Na, welder, 9 years"):
		web.post(PAGE, {"line": line})
	frappe.cache.delete_value("referral_hub_contacts_closed")
	broken = service.search(anna, "王强")[0]
	frappe.db.set_value("Referral Contact", broken, "sealed", "sealed with another key")
	answers = [web.get(page) for page in (PAGE, "/referrals", f"/referrals/openings/{opening.name}")]
	for answer in (*answers, web.get(search("welder").headers["Location"])):
		assert (answer.status_code, "Li Na" in answer.text, "王强" in answer.text) == (200, True, False)
	assert "1 contact on this page" in web.get(PAGE).text
	assert logged == [("Contacts can't be opened", {"defer_insert": True})]
	assert web.post(PAGE, {"line": WELDER}).status_code == 303
	assert web.post(PAGE, {"do": "delete_all"}).headers["Location"] == f"{PAGE}?gone=3"


def test_a_colleagues_contact_is_not_found(anna, as_user):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"]
	as_user("Administrator")
	other = make_referrer("Ben")
	as_user(other.user_id)
	for answer in (web.get(there), web.post(there, {"do": "delete"}), web.post(there, {"do": "unfit"})):
		assert (answer.status_code, "王强" in answer.text) == (404, False)
	name = re.search(r"name=(\w+)", there).group(1)
	assert "王强" not in web.get(f"/referrals/refer?contact={name}").text
	assert of(anna) == [("王强", "焊工", 8.0)]


def test_a_suggestion_says_why_and_refers_with_what_is_known(opening, anna):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"]
	sentence = f"王强 fits {opening.job_title}: 100%"
	for page in (PAGE, "/referrals", f"/referrals/openings/{opening.name}"):
		assert sentence in web.get(page).text, page
	assert f"{opening.job_title}: 100%" in web.get(there).text
	assert "Welding (焊工)" in web.get(there).text
	name = re.search(r"name=(\w+)", there).group(1)
	form = web.get(f"/referrals/refer?opening={opening.name}&contact={name}").text
	assert 'value="王强"' in form and 'value="+8613800138000"' in form


def test_not_a_fit_is_remembered(opening, anna):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"]
	web.post(there, {"do": "unfit", "opening": opening.name})
	for page in (PAGE, "/referrals", there, f"/referrals/openings/{opening.name}"):
		assert "100%" not in web.get(page).text, page


def test_not_a_fit_is_taken_back(opening, anna):
	there = web.post(PAGE, {"line": WELDER}).headers["Location"].replace("&kept=1", "")
	for back in ({}, {"back": "list"}):
		after = web.post(there, {"do": "unfit", "opening": opening.name, **back}).headers["Location"]
		page = web.get(after).text
		assert f"王强 is not proposed for {opening.job_title} any more." in page and "100%" not in page
		again = web.post(there, {"do": "fit", "opening": opening.name, **back}).headers["Location"]
		assert again == (PAGE if back else there)
		assert f"{opening.job_title}: 100%" in web.get(again).text
		assert "any more" not in web.get(after).text


def test_whom_I_referred_is_not_proposed_again_and_their_page_says_so(opening, anna, as_user):
	phone = unique_phone()
	line = f"王强，焊工，8年，{phone}"
	there = web.post(PAGE, {"line": line}).headers["Location"]
	as_user("Administrator")
	colleague = make_referrer("Ben")
	referral = referrals.submit(anna, Candidate("Wang Qiang", phone=f"+86 {phone}"), opening.name)
	as_user(frappe.db.get_value("Employee", anna, "user_id"))
	for page in (PAGE, "/referrals", there, f"/referrals/openings/{opening.name}"):
		assert "100%" not in web.get(page).text, page
	said = f'<a href="/referrals/mine/{referral.name}">Already referred: {opening.job_title}</a>'
	assert said in web.get(there).text
	as_user(colleague.user_id)
	theirs = web.post(PAGE, {"line": line}).headers["Location"]
	assert f"{opening.job_title}: 100%" in web.get(theirs).text
	assert "Already referred" not in web.get(theirs).text
	as_user("Administrator")
	referrals.close(referral.name, "Withdrawn")
	as_user(frappe.db.get_value("Employee", anna, "user_id"))
	assert f"{opening.job_title}: 100%" in web.get(there).text


def test_who_lacks_a_must_have_is_not_suggested(opening, anna):
	web.post(PAGE, {"line": "Li Na, accountant, 8 years"})
	assert f"fits {opening.job_title}" not in web.get(PAGE).text
