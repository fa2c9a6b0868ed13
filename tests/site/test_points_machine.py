"""The real ledger beside the one in memory: the same random steps, the same answers, the same books."""

from datetime import timedelta

import frappe
import site_factories as hr
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from referral_hub.points import clock, errors, service
from referral_hub.points.rules.model import Ledger, Refused

EXAMPLES, STEPS = 25, 40
TRUE_TODAY = clock.today

wallets = st.sampled_from((0, 1))
counters = st.sampled_from(("Shop", "Adjustment", "Clawback"))


def outcome(ask) -> tuple:
	"""(entry, None), or (None, the rule that refused)."""
	try:
		return ask(), None
	except Refused as refusal:
		return None, refusal.rule
	except errors.PointsError as refusal:
		return None, type(refusal).__name__


class TwoLedgers(RuleBasedStateMachine):
	entries = Bundle("entries")  # (name in the real one, name in memory)
	spent = Bundle("spent")  # requests, to be sent again

	@initialize()
	def start(self):
		frappe.db.rollback()
		self.today = TRUE_TODAY()
		clock.today = lambda: self.today
		self.people = [hr.make_employee().name for _ in range(2)]
		self.model = Ledger(
			grace_days=frappe.db.get_single_value("Referral Hub Settings", "returned_points_grace_days")
		)

	def teardown(self):
		clock.today = TRUE_TODAY
		if hasattr(self, "people"):
			assert service.verify() == []
		frappe.db.rollback()

	def new_key(self) -> str:
		return (
			frappe.generate_hash()
		)  # Hypothesis repeats what `random` gives, and refusals outlive a rollback

	def both(self, real, model):
		"""What both answer; they must agree, also in why they refuse."""
		kept, why = outcome(real)
		expected, expected_why = outcome(model)
		assert why == expected_why
		return multiple() if why else (kept, expected)

	def post(self, wallet: int, points: int, counter: str, key: str, last_day=None):
		return self.both(
			lambda: service.post(self.people[wallet], points, counter, key, expires_on=last_day),
			lambda: self.model.post(str(wallet), points, counter, key, self.today, last_day),
		)

	@rule(target=entries, wallet=wallets, points=st.integers(1, 100), lifetime=st.none() | st.integers(0, 60))
	def earn(self, wallet, points, lifetime):
		last_day = None if lifetime is None else self.today + timedelta(days=lifetime)
		return self.post(wallet, points, "Issuance", self.new_key(), last_day)

	@rule(target=entries, wallet=wallets, points=st.integers(1, 120), counter=counters)
	def spend(self, wallet, points, counter):
		return self.post(wallet, -points, counter, self.new_key())

	@rule(target=spent, wallet=wallets, points=st.integers(1, 120))
	def spend_with_a_key_to_use_again(self, wallet, points):
		request = (wallet, -points, "Shop", self.new_key())
		self.post(*request)
		return request

	@rule(request=spent, more=st.sampled_from((0, 1)))
	def retry(self, request, more):
		wallet, points, counter, key = request
		answer = self.both(
			lambda: service.post(self.people[wallet], points - more, counter, key),
			lambda: self.model.post(str(wallet), points - more, counter, key, self.today),
		)
		assert more == 0 or not isinstance(answer, tuple)

	@rule(target=entries, entry=entries)
	def reverse(self, entry):
		key = self.new_key()
		return self.both(
			lambda: service.reverse(entry[0], key), lambda: self.model.reverse(entry[1], key, self.today)
		)

	@rule(days=st.integers(1, 30))
	def time_passes(self, days):
		self.today += timedelta(days=days)

	@rule()
	def expire(self):
		service.expire_due(self.today)
		self.model.expire_due(self.today)

	@invariant()
	def the_books_are_the_same(self):
		for number, employee in enumerate(getattr(self, "people", [])):
			assert service.balance(employee) == self.model.balance(str(number))
			expected = {}
			for lot in self.model._state(str(number)).open_lots().values():
				if lot.expires_on.year < 9999:
					expected[lot.expires_on] = expected.get(lot.expires_on, 0) + lot.remaining
			assert {row.expires_on: row.points for row in service.expiring(employee)} == expected


TwoLedgers.TestCase.settings = settings(
	settings.default, max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None
)
TestTwoLedgers = TwoLedgers.TestCase
