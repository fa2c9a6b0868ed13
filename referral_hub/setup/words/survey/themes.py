"""The themes a site starts with, as data, in both languages. Made once; HR edits, switches off and adds."""

import frappe

# theme, in Chinese, offered to
THEMES = [
	("News in time", "消息及时", "Everybody"),
	("Waiting too long", "等待太久", "Everybody"),
	("Friendly people", "待人友善", "Everybody"),
	("Clear reasons", "理由清楚", "Everybody"),
	("Reasons were missing", "没有说明理由", "Everybody"),
	("The form", "推荐表单", "Referrers"),
	("The reward", "奖励", "Referrers"),
	("Good interviews", "面试体验好", "Candidates"),
	("Many rounds", "面试轮次多", "Candidates"),
	("Pay and terms", "薪酬与条件", "Candidates"),
]


def make_themes() -> None:
	for theme, chinese, offered_to in THEMES:
		if not frappe.db.exists("Referral Survey Theme", theme):
			frappe.get_doc(
				doctype="Referral Survey Theme", theme=theme, theme_zh=chinese, offered_to=offered_to
			).insert(ignore_permissions=True)
