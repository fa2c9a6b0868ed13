"""The records behind a figure, as every report shows them: what they are of, which part is shown, how many there are.

A column that `opens` is a figure whose cells lead to its records; the row names its group as `key` (public/js/insights.js).
"""

from frappe import _

from referral_hub.insights.asking import NONE, Page
from referral_hub.referral_hub.report.columns import column


def figure(fieldname: str, label: str, width: int = 110) -> dict:
	"""Describe a column of whole numbers whose cells open the records they count."""
	return column(fieldname, label, "Int", width) | {"opens": 1}


def share(fieldname: str, label: str, width: int = 150) -> dict:
	return column(fieldname, label, "Percent", width) | {"precision": 1}


def key(group: str) -> str:
	return group or NONE


def summed(label: str, value: float, datatype: str = "Int", indicator: str = "Blue") -> dict:
	"""Describe a figure above the table."""
	return {"label": label, "value": value, "datatype": datatype, "indicator": indicator}


def summed_share(label: str, value: float, indicator: str = "Green") -> dict:
	"""Describe a share above the table, with one digit: the desk gives a number of per cent three there."""
	return summed(label, f"{value} %", "Data", indicator)


def bars(labels: list[str], name: str, values: list) -> dict:
	return {"type": "bar", "data": {"labels": labels, "datasets": [{"name": name, "values": values}]}}


def said(page: Page) -> str | None:
	"""Say which part of the records is shown, where it is not all of them."""
	if len(page.rows) == page.total:
		return None
	return _("Rows {0} to {1} of {2}").format(page.first, page.last, page.total)


def records(columns: list[dict], rows: list[dict], page: Page, label: str) -> tuple:
	"""Return the records behind a figure as a report: the figure stands above them."""
	return columns, rows, said(page), None, [summed(label, page.total)]
