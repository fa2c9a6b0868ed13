"""The points shop: what can I get now?"""

from frappe import _

from referral_hub.portal import page
from referral_hub.portal.points import shop


@page.for_employees
def get_context(context):
	context.update(
		template="shop/index.html",
		title=_("Shop", context="Referral Hub"),
		section="wallet",
		balance=shop.balance(context.employee),
		items=shop.items(context.employee),
		problem="",
	)
