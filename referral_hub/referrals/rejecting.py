"""Asks a person who has just rejected a referred applicant for the reason; kindly, afterwards, and never twice.

Only where somebody edits applicants: the form, the list, the board. HRMS writes "Rejected" itself when an offer is declined
or an interview is lost, and nothing may stand in the way of those. Whoever does not answer now finds the applicant in the
queue. Costs no query.
"""

import frappe
from frappe import _
from frappe.utils import escape_html

# the requests by which a person edits applicants outside the form, which asks by itself before it saves
_BY_HAND = (
	"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order_for_single_card",
	"frappe.desk.doctype.kanban_board.kanban_board.update_order",
)


def ask_for_reason(applicant) -> None:
	"""Add the question to the answer of this request, once for the first applicant it rejects."""
	if applicant.status != "Rejected" or applicant.get("referral_hub_reason"):
		return
	if not applicant.has_value_changed("status") or frappe.form_dict.get("cmd") not in _BY_HAND:
		return
	if frappe.flags.referral_hub_asked_for_reason:
		return
	frappe.flags.referral_hub_asked_for_reason = True
	frappe.msgprint(
		_("{0} was referred by a colleague, who would like to know why it did not work out.").format(
			escape_html(applicant.applicant_name or applicant.name)
		),
		title=_("Tell the Referrer Why"),
		indicator="blue",
		primary_action={
			"label": _("Give a Reason"),
			"client_action": "referral_hub.ask_reason",
			"args": {"applicant": applicant.name},
			"hide_on_success": True,
		},
	)
