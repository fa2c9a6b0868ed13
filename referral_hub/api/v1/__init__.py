"""The API for other systems, version 1: what employees do on the portal, for whoever is signed in; in `guests` what a link of one's own lets do.

`GET /api/method/referral_hub.api.v1.openapi` is its OpenAPI document, made from these functions. What is here keeps its meaning; what would
change it becomes version 2 beside it.
"""

from importlib import import_module
from pkgutil import walk_packages

import frappe

from referral_hub import __version__
from referral_hub.api.contract import document


def operations() -> list:
	"""Return every operation of this version, by module and in the order of the source."""
	modules = (import_module(found.name) for found in walk_packages(__path__, f"{__name__}."))
	return [
		function.operation
		for module in modules
		for function in vars(module).values()
		if getattr(function, "operation", None) and function.__module__ == module.__name__
	]


@frappe.whitelist(methods=["GET"])
def openapi():
	"""Return the OpenAPI document of this version, as JSON."""
	return document.as_response(operations(), __version__)
