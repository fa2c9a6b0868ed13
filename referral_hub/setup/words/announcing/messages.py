"""The words of announcements by message, as data: see `email_templates`. What HR has written stands in the middle."""

NEWS = {
	"en": '<p><a href="{{ link }}">Read it on the portal</a></p>',
	"zh": '<p><a href="{{ link }}">在推荐页面查看</a></p>',
}

THANKS = {
	"en": '<p><a href="{{ link }}">See your referrals</a></p>',
	"zh": '<p><a href="{{ link }}">查看我的推荐</a></p>',
}

WORDS = {
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
