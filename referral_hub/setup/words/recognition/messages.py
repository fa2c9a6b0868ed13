"""The words of messages about badges and levels, as data: see `email_templates`."""

RECOGNITION = {
	"en": '<p><a href="{{ link }}">See your badges and level</a></p>',
	"zh": '<p><a href="{{ link }}">查看我的徽章和等级</a></p>',
}

WORDS = {
	"badge_given": {
		"en": (
			"A badge for you: {{ badge }}",
			"<p>You have been given the badge <b>{{ badge }}</b>. Thank you for bringing people to us.</p>\n"
			"{% if why %}<p>{{ why }}</p>{% endif %}\n" + RECOGNITION["en"],
		),
		"zh": (
			"您获得了徽章：{{ badge }}",
			"<p>您获得了徽章 <b>{{ badge }}</b>，谢谢您为公司带来新同事。</p>\n"
			"{% if why %}<p>{{ why }}</p>{% endif %}\n" + RECOGNITION["zh"],
		),
	},
	"badge_withdrawn": {
		"en": (
			"The badge {{ badge }} was withdrawn",
			"<p>The badge <b>{{ badge }}</b> is not yours any more.</p>\n<p>The reason: {{ why }}</p>\n"
			"<p>If you see it differently, please ask HR.</p>\n" + RECOGNITION["en"],
		),
		"zh": (
			"徽章“{{ badge }}”已收回",
			"<p>徽章 <b>{{ badge }}</b> 已收回。</p>\n<p>原因：{{ why }}</p>\n"
			"<p>如有不同意见，请咨询人力资源部。</p>\n" + RECOGNITION["zh"],
		),
	},
	"level_reached": {
		"en": (
			"You are now {{ level }}",
			"<p>Your referrals have made you <b>{{ level }}</b>{% if until_on %}, held until {{ until_on }}{% endif %}. "
			"Thank you.</p>\n" + RECOGNITION["en"],
		),
		"zh": (
			"您已成为{{ level }}",
			"<p>凭借您的推荐，您已成为 <b>{{ level }}</b>{% if until_on %}，有效期至 {{ until_on }}{% endif %}。谢谢您。</p>\n"
			+ RECOGNITION["zh"],
		),
	},
}
