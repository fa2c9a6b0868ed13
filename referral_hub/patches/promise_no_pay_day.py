"""Messages of rewards earned in cash no longer promise the day: payroll decides it. What HR wrote itself stays."""

import frappe

from referral_hub.messages.rendering import template_name
from referral_hub.setup.words.email_templates import DUE

BEFORE = {
	"en": "{% if due_on %}<p>You get it on {{ due_on }}.</p>{% endif %}",
	"zh": "{% if due_on %}<p>发放日期：{{ due_on }}。</p>{% endif %}",
}


def execute():
	for language, before in BEFORE.items():
		name = template_name("reward_earned", language)
		words = frappe.db.get_value("Email Template", name, "response_html") or ""
		if before in words:
			frappe.db.set_value("Email Template", name, "response_html", words.replace(before, DUE[language]))
