"""Which jobs of the scheduler are overdue."""

from datetime import datetime, timedelta

from referral_hub.health.lateness import GRACE, Planned, late

NOW = datetime(2026, 3, 2, 12)


def planned(name: str, hours_ago: float, **more) -> Planned:
	return Planned(name, None, NOW - timedelta(hours=hours_ago), **more)


def test_the_longest_overdue_comes_first_and_what_is_stopped_is_not_waited_for():
	jobs = [planned("b", 3), planned("a", 30), planned("off", 99, is_stopped=True), planned("soon", -1)]
	assert [job.name for job in late(jobs, NOW)] == ["a", "b"]


def test_a_busy_worker_has_two_hours():
	on_the_edge = Planned("edge", None, NOW - GRACE)
	assert late([on_the_edge], NOW) == []
	assert late([on_the_edge], NOW + timedelta(seconds=1)) == [on_the_edge]
