"""The words with which a colleague is asked to write to somebody of the talent pool, and HR hears what became of it.

Part of `email_templates.WORDS`, in the same form. No message names the person: their page does, for as long as it may.
"""

APPLIED_AS = {
	"en": "{% if designation %} (applied as {{ designation }}){% endif %}",
	"zh": "{% if designation %}（曾应聘{{ designation }}）{% endif %}",
}
OPEN_IT = {
	"en": '<p><a href="{{ link }}">Open the request</a></p>',
	"zh": '<p><a href="{{ link }}">打开请求</a></p>',
}
ANSWERED = {
	"en": (
		'{% if answer == "Wrote" %}wrote to the person{% elif answer == "Not Me" %}is not the one to write'
		'{% elif answer == "Knows Better" %}knows something the record does not say{% else %}left you a word{% endif %}'
	),
	"zh": (
		'{% if answer == "Wrote" %}已联系对方{% elif answer == "Not Me" %}认为应由别人联系'
		'{% elif answer == "Knows Better" %}了解档案中没有的情况{% else %}给您留了话{% endif %}'
	),
}

WORDS = {
	"recall_asked": {
		"en": (
			"{{ asked_by }} asks you to write to somebody we would like to win back",
			"<p>{{ asked_by }} asks you to write, by <b>{{ due_on }}</b>, to somebody we would like to win back"
			+ APPLIED_AS["en"]
			+ ".</p>\n<p>Who it is, what we know and a draft wait for you. A few words from you count more than a mail from HR."
			" If somebody else should write, say so there.</p>\n" + OPEN_IT["en"],
		),
		"zh": (
			"{{ asked_by }}请您联系一位我们想请回来的人",
			"<p>{{ asked_by }}请您在 <b>{{ due_on }}</b> 前联系一位我们想请回来的人"
			+ APPLIED_AS["zh"]
			+ "。</p>\n<p>对方是谁、我们了解的情况和一份草稿都已准备好。您的几句话，比人力资源部的邮件更有分量。"
			"如果应由别人联系，也请在那里说明。</p>\n" + OPEN_IT["zh"],
		),
	},
	"recall_reminder": {
		"en": (
			"Your message is awaited by {{ due_on }}",
			"<p>HR asked you to write to somebody we would like to win back"
			+ APPLIED_AS["en"]
			+ ". The day is <b>{{ due_on }}</b>.</p>\n"
			+ OPEN_IT["en"],
		),
		"zh": (
			"请在 {{ due_on }} 前发出您的消息",
			"<p>人力资源部请您联系一位我们想请回来的人"
			+ APPLIED_AS["zh"]
			+ "，截止日期：<b>{{ due_on }}</b>。</p>\n"
			+ OPEN_IT["zh"],
		),
	},
	"recall_overdue": {
		"en": (
			"Your message was awaited by {{ due_on }}",
			"<p>HR asked you to write to somebody we would like to win back"
			+ APPLIED_AS["en"]
			+ ". The day, {{ due_on }}, is over.</p>\n<p>If you can't, one tap says so, and HR asks somebody else.</p>\n"
			+ OPEN_IT["en"],
		),
		"zh": (
			"您的消息已过 {{ due_on }} 的期限",
			"<p>人力资源部请您联系一位我们想请回来的人"
			+ APPLIED_AS["zh"]
			+ "，期限 {{ due_on }} 已过。</p>\n<p>如果不方便，点一下告诉我们，人力资源部会另请他人。</p>\n"
			+ OPEN_IT["zh"],
		),
	},
	"recall_withdrawn": {
		"en": (
			"No need to write any more",
			"<p>HR had asked you to write to somebody we would like to win back"
			+ APPLIED_AS["en"]
			+ '. That is not needed any more. Thank you.</p>\n<p><a href="{{ link }}">See what else is asked of you</a></p>',
		),
		"zh": (
			"不用再联系了",
			"<p>人力资源部曾请您联系一位我们想请回来的人"
			+ APPLIED_AS["zh"]
			+ '，现在不需要了。谢谢您。</p>\n<p><a href="{{ link }}">查看其他请求</a></p>',
		),
	},
	"recall_answered": {
		"en": (
			"{{ asked_name }} answered your request",
			"<p>{{ asked_name }} " + ANSWERED["en"] + ".</p>\n" + OPEN_IT["en"],
		),
		"zh": (
			"{{ asked_name }}答复了您的请求",
			"<p>{{ asked_name }}" + ANSWERED["zh"] + "。</p>\n" + OPEN_IT["zh"],
		),
	},
	"recall_unanswered": {
		"en": (
			"{{ asked_name }} has not answered a recall request",
			"<p>{{ asked_name }} was to write by {{ due_on }} and was reminded; nothing has happened since.</p>\n"
			"<p>Talk to them, give more time, or ask somebody else.</p>\n" + OPEN_IT["en"],
		),
		"zh": (
			"{{ asked_name }}尚未答复召回请求",
			"<p>{{ asked_name }}应在 {{ due_on }} 前联系对方，已提醒过，仍无进展。</p>\n"
			"<p>请与其沟通、延长期限，或另请他人。</p>\n" + OPEN_IT["zh"],
		),
	},
	"recall_ended": {
		"en": (
			"A recall request to {{ asked_name }} ended without an answer",
			"<p>The request to {{ asked_name }} is closed, and they can't read about the person any more.</p>\n"
			"<p>Ask somebody else, or write yourself.</p>\n" + OPEN_IT["en"],
		),
		"zh": (
			"给{{ asked_name }}的召回请求已结束，没有答复",
			"<p>给{{ asked_name }}的请求已关闭，对方不能再查看相关资料。</p>\n"
			"<p>请另请他人，或自己联系。</p>\n" + OPEN_IT["zh"],
		),
	},
}
# these messages have their own words around the link
OWN_LINK = frozenset(WORDS)
