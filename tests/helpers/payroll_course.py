"""A cash reward and the real payroll of its employee, step by step, and what must hold once everything has settled.

Every step is what HR or a job does; one that is refused changes nothing. Jobs wait in `jobs` until somebody runs them, in any order.
"""

from decimal import Decimal

import frappe
from frappe.utils import add_months, get_first_day, getdate, today
from live_site import undo
from recovery_factories import choose_components, paid_story
from reward_factories import make_slip

from referral_hub import hrms_events, tasks
from referral_hub.api import desk
from referral_hub.rewards.money import (
	kept_before,
	kept_beyond,
	left_with_employee,
	to_decimal,
	to_give_back,
	written_off,
)
from referral_hub.rewards.oversight import reconciliation
from referral_hub.rewards.paying.salaries import PAYOUT
from referral_hub.rewards.recovery import records
from referral_hub.rewards.rules import states

SLIP = "Salary Slip"
AMOUNT = 1000
ROUNDS = 10
FOR_HR = {states.ON_HOLD, states.OWED}
# what HR is told until they make a slip anew that they have cancelled
UNTIL_THE_SLIP_IS_MADE = {
	*("slip_to_make_anew", "earlier_not_carried", "counted_not_deducted", "not_to_be_paid"),
}
OF_RECOVERY = ("name", "state", "amount", "payout_name")


def without_commits(monkeypatch) -> None:
	"""Let jobs wait until a course runs them, in the transaction of the test; an error in one is the test's."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(tasks.rewards, "one_by_one", lambda work, names: [work(name) for name in names])
	monkeypatch.setattr(
		hrms_events, "start_after_commit", lambda method, **facts: JOBS.append((method, facts))
	)


JOBS: list[tuple[str, dict]] = []


class Course:
	def __init__(self):
		undo()
		JOBS.clear()
		choose_components()
		self.story = paid_story(AMOUNT)
		self.employee = self.story.referrer
		self.name = frappe.db.get_value("Referral Reward", {"referral": self.story.name}, "name")
		self.let_keep_so_far, self.paid_at_counter = Decimal(0), Decimal(0)

	@property
	def reward(self):
		return frappe.get_doc("Referral Reward", self.name)

	# what payroll does

	def submit_slip(self):
		"""Pay the month after the last that was paid."""
		slips = self.slips(1)
		self.make_slip(add_months(slips[-1].start_date, 1) if slips else today())

	def make_slip_anew(self):
		"""Pay the first month of which the slip was cancelled."""
		if gaps := self.months_to_make_anew():
			self.make_slip(gaps[0])

	def cancel_slip(self, number: int = 0):
		if slips := self.slips(1):
			name = slips[number % len(slips)].name
			self.unless_refused(lambda: frappe.get_doc(SLIP, name).cancel())

	def cancel_payout(self):
		self.cancel_salary(self.reward.payout_name)

	def cancel_deduction(self, number: int = 0):
		if rows := [row.payout_name for row in self.recoveries() if row.payout_name]:
			self.cancel_salary(rows[number % len(rows)])

	# what HR decides

	def void(self):
		self.unless_refused(lambda: desk.void_reward(self.name, frappe.generate_hash()))

	def hold(self):
		self.unless_refused(lambda: desk.hold_reward(self.name, "Let me look"))

	def release(self):
		self.unless_refused(lambda: desk.release_reward(self.name, "It did happen"))

	def ask_back(self, amount: float | None = None):
		self.unless_refused(lambda: desk.deduct_owed(self.name, "As agreed", amount))

	def note_paid_back(self, amount: float | None = None):
		self.unless_refused(lambda: desk.note_paid_back(self.name, "At the counter", amount))

	def let_keep(self):
		amount = kept_beyond(self.reward)
		if self.unless_refused(lambda: desk.let_employee_keep(self.name, "We let it be")):
			self.let_keep_so_far += amount

	def pay_back_to_employee(self):
		amount = self.to_give_back()
		if self.unless_refused(lambda: desk.note_paid_to_employee(self.name, "At the counter")):
			self.paid_at_counter += amount

	# what jobs do

	def run_job(self, number: int = 0):
		if JOBS:
			method, facts = JOBS.pop(number % len(JOBS))
			frappe.get_attr(method)(**facts)

	def run_pay_job(self):
		tasks.rewards.pay_rewards_of_referral(self.story.name)

	def run_hourly(self):
		tasks.pay_due_rewards()

	# what must hold

	def check(self):
		"""Once all has settled the books agree, but for slips that HR has cancelled; and with those made anew without any but."""
		self.settle()
		codes = self.findings()
		assert codes <= {"kept_beyond", *UNTIL_THE_SLIP_IS_MADE}, codes
		if codes <= {"kept_beyond"}:
			self.agrees()
		while gaps := self.months_to_make_anew():
			self.make_slip(gaps[0])
			assert gaps != self.months_to_make_anew(), "A slip can't be made anew"
			self.settle()
		assert self.findings() <= {"kept_beyond"}, self.findings()
		self.agrees()

	def settle(self):
		for _round in range(ROUNDS):
			before = self.stored()
			while JOBS:
				self.run_job()
			self.run_hourly()
			if self.stored() == before and not JOBS:
				return
		raise AssertionError(f"Not settled after {ROUNDS} rounds of the jobs")

	def agrees(self):
		reward = self.reward
		has = self.paid_by_slips() + self.paid_at_counter - self.paid_back()
		said = self.says_of(reward) - self.to_give_back() + self.let_keep_so_far + self.still_deducted(reward)
		books = (has, self.shown()), (said, self.must_be_shown(reward))
		assert books[0] == books[1], (*books, reward.state, reward.explanation)

	def says_of(self, reward) -> Decimal:
		"""What the employee has of the reward, as it says."""
		if reward.state == states.CONFIRMED:
			return Decimal(AMOUNT) + kept_beyond(reward)
		if reward.state == states.PAID:
			return kept_before(reward)
		if reward.state in states.UNPAID:
			return left_with_employee(reward)
		if reward.state == states.OWED:
			return to_decimal(reward.owed_amount)
		return written_off(reward)

	def still_deducted(self, reward) -> Decimal:
		"""What waits to be deducted of an attempt before: it was paid anew for that."""
		rows = records.of(reward, records.WAITING)
		return sum((to_decimal(row.amount) for row in rows if records.is_of_before(reward, row)), Decimal(0))

	def must_be_shown(self, reward) -> bool:
		is_beyond = reward.state in states.HANDED_OVER and kept_beyond(reward) > 0
		return reward.state in FOR_HR or is_beyond or self.to_give_back() > 0

	def shown(self) -> bool:
		return bool(desk.reward_work_list(employee=self.employee.name))

	def findings(self) -> set[str]:
		return {row.code for row in reconciliation.rows({"employee": self.employee.name})}

	# what is stored

	def stored(self) -> tuple:
		salaries = frappe.get_all(
			PAYOUT, {"employee": self.employee.name}, ["name", "docstatus", "amount"], order_by="name asc"
		)
		return self.reward.get_valid_dict()["modified"], self.recoveries(), salaries

	def recoveries(self) -> list:
		return frappe.get_all(
			records.DOCTYPE, {"reward": self.name}, [*OF_RECOVERY, "how"], order_by="creation asc, name asc"
		)

	def paid_back(self) -> Decimal:
		rows = [
			row for row in self.recoveries() if row.how == records.PAID_BACK and row.state == records.DONE
		]
		return sum((to_decimal(row.amount) for row in rows), Decimal(0))

	def to_give_back(self) -> Decimal:
		return sum((to_decimal(piece["amount"]) for piece in to_give_back(self.reward)), Decimal(0))

	def paid_by_slips(self) -> Decimal:
		"""What the submitted slips pay beside the salary, less what they deduct."""
		slips = ("in", [slip.name for slip in self.slips(1)] or [""])
		rows = frappe.get_all(
			"Salary Detail",
			{"parent": slips, "additional_salary": ("is", "set")},
			["amount", "parentfield"],
		)
		signs = {"earnings": 1, "deductions": -1}
		return sum((signs[row.parentfield] * to_decimal(row.amount) for row in rows), Decimal(0))

	def slips(self, docstatus: int) -> list:
		about = {"employee": self.employee.name, "docstatus": docstatus}
		return frappe.get_all(SLIP, about, ["name", "start_date"], order_by="start_date asc, name asc")

	def months_to_make_anew(self) -> list:
		paid = {slip.start_date for slip in self.slips(1)}
		return sorted({slip.start_date for slip in self.slips(2)} - paid)

	def make_slip(self, month):
		self.unless_refused(lambda: make_slip(self.employee, get_first_day(getdate(month))).submit())

	def cancel_salary(self, name: str | None):
		if name and frappe.db.get_value(PAYOUT, name, "docstatus") == 1:
			self.unless_refused(lambda: frappe.get_doc(PAYOUT, name).cancel())

	def unless_refused(self, step) -> bool:
		"""Do something as a request does it: whole, or refused in words; a move that is missing is no refusal."""
		waiting = len(JOBS)
		frappe.db.savepoint("step")
		try:
			step()
		except frappe.ValidationError as error:
			if "can't become" in str(error):
				raise
			frappe.db.rollback(save_point="step")
			frappe.clear_messages()
			del JOBS[waiting:]
			return False
		frappe.db.release_savepoint("step")
		return True
