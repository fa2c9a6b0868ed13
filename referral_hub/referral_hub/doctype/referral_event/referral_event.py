import frappe
from frappe import _
from frappe.model.document import Document

from referral_hub import flow


class ReferralEvent(Document):
	def validate(self):
		if not self.is_new():
			refuse_change()

	def before_change(self):
		refuse_change()

	def after_insert(self):
		flow.referral_moved(self)

	def on_trash(self):
		refuse_change()


def refuse_change():
	frappe.throw(_("The timeline of a referral only grows."), frappe.PermissionError)
