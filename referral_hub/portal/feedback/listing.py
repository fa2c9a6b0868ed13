"""Ask my manager or HR; what I asked; what waits for my answer. Works without JavaScript. Called by portal/renderer.py and the home page."""

import frappe
from frappe import _

from referral_hub.paths.feedback import asking, book, reading, routing, telling, trends
from referral_hub.portal import acting, page
from referral_hub.portal.feedback import talk
from referral_hub.wording.counting import counted


@page.for_employees
def get_context(context):
	context.update(
		title=_("Ask and get an answer"),
		section="feedback",
		template="feedback/listing.html",
		form=frappe._dict(topic="", question="", only_hr=False),
		problem="",
		done=bool(frappe.form_dict.get("done")),
	)
	if frappe.request.method == "POST":
		return _ask(context)
	return _show(context)


def waiting(user: str) -> list[dict]:
	"""Return what this user is to answer, the first due first."""
	return [talk.line(row, mine=False) for row in reading.for_answerer(user) if row.state == "Open"]


def _show(context) -> None:
	answering = [talk.line(row, mine=False) for row in reading.for_answerer(frappe.session.user)]
	employee = context.employee.name
	context.update(
		waiting=[line for line in answering if line["is_open"]],
		answered=[line for line in answering if not line["is_open"]],
		asked=[talk.line(row, mine=True) for row in reading.of_asker(employee)],
		answerer=telling.name_of(routing.route(employee, only_hr=False).answerer),
		topics=talk.topics(),
		longest=book.LONGEST,
		trends=_trends(employee),
	)


def _ask(context) -> page.Redirect | None:
	"""Send a question; what is refused keeps what was typed."""
	form = frappe.form_dict
	typed = frappe._dict(
		topic=str(form.get("topic") or ""),
		question=str(form.get("question") or ""),
		only_hr=form.get("only_hr") == "1",
	)
	sent = []
	try:
		acting.do(
			lambda: sent.append(asking.ask(context.employee.name, typed.topic, typed.question, typed.only_hr))
		)
	except frappe.ValidationError as refused:
		frappe.clear_messages()
		context.update(form=typed, problem=str(refused), status=422)
		return _show(context)
	return page.Redirect(f"{talk.ADDRESS}/{sent[-1].name}?sent=1")


def _trends(employee: str) -> list[dict]:
	"""Say how questions of a manager's people are answered, where enough of them asked; nothing for who leads nobody."""
	names = talk.topics()
	return [
		{"topic": names.get(line.group) or line.group, "said": _outlined(line)}
		for line in trends.for_manager(employee)
	]


def _outlined(line) -> str:
	if line.about_in_time is None:
		return counted(line.at_least, _("{0} question or more"), _("{0} questions or more")).format(
			line.at_least
		)
	return counted(
		line.at_least,
		_("{0} question or more, about {1} % answered in time"),
		_("{0} questions or more, about {1} % answered in time"),
	).format(line.at_least, line.about_in_time)
