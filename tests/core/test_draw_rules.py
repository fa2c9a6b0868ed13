"""A draw of prizes: the same seed gives the same winners, nobody wins twice, more tickets win more often, and a proof proves."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_hub.points.rules import draw
from referral_hub.points.rules.draw import Rules

SEED = "5e" * 32
ROOT = Path(__file__).resolve().parents[2]
ENTRIES = st.dictionaries(
	st.text("abcdef0123456789", min_size=1, max_size=8), st.integers(0, 50), max_size=12
)


@pytest.mark.parametrize(
	("rules", "did", "expected"),
	[
		(Rules(), (3, 1, 900), 8),
		(Rules(0, 0, 100), (3, 1, 299), 2),
		(Rules(1, 5, 100, most=6), (3, 1, 300), 6),
		(Rules(1, 5, 100), (0, 0, -50), 0),
	],
)
def test_tickets_are_counted_by_the_rules(rules, did, expected):
	assert draw.tickets(rules, *did) == expected


@given(ENTRIES, st.integers(0, 15), st.text(max_size=5))
def test_the_same_seed_draws_the_same_winners_and_nobody_twice(entries, places, outside):
	turns = [(place, 0) for place in range(1, places + 1)]
	winners = list(draw.draw(SEED, entries, turns, outside))
	assert winners == list(draw.draw(SEED, dict(reversed(entries.items())), turns, outside))
	names = [drawn.who for drawn in winners]
	assert len(names) == len(set(names)) == min(places, sum(number > 0 for number in entries.values()))
	assert all(entries[name] > 0 for name in names)


@given(ENTRIES.filter(lambda entries: sum(entries.values()) > 1))
def test_a_draw_again_changes_nothing_that_was_drawn_before(entries):
	first = list(draw.draw(SEED, entries, [(1, 0), (2, 0)]))
	again = list(draw.draw(SEED, entries, [(1, 0), (2, 0), (1, 1)]))
	assert again[: len(first)] == first
	assert {drawn.who for drawn in again[len(first) :]}.isdisjoint(drawn.who for drawn in first)


def test_more_tickets_win_as_much_more_often():
	seeds = [f"{number:064x}" for number in range(4_000)]
	won = Counter(next(draw.draw(seed, {"a": 1, "b": 3}, [(1, 0)])).who for seed in seeds)
	assert 900 < won["a"] < 1100


def test_another_seed_term_or_ticket_is_another_commitment_or_digest():
	assert draw.commitment(SEED, "terms") != draw.commitment("5f" * 32, "terms")
	assert draw.commitment(SEED, "terms") != draw.commitment(SEED, "Terms")
	assert (
		draw.digest_of({"a": 1, "b": 2})
		== draw.digest_of({"b": 2, "a": 1})
		!= draw.digest_of({"a": 1, "b": 3})
	)


def proof() -> dict:
	entries, terms = {"a1": 3, "b2": 9, "c3": 1, "d4": 4}, draw.canonical({"prizes": ["A week", "A mug"]})
	winners = draw.draw(SEED, entries, [(1, 0), (2, 0), (1, 1)], "4711")
	return {
		"seed": SEED,
		"terms": terms,
		"commitment": draw.commitment(SEED, terms),
		"outside": "4711",
		"tickets": sorted([who, number] for who, number in entries.items()),
		"winners": [[drawn.place, drawn.turn, drawn.who] for drawn in winners],
	}


@pytest.mark.parametrize(
	("changed", "holds"),
	[
		({}, True),
		({"terms": "{}"}, False),
		({"outside": "4712"}, False),
		({"seed": "5f" * 32}, False),
		({"tickets": [["a1", 300], ["b2", 9], ["c3", 1], ["d4", 4]]}, False),
		({"winners": [[1, 0, "c3"], [2, 0, "a1"], [1, 1, "d4"]]}, False),
	],
)
def test_the_script_in_the_docs_tells_a_true_proof_from_a_changed_one(
	tmp_path, monkeypatch, capsys, changed, holds
):
	script = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "prize-draws.md").read_text(), re.DOTALL)[1]
	assert sum(bool(line.strip()) for line in script.splitlines()) <= 16
	file = tmp_path / "proof.json"
	file.write_text(json.dumps(proof() | changed))
	monkeypatch.setattr("sys.argv", ["check.py", str(file)])
	if holds:
		exec(compile(script, "check.py", "exec"), {})
		assert "The draw is true." in capsys.readouterr().out
	else:
		with pytest.raises(AssertionError):
			exec(compile(script, "check.py", "exec"), {})
