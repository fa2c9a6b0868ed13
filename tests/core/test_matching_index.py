"""The index answers as the rules do, for everybody at once; what is saved is found, and no kill leaves half an answer."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching_people import ASKED, OPENINGS, PROFILES, WORDS

from referral_hub.matching.index import files
from referral_hub.matching.index import index as module
from referral_hub.matching.index.index import Index
from referral_hub.matching.index.weighing import MET, MISSING, UNKNOWN, weigh
from referral_hub.matching.rules import asking
from referral_hub.matching.rules.engine import match
from referral_hub.matching.rules.judging import State, judge
from referral_hub.matching.rules.profile import Profile, facts
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.vocabulary.shipped import vocabulary

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [Requirement("row", "Python")]
PEOPLE = st.lists(PROFILES, max_size=12, unique_by=lambda person: person.key)


def read(*people: Profile):
	return [facts(person, vocabulary()) for person in people]


def keys(index: Index, **how) -> list[str]:
	return [found.key for found in index.search(PYTHON, vocabulary(), **how)]


def knows_python(key: str, **more) -> Profile:
	return Profile(key, skills=("python",), **more)


CASES = [Requirement("row", text, kind=kind) for kind, texts in ASKED.items() for text in texts]


@pytest.fixture(scope="module")
def everybody(tmp_path_factory):
	"""An index of people of every sort: what may be said of one, in every pairing with what may be said of another list."""
	skills = [(), ("python",), ("kubernets",), ("excel",), ("java", "sap"), *((word,) for word in WORDS)]
	sorts = {
		"skills": skills,
		"years": [None, 0.0, 0.5, 2.0, 3.0, 9.0, 40.0],
		"education": ["", "高中", "大专", "本科", "PhD"],
		"certificates": [(), ("CPA",), ("电工证",), ("驾照",)],
		"languages": [
			(),
			("English",),
			("英语四级",),
			("英语流利", "日语N3"),
			("日语", "英语入门"),
			("粤语",),
		],
		"places": [(), ("上海市",), ("Shenzhen", "Beijing"), ("浣花溪镇",)],
		"pay": ["", "18k", "2.2万", "9万", "$4,000", "$5,500", "HK$9,000"],
		"industries": [(), ("零售",), ("制造业", "retail")],
		"text": [
			"",
			"认真细致",
			"a motorbike",
			"has own knives and a motorbike",
			"polishing of quartz",
			"宣纸修复师傅",
		],
	}
	people = [Profile("nobody")]
	for name, values in sorts.items():
		people += [Profile(f"{name}-{number}", **{name: value}) for number, value in enumerate(values)]
		people += [
			Profile(
				f"{name}-{number}-more",
				**{"skills": ("打字",), "certificates": ("PMP",), "industries": ("农业",), name: value},
			)
			for number, value in enumerate(values)
		]
	index = Index(tmp_path_factory.mktemp("everybody"))
	index.build(read(*people), chunk=7)
	return index.generation()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.requirement}")
def test_each_row_weighs_for_everybody_as_it_is_judged_for_one(everybody, case):
	asked = asking.asked(case, vocabulary())
	weighed = weigh(asked, everybody, vocabulary())
	states = {State.MISSING: MISSING, State.UNKNOWN: UNKNOWN, State.MET: MET}
	for row in range(len(everybody)):
		person = everybody.facts(row)
		one = judge(asked, person, vocabulary())
		found = weighed.credit[row], weighed.closeness[row], weighed.state[row]
		assert (person.key, *found) == (person.key, one.credit, one.closeness, states[one.state])


@settings(max_examples=40)
@given(
	OPENINGS,
	PEOPLE,
	PEOPLE,
	st.integers(1, 12),
	st.booleans(),
	st.sampled_from([None, "mei", "tom", "nobody"]),
)
def test_the_index_answers_as_the_rules_do(tmp_path_factory, rows, people, saved, top, ruled_out, group):
	index, how = Index(tmp_path_factory.mktemp("index")), {"group": group, "ruled_out": ruled_out}
	index.build(read(*people), chunk=3)
	index.save(*read(*saved))
	there = {person.key: person for person in (*people, *saved)}
	members = [person for person in there.values() if group in (None, person.group)]
	expected = match(rows, members, top, vocabulary=vocabulary(), ruled_out=ruled_out)
	assert index.search(rows, vocabulary(), top, **how) == expected
	index.build(read(*there.values()), chunk=5)
	assert index.search(rows, vocabulary(), top, **how) == expected


def test_of_many_who_score_the_same_the_same_few_are_best_as_by_the_rules(tmp_path):
	"""So many rows that their sum needs more than sixteen bits, and more people with one score than are wanted."""
	rows = [
		Requirement(f"{number}", text, weight=10)
		for number in range(12)
		for text in ("Python", "Java", "SAP")
	]
	rows += [Requirement("must", "Excel", must_have=True), Requirement("years", "3 years", kind="Experience")]
	said = [
		("python",),
		("python", "java"),
		("excel",),
		("excel", "python", "java", "sap"),
		("sap", "excel"),
		(),
	]
	people = [
		Profile(f"p{number:03}", skills=said[number % 6], years=number % 5 or None) for number in range(90)
	]
	index = Index(tmp_path)
	index.build(read(*people))
	for top in (1, 2, 7, 20, 44, 90, 200):
		for ruled_out in (False, True):
			expected = match(rows, people, top, vocabulary=vocabulary(), ruled_out=ruled_out)
			assert index.search(rows, vocabulary(), top, ruled_out=ruled_out) == expected


@settings(max_examples=40)
@given(PROFILES)
def test_nothing_of_a_person_is_lost(tmp_path_factory, person):
	index = Index(tmp_path_factory.mktemp("index"))
	(known,) = read(person)
	index.build([known])
	assert index.facts(person.key) == known
	index.save(known)
	assert Index(index.folder).facts(person.key) == known


def test_what_is_saved_and_removed_is_seen_by_another_reader_at_once(tmp_path):
	index, other = Index(tmp_path), Index(tmp_path)
	assert keys(other) == []
	index.build(read(knows_python("a"), knows_python("b")))
	assert keys(other) == ["a", "b"]
	index.save(*read(Profile("a", skills=("java",)), knows_python("c")))
	index.remove("b")
	assert keys(other) == ["c"] and other.changes() == 3
	assert other.facts("b") is None and other.facts("nobody") is None


def test_who_stands_twice_in_a_build_is_there_once_as_they_came_last(tmp_path):
	index = Index(tmp_path)
	index.build(read(knows_python("a"), Profile("a", skills=("java",)), knows_python("b")), chunk=1)
	assert keys(index) == ["b"]


def test_a_group_sees_its_own_people_only(tmp_path):
	index = Index(tmp_path)
	index.build(read(knows_python("a", group="mei"), knows_python("b", group="tom"), knows_python("c")))
	index.save(*read(knows_python("d", group="mei"), knows_python("e", group="tom")))
	assert keys(index, group="mei") == ["a", "d"]
	assert keys(index, group="nobody") == []


def test_of_a_group_its_own_people_are_weighed_and_nobody_else(tmp_path, monkeypatch):
	index, weighed = Index(tmp_path), []
	mei = [knows_python(f"mei-{number}", group="mei") for number in range(3)]
	index.build(read(*mei, *(knows_python(f"tom-{number}", group="tom") for number in range(50))))
	index.save(*read(Profile("mei-1", skills=("java",), group="mei"), knows_python("mei-2", group="tom")))
	weigh_all = module.weigh
	monkeypatch.setattr(
		module,
		"weigh",
		lambda asked, people, words: weighed.append(len(people)) or weigh_all(asked, people, words),
	)
	# everybody of the group, then who may be among the best
	assert (keys(index, group="mei"), weighed) == (["mei-0"], [3, 1])
	assert len(keys(index, group="tom", top=100)) == 51
	assert (keys(index, group="nobody"), weighed) == ([], [3, 1, 50, 50])


class Loud(str):
	"""A group that changes the index whenever it is compared, as another thread may."""

	index: Index
	__hash__ = str.__hash__

	def __eq__(self, other):
		number = self.index.changes()
		self.index.save(*read(knows_python(f"more-{number}", group="mei")))
		self.index.changes()
		return str(self) == other if isinstance(other, str) else False


def test_a_search_goes_by_what_was_there_when_it_began(tmp_path):
	index, group = Index(tmp_path), Loud("mei")
	group.index = index
	index.save(*read(knows_python("a", group="mei"), knows_python("b", group="mei")))
	assert keys(index, group=group) == ["a", "b"]
	assert index.changes() > 2


@pytest.mark.parametrize("left", [b"", b'deadbeef {"k', b"\0" * 500], ids=["whole", "half a line", "zeros"])
def test_what_is_saved_during_a_build_is_not_lost_whatever_a_breakdown_left_of_the_journal(tmp_path, left):
	index = Index(tmp_path)
	index.save(*read(knows_python("a")))
	with (files.current(tmp_path) / "changes.jsonl").open("ab") as journal:
		journal.write(left)

	def people():
		yield from read(knows_python("a"))
		Index(tmp_path).save(*read(Profile("a", skills=("java",)), knows_python("b")))

	index.build(people())
	assert keys(index) == ["b"]


def test_who_was_being_saved_or_removed_when_a_build_began_is_asked_for_again(tmp_path):
	"""The journal knows them before the others do: a transaction was open, and ends one way or the other."""
	index, asked = Index(tmp_path), []
	index.save(*read(*(knows_python(key) for key in ("seen", "being-saved", "rolled-back", "being-removed"))))
	index.remove("being-removed", "removed")

	def as_they_are(names):
		asked.extend(names)
		Index(tmp_path).save(*read(knows_python("meanwhile")))
		return {person.key: person for person in read(knows_python("being-saved"))}

	index.build(read(knows_python("seen"), knows_python("being-removed")), as_they_are=as_they_are)
	assert asked == ["being-saved", "rolled-back", "being-removed"]
	assert keys(Index(tmp_path)) == ["being-saved", "meanwhile", "seen"]
	index.build(read(*map(knows_python, ("seen", "being-saved", "meanwhile"))), as_they_are=as_they_are)
	assert (len(asked), files.journal_size(files.current(tmp_path))) == (3, 0)


def test_after_a_start_of_the_machine_the_last_changes_may_be_missing_until_the_next_build(
	tmp_path, monkeypatch
):
	started, index = tmp_path / "boot", Index(tmp_path / "index")
	monkeypatch.setattr(files, "_STARTED", started)
	started.write_text("first\n")
	assert index.may_lack_changes() is False  # nothing was built
	index.build(read(knows_python("a")))
	assert index.may_lack_changes() is False
	started.write_text("second\n")
	assert index.may_lack_changes() is True
	index.build(read(knows_python("a")))
	assert index.may_lack_changes() is False
	started.write_text("another machine, which shares the folder\n")
	assert index.may_lack_changes() is True
	asked_by = files.start_of_machine()
	started.write_text("second\n")
	index.build(read(knows_python("a")), starts=[asked_by])
	known = []
	for name in ("second", asked_by, "third"):
		started.write_text(name)
		known.append(not index.may_lack_changes())
	assert known == [True, True, False]
	(files.current(index.folder) / files._START).unlink()  # as an earlier version left it
	assert index.may_lack_changes() is True


def test_two_builds_at_once_are_one(tmp_path):
	def people():
		with pytest.raises(files.BuildRunning):
			Index(tmp_path).build([])
		yield from read(knows_python("a"))

	index = Index(tmp_path)
	index.build(people())
	assert keys(index) == ["a"]


def test_half_a_line_of_the_journal_is_no_change_and_is_cut_off(tmp_path):
	index = Index(tmp_path)
	index.save(*read(knows_python("a")))
	journal = files.current(tmp_path) / "changes.jsonl"
	whole = journal.read_bytes()
	for end in range(1, len(whole)):
		journal.write_bytes(whole + whole[:end])
		assert keys(Index(tmp_path)) == ["a"]
	index.save(*read(knows_python("b")))
	assert keys(Index(tmp_path)) == ["a", "b"]
	assert journal.read_bytes().startswith(whole) and journal.read_bytes().count(b"\n") == 2


def test_a_save_reads_what_others_wrote_since_its_last_and_no_more(tmp_path, monkeypatch):
	index, other, read_bytes = Index(tmp_path), Index(tmp_path), []
	index.save(*read(*(knows_python(f"old-{number}") for number in range(50))))
	whole = files._whole
	monkeypatch.setattr(files, "_whole", lambda lines: read_bytes.append(len(lines)) or whole(lines))
	index.save(*read(knows_python("a")))
	other.save(*read(knows_python("b")))
	journal = files.current(tmp_path) / "changes.jsonl"
	before = journal.stat().st_size
	index.save(*read(knows_python("c")))
	last = journal.read_bytes().splitlines(keepends=True)
	assert read_bytes == [0, before - len(last[-2]), len(last[-2])]
	assert len(keys(Index(tmp_path), top=100)) == 53


def test_a_journal_that_was_made_anew_is_read_from_its_beginning(tmp_path):
	index = Index(tmp_path)
	index.save(*read(knows_python("a"), knows_python("b")))
	journal = files.current(tmp_path) / "changes.jsonl"
	journal.write_bytes(journal.read_bytes().splitlines(keepends=True)[1])
	index.save(*read(knows_python("c")))
	assert keys(Index(tmp_path)) == ["b", "c"]


def test_a_journal_is_long_until_the_index_is_built(tmp_path):
	index = Index(tmp_path)
	index.save(*read(knows_python("a")))
	assert index.is_long() is False
	index.save(*read(*(knows_python(f"b-{number}") for number in range(3000))))
	assert index.is_long() is True
	index.build(read(knows_python("a")))
	index.save(*read(knows_python("c")))
	assert index.is_long() is False


BUILDER = """
import sys
from referral_hub.matching.index.index import Index
from referral_hub.matching.rules.profile import Facts

def people():
	for number in range(200_000):
		yield Facts(f"new-{number}", frozenset({"python"}))
		if number == int(sys.argv[2]):
			print("there", flush=True)

while True:
	Index(sys.argv[1]).build(people(), chunk=1000)
"""


@pytest.mark.parametrize("wait", [0, 0.3, 0.8])
def test_a_build_killed_at_any_moment_leaves_a_whole_index(tmp_path, wait):
	"""The killed process builds again and again, so that a kill hits its reading, its writing and its renames."""
	index = Index(tmp_path)
	index.build(read(*(knows_python(f"old-{number}") for number in range(3))))
	process = subprocess.Popen(
		[sys.executable, "-c", BUILDER, str(tmp_path), "5000"],
		stdout=subprocess.PIPE,
		env={**os.environ, "PYTHONPATH": str(ROOT)},
	)
	process.stdout.readline()
	index.save(*read(knows_python("a-saved")))
	time.sleep(wait)
	process.send_signal(signal.SIGKILL)
	process.wait()
	process.stdout.close()
	found = keys(Index(tmp_path), top=4)
	assert found in (["a-saved", "old-0", "old-1", "old-2"], ["a-saved", "new-0", "new-1", "new-10"])
	index.build(read(knows_python("after")))
	assert keys(index) == ["after"]
	assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [files.current(tmp_path).name]


def test_many_writers_lose_nothing(tmp_path):
	Index(tmp_path).build([])
	code = """
import sys
from referral_hub.matching.index.index import Index
from referral_hub.matching.rules.profile import Facts
for number in range(25):
	Index(sys.argv[1]).save(Facts(f"{sys.argv[2]}-{number}", frozenset({"python"})))
"""
	writers = [
		subprocess.Popen(
			[sys.executable, "-c", code, str(tmp_path), str(number)],
			env={**os.environ, "PYTHONPATH": str(ROOT)},
		)
		for number in range(3)
	]
	assert [writer.wait() for writer in writers] == [0, 0, 0]
	assert len(keys(Index(tmp_path), top=100)) == 75
