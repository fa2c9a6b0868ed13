"""The set-up guide in the desk: what seven answers come to, made and started by HR. Each works with the caller's own rights."""

import frappe

from referral_hub.setup.guide import answers, service


@frappe.whitelist()
def preview_setup() -> dict:
	"""Say what the saved answers would make. Returns what `setup.guide.service.preview` does; raises NotAnswered."""
	return service.preview(_guide("read"))


@frappe.whitelist(methods=["POST"])
def make_setup() -> list[str]:
	"""Make the program, the rules (switched off) and the settings; return the names of the rules. Raises NotAnswered."""
	return service.make(_guide("write"))


@frappe.whitelist(methods=["POST"])
def start_setup() -> list[str]:
	"""Switch on the rules that were made; return their names. Raises NothingToStart, and TiedRule for one that ties."""
	return service.start(_guide("write"))


@frappe.whitelist()
def asked_in_setup(business: str) -> list[str]:
	"""Return the fields that say who is meant, for one of the kinds of business."""
	_guide("read")
	return answers.asked(business)


def _guide(right: str):
	guide = frappe.get_doc(answers.DOCTYPE)
	guide.check_permission(right)
	return guide
