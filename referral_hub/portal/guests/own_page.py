"""What the pages share that belong to one person, by a signed link: who is let in, what each shows, where a form goes.

Looking is a GET, everything that changes something is a POST from one of these pages. Called by candidate.py and talent/pool.py.
"""

from collections.abc import Callable

import frappe

from referral_hub.portal.guests import entrance, forms, languages, notices


def answer(
	context,
	room: str,
	opened_by: Callable[[object], frappe._dict | None],
	prepare: Callable,
	act: Callable,
	show: Callable,
):
	"""Answer a request to /ROOM/TOKEN: `prepare` adds to what is shown, `act` takes a form, `show` the step that was asked for."""
	row = entrance.open_by_token(context, room, opened_by)
	if not row:
		return None
	here = f"/{room}/{context.token}"
	languages.offer(context, here)
	context.update(here=here, row=row, problem="")
	context.update(form_token=forms.token(row.name), notice=notices.privacy(row.company))
	prepare(context, row)
	if frappe.request.method == "POST":
		return act(context, row)
	return show(context, row, str(frappe.form_dict.get("do") or ""))
