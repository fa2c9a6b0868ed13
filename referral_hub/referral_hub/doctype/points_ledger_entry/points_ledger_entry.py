from referral_hub.points.append_only import AppendOnly


class PointsLedgerEntry(AppendOnly):
	pass
