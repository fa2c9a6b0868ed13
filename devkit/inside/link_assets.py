"""Run by the bench's Python in sites/: links every app's public folder below sites/assets."""

import frappe
from frappe.build import make_asset_dirs, setup

frappe.init(site="", sites_path=".")
setup()
make_asset_dirs()
