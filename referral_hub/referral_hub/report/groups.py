"""What the groups of a report are called, in the words of who reads."""

from collections.abc import Callable, Collection

import frappe
from frappe import _

# names of records that people know by a title
_TITLED = {"Job Opening": "job_title", "Referrer": "employee_name"}
_DOCTYPES = {"Referrer": "Employee"}


def names(by: str, groups: Collection[str]) -> Callable[[str], str]:
	"""Return what to call each of these groups; who belongs to none has a name too."""
	found = _titles(by, groups)
	return lambda group: found.get(group) or _said(by, group)


def _said(by: str, group: str) -> str:
	if not group:
		return _("None", context="Insights")
	if by == "Channel":
		return _(group, context="Referral")
	if by == "State":
		return _(group, context="Referral Reward")
	if by == "Milestone":
		return _(group, context="Reward Rule Milestone")
	return _(group) if by == "Source" else group


def _titles(by: str, groups: Collection[str]) -> dict[str, str]:
	if by not in _TITLED:
		return {}
	wanted = {"name": ("in", [*groups, ""])}
	doctype = _DOCTYPES.get(by, by)
	return dict(frappe.get_all(doctype, wanted, ["name", _TITLED[by]], as_list=True, limit_page_length=0))
