"""The wallet: what I have, what expires, where each entry came from."""

import frappe
from frappe import _

from referral_hub.portal import bonuses, page, wallet


@page.for_employees
def get_context(context):
	told = wallet.tell(context.employee, frappe.form_dict.get("page"), frappe.form_dict.get("wallet"))
	context.update(told, title=_("Wallet"), section="wallet")
	context.bonuses = bonuses.on_the_way(context.employee.name)
