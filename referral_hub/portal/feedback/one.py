"""One question: for who asked it, say more, be content, ask again, take it back; for who answers, answer, ask back, hand on, adjust a goal.

Another's question and one that never was look the same. Called by portal/renderer.py.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.paths.feedback import answering, asking, book, goals, reading, telling
from referral_hub.paths.rules import feedback as rules
from referral_hub.paths.rules.feedback import Side, State
from referral_hub.portal import acting, page
from referral_hub.portal.feedback import talk

_TYPED = ("words", "goal", "goal_name", "end_date")


@page.for_employees
def get_context(context):
	found = reading.find(frappe.form_dict.get("name"), context.employee.name, frappe.session.user)
	if not found:
		return page.not_found(context)
	row, mine = found
	if frappe.request.method == "POST":
		return _act(context, row, mine)
	return _show(context, row, mine)


def _act(context, row, mine: bool) -> page.Redirect | None:
	"""Do what the button says; what is refused keeps what was typed."""
	form = {field: str(frappe.form_dict.get(field) or "") for field in _TYPED}
	act = (_ASKER if mine else _ANSWERER).get(frappe.form_dict.get("do"))
	try:
		if act:
			acting.do(act, row.name, context.employee.name if mine else frappe.session.user, form)
	except frappe.DoesNotExistError:
		frappe.clear_messages()
		return page.not_found(context)
	except (frappe.ValidationError, frappe.PermissionError) as refused:
		frappe.clear_messages()
		context.status = 422
		return _show(context, row, mine, form, str(refused))
	still = reading.find(row.name, context.employee.name, frappe.session.user)
	return page.Redirect(f"{talk.ADDRESS}/{row.name}?done=1" if still else f"{talk.ADDRESS}?done=1")


def _show(context, row, mine: bool, form: dict | None = None, problem: str = "") -> None:
	side, talked = Side.ASKER if mine else Side.ANSWERER, talk.entries(row, reading.talk(row.name))
	context.update(
		row=row,
		mine=mine,
		line=talk.line(row, mine),
		answerer=telling.name_of(row.answerer),
		entries=talked,
		may={act.value for act in rules.possible(State(row.state), side)},
		goals=[] if mine else _goals(row),
		form=frappe._dict(form or dict.fromkeys(_TYPED, "")),
		problem=problem,
		sent=bool(frappe.form_dict.get("sent")) and not problem and not talked,
		done=bool(frappe.form_dict.get("done")) and not problem,
		stars=_stars(),
		longest=book.LONGEST,
		address=f"{talk.ADDRESS}/{row.name}",
		title=_("Your question") if mine else _("{0} asks").format(row.employee_name),
		section="feedback",
		template="feedback/one.html",
	)


def _goals(row) -> list:
	"""Return what whoever answers may agree on anew."""
	is_on = row.state in ("Open", "Answered")
	return goals.open_goals(row.employee) if is_on and answering.may_adjust(row, frappe.session.user) else []


def _stars() -> list[tuple[int, str]]:
	return [
		(5, _("It helped a lot")),
		(4, _("It helped")),
		(3, _("Partly")),
		(2, _("Hardly")),
		(1, _("Not at all")),
	]


def _say_more(name: str, employee: str, form: dict) -> None:
	asking.say(name, employee, form["words"])


def _settle(name: str, employee: str, form: dict) -> None:
	given = frappe.form_dict.get("rating")
	asking.settle(name, employee, cint(given) if given else None, form["words"])


def _reopen(name: str, employee: str, form: dict) -> None:
	asking.reopen(name, employee, form["words"])


def _withdraw(name: str, employee: str, _form: dict) -> None:
	asking.withdraw(name, employee)


def _answer(name: str, user: str, form: dict) -> None:
	answering.answer(name, user, form["words"])


def _ask_back(name: str, user: str, form: dict) -> None:
	answering.say(name, user, form["words"])


def _hand_on(name: str, user: str, form: dict) -> None:
	answering.hand_to_hr(name, user, form["words"])


def _adjust(name: str, user: str, form: dict) -> None:
	answering.adjust_goal(name, user, form["goal"], form["goal_name"], form["end_date"], form["words"])


_ASKER: dict[str, Callable[[str, str, dict], None]] = {
	"say": _say_more,
	"settle": _settle,
	"reopen": _reopen,
	"withdraw": _withdraw,
}
_ANSWERER: dict[str, Callable[[str, str, dict], None]] = {
	"answer": _answer,
	"say": _ask_back,
	"hand_on": _hand_on,
	"adjust": _adjust,
}
