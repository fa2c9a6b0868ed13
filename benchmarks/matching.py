"""One opening against a million people: a warm search beside a plain loop of rapidfuzz over a sample, and beside the same arithmetic bare.

The bare kernel is what any inverted index must do in numpy: for every requirement a column of credits, the lists of the words it is met by set in
it, all columns added by weight, the best twenty taken. It knows no must-haves, no reasons, no confidence, no changes since the build.
Columns are of a byte and sums of 16 bits, as the index has them; the best are taken out of everybody: this is the kernel that the bound is
about. Taken out of those whose score may be among the best, as the index takes them, the bare arithmetic is faster still (docs/matching.md).
The loop asks rapidfuzz for the best of each person's skills for each skill wanted; its time is that of a sample, times what the sample is of all.
"""

import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.timing import interleaved_medians, row
from referral_hub.matching.index.index import Index
from referral_hub.matching.rules.asking import asked_by
from referral_hub.matching.rules.profile import Facts, Profile, facts
from referral_hub.referrals.rules.requirements.assessing import Requirement
from referral_hub.vocabulary.shipped import vocabulary

NAME = "matching"
PEOPLE = int(os.environ.get("HUB_MATCHING_PEOPLE", 1_000_000))
SAMPLE, TOP = 5_000, 20
MOST_MEMORY = 4 << 30
OPENING = [
	Requirement("1", "Warehouse management", weight=5),
	Requirement("2", "叉车"),
	Requirement("3", "Inventory management"),
	Requirement("4", "Excel"),
	Requirement("5", "SAP or 金蝶"),
	Requirement("6", "3年以上", kind="Experience", weight=3),
	Requirement("7", "大专及以上", kind="Education"),
	Requirement("8", "Shanghai or Suzhou", kind="Place", weight=3),
]


def run() -> Iterator[dict]:
	with tempfile.TemporaryDirectory() as folder:
		index = Index(Path(folder) / "whole")
		tenths = [_seconds_to_build(Index(Path(folder) / "before"), PEOPLE // 10)]
		whole = _seconds_to_build(index, PEOPLE)
		tenths.append(_seconds_to_build(Index(Path(folder) / "after"), PEOPLE // 10))
		yield row(
			f"matching: build {PEOPLE:,} beside ten tenths", whole, 5 * sum(tenths), unit="s", bound=1.3
		)
		peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
		yield row("matching: memory of the build", peak / 2**20, MOST_MEMORY / 2**20, unit="MiB", bound=1)
		yield from _searches(index)


def _searches(index: Index) -> Iterator[dict]:
	def ours():
		return index.search(OPENING, vocabulary(), TOP)

	assert len(ours()) == TOP
	sample = [people_of(number) for number in range(SAMPLE)]
	loop = interleaved_medians(ours, lambda: plain_loop(sample), rounds=5, warm_up=1)
	yield row(
		f"matching: one opening, {PEOPLE:,} people, beside a loop",
		loop[0] * 1e3,
		loop[1] * 1e3 * PEOPLE / SAMPLE,
		unit="ms",
		bound=1 / 100,
	)
	bare = interleaved_medians(ours, bare_kernel(index), rounds=15)
	yield row(
		f"matching: one opening, {PEOPLE:,} people, beside numpy bare",
		bare[0] * 1e3,
		bare[1] * 1e3,
		unit="ms",
		bound=3,
	)


def _seconds_to_build(index: Index, people: int) -> float:
	"""Return seconds of the processor: minutes of waiting for others say nothing of a build."""
	started = time.process_time()
	index.build(everybody(people))
	return time.process_time() - started


def everybody(people: int) -> Iterator[Facts]:
	return (facts(people_of(number), vocabulary()) for number in range(people))


def people_of(number: int) -> Profile:
	"""Return a person of their number: three to eight skills as people write them, one in twenty that no table knows."""
	chance = random.Random(number)
	skills = [chance.choice(_written()) for _each in range(chance.randint(3, 8))]
	if chance.random() < 0.05:
		skills.append(f"{chance.choice(skills)} {chance.randint(1, 20_000)}")
	return Profile(
		f"p{number:07}",
		tuple(skills),
		years=chance.choice([None, *range(25)]),
		education=chance.choice(["", "高中", "大专", "本科", "硕士"]),
		places=(chance.choice(["上海", "Beijing", "Suzhou", "深圳市", "Chengdu", "武汉"]),)
		if number % 4
		else (),
		titles=(chance.choice(["仓库主管", "Accountant", "店长", "Software engineer", "护士"]),),
	)


_WRITTEN: list[str] = []


def _written() -> list[str]:
	if not _WRITTEN:
		_WRITTEN.extend(word for entry in vocabulary().skills.entries for word in entry.all_words())
	return _WRITTEN


def plain_loop(sample: list[Profile]) -> list[float]:
	wanted = [row.requirement for row in OPENING[:5]]
	return [
		sum(process.extractOne(skill, person.skills, scorer=fuzz.WRatio)[1] for skill in wanted)
		for person in sample
	]


def bare_kernel(index: Index):
	"""Return the arithmetic alone, over the lists and columns of the same index, looked up before."""
	whole = index.generation()
	asked = asked_by(OPENING, vocabulary())
	lists = [
		(
			one.weight,
			[rows for terms in one.terms for rows in whole.said_as(terms[0], vocabulary().skills)[0]],
		)
		for one in asked[:5]
	]
	places = [whole.rows("p" + place) for place in asked[7].places]
	years, education = np.array(whole["years"]), np.array(whole["education"])
	weights = [one.weight for one in asked]

	def work():
		total, column = np.zeros(len(whole), np.uint16), np.zeros(len(whole), np.uint8)
		for weight, rows in [*lists, (weights[7], places)]:
			column.fill(0)
			for one in rows:
				column[one] = 100
			total += np.multiply(column, np.uint16(weight), dtype=np.uint16)
		for weight, holds in ((weights[5], years >= 3), (weights[6], education >= 2)):
			total += np.multiply(holds.view(np.uint8), np.uint16(100 * weight), dtype=np.uint16)
		best = np.argpartition(total, len(total) - TOP)[-TOP:]
		return best[np.argsort(-total[best].astype(np.int32))]

	return work
