"""Run by gunicorn in sites/: one site under whatever name it is called, as `bench serve` does for `--site`."""

import os

import frappe.app

frappe.app._site = os.environ["HUB_SITE"]
application = frappe.app.application_with_statics()
