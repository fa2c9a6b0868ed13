"""A newcomer's question under a clock. Written by `paths.feedback` alone; HR answers with the buttons of the form."""

import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub import kept, permissions
from referral_hub.paths.feedback import answering, goals, reading


class PathFeedback(Document):
	def validate(self):
		kept.refuse_writing(self, _("Use Answer, Say More, Hand Over or Adjust a Goal."))

	def on_trash(self):
		kept.refuse_deleting(self, _("It goes with its Employee."))

	@frappe.whitelist(methods=["POST"])
	def conversation(self) -> list[dict]:
		"""Return all that happened, oldest first, for HR."""
		frappe.only_for(permissions.HR_ROLES)
		return reading.talk(self.name)

	@frappe.whitelist(methods=["POST"])
	def open_goals(self) -> list[dict]:
		"""Return the open goals of who asked: name, goal_name, start_date, end_date."""
		frappe.only_for(permissions.HR_ROLES)
		return goals.open_goals(self.employee)

	@frappe.whitelist(methods=["POST"])
	def give_answer(self, words: str):
		"""HR answers; the clock stops and who asked is told."""
		frappe.only_for(permissions.HR_ROLES)
		answering.answer(self.name, frappe.session.user, words)

	@frappe.whitelist(methods=["POST"])
	def say(self, words: str):
		"""HR asks back; the clock runs on."""
		frappe.only_for(permissions.HR_ROLES)
		answering.say(self.name, frappe.session.user, words)

	@frappe.whitelist(methods=["POST"])
	def hand_to(self, user: str, words: str = ""):
		"""HR gives the question to somebody else."""
		frappe.only_for(permissions.HR_ROLES)
		answering.hand_to(self.name, frappe.session.user, user, words)

	@frappe.whitelist(methods=["POST"])
	def adjust_goal(self, goal: str, why: str, goal_name: str = "", end_date: str | None = None):
		"""HR changes a goal of who asked, and says why."""
		frappe.only_for(permissions.HR_ROLES)
		answering.adjust_goal(self.name, frappe.session.user, goal, goal_name, end_date, why)
