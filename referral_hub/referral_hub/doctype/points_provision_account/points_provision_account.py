from frappe.model.document import Document


class PointsProvisionAccount(Document):
	pass
