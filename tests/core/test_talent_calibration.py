"""Whether the likelihood came true is said with the doubt that few people leave."""

import pytest

from referral_hub.talent.rules.calibration import bands
from referral_hub.talent.rules.fitting import Offered, Wish, people_for, people_like


def test_people_are_counted_in_bands_of_twenty_and_a_hundred_is_in_the_last():
	found = bands([(0, False), (19, True), (20, False), (100, True), (80, False)])
	assert [(band.low, band.high, band.people, band.came_back) for band in found] == [
		(0, 20, 2, 1),
		(20, 40, 1, 0),
		(80, 100, 2, 1),
	]
	assert found[0].expected == pytest.approx(0.095)
	assert found[0].rate == 0.5


def test_a_band_says_within_what_its_rate_is_known():
	(band,) = bands([(50, number < 5) for number in range(10)])
	assert (band.rate, band.at_least, band.at_most) == pytest.approx((0.5, 0.2366, 0.7634), abs=0.0001)


def test_a_band_is_off_only_where_chance_does_not_explain_it():
	few = bands([(90, False), (90, True), (90, True)])[0]
	many = bands([(90, False)] * 80 + [(90, True)] * 20)[0]
	assert (few.is_off, many.is_off) == (False, True)


def test_an_opening_finds_the_people_it_suits_and_a_person_those_alike():
	opening = Offered("O", "Java developer", "Engineer", "Shenzhen", "Spring and Kafka")
	people = {
		"a": Wish("Engineer", "Shenzhen", "kafka"),
		"b": Wish("Cook", "Paris", "soup"),
		"c": Wish(None, None, "java, spring"),
	}
	assert [fit.name for fit in people_for(opening, people)] == ["a", "c"]
	assert [fit.name for fit in people_like(Wish("Engineer", None, "Kafka"), people)] == ["a"]
	assert people_for(opening, people, most=1)[0].name == "a"
