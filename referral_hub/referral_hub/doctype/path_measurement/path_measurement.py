"""What HR measured of a requirement by hand. `paths.measurements` decides what may be saved."""

from frappe.model.document import Document

from referral_hub.paths import measurements


class PathMeasurement(Document):
	def validate(self):
		measurements.check(self)
