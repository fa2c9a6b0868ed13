"""My orders: where each is, the code of one once, cancel what is not delivered yet."""

import frappe
from frappe import _
from frappe.utils import cint

from referral_hub.portal import page, paging
from referral_hub.portal.forms import shop_form
from referral_hub.portal.points import shop


@page.for_employees
def get_context(context):
	form, answer = frappe.form_dict, shop_form.Answer()
	if frappe.request.method == "POST":
		answer = shop_form.act(context.employee, form.get("order"), form.get("action"))
		if answer.address:
			return page.Redirect(answer.address)
		context.status = 422 if answer.problem else 200
	number = max(1, cint(form.get("page")))
	rows = shop.orders(context.employee, (number - 1) * paging.SIZE, paging.SIZE + 1)
	context.update(
		title=_("My orders", context="Referral Hub"),
		section="wallet",
		orders=rows[: paging.SIZE],
		answer=answer,
		made=form.get("made"),
		cancelled=form.get("cancelled"),
		pages=paging.Pages(shop.ORDERS, {}, number, number + (len(rows) > paging.SIZE)),
	)
	return None
