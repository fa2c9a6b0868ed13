"""What every report of the app says about one of its columns. Called by the reports beside this file."""


def column(fieldname: str, label: str, fieldtype: str, width: int, options: str | None = None) -> dict:
	"""Describe one column to Frappe's report view; `width` in pixels."""
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"width": width,
		"options": options,
	}
