"""What the ledger promises to its callers, on the real database."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, getdate, today

from referral_hub.points import clock, errors, service
from referral_hub.points.accounts import issuance

HUGE = 1_000_000_000


@pytest.fixture
def ann():
	return hr.make_employee().name


@pytest.fixture
def bo():
	return hr.make_employee().name


def earn(employee: str, points: int, key: str | None = None, **more) -> str:
	return service.post(employee, points, "Issuance", key or hr.unique("earn"), **more)


def spend(employee: str, points: int, key: str | None = None, **more) -> str:
	return service.post(employee, -points, "Shop", key or hr.unique("spend"), **more)


def entry(name: str, *fields: str):
	return frappe.db.get_value("Points Ledger Entry", name, fields if len(fields) > 1 else fields[0])


def count() -> int:
	return frappe.db.count("Points Ledger Entry")


# posting


def test_an_entry_says_everything_about_one_transfer(ann):
	name = earn(ann, 100, source=("Employee", ann), expires_on=add_days(today(), 10), note="well done")
	row = frappe.get_doc("Points Ledger Entry", name).as_dict()
	wallet, counter = (
		frappe.get_doc("Points Account", row.account),
		frappe.get_doc("Points Account", row.counter),
	)
	assert (row.seq, row.direction, row.points, row.balance_after) == (1, "In", 100, 100)
	assert (row.source_doctype, row.source_name, row.note) == ("Employee", ann, "well done")
	assert row.expires_on == getdate(add_days(today(), 10))
	assert (wallet.kind, wallet.employee, wallet.company, wallet.balance) == ("Wallet", ann, hr.COMPANY, 100)
	assert (counter.kind, counter.employee, counter.company, counter.balance) == (
		"Issuance",
		"",
		hr.COMPANY,
		0,
	)


def test_the_balance_runs_and_the_sequence_has_no_gap(ann):
	names = [earn(ann, 100), spend(ann, 30), earn(ann, 5), spend(ann, 75)]
	assert [entry(name, "seq", "balance_after") for name in names] == [(1, 100), (2, 70), (3, 75), (4, 0)]
	assert service.balance(ann) == 0
	assert service.verify() == []


def test_somebody_without_a_wallet_has_nothing(ann):
	assert (service.balance(ann), service.statement(ann), service.expiring(ann)) == (0, [], [])


def test_each_program_issues_from_an_account_of_its_own(ann):
	program = frappe.get_doc(doctype="Referral Program", program_name=hr.unique("Program")).insert()
	one = service.post(ann, 5, issuance(program.name), hr.unique("key"))
	other = service.post(ann, 5, issuance(None), hr.unique("key"))
	assert entry(one, "counter") != entry(other, "counter")
	assert service.statement(ann)[1].program == program.name


@pytest.mark.parametrize(
	("points", "counter", "key", "words"),
	[
		(0, "Issuance", "k", "Give 1 to 1,000,000,000 points, not 0."),
		(HUGE + 1, "Issuance", "k", "Give 1 to 1,000,000,000 points, not 1000000001."),
		(1.5, "Issuance", "k", "Points are whole numbers; 1.5 is none."),
		(True, "Issuance", "k", "Points are whole numbers; True is none."),
		("5", "Issuance", "k", "Points are whole numbers; 5 is none."),
		(
			5,
			"Bank",
			"k",
			"Bank is no counter account; use one of Issuance, Shop, Expiry, Adjustment, Clawback.",
		),
		(5, "Expiry", "k", "Points expire by themselves; nobody posts an expiry."),
		(
			-5,
			"Issuance",
			"k",
			"Points are issued into a wallet; take them back by reversal or as a claw-back.",
		),
		(5, "Issuance", " ", "Every entry needs a key, so that a retry is recognised."),
		(5, "Issuance", None, "Every entry needs a key, so that a retry is recognised."),
	],
)
def test_what_makes_no_sense_is_refused_in_words(ann, points, counter, key, words):
	before = count()
	with pytest.raises(errors.InvalidPoints) as refusal:
		service.post(ann, points, counter, key)
	assert (str(refusal.value), count()) == (words, before)


def test_points_can_not_expire_before_they_come(ann):
	with pytest.raises(errors.InvalidPoints, match="would have expired"):
		earn(ann, 5, expires_on=add_days(today(), -1))


def test_only_points_that_come_in_can_expire(ann):
	with pytest.raises(errors.InvalidPoints, match="Only points that come in can expire"):
		spend(ann, 5, expires_on=today())


def test_a_wallet_needs_a_living_employee_and_company(ann):
	with pytest.raises(errors.UnknownWallet, match="There is no employee HR-EMP-NONE"):
		earn("HR-EMP-NONE", 5)
	with pytest.raises(errors.UnknownWallet, match="There is no company Nowhere Ltd"):
		earn(ann, 5, company="Nowhere Ltd")


def test_a_wallet_has_an_upper_end(ann):
	earn(ann, HUGE), earn(ann, HUGE)
	with pytest.raises(errors.InvalidPoints, match="A wallet holds at most 2,147,483,647 points"):
		earn(ann, HUGE)
	assert service.balance(ann) == 2 * HUGE


def test_the_database_stays_case_sensitive_about_keys(ann):
	"""The collation ignores case and accents; keys must not."""
	names = {earn(ann, 5, key) for key in ("jose", "Jose", "josé", "jose ")}
	assert len(names) == 4


# one key, one result


def test_the_same_key_and_body_give_the_first_result(ann):
	first = earn(ann, 100, "key A", source=("Employee", ann), expires_on=add_days(today(), 5), note="one")
	again = earn(ann, 100, "key A", source=("Employee", ann), expires_on=add_days(today(), 5), note="eins")
	assert (again, service.balance(ann)) == (first, 100)


def test_a_spend_is_answered_again_though_the_points_are_gone(ann):
	earn(ann, 100)
	first = spend(ann, 100, "key B")
	assert (spend(ann, 100, "key B"), service.balance(ann)) == (first, 0)


@pytest.mark.parametrize(
	"other",
	[
		{"points": 101},
		{"points": -100},
		{"counter": "Adjustment"},
		{"counter": issuance("Some Program")},
		{"expires_on": "2999-01-01"},
		{"source": ("Company", hr.COMPANY)},
		{"employee": "bo"},
	],
	ids=str,
)
def test_the_same_key_with_another_body_is_an_error(ann, bo, other):
	body = {"employee": ann, "points": 100, "counter": "Issuance", "key": "key C"}
	service.post(**body)
	earn(bo, 100)
	other = {"employee": bo} if "employee" in other else other
	if other.get("points") == -100:
		other["counter"] = "Shop"
	with pytest.raises(errors.KeyReusedWithAnotherBody, match="The key belongs to entry"):
		service.post(**{**body, **other})
	assert (service.balance(ann), service.balance(bo)) == (100, 100)


# never below zero


def test_a_wallet_never_goes_below_zero(ann):
	earn(ann, 50)
	with pytest.raises(errors.InsufficientPoints) as refusal:
		spend(ann, 51)
	assert (refusal.value.available, refusal.value.needed) == (50, 51)
	assert str(refusal.value) == "51 points are needed and the wallet holds 50. Nothing was posted."
	assert service.balance(ann) == 50


def test_a_refused_post_is_not_applied_by_its_retry(ann):
	earn(ann, 50)
	with pytest.raises(errors.InsufficientPoints):
		spend(ann, 60, "key D")
	earn(ann, 50)
	with pytest.raises(errors.AlreadyRefused, match="Ask again with a new key"):
		spend(ann, 60, "key D")
	assert service.balance(ann) == 100
	spend(ann, 60, "key E")
	assert service.balance(ann) == 40


def test_a_refusal_before_the_first_points_is_kept_too(ann):
	with pytest.raises(errors.InsufficientPoints):
		spend(ann, 60, "key F")
	earn(ann, 100)
	with pytest.raises(errors.AlreadyRefused):
		spend(ann, 60, "key F")


def test_a_refusal_does_not_burn_the_key_for_others(ann, bo):
	with pytest.raises(errors.InsufficientPoints):
		spend(ann, 60, "key G")
	earn(bo, 100)
	assert entry(spend(bo, 60, "key G"), "points") == 60


def test_what_made_no_sense_does_not_burn_its_key(ann):
	with pytest.raises(errors.InvalidPoints):
		earn(ann, 0, "key H")
	assert entry(earn(ann, 10, "key H"), "points") == 10


# lots


def test_spends_consume_what_expires_first_and_say_so(ann):
	never, late = earn(ann, 10), earn(ann, 10, expires_on=add_days(today(), 20))
	soon = earn(ann, 10, expires_on=add_days(today(), 5))
	name = spend(ann, 25)
	assert frappe.parse_json(entry(name, "lots")) == [[soon, 10], [late, 10], [never, 5]]
	assert service.expiring(ann) == []


def test_the_nearest_expiry_is_listed_first(ann):
	for days, points in ((20, 1), (5, 2), (5, 3)):
		earn(ann, points, expires_on=add_days(today(), days))
	earn(ann, 99)
	listed = [(row.expires_on, row.points) for row in service.expiring(ann)]
	assert listed == [(getdate(add_days(today(), 5)), 5), (getdate(add_days(today(), 20)), 1)]
	assert len(service.expiring(ann, until=add_days(today(), 5))) == 1


def test_points_expire_the_day_after_their_last_day_once(ann):
	last_day = add_days(today(), 5)
	earn(ann, 70, expires_on=last_day), earn(ann, 30), spend(ann, 20)
	service.expire_due(last_day)
	assert service.balance(ann) == 80
	assert service.expire_due(add_days(last_day, 1)) == 1
	assert service.expire_due(add_days(last_day, 1)) == 0
	newest = service.statement(ann)[0]
	assert (service.balance(ann), newest.points, newest.counter) == (30, -50, "Expiry")
	assert service.verify() == []


def test_expiry_goes_on_where_it_stopped(ann, bo):
	for employee in (ann, bo):
		earn(employee, 10, expires_on=today())
	tomorrow = add_days(today(), 1)
	assert [service.expire_due(tomorrow, limit=1) for _ in range(3)] == [1, 1, 0]


def test_a_lot_that_was_spent_can_not_expire(ann):
	earn(ann, 100, expires_on=today())
	spend(ann, 100)
	earn(ann, 40)
	assert service.expire_due(add_days(today(), 1)) == 0
	assert service.balance(ann) == 40


def test_a_big_spend_reaches_hundreds_of_lots(ann):
	for number in range(120):
		earn(ann, 1, expires_on=add_days(today(), number))
	spend(ann, 119)
	assert [(row.expires_on, row.points) for row in service.expiring(ann)] == [
		(getdate(add_days(today(), 119)), 1)
	]
	assert service.verify() == []


# reversals


def test_a_reversed_spend_gives_the_lots_back(ann):
	earn(ann, 10, expires_on=add_days(today(), 5)), earn(ann, 10)
	before = service.expiring(ann)
	undo = service.reverse(spend(ann, 15), "undo A")
	assert (service.expiring(ann), service.balance(ann)) == (before, 20)
	assert entry(undo, "direction", "points") == ("In", 15)
	assert service.verify() == []


def test_a_reversal_happens_once(ann):
	earned = earn(ann, 10)
	first = service.reverse(earned, "undo B")
	assert service.reverse(earned, "undo B") == first
	with pytest.raises(errors.AlreadyReversed, match=f"Entry {earned} was already reversed by {first}"):
		service.reverse(earned, "undo C")
	earn(ann, 10)
	with pytest.raises(errors.AlreadyReversed):
		service.reverse(earned, "undo C")
	assert service.balance(ann) == 10


def test_a_reversal_is_not_reversed(ann):
	undo = service.reverse(earn(ann, 10), hr.unique("undo"))
	with pytest.raises(errors.CannotReverse, match="is a reversal itself"):
		service.reverse(undo, hr.unique("undo"))


def test_the_key_of_a_reversal_can_not_have_done_something_else(ann):
	earned = earn(ann, 10, "key I")
	with pytest.raises(errors.KeyReusedWithAnotherBody):
		service.reverse(earned, "key I")


def test_there_must_be_something_to_reverse():
	with pytest.raises(errors.UnknownEntry, match="There is no ledger entry nonsense"):
		service.reverse("nonsense", "k")


def test_spent_points_are_not_taken_back_in_full(ann):
	earned = earn(ann, 100)
	spend(ann, 70)
	with pytest.raises(errors.InsufficientPoints):
		service.reverse(earned, "undo D")
	assert service.balance(ann) == 30


def test_a_claw_back_takes_what_is_there_and_says_what_is_owed(ann):
	earned = earn(ann, 100)
	spend(ann, 70)
	taken = service.take_back(earned, "claw A")
	assert (taken.points, taken.owed, service.balance(ann)) == (30, 70, 0)
	assert service.take_back(earned, "claw A") == taken
	assert service.verify() == []


def test_a_claw_back_from_an_empty_wallet_writes_nothing(ann):
	earned = earn(ann, 100)
	spend(ann, 100)
	before = count()
	assert service.take_back(earned, "claw B") == service.TakenBack(None, 0, 100)
	assert count() == before


def test_what_has_expired_is_not_taken_twice(ann):
	earned = earn(ann, 100, expires_on=today())
	earn(ann, 100)
	service.expire_due(add_days(today(), 1))
	assert service.take_back(earned, "claw C") == service.TakenBack(None, 0, 0)
	with pytest.raises(errors.CannotReverse, match="have expired"):
		service.reverse(earned, "undo E")
	assert service.balance(ann) == 100


@pytest.fixture
def later(monkeypatch):
	"""Some days on: `later(5)`."""
	return lambda days: monkeypatch.setattr(clock, "today", lambda: getdate(add_days(today(), days)))


def test_a_reversed_expiry_brings_the_points_back_for_some_days(ann, later):
	earn(ann, 100, expires_on=today())
	service.expire_due(add_days(today(), 1))
	expiry = service.statement(ann)[0].name
	frappe.db.set_single_value("Referral Hub Settings", "returned_points_grace_days", 7)
	later(3)
	service.reverse(expiry, hr.unique("undo"))
	assert [(row.expires_on, row.points) for row in service.expiring(ann)] == [
		(getdate(add_days(today(), 10)), 100)
	]
	assert service.verify() == []


def test_expired_points_can_not_be_spent_before_the_daily_task_runs(ann, later):
	earn(ann, 100, expires_on=today()), earn(ann, 10)
	later(1)
	with pytest.raises(errors.InsufficientPoints):
		spend(ann, 11)
	spend(ann, 10)
	assert [row.points for row in service.statement(ann)] == [-10, -100, 10, 100]
	assert service.balance(ann) == 0


def test_a_retry_writes_nothing_not_even_an_expiry(ann, bo, later):
	earned = earn(ann, 50)
	earn(ann, 50, expires_on=today()), earn(ann, 50, expires_on=add_days(today(), 1))
	spent, given = spend(ann, 10, "retry A"), service.transfer(ann, bo, 10, "retry B")
	undone, taken = service.reverse(spent, "retry C"), service.take_back(earned, "retry D")
	later(9)
	before = service.statement(ann)
	assert spend(ann, 10, "retry A") == spent
	assert service.transfer(ann, bo, 10, "retry B") == given
	assert (service.reverse(spent, "retry C"), service.take_back(earned, "retry D")) == (undone, taken)
	assert service.statement(ann) == before


def test_a_refund_after_the_last_day_lives_some_days_more(ann, later):
	earn(ann, 100, expires_on=add_days(today(), 1))
	spent = spend(ann, 60)
	frappe.db.set_single_value("Referral Hub Settings", "returned_points_grace_days", 7)
	later(2)
	service.reverse(spent, hr.unique("undo"))
	last_days = {row.expires_on: row.points for row in service.expiring(ann)}
	assert last_days == {getdate(add_days(today(), 1)): 40, getdate(add_days(today(), 9)): 60}
	assert service.verify() == []


# transfers


def test_a_transfer_is_two_entries_that_name_each_other(ann, bo):
	earn(ann, 50, expires_on=add_days(today(), 9))
	out = service.transfer(ann, bo, 20, "gift A", note="thanks")
	into = entry(out, "twin")
	assert entry(into, "twin", "points", "direction") == (out, 20, "In")
	assert (entry(out, "counter"), entry(out, "account")) == (entry(into, "account"), entry(into, "counter"))
	assert (service.balance(ann), service.balance(bo)) == (30, 20)
	assert service.verify() == []


def test_points_keep_their_last_day_when_they_change_hands(ann, bo):
	for days, points in ((9, 10), (3, 10)):
		earn(ann, points, expires_on=add_days(today(), days))
	earn(ann, 10)
	service.transfer(ann, bo, 25, "gift B")
	days = [(getdate(add_days(today(), 3)), 10), (getdate(add_days(today(), 9)), 10)]
	assert [(row.expires_on, row.points) for row in service.expiring(bo)] == days
	assert (service.balance(ann), service.balance(bo), service.expiring(ann)) == (5, 25, [])
	assert service.verify() == []


def test_a_transfer_happens_once_per_key(ann, bo):
	earn(ann, 10, expires_on=add_days(today(), 3)), earn(ann, 40)
	first = service.transfer(ann, bo, 30, "gift C")
	assert service.transfer(ann, bo, 30, "gift C") == first
	for other in ((ann, bo, 20), (bo, ann, 30)):
		with pytest.raises(errors.KeyReusedWithAnotherBody):
			service.transfer(*other, "gift C")
	assert (service.balance(ann), service.balance(bo)) == (20, 30)


def test_nobody_gives_more_than_they_have(ann, bo):
	earn(ann, 10)
	with pytest.raises(errors.InsufficientPoints):
		service.transfer(ann, bo, 11, "gift D")
	with pytest.raises(errors.InsufficientPoints):
		service.transfer(bo, ann, 1, "gift E")
	with pytest.raises(errors.InvalidPoints, match="Giver and taker share one wallet"):
		service.transfer(ann, ann, 1, "gift F")


def test_a_transfer_is_sent_back_rather_than_reversed(ann, bo):
	earn(ann, 10)
	with pytest.raises(errors.CannotReverse, match="Transfer the points back"):
		service.reverse(service.transfer(ann, bo, 5, "gift G"), "undo G")


# statements


def test_a_statement_lists_the_newest_first_in_pages(ann):
	names = [earn(ann, number) for number in range(1, 8)]
	assert [row.points for row in service.statement(ann, limit=3)] == [7, 6, 5]
	assert [row.name for row in service.statement(ann, start=5)] == [names[1], names[0]]


def test_a_statement_says_what_was_undone(ann):
	earned = earn(ann, 10)
	undo = service.reverse(earned, hr.unique("undo"))
	newest, oldest = service.statement(ann)
	assert (newest.points, newest.reverses, newest.counter) == (-10, earned, "Issuance")
	assert (oldest.reversed_by, oldest.points) == (undo, 10)


def test_each_company_keeps_its_own_wallet(ann):
	other = make_company()
	earn(ann, 10), earn(ann, 99, company=other)
	assert (service.balance(ann), service.balance(ann, other)) == (10, 99)
	assert [row.points for row in service.statement(ann, other)] == [99]
	assert service.verify(other) == []


def make_company() -> str:
	"""A bare company: its chart of accounts would take a minute and is not needed."""
	company = frappe.new_doc("Company")
	company.update(
		{"company_name": hr.unique("Second"), "abbr": hr.unique("S")[-5:], "default_currency": "CNY"}
	)
	company.name = company.company_name
	company.db_insert()
	return company.name


# value is conserved


def test_everything_adds_up_to_nothing(ann, bo):
	start = books()
	earn(ann, 100), earn(bo, 50, expires_on=today())
	service.reverse(spend(ann, 30), hr.unique("undo"))
	service.transfer(ann, bo, 10, hr.unique("gift"))
	service.expire_due(add_days(today(), 1))
	assert (start, books()) == (0, 0)


def books() -> int:
	"""Every wallet's balance and every counter account's sum; the halves of transfers cancel out."""
	wallets = frappe.db.sql(
		"select coalesce(sum(balance), 0) from `tabPoints Account` where kind = 'Wallet'"
	)[0][0]
	counters = frappe.db.sql(
		"""select coalesce(sum(if(entry.direction = 'In', -entry.points, entry.points)), 0)
		from `tabPoints Ledger Entry` entry join `tabPoints Account` counter on counter.name = entry.counter"""
	)[0][0]
	return int(wallets + counters)


def test_a_thousand_moves_of_one_point_leave_no_rest(ann, bo):
	earn(ann, 500)
	for number in range(500):
		service.transfer(ann, bo, 1, f"there {number} {ann}")
	for number in range(500):
		service.transfer(bo, ann, 1, f"back {number} {ann}")
	assert (service.balance(ann), service.balance(bo)) == (500, 0)
	assert service.verify() == []
