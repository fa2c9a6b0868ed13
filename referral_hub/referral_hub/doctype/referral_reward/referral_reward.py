"""One promise at one milestone. Written by `rewards.promises` alone; the desk shows it, buttons ask to change it."""

from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept
from referral_hub.rewards import promises


class ReferralReward(Document):
	def load_doc_before_save(self, **how):
		self._doc_before_save = promises.as_stored(self)
		if not self._doc_before_save:
			super().load_doc_before_save(**how)

	def save_version(self):
		if self.flags.round and not self.flags.ignore_version:
			self.flags.round.keep_version(self)
		else:
			super().save_version()

	def validate(self):
		kept.refuse_writing(self, _("Use Hold, Release or Void."))

	def on_update(self):
		flow.reward_moved(self)

	def on_trash(self):
		kept.refuse_deleting(self, _("Void it, so that everybody can see why."))
