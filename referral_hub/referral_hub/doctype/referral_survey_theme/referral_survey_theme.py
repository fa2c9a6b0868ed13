from frappe.model.document import Document


class ReferralSurveyTheme(Document):
	pass
