"""One promise at one milestone. Written by `rewards.promises` alone; the desk shows it, buttons ask to change it."""

from frappe import _
from frappe.model.document import Document

from referral_hub import flow, kept
from referral_hub.rewards import explain, promises
from referral_hub.rewards.rules import states


class ReferralReward(Document):
	def onload(self):
		explain.say_notes(self)

	def load_doc_before_save(self, **how):
		self._doc_before_save = promises.as_stored(self)
		if not self._doc_before_save:
			super().load_doc_before_save(**how)

	def save_version(self):
		if self.flags.round and not self.flags.ignore_version:
			self.flags.round.keep_version(self)
		else:
			super().save_version()

	def clear_cache(self):
		if self.flags.round:
			self.flags.round.forget_cached(self)
		else:
			super().clear_cache()

	def _validate(self):
		if self._is_paid_in_a_round:
			self.validate_workflow()
		else:
			super()._validate()

	def db_update(self):
		if self._is_paid_in_a_round:
			promises.write_changes(self)
		else:
			super().db_update()

	@property
	def _is_paid_in_a_round(self) -> bool:
		"""Of such a one only what paying set is new: all else was judged when it was stored, and stands there."""
		return bool(self.flags.round) and self.state == states.PAID

	def validate(self):
		kept.refuse_writing(self, _("Use Hold, Release or Void."))

	def on_update(self):
		flow.reward_moved(self)

	def on_trash(self):
		kept.refuse_deleting(self, _("Void it, so that everybody can see why."))
