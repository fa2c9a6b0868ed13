"""Every country's numbers in every spelling people type or copy have one normal form: one person has one key."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from referral_hub.referrals.rules.contacts import InvalidCandidate, clean_phone

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
DIGITS = "0123456789+"
FULL_WIDTH = str.maketrans(DIGITS, "０１２３４５６７８９＋")
ARABIC = str.maketrans(DIGITS, "٠١٢٣٤٥٦٧٨٩+")
HINDI = str.maketrans(DIGITS, "०१२३४५६७८९+")


def examples(region: str) -> list[phonenumbers.PhoneNumber]:
	kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
	return [found for kind in kinds if (found := phonenumbers.example_number_for_type(region, kind))]


def spellings(number: phonenumbers.PhoneNumber) -> dict[str, str]:
	normal = phonenumbers.format_number(number, PhoneNumberFormat.E164)
	national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
	abroad = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
	return {
		"as it is kept": normal,
		"as at home": national,
		"as at home, digits alone": "".join(each for each in national if each.isdigit()),
		"without the trunk prefix": phonenumbers.national_significant_number(number),
		"from abroad": abroad,
		"with 00": "00" + normal[1:],
		"as a link": phonenumbers.format_number(number, PhoneNumberFormat.RFC3966),
		"with a word": f"Tel. {abroad}",
		"full-width, at home": national.translate(FULL_WIDTH),
		"full-width, from abroad": abroad.translate(FULL_WIDTH),
		"Arabic digits": national.translate(ARABIC),
		"Hindi digits": abroad.translate(HINDI),
		"dots": abroad.replace(" ", "."),
		"slashes": national.replace(" ", "/"),
		"long dashes": abroad.replace(" ", "\u2013"),
		"hard spaces": f"\t{abroad}\n".replace(" ", "\xa0"),
		"thin spaces": abroad.replace(" ", "\u2009"),
		"no-width spaces": abroad.replace(" ", "\u200b"),
		"from an address book": f"\u202a{abroad}\u202c",
		"in right-to-left text": f"\u2067{national}\u2069",
		"with marks between": "\u200f" + abroad.replace(" ", " \u200e", 1),
		"twice plus": f"+{normal}",
	}


@pytest.mark.parametrize("region", REGIONS)
def test_a_number_has_one_normal_form_in_every_spelling(region):
	for number in examples(region):
		normal = phonenumbers.format_number(number, PhoneNumberFormat.E164)
		read = {way: clean_phone(typed, region) for way, typed in spellings(number).items()}
		assert {way: form for way, form in read.items() if form != normal} == {}


def test_every_region_has_an_example():
	assert [region for region in REGIONS if not examples(region)] == []
	assert len(REGIONS) > 240


@pytest.mark.parametrize("region", ["CN", "DE", "US", "IN", "BR", "RU", "IT", "JP"])
def test_from_abroad_nobody_has_to_know_the_companys_country(region):
	for number in examples(region):
		normal = phonenumbers.format_number(number, PhoneNumberFormat.E164)
		assert {
			clean_phone(typed, home)
			for home in (None, "CN", "US", "AU")
			for typed in (normal, f"00{normal[1:]}")
		} == {normal}


@pytest.mark.parametrize("typed", ["00", "000", "+", "00 86", "\u200b", "0086 139", "tel:", "٠", "++", "１"])
def test_pieces_of_a_number_are_none(typed):
	with pytest.raises(InvalidCandidate):
		clean_phone(typed + "0", "CN")
