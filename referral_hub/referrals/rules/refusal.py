"""What all refusals of a referral have in common: a machine word and the facts its sentence needs.

The rules raise these plain exceptions; `referrals/errors.py` turns them into what the platform shows.
"""


class Refused(Exception):
	"""A referral that can't be made. `reason` is one word, `facts` fill the sentence a person reads."""

	def __init__(self, reason: str, **facts):
		super().__init__(reason)
		self.reason = reason
		self.facts = facts
