"""The words of messages about badges and levels, as data: see `email_templates`."""

RECOGNITION = {
	"en": '<p><a href="{{ link }}">See your badges and level</a></p>',
	"zh": '<p><a href="{{ link }}">查看我的徽章和等级</a></p>',
}

WALL = {
	"en": '<p><a href="{{ link }}">Say yes or no</a></p>',
	"zh": '<p><a href="{{ link }}">去选择</a></p>',
}

BOARD = {
	"en": '<p><a href="{{ link }}">See the whole leaderboard</a></p>',
	"zh": '<p><a href="{{ link }}">查看完整推荐榜</a></p>',
}

WORDS = {
	"board_told": {
		"en": (
			"Who refers best: {{ period }}",
			"{% if place %}<p>You are at place <b>{{ place }}</b> with a score of {{ score }}. Thank you.</p>{% endif %}\n"
			"{% if best %}<p>The best:</p>\n<ul>{% for line in best %}<li>{{ line.place }}. "
			'{{ line.name or "A colleague" }}: {{ line.value }}</li>{% endfor %}</ul>{% endif %}\n'
			+ BOARD["en"],
		),
		"zh": (
			"推荐榜：{{ period }}",
			"{% if place %}<p>您以 {{ score }} 分排在第 <b>{{ place }}</b> 名，谢谢您。</p>{% endif %}\n"
			"{% if best %}<p>排名靠前的同事：</p>\n<ul>{% for line in best %}<li>第 {{ line.place }} 名："
			'{{ line.name or "一位同事" }}，{{ line.value }} 分</li>{% endfor %}</ul>{% endif %}\n'
			+ BOARD["zh"],
		),
	},
	"thanks_asked": {
		"en": (
			"May we thank you in public?",
			"<p>A referral of yours was rewarded. Thank you.</p>\n"
			"<p>If you like, colleagues read that on the wall of thanks: your name, your department and the month, never whom "
			"you referred and never what you got. If you say nothing, you are not thanked by name; badges show as you chose "
			"under Recognition.</p>\n" + WALL["en"],
		),
		"zh": (
			"我们可以公开感谢您吗？",
			"<p>您的推荐获得了奖励，谢谢您。</p>\n"
			"<p>如果您愿意，同事会在感谢墙上看到您的姓名、部门和月份，不会看到您推荐了谁，也不会看到您得到了什么。"
			"您不作选择，我们就不会公开感谢您；徽章是否显示，以您在“荣誉”页的选择为准。</p>\n" + WALL["zh"],
		),
	},
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
