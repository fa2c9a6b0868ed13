"""The words of messages about rewards that wait for payroll or end, as data: see `email_templates`."""

WORDS = {
	"reward_prepared": {
		"en": (
			"{{ reward }} for {{ candidate_name }}: prepared for payroll",
			"<p>Your reward for <b>{{ candidate_name }}</b>, <b>{{ reward }}</b>, is with HR, prepared for payroll.</p>\n"
			"<p>We will tell you when it is handed to payroll.</p>",
		),
		"zh": (
			"推荐{{ candidate_name }}的奖励{{ reward }}：等待转交薪资部门",
			"<p>推荐 <b>{{ candidate_name }}</b> 的奖励 <b>{{ reward }}</b> 已由人力资源部备好。</p>\n"
			"<p>转交薪资部门后，我们会告诉您。</p>",
		),
	},
	"reward_taken_back": {
		"en": (
			"{{ reward }} for {{ candidate_name }}: "
			"{% if was_paid %}taken back{% else %}not paid after all{% endif %}",
			"<p>Your reward for <b>{{ candidate_name }}</b>, <b>{{ reward }}</b>, "
			"{% if was_paid %}was taken back{% else %}will not be paid after all{% endif %}.</p>\n"
			"{% if why %}<p>The reason: {{ why }}</p>{% endif %}\n"
			"{% if owed %}<p>Still owed of it: <b>{{ owed }}</b>. "
			'{% if kind == "Points" %}It is taken from points you earn later.'
			"{% else %}HR will tell you how it is settled.{% endif %}</p>"
			"{% endif %}\n"
			"<p>If you see it differently, ask about it on the page of this referral.</p>",
		),
		"zh": (
			"推荐{{ candidate_name }}的奖励{{ reward }}{% if was_paid %}已收回{% else %}不再发放{% endif %}",
			"<p>推荐 <b>{{ candidate_name }}</b> 的奖励 <b>{{ reward }}</b> "
			"{% if was_paid %}已收回{% else %}不再发放{% endif %}。</p>\n"
			"{% if why %}<p>原因：{{ why }}</p>{% endif %}\n"
			"{% if owed %}<p>尚需归还：<b>{{ owed }}</b>。"
			'{% if kind == "Points" %}将从您之后获得的积分中扣除。'
			"{% else %}人力资源部会告知如何处理。{% endif %}</p>"
			"{% endif %}\n"
			"<p>如有不同意见，请在这次推荐的页面上提问。</p>",
		),
	},
}
