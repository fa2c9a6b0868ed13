"""The reasons HR can give a referrer, as data: in both languages, each with a hint for next time.

Made once, when missing. HR edits, disables and adds; nothing here changes a reason that exists.
"""

import frappe

# (applies to, reason, reason in Chinese, hint, hint in Chinese)
REASONS = [
	(
		"Not Selected",
		"Another candidate fitted better",
		"有更合适的人选",
		"This one was close. The same person may suit another opening.",
		"这次只差一点，换一个职位也许正合适。",
	),
	(
		"Not Selected",
		"Experience does not match yet",
		"经验还不够匹配",
		"Compare the years and the kind of work with the requirements of the opening first.",
		"推荐前，可以先对照职位要求的年限和工作内容。",
	),
	(
		"Not Selected",
		"A required skill or certificate is missing",
		"缺少必备的技能或证书",
		"The must-haves stand first in the opening. Ask about them before you refer.",
		"必备条件写在职位最前面，推荐前可以先问一问。",
	),
	(
		"Not Selected",
		"Pay expectations differ",
		"薪资期望有差距",
		"Talk about the pay range early, where the opening shows it.",
		"职位写明薪资范围的，可以早一点和对方聊。",
	),
	(
		"Not Selected",
		"Place or working hours do not fit",
		"地点或时间不合适",
		"Check the place and the shifts with the person before you refer.",
		"推荐前，先和对方确认工作地点和班次。",
	),
	(
		"Not Selected",
		"We could not reach the candidate",
		"联系不上候选人",
		"Tell the person that we will call, and check the phone number.",
		"请提前告诉对方我们会联系，并核对手机号。",
	),
	(
		"Not Selected",
		"The opening was filled or closed",
		"职位已招满或已关闭",
		"This says nothing about the person. Have a look at the other openings.",
		"这与候选人无关，可以看看其他职位。",
	),
	(
		"Withdrawn",
		"Accepted another job",
		"接受了其他工作",
		"Good people decide fast. Refer early, and stay in touch.",
		"优秀的人很快有去处，早些推荐，保持联系。",
	),
	(
		"Withdrawn",
		"Stays in the present job",
		"决定留在现在的公司",
		"Plans change. Ask again in some months.",
		"想法会变，过几个月再问问。",
	),
	("Withdrawn", "Personal reasons", "个人原因", "", ""),
	(
		"Declined Offer",
		"Chose another offer",
		"选择了其他录用机会",
		"Keep in touch; a second chance is not rare.",
		"保持联系，以后常常还有机会。",
	),
	(
		"Declined Offer",
		"Pay was below expectations",
		"薪资低于期望",
		"Ask about expectations before the interviews start.",
		"面试前先了解对方的期望。",
	),
	("Declined Offer", "Place, hours or tasks were different", "地点、时间或工作内容不合适", "", ""),
	("No-show", "Went to another employer", "去了其他公司", "", ""),
	("No-show", "Stayed with the former employer", "留在了原来的公司", "", ""),
	("No-show", "Could not be reached", "联系不上", "", ""),
]


def make_reasons() -> None:
	for applies_to, reason, reason_zh, hint, hint_zh in REASONS:
		if not frappe.db.exists("Referral Reason", reason):
			frappe.get_doc(
				doctype="Referral Reason",
				reason=reason,
				reason_zh=reason_zh,
				applies_to=applies_to,
				enabled=1,
				hint=hint,
				hint_zh=hint_zh,
			).insert(ignore_permissions=True)
