from referral_hub.points.append_only import AppendOnly
from referral_hub.points.following import handing_on


class PointsAccount(AppendOnly):
	def onload(self) -> None:
		self.set_onload("moves_to", handing_on.for_form(self))
