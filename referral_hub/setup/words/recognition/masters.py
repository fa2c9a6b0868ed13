"""The levels and badges a site starts with, as data, in both languages.

Made once, when missing. HR edits, disables and adds; nothing here changes what exists.
"""

import frappe

# level, in Chinese, rank, hires within a year, first for training, looked at first for promotion
LEVELS = [
	("Bronze Referrer", "铜牌推荐人", 10, 1, 0, 0),
	("Silver Referrer", "银牌推荐人", 20, 2, 0, 0),
	("Gold Referrer", "金牌推荐人", 30, 3, 1, 0),
	("Referral Star of the Year", "年度推荐之星", 40, 5, 1, 1),
]
# badge, in Chinese, what counts, at least, what it is given for, in Chinese
BADGES = [
	("First Referral", "首次推荐", "Referrals", 1, "The first person referred.", "推荐了第一位候选人。"),
	("First Hire", "首位入职", "Hires", 1, "The first person who joined.", "推荐的第一位同事入职。"),
	("Three Hires", "三人入职", "Hires", 3, "Three people who joined.", "推荐的三位同事入职。"),
	("Five Hires", "五人入职", "Hires", 5, "Five people who joined.", "推荐的五位同事入职。"),
	("Ten Hires", "十人入职", "Hires", 10, "Ten people who joined.", "推荐的十位同事入职。"),
	("They Stayed", "留得住", "Hires Who Stayed", 3, "Three hires who stayed.", "三位入职的同事留了下来。"),
	(
		"Bridge Builder",
		"跨部门伯乐",
		"Departments of Hires",
		3,
		"Hires in three departments.",
		"推荐的同事入职了三个部门。",
	),
]


LEVEL_FIELDS = ("level_name", "level_name_zh", "rank", "at_least", "training_priority", "promotion_priority")
BADGE_FIELDS = ("badge_name", "badge_name_zh", "counts", "at_least", "description", "description_zh")


def make_recognition() -> None:
	for row in LEVELS:
		_make("Referral Level", LEVEL_FIELDS, row, counts="Hires", period="Year")
	for row in BADGES:
		_make("Recognition Badge", BADGE_FIELDS, row)


def _make(doctype: str, fields: tuple, row: tuple, **more) -> None:
	if not frappe.db.exists(doctype, row[0]):
		values = dict(zip(fields, row, strict=True))
		frappe.get_doc({"doctype": doctype, **values, **more}).insert(ignore_permissions=True)
