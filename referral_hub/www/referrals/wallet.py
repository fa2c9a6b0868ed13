"""The wallet: what I have, what expires, where each entry came from; a part of it, or all of it as a file."""

import frappe
from frappe import _

from referral_hub.portal import bonuses, page, wallet
from referral_hub.portal.points import course, paper

NO_PDF = f"{wallet.PATH}?no_pdf=1"


@page.for_employees
def get_context(context):
	form = frappe.form_dict
	wanted = wallet.Wanted.of(form)
	if form.get("download") == "csv":
		return wallet.download(context.employee, form.get("wallet"), wanted)
	if form.get("download") == "pdf":
		return paper.download(context.employee, form.get("wallet"), wanted) or page.Redirect(NO_PDF)
	told = wallet.tell(context.employee, form.get("page"), form.get("wallet"), wanted)
	context.update(told, title=_("Wallet"), section="wallet")
	# of all that moved, beside the first of it: no part of it has a balance of its own
	context.course = course.of(told["shown"]) if told["pages"].number == 1 and not wanted.query else None
	context.problem = (
		_("The PDF could not be made here. Print this page, or save it as a table.")
		if form.get("no_pdf")
		else ""
	)
	context.bonuses = bonuses.on_the_way(context.employee.name)
	return None
