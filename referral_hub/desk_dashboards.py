"""Connections to our DocTypes on the forms of HRMS's: Job Applicant, Job Opening, Employee."""

from frappe import _


def job_applicant(data):
	return _with_connections(data, {"Referral": "job_applicant"})


def job_opening(data):
	return _with_connections(data, {"Referral": "job_opening", "Opening Profile": "job_opening"})


def employee(data):
	fields = {"Referral": "referrer", "Referral Reward": "employee", "Points Account": "employee"}
	return _with_connections(data, fields)


def _with_connections(data, fields: dict[str, str]):
	data.setdefault("non_standard_fieldnames", {}).update(fields)
	data.setdefault("transactions", []).append({"label": _("Referral Hub"), "items": list(fields)})
	return data
