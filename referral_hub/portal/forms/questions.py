"""Questions to HR, as the portal shows them: what answers itself first, then the form, then what HR said.

Used by the pages and api/portal_questions.py. Tells an employee about their own referrals alone.
"""

import frappe
from frappe import _

from referral_hub.portal import story, words
from referral_hub.referrals.disputes import asking, refused
from referral_hub.referrals.rules.showing.next_step import STILL_MOVING


def known_answers(told: frappe._dict) -> list[dict]:
	"""Return what the page can explain by itself: {"title", "text"} each, the rewards first."""
	answers = [_about_reward(line) for line in told.rewards]
	answers.append({"title": _("Where it stands"), "text": _standing(told.card)})
	ended = next((entry for entry in told.entries if entry.reason), None)
	if ended:
		answers.append({"title": _("Why it ended"), "text": words.sentences(ended.reason, ended.hint)})
	if not told.rewards:
		text = _("Nothing was earned so far. A reward needs a step that the rule of this referral pays.")
		answers.append({"title": _("Your reward"), "text": text})
	return answers


def told_of(name: str | None, employee: str) -> frappe._dict | None:
	return story.tell(name, employee)


def lines(referral: str, employee: str) -> list[dict]:
	"""Return this employee's questions about a referral in words, newest first."""
	return [_line(row) for row in asking.of_referral(referral, employee)]


def about_refusal(name: str | None, employee: str) -> dict | None:
	"""Return this employee's question about a refused referral, or None: the same for another's and for one that does not exist."""
	row = refused.find(name, employee)
	return row and {**_line(row), "known": row.known, "about": _about_opening(row)}


def about_refusals(employee: str) -> list[dict]:
	"""Return what this employee asked about refused referrals, newest first: {"name", "asked_on", "about", "state_words"}."""
	return [
		{
			"name": row.name,
			"asked_on": row.asked_on,
			"about": _about_opening(row),
			"state_words": _state_words(row),
		}
		for row in refused.of_employee(employee)
	]


def _about_opening(row) -> str:
	"""Return what a refused referral was for. The person is not named: whether HR may know of them shows in that."""
	title = row.job_opening and frappe.db.get_value("Job Opening", row.job_opening, "job_title")
	return title or _("No opening yet")


def kinds() -> list[tuple[str, str]]:
	return [
		("Not accepted", _("Why it was not accepted")),
		("Not credited", _("Why it does not count as mine")),
		("Not paid", _("Why nothing was paid")),
		("Amount", _("Why this amount")),
		("Other", _("Something else")),
	]


def summary(answers: list[dict]) -> str:
	"""Return what the employee had read before asking, for HR to see."""
	return "\n".join("{}: {}".format(answer["title"], answer["text"]) for answer in answers)[:2000]


def _about_reward(line) -> dict:
	text = words.sentences(_sentence(line["state"]), line["why"], line["note"])
	title = _("{0}: {1}", context="Referral Hub").format(line["what"], line["amount"])
	return {"title": title, "text": text}


def _standing(card) -> str:
	due = card.get("next_word_due")
	if card.outcome in STILL_MOVING and due:
		return _("{0}. You hear from us by {1}.").format(card.next_step, words.day(due))
	return _sentence(card.next_step)


def _sentence(words_said: str) -> str:
	return _("{0}.", context="Referral Hub").format(words_said)


def _line(row) -> dict:
	return {
		"name": row.name,
		"kind": dict(kinds()).get(row.kind, ""),
		"question": row.question,
		"asked_on": row.asked_on,
		"state": row.state,
		"state_words": _state_words(row),
		"answer": row.answer,
		"earlier_answer": row.earlier_answer,
		"again": row.not_settled_words,
		"may_ask_again": row.state == asking.ANSWERED and not row.not_settled,
		"is_answered": row.state == asking.ANSWERED,
	}


def _state_words(row) -> str:
	if row.state == asking.OPEN:
		if row.due_on:
			return _("With HR. You get an answer by {0}.").format(words.day(row.due_on))
		return _("With HR")
	if row.state == asking.ANSWERED:
		return _("Answered {0}").format(words.day(row.answered_on))
	return _("Settled", context="Referral Hub")
