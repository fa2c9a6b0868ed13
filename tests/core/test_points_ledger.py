"""Ten thousand random steps of the ledger: whatever people do in whatever order, no promise breaks."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from referral_hub.points.rules.chain import IN, OUT
from referral_hub.points.rules.lots import NEVER
from referral_hub.points.rules.model import BETWEEN_COMPANIES, Ledger, Refused

FIRST_DAY = date(2026, 1, 1)
WALLETS = ("ann", "bo", "cy")
EXAMPLES, STEPS = 100, 100  # 10,000 steps

wallet_names = st.sampled_from(WALLETS)
counters = st.sampled_from(("Shop", "Adjustment", "Clawback"))


class LedgerMachine(RuleBasedStateMachine):
	"""Keeps its own books the simplest way there is, and compares."""

	entries = Bundle("entries")
	requests = Bundle("requests")

	@initialize(grace=st.integers(0, 40))
	def start(self, grace):
		self.ledger = Ledger(grace_days=grace)
		self.today = FIRST_DAY
		self.purses = Counter()
		self.outside = Counter()
		self.number = 0

	def new_key(self) -> str:
		self.number += 1
		return f"key {self.number}"

	def booked(self, name: str) -> str:
		"""Enter what the ledger says it did into our own books."""
		entry = self.ledger.journal[name][0]
		self.purses[entry.account] += entry.signed
		self.outside[entry.counter] -= entry.signed
		return name

	@rule(
		target=entries,
		wallet=wallet_names,
		points=st.integers(1, 100),
		lifetime=st.none() | st.integers(0, 90),
	)
	def earn(self, wallet, points, lifetime):
		last_day = None if lifetime is None else self.today + timedelta(days=lifetime)
		return self.booked(self.ledger.post(wallet, points, "Issuance", self.new_key(), self.today, last_day))

	@rule(target=entries, wallet=wallet_names, points=st.integers(1, 150), counter=counters)
	def spend(self, wallet, points, counter):
		if self.unexpired(wallet) >= points:
			return self.booked(self.post_and_book_expiry(wallet, -points, counter, self.new_key()))
		with pytest.raises(Refused, match="InsufficientPoints"):
			self.post_and_book_expiry(wallet, -points, counter, self.new_key())
		return multiple()

	@rule(wallet=wallet_names, points=st.integers(1, 50))
	def a_refused_spend_is_not_applied_by_its_retry(self, wallet, points):
		key, wanted = self.new_key(), self.ledger.balance(wallet) + points
		with pytest.raises(Refused, match="InsufficientPoints"):
			self.post_and_book_expiry(wallet, -wanted, "Shop", key)
		self.booked(self.ledger.post(wallet, wanted, "Issuance", self.new_key(), self.today))
		with pytest.raises(Refused, match="AlreadyRefused"):
			self.ledger.post(wallet, -wanted, "Shop", key, self.today)

	@rule(target=entries, name=entries)
	def reverse(self, name):
		count = len(self.ledger.journal)
		try:
			undo = self.ledger.reverse(name, self.new_key(), self.today)
		except Refused:
			self.book_expiry_since(count)
			return multiple()
		self.book_expiry_since(count, but=undo)
		return self.booked(undo)

	@rule(giver=wallet_names, taker=wallet_names)
	def move_to_another_company(self, giver, taker):
		if giver == taker:
			return
		before, count = self.by_last_day(giver, taker), len(self.ledger.journal)
		left = self.unexpired(giver)
		assert self.ledger.move_all(giver, taker, self.today) == left
		for name in list(self.ledger.journal)[count:]:
			self.booked(name)
		assert self.by_last_day(giver, taker) == before
		assert self.unexpired(giver) == self.ledger.balance(giver) == self.outside[BETWEEN_COMPANIES] == 0
		assert self.ledger.move_all(giver, taker, self.today) == 0

	@rule(name=consumes(entries))
	def nothing_is_reversed_twice(self, name):
		if self.ledger.reversal_of(name):
			with pytest.raises(Refused, match="AlreadyReversed|CannotReverse"):
				self.ledger.reverse(name, self.new_key(), self.today)

	@rule(wallet=wallet_names, points=st.integers(1, 30))
	def the_same_key_posts_once(self, wallet, points):
		key = self.new_key()
		first = self.booked(self.ledger.post(wallet, points, "Issuance", key, self.today))
		assert self.ledger.post(wallet, points, "Issuance", key, self.today) == first
		with pytest.raises(Refused, match="KeyReusedWithAnotherBody"):
			self.ledger.post(wallet, points + 1, "Issuance", key, self.today)

	@rule(days=st.integers(1, 40))
	def time_passes(self, days):
		self.today += timedelta(days=days)

	@rule()
	def expire(self):
		due = {wallet: self.ledger.balance(wallet) - self.unexpired(wallet) for wallet in self.ledger.wallets}
		count = len(self.ledger.journal)
		assert self.ledger.expire_due(self.today) == sum(due.values())
		self.book_expiry_since(count)
		assert self.ledger.expire_due(self.today) == 0

	def post_and_book_expiry(self, wallet, points, counter, key):
		count, name = len(self.ledger.journal), None
		try:
			name = self.ledger.post(wallet, points, counter, key, self.today)
		finally:
			self.book_expiry_since(count, but=name)
		return name

	def book_expiry_since(self, count, but=None):
		for name in list(self.ledger.journal)[count:]:
			if name != but:
				assert self.ledger.journal[name][0].counter == "Expiry"
				self.booked(name)

	def by_last_day(self, *wallets) -> Counter:
		"""What can still be spent in these wallets together, by its last day."""
		found = Counter()
		for wallet in wallets:
			state = self.ledger.wallets.get(wallet)
			for lot in state.lots.values() if state else ():
				if lot.remaining and lot.expires_on >= self.today:
					found[lot.expires_on] += lot.remaining
		return found

	def unexpired(self, wallet) -> int:
		state = self.ledger.wallets.get(wallet)
		return (
			sum(lot.remaining for lot in state.lots.values() if lot.expires_on >= self.today) if state else 0
		)

	@invariant()
	def balances_are_what_was_booked_and_never_negative(self):
		for wallet in self.ledger.wallets:
			assert self.ledger.balance(wallet) == self.purses[wallet] >= 0

	@invariant()
	def nothing_appears_or_vanishes(self):
		assert self.purses.total() + self.outside.total() == 0

	@invariant()
	def lots_add_up_to_the_balance(self):
		for state in self.ledger.wallets.values():
			assert sum(lot.remaining for lot in state.lots.values()) == state.balance
			assert min((lot.remaining for lot in state.lots.values()), default=0) >= 0

	@invariant()
	def every_wallet_can_be_rebuilt_from_its_entries(self):
		assert self.ledger.verify() == []

	def teardown(self):
		"""Once a run: what is slow to look at after every step."""
		if not hasattr(self, "ledger"):
			return
		for wallet in self.ledger.wallets:
			entries = [entry for entry, _hash in self.ledger.entries(wallet)]
			assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
		undone = [entry.reverses for entry, _hash in self.ledger.journal.values() if entry.reverses]
		assert len(undone) == len(set(undone))


LedgerMachine.TestCase.settings = settings(
	settings.default, max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None
)
TestLedger = LedgerMachine.TestCase


# Stories, each a bug of a well-known ledger


def posted(*amounts: int, last_day: date | None = None) -> tuple[Ledger, list[str]]:
	ledger = Ledger()
	return ledger, [
		ledger.post("ann", amount, "Issuance", f"earn {number}", FIRST_DAY, last_day)
		for number, amount in enumerate(amounts)
	]


def test_a_lot_that_was_spent_does_not_expire_again():
	"""Where spends are not tied to lots, an expired earn drops out of the sum while its spend stays."""
	ledger, _ = posted(100, last_day=FIRST_DAY)
	ledger.post("ann", -100, "Shop", "spend", FIRST_DAY)
	ledger.post("ann", 40, "Issuance", "later", FIRST_DAY)
	assert ledger.expire_due(FIRST_DAY + timedelta(days=1)) == 0
	assert ledger.balance("ann") == 40


def test_expired_points_can_not_be_spent_before_the_daily_task_runs():
	ledger, _ = posted(100, last_day=FIRST_DAY)
	with pytest.raises(Refused, match="InsufficientPoints"):
		ledger.post("ann", -1, "Shop", "spend", FIRST_DAY + timedelta(days=1))


def test_a_reversed_spend_that_would_have_expired_lives_some_days_more():
	ledger, _ = posted(100, last_day=FIRST_DAY)
	spend = ledger.post("ann", -100, "Shop", "spend", FIRST_DAY)
	later = FIRST_DAY + timedelta(days=5)
	back, _hash = ledger.journal[ledger.reverse(spend, "undo", later)]
	assert (back.points, back.lots, back.expires_on) == (100, (), later + timedelta(days=30))


def test_points_that_never_expire_come_back_as_such():
	ledger, (earned,) = posted(100)
	spend = ledger.post("ann", -30, "Shop", "spend", FIRST_DAY)
	ledger.reverse(spend, "undo", FIRST_DAY + timedelta(days=3000))
	lot = ledger.wallets["ann"].lots[earned]
	assert (lot.remaining, lot.expires_on) == (100, NEVER)


def test_undoing_an_earn_that_expired_takes_nothing_twice():
	ledger, (earned,) = posted(100, last_day=FIRST_DAY)
	ledger.post("ann", 100, "Issuance", "other", FIRST_DAY)
	ledger.expire_due(FIRST_DAY + timedelta(days=1))
	with pytest.raises(Refused, match="CannotReverse"):
		ledger.reverse(earned, "undo", FIRST_DAY + timedelta(days=1))
	assert ledger.balance("ann") == 100


@pytest.mark.parametrize("is_booked", [True, False])
def test_undoing_an_earn_that_expired_where_it_was_moved_takes_nothing_twice(is_booked):
	ledger, (earned,) = posted(100, last_day=FIRST_DAY)
	ledger.move_all("ann", "ann elsewhere", FIRST_DAY)
	ledger.post("ann", 100, "Issuance", "other", FIRST_DAY)
	later = FIRST_DAY + timedelta(days=1)
	if is_booked:
		ledger.expire_due(later)
	with pytest.raises(Refused, match="CannotReverse"):
		ledger.reverse(earned, "undo", later)
	assert ledger.balance("ann") == 100


def test_what_expires_of_two_earns_that_moved_together_is_gone_of_one_of_them_only():
	ledger, (first, second) = posted(60, 40, last_day=FIRST_DAY)
	ledger.move_all("ann", "ann elsewhere", FIRST_DAY)
	ledger.post("ann elsewhere", -50, "Shop", "spend", FIRST_DAY)
	ledger.post("ann", 100, "Issuance", "other", FIRST_DAY)
	later = FIRST_DAY + timedelta(days=1)
	ledger.expire_due(later)
	with pytest.raises(Refused, match="CannotReverse"):
		ledger.reverse(second, "undo the second", later)
	undo, _hash = ledger.journal[ledger.reverse(first, "undo the first", later)]
	assert (undo.points, ledger.balance("ann")) == (50, 50)


@pytest.mark.parametrize(("spent", "taken"), [(40, 0), (70, 30)])
def test_what_was_undone_in_time_takes_no_share_of_what_expired_where_both_were_moved(spent, taken):
	ledger, (first, second) = posted(60, 40, last_day=FIRST_DAY)
	ledger.move_all("ann", "ann elsewhere", FIRST_DAY)
	ledger.post("ann elsewhere", -spent, "Shop", "spend", FIRST_DAY)
	ledger.post("ann", 40, "Issuance", "pays for the second", FIRST_DAY)
	ledger.reverse(second, "undo the second", FIRST_DAY)
	later = FIRST_DAY + timedelta(days=1)
	ledger.expire_due(later)
	ledger.post("ann", 500, "Issuance", "other", later)
	if taken:
		ledger.reverse(first, "undo the first", later)
	else:
		with pytest.raises(Refused, match="CannotReverse"):
			ledger.reverse(first, "undo the first", later)
	assert ledger.balance("ann") == 500 - taken


def test_undoing_a_spent_earn_takes_other_points_or_is_refused():
	ledger, (first, _second) = posted(100, 50)
	ledger.post("ann", -100, "Shop", "spend", FIRST_DAY)
	with pytest.raises(Refused, match="InsufficientPoints"):
		ledger.reverse(first, "undo", FIRST_DAY)
	ledger.post("ann", 50, "Issuance", "third", FIRST_DAY)
	undo, _hash = ledger.journal[ledger.reverse(first, "undo again", FIRST_DAY)]
	assert (undo.direction, undo.points, ledger.balance("ann")) == (OUT, 100, 0)


def test_a_reversal_names_what_it_undoes_and_uses_the_same_counter_account():
	ledger, (earned,) = posted(100)
	spend = ledger.post("ann", -30, "Shop", "spend", FIRST_DAY)
	undo, _hash = ledger.journal[ledger.reverse(spend, "undo", FIRST_DAY)]
	assert (undo.direction, undo.counter, undo.reverses, undo.lots[0].lot) == (IN, "Shop", spend, earned)


def test_what_moves_to_another_company_is_a_pair_for_each_last_day_and_neither_half_is_reversed():
	ledger, _ = posted(60, last_day=FIRST_DAY + timedelta(days=9))
	ledger.post("ann", 40, "Issuance", "for ever", FIRST_DAY)
	ledger.post("ann", -10, "Shop", "spend", FIRST_DAY)
	assert ledger.move_all("ann", "ann elsewhere", FIRST_DAY) == 90
	pairs = [entry for entry, _hash in ledger.journal.values() if entry.counter == BETWEEN_COMPANIES]
	assert [(entry.account, entry.signed, entry.expires_on) for entry in pairs] == [
		("ann", -50, None),
		("ann elsewhere", 50, FIRST_DAY + timedelta(days=9)),
		("ann", -40, None),
		("ann elsewhere", 40, None),
	]
	assert [ledger.journal[entry.twin][0].twin for entry in pairs] == [entry.name for entry in pairs]
	for entry in pairs:
		with pytest.raises(Refused, match="CannotReverse"):
			ledger.reverse(entry.name, f"undo {entry.name}", FIRST_DAY)
	assert ledger.verify() == []


def test_what_was_earned_before_a_move_is_undone_from_what_is_there_and_never_below_zero():
	ledger, (earned,) = posted(100)
	ledger.move_all("ann", "ann elsewhere", FIRST_DAY)
	with pytest.raises(Refused, match="InsufficientPoints"):
		ledger.reverse(earned, "undo", FIRST_DAY)
	assert (ledger.balance("ann"), ledger.balance("ann elsewhere")) == (0, 100)
