"""What tests about private contacts need: an opening that says whom it looks for."""

import frappe
import site_factories as hr


def make_opening_for_welders(experience: str = "3 years"):
	"""An opening for welders with three years, confirmed by HR."""
	made = hr.make_opening(hr.unique("Welder"))
	profile = frappe.new_doc("Opening Profile", job_opening=made.name, requirements_confirmed=1)
	for requirement, kind, must_have in (("Welding", "Skill", 1), (experience, "Experience", 0)):
		row = {
			"requirement": requirement,
			"kind": kind,
			"firmness": "Hard",
			"must_have": must_have,
			"weight": 5,
		}
		profile.append("requirements", row)
	profile.insert(ignore_permissions=True)
	return made
