"""The words about a newcomer's question under a clock: to who answers, to HR where time runs out, and to who asked;
and about the goals of their first months.

Part of `email_templates.WORDS`, in the same form. No message says what was asked or answered: the page does, to those who may read it.
"""

OPEN_IT = {
	"en": '<p><a href="{{ link }}">Open the question</a></p>',
	"zh": '<p><a href="{{ link }}">打开问题</a></p>',
}
SEE_GOALS = {
	"en": '<p><a href="{{ link }}">See the goals</a></p>',
	"zh": '<p><a href="{{ link }}">查看目标</a></p>',
}

WORDS = {
	"feedback_asked": {
		"en": (
			"{{ asked_by }} asks you something",
			"<p>{{ asked_by }} has a question and waits for an answer by <b>{{ due_on }}</b>.</p>\n"
			"<p>A few plain words soon are better than a perfect answer late. If somebody else should answer, say so there.</p>\n"
			+ OPEN_IT["en"],
		),
		"zh": (
			"{{ asked_by }}有问题想请教您",
			"<p>{{ asked_by }}提出了一个问题，希望在 <b>{{ due_on }}</b> 前得到答复。</p>\n"
			"<p>及时的几句话，胜过迟来的完美答案。如果应由别人答复，也请在那里说明。</p>\n" + OPEN_IT["zh"],
		),
	},
	"feedback_reminder": {
		"en": (
			"{{ asked_by }} waits for your answer",
			"<p>The question of {{ asked_by }} is still open. Please answer by <b>{{ due_on }}</b>; after that HR is told.</p>\n"
			+ OPEN_IT["en"],
		),
		"zh": (
			"{{ asked_by }}在等您的答复",
			"<p>{{ asked_by }}的问题尚未答复。请在 <b>{{ due_on }}</b> 前答复，逾期将通知人力资源部。</p>\n"
			+ OPEN_IT["zh"],
		),
	},
	"feedback_overdue": {
		"en": (
			"The question of {{ asked_by }} is overdue",
			"<p>{{ asked_by }} was to hear by {{ due_on }} and has no answer yet. It is with {{ answerer }}.</p>\n"
			+ OPEN_IT["en"],
		),
		"zh": (
			"{{ asked_by }}的问题已逾期",
			"<p>{{ asked_by }}本应在 {{ due_on }} 前得到答复，目前仍未收到。答复人：{{ answerer }}。</p>\n"
			+ OPEN_IT["zh"],
		),
	},
	"feedback_answered": {
		"en": (
			"{{ answerer }} answered your question",
			"<p>Your question has an answer. Say whether it helped, or ask once more.</p>\n"
			'<p><a href="{{ link }}">Read the answer</a></p>',
		),
		"zh": (
			"{{ answerer }}答复了您的问题",
			"<p>您的问题有答复了。请说说是否有帮助，也可以再问一次。</p>\n"
			'<p><a href="{{ link }}">查看答复</a></p>',
		),
	},
	"feedback_word": {
		"en": (
			"{{ said_by }} wrote about a question",
			"<p>{{ said_by }} added something to the conversation.</p>\n" + OPEN_IT["en"],
		),
		"zh": (
			"{{ said_by }}就一个问题留了话",
			"<p>{{ said_by }}在对话中补充了内容。</p>\n" + OPEN_IT["zh"],
		),
	},
	"goals_begun": {
		"en": (
			"Welcome: your first goals are set",
			"<p>The goals you agreed on before you came have begun. You can say there how far you are, and your manager sees it.</p>\n"
			+ SEE_GOALS["en"],
		),
		"zh": (
			"欢迎加入：您的首批目标已开始",
			"<p>入职前与您商定的目标已经开始。您可以在那里填写进展，您的经理也能看到。</p>\n"
			+ SEE_GOALS["zh"],
		),
	},
	"goals_check_in": {
		"en": (
			"Talk with {{ newcomer }} about month {{ month }}",
			"<p><b>{{ newcomer }}</b> has been here for {{ month }} {% if month == 1 %}month{% else %}months{% endif %}."
			" Where the first goals stand and a few words to begin with wait for you; a quarter of an hour is enough.</p>\n"
			+ SEE_GOALS["en"],
		),
		"zh": (
			"请与{{ newcomer }}谈谈第 {{ month }} 个月",
			"<p><b>{{ newcomer }}</b>入职已满 {{ month }} 个月。首批目标的进展和一段开场白已为您准备好，一刻钟就够了。</p>\n"
			+ SEE_GOALS["zh"],
		),
	},
}
# these messages have their own words around the link
OWN_LINK = frozenset(WORDS)
