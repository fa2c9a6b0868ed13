"""The form that both pages show: what is asked in which words, and what was sent. Called by the two pages beside it and by the API."""

from functools import partial

import frappe
from frappe import _

from referral_hub.portal import page, words
from referral_hub.retry import retry_deadlocks
from referral_hub.survey import service
from referral_hub.survey.rules import questions
from referral_hub.survey.rules.questions import Answer, NoAnswer, Role


def prepare(context, row, problem: str = "") -> None:
	"""Show the question about one referral; what was typed is kept."""
	role, form = Role(row.role), frappe.form_dict
	context.update(
		template="survey/form.html",
		problem=problem,
		row=row,
		role=role.value,
		scores=[*range(questions.LEAST, questions.MOST + 1)],
		ratings=[*range(questions.LOWEST, questions.HIGHEST + 1)],
		first=first_question(role),
		asked=[(question, asked_words()[question]) for question in questions.ASKED[role]],
		themes=themes(role),
		most_themes=questions.MOST_THEMES,
		longest=questions.LONGEST,
		typed=frappe._dict(form),
		ticked=_chosen() if frappe.request.method == "POST" else [],
	)


def send(context, row, to: str) -> page.Redirect | None:
	"""Keep what was sent and go on; without the first question the form comes back with what was typed."""
	try:
		given = read(Role(row.role))
	except NoAnswer:
		context.status = 422
		return prepare(context, row, missing())
	retry_deadlocks(partial(service.answer, row.name, given))
	return page.Redirect(to)


def read(role: Role) -> Answer:
	"""Return the answer that was sent. Raises NoAnswer where the first question was left out."""
	offered = [theme.theme for theme in service.themes_for(role)]
	return questions.read(frappe.form_dict, role, offered, _chosen())


def first_question(role: Role) -> str:
	if role == Role.REFERRER:
		return _("How likely are you to refer somebody to us again?", context="Survey")
	return _("How likely are you to recommend us to a friend?", context="Survey")


def asked_words() -> dict[str, str]:
	return {
		"informed": _("I was told in time how it went", context="Survey"),
		"easy": _("Referring was easy", context="Survey"),
		"fair": _("It was fair", context="Survey"),
		"respectful": _("I was treated with respect", context="Survey"),
		"clear": _("I knew what came next", context="Survey"),
		"fast": _("It went fast enough", context="Survey"),
	}


def themes(role: Role) -> list[tuple[str, str]]:
	return [(theme.theme, words.in_language(theme, "theme")) for theme in service.themes_for(role)]


def missing() -> str:
	return _("Please choose a number from 0 to 10. Everything else may stay empty.", context="Survey")


def _chosen() -> list[str]:
	"""Return the boxes that were ticked: each has a name of its own, so that a form without a script sends them all."""
	return [name.removeprefix("theme:") for name in frappe.form_dict if name.startswith("theme:")]
