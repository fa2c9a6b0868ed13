from referral_hub.points.append_only import AppendOnly


class PointsRefusal(AppendOnly):
	pass
