"""The benchmark runner and its timing: same start for both, bounds that can fail, a table a person can read."""

from types import SimpleNamespace

import pytest

from benchmarks import __main__ as runner
from benchmarks import timing


def test_both_sides_run_equally_often_and_take_turns():
	order = []
	timing.interleaved_medians(
		lambda: order.append("ours"), lambda: order.append("peer"), rounds=4, warm_up=1
	)
	assert order == ["ours", "peer", "peer", "ours", "ours", "peer", "peer", "ours", "ours", "peer"]


def test_preparation_runs_ahead_of_each_and_is_not_timed():
	clock = []
	timing.interleaved_medians(
		lambda: None, lambda: None, rounds=3, warm_up=0, before=lambda: clock.append(1)
	)
	assert len(clock) == 6


@pytest.mark.parametrize(("ours", "holds"), [(11.0, True), (12.5, False)])
def test_a_bound_is_a_ratio_to_the_peer(ours, holds):
	assert timing.row("x", ours, 10.0, unit="ms", bound=1.2)["holds"] is holds


def test_a_peer_that_does_nothing_is_no_excuse():
	assert timing.row("x", 1, 0, unit="queries", bound=99)["holds"] is False


@pytest.mark.parametrize(("figures", "holds"), [([93, 96, 97], True), ([93, 94.9, 99], False)])
def test_what_has_no_peer_holds_when_the_middle_one_reaches_the_bound(figures, holds):
	row = timing.reaching("home", figures, unit="of 100", bound=95)
	assert row["holds"] is holds
	assert runner.table([row]).splitlines()[2].split()[2:4] == ["-", "-"]


def test_an_unknown_name_lists_the_known_ones():
	with pytest.raises(SystemExit, match="No benchmark speed. There are: balance"):
		runner.choose({"balance": SimpleNamespace()}, ["speed"])


def test_the_table_shows_what_does_not_hold():
	text = runner.table([timing.row("balance", 1.5, 1.0, unit="ms", bound=1.2)])
	assert text.splitlines()[2].split() == ["balance", "1.5", "1", "1.5", "ms", "1.2", "NO"]
