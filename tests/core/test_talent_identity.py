"""Who is one person in the pool, where a number is shared: as referrals tell people apart, and as HR has said."""

import pytest

from referral_hub.referrals.rules.ownership import EMAIL, PHONE, Candidate
from referral_hub.talent.rules.identity import Bearer, By, by_former, may_be, may_be_again, of_one


def bearer(record: str, name: str, email: str | None = None, former: tuple[str, ...] = ()) -> Bearer:
	return Bearer(record, Candidate(name, email), email, frozenset(former))


ANN, BO = bearer("1", "Ann", "ann@x.cn"), bearer("2", "Bo", "bo@x.cn")


@pytest.mark.parametrize(
	("name", "email", "bearers", "records"),
	[
		("Bo", "bo@x.cn", [ANN], []),  # another name and another e-mail
		("ANN", "other@x.cn", [ANN], ["1"]),  # one name
		("Anna", "ann@x.cn", [ANN], ["1"]),  # one e-mail
		("Bo", None, [ANN], ["1"]),  # nothing says that it is somebody else
		("Bo", None, [ANN, BO], ["2"]),  # by the name
		("Cai", None, [ANN, BO], []),  # of several people none is sure
		("Bo", "bo@x.cn", [ANN, BO], ["2"]),
		("Bo", "bo@x.cn", [bearer("0", "Bo"), BO], ["0", "2"]),  # known by each contact: they become one
		("Cai", "ann@x.cn", [ANN, bearer("3", "Cai"), BO], ["1", "3"]),
		("Bo", "bo@x.cn", [bearer("1", "Ann", "ann@x.cn", ("bo@x.cn",))], ["1"]),  # an e-mail she had before
		(
			"Cai",
			"ann@x.cn",
			[bearer("0", "Cai", "cai@x.cn"), ANN],
			["1"],
		),  # an e-mail is the key of one record
		("Cai", "cai@x.cn", [bearer("1", "Ann", "ann@x.cn", ("bo@x.cn",))], []),
	],
)
def test_whose_record_it_is(name, email, bearers, records):
	assert of_one(Candidate(name, email), email, bearers) == records


ONCE = {
	"e-mail": by_former({EMAIL}, False),
	"number": by_former({PHONE}, False),
	"both": by_former({EMAIL, PHONE}, False),
	"HR's word": by_former({PHONE}, True),
}


@pytest.mark.parametrize(
	("had", "name", "email", "is_same", "is_asked"),
	[
		("e-mail", "ann", "old@x.cn", True, False),  # one name
		("e-mail", "Anna", "old@x.cn", False, True),  # somebody may have got the address
		("number", "Ann", "new@x.cn", True, False),
		("number", "Ann", None, True, False),
		("number", "Bo", "bo@x.cn", False, False),  # a number that was given to somebody else
		("number", "Bo", None, False, True),
		("both", "Anna", "old@x.cn", True, False),  # two contacts agree
		("HR's word", "Bo", None, True, False),
		("HR's word", "Bo", "bo@x.cn", False, False),  # a number, as if it were today's
	],
)
def test_what_a_contact_that_was_theirs_once_weighs(had, name, email, is_same, is_asked):
	"""Ann had old@x.cn and another number; today she has ann@x.cn."""
	ann = Bearer("1", Candidate("Ann", "ann@x.cn"), "ann@x.cn", frozenset({"old@x.cn"}), ONCE[had])
	person = Candidate(name, email)
	assert of_one(person, email, [ann]) == (["1"] if is_same else [])
	assert may_be_again(person, email, [ann]) is is_asked


def test_who_has_a_contact_today_comes_before_who_had_it():
	ann = Bearer("1", Candidate("Ann", "ann@x.cn"), "ann@x.cn", frozenset({"old@x.cn"}), By.FORMER_EMAIL)
	heir = bearer("2", "Bo", "old@x.cn")
	assert of_one(Candidate("Bo", "old@x.cn"), "old@x.cn", [ann, heir]) == ["2"]
	assert "2" in of_one(Candidate("Ann", "old@x.cn"), "old@x.cn", [ann, heir])


def test_two_people_are_never_one_because_a_third_has_the_number_of_both():
	for name in ("Ann", "Bo", "Cai", ""):
		assert len(of_one(Candidate(name), None, [ANN, BO])) < 2


@pytest.mark.parametrize(
	("name", "email", "names", "emails", "expected"),
	[
		("Bo", "bo@x.cn", ["Ann"], ["ann@x.cn"], False),  # a neighbour
		("Bo", "bo@x.cn", ["Ann"], ["ann@x.cn", "a@firm.cn"], False),
		("ann", "new@x.cn", ["Ann"], ["ann@x.cn"], True),  # one name
		("Ann Li", "new@x.cn", ["Li Ann", "Ann Li"], ["ann@x.cn"], True),  # one of the names
		("Anna", "ANN@x.cn", ["Ann"], ["a@firm.cn", "ann@x.cn"], True),  # one of the e-mails
		("Bo", None, ["Ann"], ["ann@x.cn"], True),  # nothing says that it is somebody else
		("Bo", "bo@x.cn", ["Ann"], [], True),
	],
)
def test_who_has_the_number_of_an_employee_may_be_them(name, email, names, emails, expected):
	assert may_be(Candidate(name, email), names, emails) is expected
