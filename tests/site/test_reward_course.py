"""Whatever HR, payroll and the jobs do with a cash reward, in whatever order: the employee has what the books say they have.

`HUB_REWARD_EXAMPLES=40` plays more courses, other ones each time, and longer ones.
"""

import os

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
	RuleBasedStateMachine,
	initialize,
	precondition,
	rule,
	run_state_machine_as_test,
)
from payroll_course import JOBS, Course, without_commits

FEW = 5
EXAMPLES = int(os.environ.get("HUB_REWARD_EXAMPLES", FEW))
STEPS = 10 if EXAMPLES <= FEW else 16

numbers = st.integers(0, 2)
amounts = st.sampled_from((None, 400))

KNOWN = {
	"the slip that paid is cancelled while payroll is to deduct it": [
		*("submit_slip", "void", "ask_back", "cancel_slip"),
	],
	"slip and payment are cancelled, and the next slip deducts before anybody has looked": [
		*("submit_slip", "run_job", "void", "ask_back", "cancel_slip", "cancel_payout", "submit_slip"),
		*(("run_job", 2), "run_job"),
	],
	"what was cancelled is not paid anew before its job has run": [
		*("submit_slip", "cancel_slip", "run_job", "run_job", "cancel_payout", "run_pay_job"),
	],
	"written off when a slip has deducted all of it, and nobody has looked": [
		*("submit_slip", "run_job", "void", "ask_back", "submit_slip", "void"),
	],
	"paid anew, and no longer deducted": [
		*("submit_slip", "run_job", "void", "ask_back", "submit_slip", "run_job", "release", "run_pay_job"),
		*("submit_slip", "run_job", ("cancel_slip", 1), "run_job", "cancel_deduction", "run_job"),
	],
	"paid anew, no longer deducted, and void": [
		*("submit_slip", "run_job", "void", "ask_back", "submit_slip", "run_job", "release", "run_pay_job"),
		*("submit_slip", "run_job", ("cancel_slip", 1), "run_job", "cancel_deduction", "run_job"),
		*("void", ("note_paid_back", 400), "release", "void"),
	],
}


@pytest.fixture(autouse=True)
def in_one_transaction(monkeypatch):
	without_commits(monkeypatch)


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_course_leaves_the_books_right(name):
	course = Course()
	for step in KNOWN[name]:
		method, *given = (step,) if isinstance(step, str) else step
		getattr(course, method)(*given)
	course.check()


def test_any_course_leaves_the_books_right():
	of_size = settings(
		settings.default,
		max_examples=EXAMPLES,
		stateful_step_count=STEPS,
		deadline=None,
		derandomize=EXAMPLES
		<= FEW,  # the same ones each time, so that a whole run says of a change what it says of it alone
	)
	run_state_machine_as_test(AnyCourse, settings=of_size)


class AnyCourse(RuleBasedStateMachine):
	@initialize(is_paid=st.booleans(), is_void=st.booleans(), is_asked=st.booleans())
	def begin(self, is_paid, is_void, is_asked):
		"""Most that goes wrong begins with a reward that a slip has paid and that is asked back."""
		self.course = Course()
		if is_paid:
			self.course.submit_slip()
		if is_paid and is_void:
			self.course.run_job()
			self.course.void()
		if is_paid and is_void and is_asked:
			self.course.ask_back()

	def teardown(self):
		if hasattr(self, "course"):
			self.course.check()

	@rule()
	def submit_slip(self):
		self.course.submit_slip()

	@rule()
	def make_slip_anew(self):
		self.course.make_slip_anew()

	@rule(number=numbers)
	def cancel_slip(self, number):
		self.course.cancel_slip(number)

	@rule()
	def cancel_payout(self):
		self.course.cancel_payout()

	@rule(number=numbers)
	def cancel_deduction(self, number):
		self.course.cancel_deduction(number)

	@rule()
	def void(self):
		self.course.void()

	@rule()
	def hold(self):
		self.course.hold()

	@rule()
	def release(self):
		self.course.release()

	@rule(amount=amounts)
	def ask_back(self, amount):
		self.course.ask_back(amount)

	@rule(amount=amounts)
	def note_paid_back(self, amount):
		self.course.note_paid_back(amount)

	@rule()
	def let_keep(self):
		self.course.let_keep()

	@rule()
	def pay_back_to_employee(self):
		self.course.pay_back_to_employee()

	@precondition(lambda self: JOBS)
	@rule(number=numbers)
	def run_job(self, number):
		self.course.run_job(number)

	@rule()
	def run_pay_job(self):
		self.course.run_pay_job()

	@rule()
	def run_hourly(self):
		self.course.run_hourly()
