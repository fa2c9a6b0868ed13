"""Referral Hub Settings: defaults that work from the first minute, and values that are refused in words."""

import frappe
import pytest
import site_factories as hr

from referral_hub.setup import defaults
from referral_hub.setup.words import coaching


@pytest.fixture
def settings():
	return frappe.get_doc("Referral Hub Settings")


def test_a_fresh_site_can_refer_at_once(settings):
	program = frappe.get_doc("Referral Program", settings.default_program)
	assert (program.enabled, program.company or None, program.ends_on) == (1, None, None)
	assert "Who can refer" in program.rules_page
	assert "谁可以推荐" in program.rules_page_zh
	assert [settings.openings_accept_referrals, settings.send_in_app, settings.send_email] == [1, 1, 1]
	assert frappe.db.count("Referral Reason", {"enabled": 1}) > 0
	assert frappe.db.count("Reward Rule", {"enabled": 1}) > 0


def test_a_setting_that_a_new_version_brings_gets_its_default(settings):
	frappe.db.delete(
		"Singles", {"doctype": settings.doctype, "field": ("in", ["no_show_grace_days", "send_email"])}
	)
	frappe.db.set_single_value(settings.doctype, "send_in_app", 0)
	defaults.fill_settings()
	filled = frappe.db.get_singles_dict(settings.doctype, cast=True)
	assert [filled.no_show_grace_days, filled.send_email, filled.send_in_app] == [3, 1, 0]


@pytest.mark.parametrize(
	("values", "words"),
	[
		({"no_show_grace_days": -1}, "No-show Grace .* can't be negative"),
		({"resume_max_size_mb": 0}, "at least 1 MB"),
	],
)
def test_values_that_make_no_sense_are_refused(settings, values, words):
	settings.update(values)
	with pytest.raises(frappe.ValidationError, match=words):
		settings.save()


def test_cash_needs_an_earning(settings):
	component = hr.ensure(
		"Salary Component",
		"Canteen",
		salary_component="Canteen",
		salary_component_abbr="CNT",
		type="Deduction",
	)
	settings.cash_salary_component = component
	with pytest.raises(frappe.ValidationError, match="Canteen is a deduction"):
		settings.save()


def test_the_default_program_is_one_that_runs(settings):
	frappe.db.set_value("Referral Program", settings.default_program, "enabled", 0)
	with pytest.raises(frappe.ValidationError, match="is disabled"):
		settings.save()


def test_a_new_site_has_the_times_of_day_we_mean():
	"""The test site was installed at whatever time it is: none of these may be that time."""
	fields = ("digest_time", "quiet_from", "quiet_to")
	stored = [str(frappe.db.get_single_value(defaults.SETTINGS, field)) for field in fields]
	assert stored == ["9:00:00", "22:00:00", "7:00:00"]


def test_a_new_site_has_advice_for_referrers_in_both_languages():
	written = {field: frappe.db.get_single_value(defaults.SETTINGS, field) for field in coaching.TEXTS}
	assert written == coaching.TEXTS
