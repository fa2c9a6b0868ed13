"""Chinese on a live site: ours is used, and what other apps say stays as it was."""

import frappe
import pytest
from frappe import _
from frappe.translate import get_translations_from_apps
from translatable import LEFT_TO_THE_PLATFORM, translations

PLATFORM = ["frappe", "erpnext", "hrms"]


def test_we_do_not_change_what_other_apps_say():
	theirs = get_translations_from_apps("zh", apps=PLATFORM)
	taken = [text for text, context in translations() if context is None and text in theirs]
	assert taken == [], "give these a context: another app has a translation of its own"


def test_what_we_leave_to_the_platform_is_translated_there():
	theirs = get_translations_from_apps("zh", apps=PLATFORM)
	assert [text for text in sorted(LEFT_TO_THE_PLATFORM) if text not in theirs] == []


@pytest.mark.parametrize("language", ["zh", "zh-TW"])
def test_our_translations_are_used_on_a_site(language):
	assert _("My referrals", lang=language) == "我的推荐"
	assert _("Left", lang=language, context="Points Lot") == "剩余"
	assert _("Left", lang=language, context="Referral") == "已离职"
	assert _("{0} points", lang=language).format(3) == "3 积分"


def test_labels_of_a_form_are_looked_up_with_their_doctype():
	label = frappe.get_meta("Referral").get_field("outcome")
	assert _(label.label, lang="zh", context=label.parent) == "结果"
