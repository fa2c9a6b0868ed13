"""Tells people of their badges and levels. What was reached long ago, and is only counted now, is no news."""

from datetime import date, timedelta

import frappe

from referral_hub.messages import service as messages
from referral_hub.people import employments
from referral_hub.recognition.policy import BADGE, LEVEL
from referral_hub.wording import kept_words

PAGE = "/referrals/recognition"
NEWS_DAYS = 30


def before_news(today: date) -> date:
	"""Return the last day of which nothing is news any more."""
	return today - timedelta(days=NEWS_DAYS)


def is_new(day: date, today: date) -> bool:
	return day > before_news(today)


def badge_given(award, is_news: bool = True) -> None:
	if is_news:
		_tell(
			"badge_given", award.employee, award.name, **_names(BADGE, award.badge), why=award.reason or None
		)


def badge_withdrawn(award) -> None:
	facts = {**_names(BADGE, award.badge), **kept_words.in_all("why", award.revoked_because)}
	_tell("badge_withdrawn", award.employee, award.name, **facts)


def level_reached(employee: str, level: str, held_until, is_news: bool = True) -> None:
	if is_news:
		key = f"{employee}:{level}:{held_until or ''}"
		_tell("level_reached", employee, key, **_names(LEVEL, level), until_on=held_until)


def _names(doctype: str, name: str) -> dict:
	fact, field = ("badge", "badge_name_zh") if doctype == BADGE else ("level", "level_name_zh")
	return {fact: name, f"{fact}_zh": frappe.get_cached_value(doctype, name, field) or None}


def _tell(event: str, employee: str, key: str, **facts) -> None:
	messages.tell(event, employments.record_now(employee), key=key, link=PAGE, **facts)
