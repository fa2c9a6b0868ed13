"""The words that ask how it was, as data: see `email_templates`."""

ANSWER = {
	"en": '<p><a href="{{ link }}">Answer in a minute</a></p>',
	"zh": '<p><a href="{{ link }}">用一分钟回答</a></p>',
}

# to who referred
WORDS = {
	"survey_asked": {
		"en": (
			"How was it? One minute about your referral",
			"<p>Your referral of <b>{{ candidate_name }}</b>{% if opening %} for {{ opening }}{% endif %} is over. Were you told in time, was"
			" it easy, was it fair?</p>\n"
			"<p>You can stay anonymous. {% if answer_until_on %}The question waits until {{ answer_until_on }}, and is not asked again."
			"{% endif %}</p>\n" + ANSWER["en"],
		),
		"zh": (
			"这次推荐感受如何？只需一分钟",
			"<p>您推荐 <b>{{ candidate_name }}</b>{% if opening %}（{{ opening }}）{% endif %}一事已经结束。消息及时吗？推荐方便吗？结果公平吗？</p>\n"
			"<p>您可以匿名回答。{% if answer_until_on %}问卷保留到 {{ answer_until_on }}，不会再次询问。{% endif %}</p>\n"
			+ ANSWER["zh"],
		),
	},
}

# to who was referred
WHOLE_WORDS = {
	"candidate_survey": {
		"en": (
			"How was it with {{ company }}?",
			"<p>Hello {{ reader_name }},</p>\n"
			"<p>a colleague of ours recommended you{% if opening %} for <b>{{ opening }}</b>{% endif %}. Whatever came of it: were you treated with"
			" respect, did you know what came next, did it go fast enough?</p>\n"
			+ ANSWER["en"]
			+ "\n<p>You can stay anonymous, and you need not answer."
			"{% if answer_until_on %} The link works until {{ answer_until_on }}, once.{% endif %}</p>",
		),
		"zh": (
			"您对{{ company }}的招聘感受如何？",
			"<p>{{ reader_name }}，您好：</p>\n"
			"<p>我们的同事推荐过您{% if opening %}应聘 <b>{{ opening }}</b>{% endif %}。无论结果如何，我们想知道：您受到尊重了吗？清楚下一步吗？进展够快吗？</p>\n"
			+ ANSWER["zh"]
			+ "\n<p>您可以匿名回答，不回答也没关系。{% if answer_until_on %}链接有效期到 {{ answer_until_on }}，只能回答一次。{% endif %}</p>",
		),
	},
}
