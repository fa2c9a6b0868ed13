"""The words of messages that are no news to a referrer: what candidates hear, and the digest. Data, as in `email_templates`.

event -> language -> (subject, the whole body)
"""

CANDIDATE_HELLO = {"en": "<p>Hello {{ reader_name }},</p>", "zh": "<p>{{ reader_name }}，您好：</p>"}

WHOLE_WORDS = {
	"candidate_invited": {
		"en": (
			"{{ referrer }} invites you to {{ company }}",
			CANDIDATE_HELLO["en"]
			+ "\n<p><b>{{ referrer }}</b> works at {{ company }} and thinks of you"
			+ "{% if opening %} for <b>{{ opening }}</b>{% endif %}.</p>\n"
			+ "{% if message %}<blockquote>{{ message }}</blockquote>{% endif %}\n"
			+ '<p><a href="{{ invitation_link }}">Have a look and apply</a></p>',
		),
		"zh": (
			"{{ referrer }}邀请您加入{{ company }}",
			CANDIDATE_HELLO["zh"]
			+ "\n<p><b>{{ referrer }}</b> 在{{ company }}工作，觉得"
			+ "{% if opening %} <b>{{ opening }}</b> 这个职位{% else %}这里{% endif %}适合您。</p>\n"
			+ "{% if message %}<blockquote>{{ message }}</blockquote>{% endif %}\n"
			+ '<p><a href="{{ invitation_link }}">看一看，并申请</a></p>',
		),
	},
	"candidate_received": {
		"en": (
			"You have been recommended at {{ company }}",
			CANDIDATE_HELLO["en"]
			+ "\n<p>Somebody who works at <b>{{ company }}</b> has recommended you"
			+ "{% if opening %} for <b>{{ opening }}</b>{% endif %}. We have your application.</p>\n"
			+ "<p>We will be in touch. If you did not know about this or do not want it, just answer this e-mail.</p>",
		),
		"zh": (
			"您被推荐到{{ company }}",
			CANDIDATE_HELLO["zh"]
			+ "\n<p><b>{{ company }}</b>的一位同事推荐了您"
			+ "{% if opening %}应聘 <b>{{ opening }}</b>{% endif %}，我们已经收到您的申请。</p>\n"
			+ "<p>我们会与您联系。如果您并不知情，或者不希望继续，直接回复这封邮件即可。</p>",
		),
	},
	"candidate_interview": {
		"en": (
			"Your interview at {{ company }}: {{ interview_on }}",
			CANDIDATE_HELLO["en"]
			+ "\n<p>Your interview{% if opening %} for <b>{{ opening }}</b>{% endif %} at {{ company }} is on"
			+ " <b>{{ interview_on }}</b>.</p>\n<p>We look forward to meeting you.</p>",
		),
		"zh": (
			"{{ company }}面试时间：{{ interview_on }}",
			CANDIDATE_HELLO["zh"]
			+ "\n<p>您在{{ company }}{% if opening %}应聘 <b>{{ opening }}</b> {% endif %}的面试定在"
			+ " <b>{{ interview_on }}</b>。</p>\n<p>期待与您见面。</p>",
		),
	},
	"candidate_result": {
		"en": (
			"{% if passed %}Good news from {{ company }}{% else %}Your application at {{ company }}{% endif %}",
			CANDIDATE_HELLO["en"]
			+ "\n{% if passed %}<p>You passed the interviews{% if opening %} for <b>{{ opening }}</b>{% endif %}"
			+ " at {{ company }}. We will talk to you about the next steps.</p>\n"
			+ "{% else %}<p>Thank you for your interest in {{ company }}. We have decided to go on with other candidates"
			+ "{% if opening %} for <b>{{ opening }}</b>{% endif %} this time.</p>\n"
			+ "<p>We wish you well, and hope to hear from you again.</p>{% endif %}",
		),
		"zh": (
			"{% if passed %}{{ company }}的好消息{% else %}您在{{ company }}的应聘结果{% endif %}",
			CANDIDATE_HELLO["zh"]
			+ "\n{% if passed %}<p>您已通过{{ company }}{% if opening %} <b>{{ opening }}</b> {% endif %}的面试，"
			+ "我们会与您商谈下一步。</p>\n"
			+ "{% else %}<p>感谢您关注{{ company }}。{% if opening %}<b>{{ opening }}</b> 这个职位，{% endif %}"
			+ "这次我们选择了其他候选人。</p>\n<p>祝您一切顺利，希望以后还有机会。</p>{% endif %}",
		),
	},
	"digest": {
		"en": (
			"News about your referrals: {{ count }}",
			CANDIDATE_HELLO["en"]
			+ "\n{% for item in news or [] %}<h3>{{ item.subject }}</h3>\n{{ item.body }}\n{% endfor %}",
		),
		"zh": (
			"您的推荐有 {{ count }} 条新消息",
			CANDIDATE_HELLO["zh"]
			+ "\n{% for item in news or [] %}<h3>{{ item.subject }}</h3>\n{{ item.body }}\n{% endfor %}",
		),
	},
}
