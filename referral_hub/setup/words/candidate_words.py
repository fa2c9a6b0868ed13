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
	"consent_asked": {
		"en": (
			"{{ referrer }} would like to recommend you at {{ company }}",
			CANDIDATE_HELLO["en"]
			+ "\n<p><b>{{ referrer }}</b> works at {{ company }} and would like to recommend you"
			+ "{% if opening %} for <b>{{ opening }}</b>{% endif %}. Nobody who hires sees your name before you agree.</p>\n"
			+ '<p><a href="{{ link }}">Have a look, and agree or say no</a></p>\n'
			+ "<p>{% if answer_until_on %}If we hear nothing until {{ answer_until_on }}, we delete your details.{% endif %}</p>",
		),
		"zh": (
			"{{ referrer }}想把您推荐到{{ company }}",
			CANDIDATE_HELLO["zh"]
			+ "\n<p><b>{{ referrer }}</b> 在{{ company }}工作，想推荐您"
			+ "{% if opening %}应聘 <b>{{ opening }}</b>{% endif %}。在您同意之前，招聘人员看不到您的姓名。</p>\n"
			+ '<p><a href="{{ link }}">看一看，同意或者拒绝</a></p>\n'
			+ "<p>{% if answer_until_on %}如果到{{ answer_until_on }}还没有您的答复，我们会删除您的信息。{% endif %}</p>",
		),
	},
	"consent_reminder": {
		"en": (
			"Still open: may {{ referrer }} recommend you at {{ company }}?",
			CANDIDATE_HELLO["en"]
			+ "\n<p><b>{{ referrer }}</b> would like to recommend you at {{ company }}"
			+ "{% if opening %} for <b>{{ opening }}</b>{% endif %}, and waits for your answer.</p>\n"
			+ '<p><a href="{{ link }}">Agree or say no</a></p>\n'
			+ "<p>{% if answer_until_on %}If we hear nothing until {{ answer_until_on }}, we delete your details.{% endif %}</p>",
		),
		"zh": (
			"等您答复：{{ referrer }}可以把您推荐到{{ company }}吗？",
			CANDIDATE_HELLO["zh"]
			+ "\n<p><b>{{ referrer }}</b> 想把您推荐到{{ company }}"
			+ "{% if opening %}应聘 <b>{{ opening }}</b>{% endif %}，正在等您的答复。</p>\n"
			+ '<p><a href="{{ link }}">同意或者拒绝</a></p>\n'
			+ "<p>{% if answer_until_on %}如果到{{ answer_until_on }}还没有您的答复，我们会删除您的信息。{% endif %}</p>",
		),
	},
	"candidate_status": {
		"en": (
			"Your page at {{ company }}",
			CANDIDATE_HELLO["en"]
			+ "\n<p>On your own page you see where you stand"
			+ "{% if opening %} with <b>{{ opening }}</b>{% endif %} at {{ company }},"
			+ " what we hold about you, and you can correct it or withdraw.</p>\n"
			+ '<p><a href="{{ link }}">Open my page</a></p>\n<p>The link is for you alone. Please don\'t pass it on.</p>',
		),
		"zh": (
			"您在{{ company }}的个人页面",
			CANDIDATE_HELLO["zh"]
			+ "\n<p>在您的个人页面上，可以看到您在{{ company }}"
			+ "{% if opening %}应聘 <b>{{ opening }}</b> {% endif %}的进展和我们保存的信息，也可以更正或者退出。</p>\n"
			+ '<p><a href="{{ link }}">打开我的页面</a></p>\n<p>这个链接只供您本人使用，请不要转发。</p>',
		),
	},
	"pool_renewal": {
		"en": (
			"May {{ company }} keep you in mind?",
			CANDIDATE_HELLO["en"]
			+ "\n<p>You agreed that <b>{{ company }}</b> keeps your details to tell you about openings that suit you."
			+ "{% if until_on %} That ends on {{ until_on }}; then we delete them.{% endif %}</p>\n"
			+ '<p><a href="{{ link }}">Keep me in mind, or not</a></p>\n'
			+ "<p>You need not answer. The link is for you alone. Please don't pass it on.</p>",
		),
		"zh": (
			"{{ company }}可以继续保留您的信息吗？",
			CANDIDATE_HELLO["zh"]
			+ "\n<p>您同意过<b>{{ company }}</b>保留您的信息，以便告诉您合适的职位。"
			+ "{% if until_on %}期限到{{ until_on }}为止，到期后我们会删除。{% endif %}</p>\n"
			+ '<p><a href="{{ link }}">继续保留，或者不再保留</a></p>\n'
			+ "<p>不回复也可以。这个链接只供您本人使用，请不要转发。</p>",
		),
	},
	"pool_page": {
		"en": (
			"What {{ company }} holds about you",
			CANDIDATE_HELLO["en"]
			+ "\n<p>On your own page you see what {{ company }} holds about you and until when,"
			+ " and you can agree, say no, or have it deleted.</p>\n"
			+ '<p><a href="{{ link }}">Open my page</a></p>\n<p>The link is for you alone. Please don\'t pass it on.</p>',
		),
		"zh": (
			"{{ company }}保存了您的哪些信息",
			CANDIDATE_HELLO["zh"]
			+ "\n<p>在您的个人页面上，可以看到{{ company }}保存了您的哪些信息、保存到什么时候，也可以同意、拒绝或者要求删除。</p>\n"
			+ '<p><a href="{{ link }}">打开我的页面</a></p>\n<p>这个链接只供您本人使用，请不要转发。</p>',
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
	"candidate_interview_off": {
		"en": (
			"Your interview at {{ company }} on {{ interview_on }} is off",
			CANDIDATE_HELLO["en"]
			+ "\n<p>Your interview{% if opening %} for <b>{{ opening }}</b>{% endif %} at {{ company }} on"
			+ " <b>{{ interview_on }}</b> will not be held.</p>\n<p>We will be in touch about what comes next.</p>",
		),
		"zh": (
			"{{ company }}在 {{ interview_on }} 的面试已取消",
			CANDIDATE_HELLO["zh"]
			+ "\n<p>您在{{ company }}{% if opening %}应聘 <b>{{ opening }}</b> {% endif %}原定"
			+ " <b>{{ interview_on }}</b> 的面试已取消。</p>\n<p>有了下一步，我们会与您联系。</p>",
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
