"""The message that a reward was paid says thank you, where HR left its words as they came."""

import frappe

from referral_hub.messages.rendering import template_name
from referral_hub.setup.words.email_templates import THANKS_PAID

PAID = {
	"en": "<p>Your reward for <b>{{ candidate_name }}</b>: <b>{{ reward }}</b>.</p>\n",
	"zh": "<p>推荐 <b>{{ candidate_name }}</b> 的奖励：<b>{{ reward }}</b>。</p>\n",
}


def execute():
	for language, line in PAID.items():
		name, thanks = template_name("reward_paid", language), THANKS_PAID[language]
		words = frappe.db.get_value("Email Template", name, "response_html") or ""
		if line in words and thanks not in words:
			frappe.db.set_value("Email Template", name, "response_html", words.replace(line, line + thanks))
