"""What the people who hand rewards over do in the desk. HR, or whoever is responsible; changes by POST."""

import frappe

from referral_hub.fulfilment import service
from referral_hub.rewards import service as rewards


@frappe.whitelist(methods=["POST"])
def finish_fulfilment(
	fulfilment: str, note: str = "", proof: str | None = None, for_employee: str = ""
) -> None:
	"""Say that something was handed over.

	:param fulfilment: name of the Reward Fulfilment
	:param note: what was handed over, and how; this or a file is needed. Raises ProofNeeded when both are missing.
	:param proof: address of an uploaded file
	:param for_employee: what the employee reads on their page, such as a code
	Raises NotYours for callers who are neither responsible nor HR of the company, NotOpen when it is done or cancelled, NotByThem
	where it is for themselves, or they recorded or approved the reward and duties are separate.
	"""
	service.finish(_allowed_to_give(fulfilment), note, proof, for_employee)


@frappe.whitelist(methods=["POST"])
def hand_on_fulfilment(fulfilment: str, responsible: str | None = None, due_on: str | None = None) -> None:
	"""Give a task to a colleague, or another day.

	:param fulfilment: name of the Reward Fulfilment
	:param responsible: user who hands it over from now on
	:param due_on: date, YYYY-MM-DD
	Raises NotYours and NotOpen as `finish_fulfilment` does.
	"""
	service.hand_on(_allowed(fulfilment), responsible, due_on)


def _allowed(fulfilment: str) -> str:
	row = frappe.get_doc(service.DOCTYPE, fulfilment)
	if not service.may_finish(row, frappe.session.user):
		raise service.NotYours(frappe._("Only who hands it over, or HR, can do this."))
	return fulfilment


def _allowed_to_give(fulfilment: str) -> str:
	source, name = frappe.db.get_value(
		service.DOCTYPE, _allowed(fulfilment), ["source_doctype", "source_name"]
	)
	if source == "Referral Reward":
		rewards.refuse_giver(name)
	return fulfilment
