"""Questions of signed-in employees to HR about their own referrals and rewards, as JSON.

Who asks is the active Employee of the session's user. Another's referral, reward or question is 404, like one that
does not exist. Words are plain text; dates are ISO, in the site's time zone.
"""

import frappe

from referral_hub.api.contract import caller
from referral_hub.api.contract.problems import not_found
from referral_hub.portal.forms import questions
from referral_hub.referrals.disputes import asking


@frappe.whitelist(methods=["GET"])
def my_questions(referral: str) -> dict:
	"""Return what the page explains by itself and the caller's questions: {"known": [{title, text}], "questions": [...]}.

	Each question: {name, kind, question, state ("Open", "Answered", "Closed"), state_words, answer, may_ask_again, ...}.
	"""
	me = caller.employee()
	told = questions.told_of(referral, me.name) or not_found()
	return {"known": questions.known_answers(told), "questions": questions.lines(referral, me.name)}


@frappe.whitelist(methods=["POST"])
def ask(referral: str, kind: str, question: str, reward: str | None = None) -> dict:
	"""Open a question to HR; the same one while it is open is returned again.

	:param kind: "Not accepted", "Not credited", "Not paid", "Amount" or "Other". Raises UnclearQuestion.
	:param question: at most 1,000 characters
	:param reward: name of one of the caller's rewards of this referral
	Returns {"question": name, "due_on": ISO date or null}.
	"""
	me = caller.employee()
	told = questions.told_of(referral, me.name) or not_found()
	known = questions.summary(questions.known_answers(told))
	doc = asking.ask(me.name, referral, kind, question, reward, known)
	return {"question": doc.name, "due_on": doc.due_on}


@frappe.whitelist(methods=["POST"])
def not_settled(question: str, words: str) -> dict:
	"""Open an answered question again, once; raises AskedTwiceAlready the next time. Returns {"state"}."""
	me = caller.employee()
	return {"state": asking.not_settled(question, me.name, words).state}


@frappe.whitelist(methods=["POST"])
def settled(question: str) -> dict:
	"""Close an answered question: the caller is content. Returns {"state"}."""
	me = caller.employee()
	return {"state": asking.settled(question, me.name).state}
