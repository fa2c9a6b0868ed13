from referral_hub.points.append_only import AppendOnly


class PointsAccount(AppendOnly):
	pass
