"""A limit for guests ends, whatever happens while it counts."""

import frappe
import site_factories as hr

from referral_hub import limits


def test_a_counter_has_its_end_from_its_first_moment(monkeypatch):
	def dies(*_arguments, **_fields):
		raise SystemExit

	monkeypatch.setattr(type(frappe.cache), "expire", dies, raising=False)
	monkeypatch.setattr(type(frappe.cache), "incrby", dies, raising=False)
	who = hr.unique("guest")
	assert [limits.within("test", who, most=2, seconds=30) for _time in range(3)] == [True, True, False]
	keys = frappe.cache.keys("*referral_hub_limit:test:*")
	assert keys and all(0 < frappe.cache.ttl(key) <= 30 for key in keys)
	for key in keys:
		frappe.cache.delete(key)
