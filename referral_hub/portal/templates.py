"""The portal's own Jinja environment: escapes by default, fails on an unknown name, is compiled once per process."""

import functools
import os

import frappe
from frappe import _
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from referral_hub.portal import words
from referral_hub.wording.counting import counted


@functools.cache
def environment() -> Environment:
	made = Environment(
		loader=FileSystemLoader(os.path.join(frappe.get_app_path("referral_hub"), "templates", "portal")),
		autoescape=True,
		undefined=StrictUndefined,
		trim_blocks=True,
		lstrip_blocks=True,
	)
	made.globals.update(_=say, asset=asset, counted=counted)
	made.filters.update(
		day=words.day, moment=words.moment, exact=words.exact, amounts=words.amounts, number=words.number
	)
	return made


def render(template: str, context: dict) -> str:
	return environment().get_template(template).render(context)


def say(text: str, context: str = "Referral Hub") -> str:
	"""Translate as this app says it: for short words such as "Next" other apps have translations of their own."""
	return _(text, context=context)


def asset(path: str) -> str:
	"""Return the address of a file in public/, with its version, so that browsers may keep it for long."""
	return f"/assets/referral_hub/{path}?v={_version(path)}"


def _version(path: str) -> int:
	return int(os.path.getmtime(os.path.join(frappe.get_app_path("referral_hub"), "public", path)))
