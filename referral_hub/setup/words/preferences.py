"""What people of the talent pool care about, as data in both languages. Made once, when missing; HR edits, disables and adds."""

import frappe

# (preference, in Chinese)
PREFERENCES = [
	("Pay", "薪资"),
	("Growth and promotion", "成长与晋升"),
	("Team and mentors", "团队与导师"),
	("Flexible working time", "弹性工作时间"),
	("Working from home", "远程办公"),
	("Place and commute", "地点与通勤"),
	("Training", "培训机会"),
	("Work abroad", "海外机会"),
	("Stability", "稳定"),
	("The work itself", "工作内容"),
]


def make_preferences() -> None:
	for preference, preference_zh in PREFERENCES:
		if not frappe.db.exists("Talent Preference", preference):
			frappe.get_doc(
				doctype="Talent Preference", preference=preference, preference_zh=preference_zh, enabled=1
			).insert(ignore_permissions=True)
