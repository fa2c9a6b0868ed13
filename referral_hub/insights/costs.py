"""Reads what hires cost: of referrals what was handed over for them, of another source what HR entered there."""

import frappe
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Coalesce, NullIf, Sum
from frappe.utils import flt

from referral_hub.insights import scope
from referral_hub.insights.asking import Asked
from referral_hub.rewards.rules.states import HANDED_OVER

_CASH, _POINTS = "Cash", "Points"


def of_referrals(asked: Asked) -> dict[str, float]:
	"""Return by currency what was paid so far for the referrals made in the time, hired or not.

	Cash as payroll was given it, points as what HR says a point is worth, other kinds as their taxable value.
	"""
	found: dict[str, float] = {}
	for currency, amount in (*_cash(asked), *_points(asked), *_valued(asked)):
		if currency and flt(amount):
			found[currency] = found.get(currency, 0) + flt(amount)
	return found


def of_sources() -> dict[str, float]:
	"""Return what a hire through each source costs, in the currency of the site, as far as HR entered it."""
	entered = {"referral_hub_cost_per_hire": (">", 0)}
	fields = ["name", "referral_hub_cost_per_hire"]
	return dict(frappe.get_all("Job Applicant Source", entered, fields, as_list=True))


def currency_of(company: str | None) -> str:
	"""Return the currency in which figures of a company are told; without one that of the site."""
	own = frappe.get_cached_value("Company", company, "default_currency") if company else None
	return own or frappe.db.get_default("currency")


def _cash(asked: Asked):
	reward = DocType("Referral Reward")
	currency = Coalesce(NullIf(reward.paid_currency, ""), reward.currency)
	amount = Case().when(Coalesce(reward.paid_currency, "") != "", reward.paid_amount).else_(reward.amount)
	return _handed_over(asked, reward.kind == _CASH).select(currency, Sum(amount)).groupby(currency).run()


def _valued(asked: Asked):
	reward = DocType("Referral Reward")
	query = _handed_over(asked, reward.kind.notin([_CASH, _POINTS]) & (reward.taxable_value > 0))
	return (
		query.select(reward.taxable_currency, Sum(reward.taxable_value))
		.groupby(reward.taxable_currency)
		.run()
	)


def _points(asked: Asked):
	reward = DocType("Referral Reward")
	query = _handed_over(asked, reward.kind == _POINTS).select(reward.company, Sum(reward.amount))
	for company, points in query.groupby(reward.company).run():
		yield currency_of(company), flt(points) * _value_of_point(company)


def _handed_over(asked: Asked, which):
	referral, reward = DocType("Referral"), DocType("Referral Reward")
	query = scope.referrals(asked).inner_join(reward).on(reward.referral == referral.name)
	return query.where(reward.state.isin(sorted(HANDED_OVER)) & which)


def _value_of_point(company: str) -> float:
	settings = frappe.get_cached_doc("Referral Hub Settings")
	own = next((flt(row.point_value) for row in settings.provision_accounts if row.company == company), 0)
	return own or flt(settings.point_value)
