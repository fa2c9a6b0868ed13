"""The words of announcements by message, as data: see `email_templates`. What HR has written stands in the middle."""

NEWS = {
	"en": '<p><a href="{{ link }}">Read it on the portal</a></p>',
	"zh": '<p><a href="{{ link }}">在推荐页面查看</a></p>',
}

THANKS = {
	"en": '<p><a href="{{ link }}">See your referrals</a></p>',
	"zh": '<p><a href="{{ link }}">查看我的推荐</a></p>',
}

CLUB = {
	"en": '<p><a href="{{ link }}">To the club</a></p>',
	"zh": '<p><a href="{{ link }}">前往俱乐部</a></p>',
}
WHEN = {
	"en": "<p><b>{{ title }}</b>: {{ starts_on }}, {{ place }}</p>\n",
	"zh": "<p><b>{{ title }}</b>：{{ starts_on }}，{{ place }}</p>\n",
}

CLUB_WORDS = {
	"club_invited": {
		"en": (
			"Would you like to be in the referrers' club?",
			"<p>Your referrals have brought us good people. Thank you.</p>\n"
			"<p>We would like to invite you to the referrers' club. Members are invited to its events.</p>\n"
			+ CLUB["en"],
		),
		"zh": (
			"邀请您加入推荐人俱乐部",
			"<p>您的推荐为我们带来了优秀的同事，谢谢您。</p>\n<p>邀请您加入推荐人俱乐部，会员可参加俱乐部活动。</p>\n"
			+ CLUB["zh"],
		),
	},
	"club_event": {
		"en": (
			"{{ title }}: do you come?",
			WHEN["en"] + "<p>Please tell us whether you come.</p>\n" + CLUB["en"],
		),
		"zh": ("{{ title }}：您参加吗？", WHEN["zh"] + "<p>请告诉我们您是否参加。</p>\n" + CLUB["zh"]),
	},
	"club_event_moved": {
		"en": (
			"{{ title }} is now: {{ starts_on }}, {{ place }}",
			WHEN["en"] + "<p>The time or the place has changed. Please take it into your calendar again."
			" If you can't come, please say so: somebody may be waiting.</p>\n" + CLUB["en"],
		),
		"zh": (
			"{{ title }}有变动：{{ starts_on }}，{{ place }}",
			WHEN["zh"]
			+ "<p>活动时间或地点有变，请重新加入日历。如不能参加，请告诉我们，可能有人在候补。</p>\n"
			+ CLUB["zh"],
		),
	},
	"club_event_off": {
		"en": (
			"{{ title }} is cancelled",
			WHEN["en"] + "<p>It does not take place. We are sorry.</p>\n" + CLUB["en"],
		),
		"zh": ("{{ title }}已取消", WHEN["zh"] + "<p>活动取消，十分抱歉。</p>\n" + CLUB["zh"]),
	},
	"club_reminder": {
		"en": (
			"{{ title }}: {{ starts_on }}",
			WHEN["en"]
			+ "<p>You said you come. If you can't, please say so: somebody may be waiting.</p>\n"
			+ CLUB["en"],
		),
		"zh": (
			"{{ title }}：{{ starts_on }}",
			WHEN["zh"] + "<p>您已报名。如不能参加，请告诉我们，可能有人在候补。</p>\n" + CLUB["zh"],
		),
	},
	"club_seat": {
		"en": (
			"{{ title }}: there is a seat for you",
			WHEN["en"] + "<p>You were waiting, and now you have a seat.</p>\n" + CLUB["en"],
		),
		"zh": ("{{ title }}：您有名额了", WHEN["zh"] + "<p>您之前在候补，现在有名额了。</p>\n" + CLUB["zh"]),
	},
}

WORDS = CLUB_WORDS | {
	"thanks_from_hr": {
		"en": ("Thank you from {{ said_by }}", "<p>{{ words }}</p>\n<p>{{ said_by }}</p>\n" + THANKS["en"]),
		"zh": ("{{ said_by }}感谢您", "<p>{{ words }}</p>\n<p>{{ said_by }}</p>\n" + THANKS["zh"]),
	},
	"announcement": {
		"en": (
			"{{ title }}",
			"{% for line in lines or [] %}<p>{{ line }}</p>\n{% endfor %}"
			"{% if earn %}<p>What you can earn:</p>\n<ul>{% for line in earn %}<li>{{ line }}</li>{% endfor %}</ul>{% endif %}\n"
			+ NEWS["en"],
		),
		"zh": (
			"{{ title }}",
			"{% for line in lines or [] %}<p>{{ line }}</p>\n{% endfor %}"
			"{% if earn %}<p>您可以得到：</p>\n<ul>{% for line in earn %}<li>{{ line }}</li>{% endfor %}</ul>{% endif %}\n"
			+ NEWS["zh"],
		),
	},
}
