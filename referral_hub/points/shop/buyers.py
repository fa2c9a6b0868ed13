"""Who orders, as the rules of the shop look at them. Reads only, and of that only what some item asks for."""

from collections.abc import Iterable

import frappe

from referral_hub.people import departments
from referral_hub.points.rules.shop import Buyer, Offer
from referral_hub.points.shop import levels


def of(employee: str, company: str, offers: Iterable[Offer]) -> Buyer:
	"""Return an employee on the record they have now; what none of these offers asks for is left empty."""
	offers = list(offers)
	department = grade = None
	if any(offer.departments or offer.grades for offer in offers):
		department, grade = frappe.db.get_value("Employee", employee, ["department", "grade"])
	tree = departments.parents() if department and any(offer.departments for offer in offers) else {}
	return Buyer(
		company=company,
		departments=departments.with_ancestors(department, tree),
		grade=grade or None,
		rank=levels.rank_of(employee) if any(offer.from_rank for offer in offers) else 0,
	)
