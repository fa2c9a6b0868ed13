"""Tells whoever refers people how a leaderboard stands: the best of it and their own place. Once for each edition.

What is kept names the best by their records; their names are read when the message goes out (`people.naming`). Called by
the hourly task; commits nothing.
"""

from bisect import bisect_right

import frappe

from referral_hub.messages import service as messages
from referral_hub.messages.rules.events import event_key
from referral_hub.recognition import boards
from referral_hub.recognition.best import MOST
from referral_hub.recognition.reading import RECOGNITION
from referral_hub.recognition.rules.editions import Edition
from referral_hub.recognition.rules.leaderboard import SCORE
from referral_hub.recognition.standings import STANDING

EVENT, PAGE = "board_told", "/referrals/people"
BEST = 5
AT_ONCE = 500


def companies(edition: Edition) -> list[str]:
	"""Return the companies in which anybody stands on this leaderboard."""
	found = {"period": edition.period, SCORE: (">", 0)}
	return sorted(frappe.get_all(STANDING, found, pluck="company", distinct=True, order_by=None))


def not_told(company: str, edition: Edition, after: str = "") -> list[str]:
	"""Return the next employees of a company who have ever referred somebody and were not told yet, by name."""
	this = _key(company, edition.key)
	return frappe.db.sql_list(
		f"""select kept.employee from `tab{RECOGNITION}` kept where kept.company = %s and kept.employee > %s
		and not exists (select 1 from `tabReferral Message` told where told.event_key in (%s, %s)
			and told.recipient = kept.employee and (told.event_key = %s or told.creation > %s))
		order by kept.employee limit {AT_ONCE}""",
		(company, after, this, _key(company, edition.key_before), this, edition.not_since),
	)


def tell(company: str, edition: Edition, employees: list[str]) -> None:
	"""Tell these employees, where they are still here and want it. A few queries and one statement.

	Places are those of the board: where it leaves somebody out, a place counted by all scores would give them away.
	"""
	shown = boards.best_for_all(company, edition.period, SCORE)
	best, places = shown[:BEST], {row.employee: row.place for row in shown}
	readers = messages.readers_of(employees) if best else {}
	values = _values(company, edition.period)
	of_all, news = sorted(values.values()), []
	for reader in readers.values():
		value = values.get(reader.employee)
		place = places.get(reader.employee) or (_unnamed_place(shown, of_all, value) if value else None)
		news += messages.news(
			EVENT,
			reader,
			key=_name(company, edition.key),
			link=PAGE,
			period=edition.period,
			place=place,
			score=f"{value:g}" if value else None,
			best=[{"place": row.place, "employee": row.employee, "value": f"{row.value:g}"} for row in best],
		)
	messages.put(news)


def _unnamed_place(shown, of_all: list[float], value: float) -> int:
	"""Return where the board leaves room for who is not named on it; beyond its last line by all scores, as on the page."""
	if len(shown) < MOST or value > shown[-1].value:
		return 1 + sum(row.value > value for row in shown)
	return _place(of_all, value)


def _place(of_all: list[float], value: float) -> int:
	return len(of_all) - bisect_right(of_all, value) + 1


def _values(company: str, period: str) -> dict[str, float]:
	found = {"company": company, "period": period, SCORE: (">", 0)}
	return dict(frappe.get_all(STANDING, found, ["employee", SCORE], as_list=True, order_by=None))


def _name(company: str, key: str) -> str:
	return f"{key}:{company}"


def _key(company: str, key: str) -> str:
	return event_key(EVENT, _name(company, key))
