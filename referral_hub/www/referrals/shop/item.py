"""One item of the shop, and the form that orders it; works without JavaScript, and twice sent it orders once."""

import frappe
from frappe import _

from referral_hub.portal import page
from referral_hub.portal.forms import shop_form
from referral_hub.portal.points import shop


@page.for_employees
def get_context(context):
	asked, answer = frappe.form_dict.get("name"), shop_form.Answer()
	if frappe.request.method == "POST":
		answer = shop_form.order(context.employee, asked, frappe.form_dict.get("order_key"))
		if answer.address:
			return page.Redirect(answer.address)
		context.status = 422
	item = shop.item(asked, context.employee)
	if not item:
		return _say_why(context, answer.problem) if answer.problem else page.not_found(context)
	context.update(
		title=item.title,
		section="wallet",
		item=item,
		balance=shop.balance(context.employee),
		problem=answer.problem,
		order_key=frappe.generate_hash(length=32),
	)
	return None


def _say_why(context, problem: str) -> None:
	"""What was ordered is not theirs to see any more: its page would say nothing of why."""
	context.update(
		template="shop/index.html", title=_("Shop", context="Referral Hub"), section="wallet", problem=problem
	)
	context.update(items=shop.items(context.employee), balance=shop.balance(context.employee))
