"""/survey/TOKEN: how was it, asked of somebody who was referred. The link works once; afterwards only a thank-you is left."""

import frappe
from frappe import _

from referral_hub import limits
from referral_hub.portal.guests import entrance, forms, languages
from referral_hub.portal.survey import form
from referral_hub.survey import service

ROOM, THANKS = "survey", "thanks"
# in an hour
SENT_PER_LINK = 30


def get_context(context):
	if context.token == THANKS:
		return _thank(context)
	row = entrance.open_by_token(context, ROOM, service.opened_by)
	if not row:
		return None
	here = f"/{ROOM}/{context.token}"
	languages.offer(context, here)
	context.update(title=_("How was it?"), here=here, guest_form=True, form_token=forms.token(row.name))
	if frappe.request.method == "POST":
		return _send(context, row)
	return form.prepare(context, row)


def _send(context, row):
	if not limits.within(f"{ROOM}:sent", row.name, SENT_PER_LINK):
		context.status = 429
		return form.prepare(
			context, row, _("That was often in a short time. Please send it again in an hour.")
		)
	if not forms.is_ours(frappe.form_dict.get("form_token"), row.name):
		context.status = 422
		return form.prepare(context, row, _("Please send it once more."))
	return form.send(context, row, f"/{ROOM}/{THANKS}")


def _thank(context) -> None:
	if not entrance.within_address(context, ROOM):
		return
	languages.offer(context, f"/{ROOM}/{THANKS}")
	context.update(template="survey/thanks.html", title=_("Thank you"))
