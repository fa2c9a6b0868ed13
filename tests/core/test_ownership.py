"""Who is the same person, and who owns them: normal forms, keys, windows."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.referrals.rules.contacts import (
	clean_email,
	clean_name,
	clean_phone,
	email_key,
	is_reserved,
	reserved_address,
	same_digits,
	same_email,
	same_name,
	same_phone,
	widest_email_key,
)
from referral_hub.referrals.rules.ownership import (
	AlreadyOwned,
	Candidate,
	Claim,
	Holding,
	InvalidCandidate,
	are_two_people,
	check_free,
	keys_of,
	normalise,
	owned_until,
	owner_of,
)

TODAY = date(2026, 11, 21)
SECRET = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def reason_of(function, *arguments):
	with pytest.raises(InvalidCandidate) as refusal:
		function(*arguments)
	return refusal.value.reason


# names


@pytest.mark.parametrize(
	("typed", "kept"),
	[
		("  Ada   Chen ", "Ada Chen"),
		("陈\u3000爱达", "陈 爱达"),
		("Ada\tChen\n", "Ada Chen"),
		("Ada\x00\x1b Chen", "Ada Chen"),
		("Ada \u202eNehc\u202c", "Ada Nehc"),
		("\ufeffAda", "Ada"),
		("محمد علي", "محمد علي"),
		("דוד לוי", "דוד לוי"),
		("Ada 🚀 Chen", "Ada 🚀 Chen"),
		("Jose\u0301", "José"),
		("O'Neil-Smith, Jr.", "O'Neil-Smith, Jr."),
		("क्‍षमा", "क्‍षमा"),
		("A" * 140, "A" * 140),
	],
)
def test_a_name_is_kept_as_written_in_one_line_without_hidden_controls(typed, kept):
	assert clean_name(typed) == kept


@pytest.mark.parametrize(
	("typed", "reason"),
	[
		("", "name_missing"),
		(None, "name_missing"),
		("  \u202e ", "name_missing"),
		("12345", "name_missing"),
		("🚀", "name_missing"),
		("<script>alert(1)</script>", "name_has_markup"),
		("Ada <b>Chen", "name_has_markup"),
		("=cmd|' /C calc'!A0", "name_is_formula"),
		("+Ada", "name_is_formula"),
		("-Ada", "name_is_formula"),
		("@SUM(A1)", "name_is_formula"),
		(" \t=Ada", "name_is_formula"),
		("\x00=Ada", "name_is_formula"),
		("A" * 141, "name_too_long"),
		("A" * 200, "name_too_long"),
	],
)
def test_a_name_that_is_none_is_refused(typed, reason):
	assert reason_of(clean_name, typed) == reason


@given(st.text(max_size=200))
def test_cleaning_a_name_twice_changes_nothing(typed):
	try:
		once = clean_name(typed)
	except InvalidCandidate:
		return
	assert clean_name(once) == once
	assert "<" not in once and "\n" not in once and len(once) <= 140


# e-mail


@pytest.mark.parametrize(
	("typed", "kept"),
	[
		(" Ada.Chen@Example.COM ", "ada.chen@example.com"),
		("ａｄａ@example.com", "ada@example.com"),
		("ada@bücher.example", "ada@xn--bcher-kva.example"),
		("o'neil+jobs@mail.example.com", "o'neil+jobs@mail.example.com"),
		("", None),
		("   ", None),
		(None, None),
	],
)
def test_an_address_is_kept_in_lower_case(typed, kept):
	assert clean_email(typed) == kept


@pytest.mark.parametrize(
	"typed",
	[
		"ada",
		"ada@",
		"@example.com",
		"@ada@example.com",
		"ada@example",
		"ada@@example.com",
		"a b@example.com",
		"ada@example.com, bob@example.com",
		"ada..chen@example.com",
		"ada@-example.com",
		"<ada@example.com>",
		"ada@example.com\nbcc: bob@example.com",
		"somebody@referral-hub.invalid",
		"somebody@anything.invalid",
	],
)
def test_what_is_no_address_is_refused(typed):
	assert reason_of(clean_email, typed) == "email_invalid"


@pytest.mark.parametrize(
	"typed", ["=cmd@example.com", "+ada@example.com", "-ada@example.com", "|ada@example.com"]
)
def test_an_address_that_a_spreadsheet_would_run_is_refused(typed):
	assert reason_of(clean_email, typed) == "email_is_formula"


@pytest.mark.parametrize(
	"typed", ["%ada@example.com", "  =cmd@example.com", "＝cmd@example.com", "=CMD@Example.com"]
)
def test_nor_does_its_spelling_hide_it(typed):
	assert reason_of(clean_email, typed) == "email_is_formula"


@pytest.mark.parametrize(
	"typed", ["ada+jobs@example.com", "ada-chen@example.com", "ada=1@example.com", "_ada@example.com"]
)
def test_the_same_characters_later_in_an_address_are_fine(typed):
	assert clean_email(typed) == typed


def test_an_address_longer_than_a_document_name_is_refused():
	assert reason_of(clean_email, "a" * 130 + "@example.com") == "email_too_long"


@pytest.mark.parametrize(
	("one", "other"),
	[
		("ada@example.com", "ADA@example.com"),
		("ada@outlook.com", "ada+jobs@outlook.com"),
		("ada@icloud.com", "ada+a+b@ICLOUD.com"),
		("ada@proton.me", "ada+@proton.me"),
		("ada.chen@gmail.com", "adachen@googlemail.com"),
		("ada.chen+x@gmail.com", "ADACHEN@gmail.com"),
	],
)
def test_spellings_of_one_mailbox_are_the_same(one, other):
	assert same_email(one, other)


@pytest.mark.parametrize(
	("one", "other"),
	[
		("ada.chen@example.com", "adachen@example.com"),
		("ada@example.com", "ada@example.org"),
		("ada@example.com", "ada+jobs@example.com"),
		("ada@qq.com", "ada+jobs@qq.com"),
		("ada@yahoo.com", "ada+jobs@yahoo.com"),
		("ada.chen@outlook.com", "adachen@outlook.com"),
		("ada@outlook.com", "ada@hotmail.com"),
		("ada+one@gmail.com.example", "ada+two@gmail.com.example"),
		("ada@example.com", None),
		(None, None),
		("jose@example.com", "josé@example.com"),
	],
)
def test_different_mailboxes_are_not_the_same(one, other):
	assert not same_email(one, other)


def test_a_tag_alone_is_kept_as_the_mailbox():
	assert email_key("+jobs@gmail.com") == "+jobs@gmail.com"


def test_who_asked_us_to_stop_is_not_found_under_a_tag_at_any_provider():
	assert (
		widest_email_key("ada+jobs@example.com") == widest_email_key("ADA@example.com") == "ada@example.com"
	)
	assert widest_email_key("a.da+x@googlemail.com") == "ada@gmail.com"


# phone


@pytest.mark.parametrize(
	"typed",
	[
		"13912345678",
		"139 1234 5678",
		"139-1234-5678",
		"+86 139 1234 5678",
		"008613912345678",
		"１３９１２３４５６７８",
	],
)
def test_spellings_of_one_number_are_the_same(typed):
	assert clean_phone(typed, "CN") == "+8613912345678"
	assert same_phone(typed, "+8613912345678", "CN")


def test_a_number_of_another_country_is_read_with_its_country_code():
	assert clean_phone("+49 30 901820", "CN") == "+4930901820"
	assert clean_phone("(030) 901820", "DE") == "+4930901820"


@pytest.mark.parametrize("typed", ["12345", "call me", "+86 1", "139123456789012345", "<b>1</b>", "=1+1"])
def test_what_is_no_number_is_refused(typed):
	assert reason_of(clean_phone, typed, "CN") == "phone_invalid"


def test_without_a_country_only_international_numbers_are_read():
	assert clean_phone("+8613912345678", None) == "+8613912345678"
	assert reason_of(clean_phone, "13912345678", None) == "phone_invalid"


def test_what_hr_typed_by_mistake_is_nobodys_number():
	assert not same_phone("unknown", "+8613912345678", "CN")
	assert not same_phone("", "+8613912345678", "CN")


@pytest.mark.parametrize(
	("one", "other", "is_same"),
	[
		("Ada  Lovelace", "ada lovelace", True),
		("王 小明", "王小明", True),
		("Ada Lovelace", "Ada Byron", False),
		("", "", False),
		(None, None, False),
	],
)
def test_a_name_is_the_same_whatever_its_case_and_spaces(one, other, is_same):
	assert same_name(one, other) is is_same


@pytest.mark.parametrize(
	("one", "other", "is_same"),
	[
		("139 1234-5678", "+8613912345678", True),
		("+8613900001111", "+8613912345678", False),
		("5678", "5678", False),
		(None, None, False),
	],
)
def test_a_number_ends_alike_with_and_without_its_country(one, other, is_same):
	assert same_digits(one, other) is is_same


# the candidate


@pytest.mark.parametrize(
	("name", "email", "are_two"),
	[
		("Wang Bo", "bo@example.com", True),
		("Chen Mei", "bo@example.com", False),  # one person, two addresses
		("chenmei", "bo@example.com", False),
		("Wang Bo", "mei@example.com", False),
		("Wang Bo", "MEI+jobs@example.com", False),
		("Wang Bo", None, False),  # nothing says that it is not the first
		("", "bo@example.com", False),
	],
)
def test_two_people_with_one_phone_differ_in_name_and_e_mail(name, email, are_two):
	mei, other = Candidate("Chen Mei", "mei@example.com", "+8613912345678"), Candidate(name, email)
	assert are_two_people(mei, other) is are_two_people(other, mei) is are_two


def test_one_contact_is_enough():
	assert normalise(Candidate("Ada", phone="13912345678"), "CN").phone == "+8613912345678"
	assert normalise(Candidate("Ada", email="ada@example.com"), "CN").email == "ada@example.com"


def test_no_contact_is_not_enough():
	assert reason_of(normalise, Candidate("Ada", email=" ", phone=""), "CN") == "contact_missing"


# keys


def normal(**contact):
	return normalise(Candidate("Ada", **contact), "CN")


def test_keys_are_lower_case_hex_and_tell_nothing():
	for key in keys_of(normal(email="ada@example.com", phone="13912345678"), SECRET):
		assert len(key.hash) == 64 and set(key.hash) <= set("0123456789abcdef")


def test_spellings_of_one_person_have_the_same_keys():
	one = keys_of(normal(email="Ada@Example.com", phone="139 1234 5678"), SECRET)
	assert one == keys_of(normal(email="ADA@EXAMPLE.com", phone="+86-13912345678"), SECRET)


def test_another_site_has_other_keys():
	candidate = normal(email="ada@example.com")
	assert keys_of(candidate, SECRET) != keys_of(candidate, SECRET[::-1])


@given(st.integers(0, 99_999_999), st.integers(0, 99_999_999))
def test_keys_are_always_claimed_in_the_same_order(one, other):
	candidate = normal(email=f"p{one}@example.com", phone=f"139{other:08d}")
	hashes = [key.hash for key in keys_of(candidate, SECRET)]
	assert len(hashes) == 2 and hashes == sorted(hashes)


def test_each_number_and_each_address_has_its_own_key():
	keys = {
		key.hash
		for number in range(300)
		for key in keys_of(normal(email=f"p{number}@example.com", phone=f"139{number:08d}"), SECRET)
	}
	assert len(keys) == 600


# the window


def holding(owned_until_day, referrer="E1"):
	return Holding("REF-2026-00001", referrer, owned_until_day)


def refused(holding_, referrer):
	with pytest.raises(AlreadyOwned) as refusal:
		check_free(holding_, referrer, TODAY)
	return refusal.value


def test_the_first_referrer_owns_until_the_last_day_of_the_window():
	assert owned_until(TODAY, 180) == date(2027, 5, 20)
	assert refused(holding(TODAY), "E2").reason == "owned_by_another"
	assert check_free(holding(TODAY - timedelta(days=1)), "E2", TODAY) is None


def test_others_are_not_told_whose_it_is():
	assert refused(holding(TODAY), "E2").facts == {}


def test_the_owner_is_told_which_referral_it_is():
	refusal = refused(holding(TODAY), "E1")
	assert (refusal.reason, refusal.facts) == ("already_yours", {"referral": "REF-2026-00001"})


def test_a_window_of_no_days_ends_with_the_day():
	assert owned_until(TODAY, 0) == TODAY


def test_a_stand_in_is_recognised_in_any_spelling():
	assert is_reserved(reserved_address("abc123"))
	assert is_reserved(" ABC@Referral-Hub.INVALID ")
	assert not is_reserved("ada@example.com") and not is_reserved(None)


# the owner among several claims

CONTACTS = ("e-mail", "phone", "other e-mail", "other phone")


@st.composite
def claims_made(draw):
	made = draw(
		st.lists(
			st.tuples(
				st.integers(0, 30 * 24 * 60),
				st.sets(st.sampled_from(CONTACTS), min_size=1),
				st.integers(0, 12),
			),
			max_size=12,
		)
	)
	return [
		Claim(
			at := datetime(2026, 11, 1) + timedelta(minutes=minute),
			f"REF-{number:02d}",
			frozenset(contacts),
			owned_until(at.date(), window),
		)
		for number, (minute, contacts, window) in enumerate(made)
	]


ANY_DAY = st.integers(0, 45).map(lambda days: date(2026, 11, 1) + timedelta(days=days))


@given(claims_made(), st.randoms(), ANY_DAY)
def test_the_owner_is_the_same_in_whatever_order_the_claims_arrive(claims, random, day):
	shuffled = [*claims, *claims[:3]]
	random.shuffle(shuffled)
	for contact in CONTACTS:
		assert owner_of(shuffled, contact, day) == owner_of(claims, contact, day)


@given(claims_made(), ANY_DAY)
def test_an_owner_named_the_contact_and_their_window_is_open(claims, day):
	for contact in CONTACTS:
		owner = owner_of(claims, contact, day)
		if owner:
			assert contact in owner.contacts and owner.at.date() <= day <= owner.until
			assert all(owner_of(claims, other, day) == owner for other in owner.contacts)


@given(claims_made(), ANY_DAY)
def test_who_comes_later_takes_nothing_from_an_owner(claims, day):
	for contact in CONTACTS:
		owner = owner_of(claims, contact, day)
		late = Claim(datetime(2027, 1, 1), "REF-99", frozenset(CONTACTS), date(2027, 6, 1))
		assert owner_of([*claims, late], contact, day) == owner
		if owner:
			intruder = Claim(datetime.combine(day, time(23, 59, 59)), "REF-99", frozenset(CONTACTS), day)
			assert owner_of([*claims, intruder], contact, day) == owner


@given(claims_made())
def test_somebody_owns_a_contact_on_the_day_it_was_first_named_unless_another_contact_was_anothers(claims):
	for first in sorted(claims)[:1]:
		for contact in first.contacts:
			assert owner_of(claims, contact, first.at.date()) == first


def test_one_contact_of_two_that_is_anothers_is_enough_to_own_neither():
	one = Claim(datetime(2026, 11, 1, 9), "REF-01", frozenset({"phone"}), date(2026, 11, 30))
	two = Claim(datetime(2026, 11, 1, 10), "REF-02", frozenset({"phone", "e-mail"}), date(2026, 11, 30))
	three = Claim(datetime(2026, 11, 1, 11), "REF-03", frozenset({"e-mail"}), date(2026, 11, 30))
	assert owner_of([three, two, one], "phone", TODAY) == one
	assert owner_of([three, two, one], "e-mail", TODAY) == three
	assert owner_of([one], "phone", date(2026, 12, 1)) is None
