"""The words of what passes between a referrer and HR: reasons given later, words that are overdue, questions, answers.

Part of `email_templates.WORDS`, in the same form.
"""

FOR_OPENING = {
	"en": "{% if opening %} for {{ opening }}{% endif %}",
	"zh": "{% if opening %}（{{ opening }}）{% endif %}",
}
# these messages have their own words around the link
OWN_LINK = frozenset({"credit_moved_away"})
QUOTED = "<blockquote>{{ %s }}</blockquote>"

WORDS = {
	"reason_given": {
		"en": (
			"More about your referral of {{ candidate_name }}",
			"<p>There is more to say about <b>{{ candidate_name }}</b>" + FOR_OPENING["en"] + ".</p>\n"
			"{% if reason %}<p>The reason: {{ reason }}</p>{% endif %}\n"
			"{% if hint %}<p>{{ hint }}</p>{% endif %}",
		),
		"zh": (
			"您推荐的{{ candidate_name }}：补充说明",
			"<p>关于 <b>{{ candidate_name }}</b>" + FOR_OPENING["zh"] + "，我们补充说明一下。</p>\n"
			"{% if reason %}<p>原因：{{ reason }}</p>{% endif %}\n"
			"{% if hint %}<p>{{ hint }}</p>{% endif %}",
		),
	},
	"word_from_hr": {
		"en": (
			"A word about your referral of {{ candidate_name }}",
			"<p>The recruiting team writes about <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ ":</p>\n"
			+ QUOTED % "words",
		),
		"zh": (
			"关于您推荐的{{ candidate_name }}",
			"<p>招聘团队关于 <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 的留言：</p>\n"
			+ QUOTED % "words",
		),
	},
	"credit_given": {
		"en": (
			"You are credited with the referral of {{ candidate_name }}",
			"<p>HR has credited you with the referral of <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ ".</p>\n<p>From now on you hear from us at every step, and what it earns is yours.</p>",
		),
		"zh": (
			"对{{ candidate_name }}的推荐已归到您名下",
			"<p>HR 已把对 <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 的推荐归到您名下。</p>\n<p>以后每有进展，我们都会告诉您；由此获得的奖励归您所有。</p>",
		),
	},
	"credit_moved_away": {
		"en": (
			"The referral of {{ candidate_name }} is now credited to somebody else",
			"<p>HR has credited another colleague with the referral of <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ ".</p>\n<p>What you were promised for it ends, and what was paid is taken back. Your wallet shows every step."
			" If you see it differently, please talk to HR.</p>\n"
			'<p><a href="{{ link }}">See my referrals</a></p>',
		),
		"zh": (
			"对{{ candidate_name }}的推荐已归到其他同事名下",
			"<p>HR 已把对 <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 的推荐归到另一位同事名下。</p>\n<p>这次推荐原本承诺给您的奖励不再发放，已发放的会收回，钱包里可以看到每一笔。如有不同意见，请联系 HR。</p>\n"
			'<p><a href="{{ link }}">查看我的推荐</a></p>',
		),
	},
	"word_delayed": {
		"en": (
			"{{ candidate_name }}: it takes a little longer",
			"<p><b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ " is still here: <b>{{ stage }}</b>. You should have heard from us by now; we are sorry.</p>\n"
			"<p>The recruiter was reminded."
			"{% if next_word_on %} You hear from us by {{ next_word_on }}.{% endif %}</p>",
		),
		"zh": (
			"{{ candidate_name }}：还需要一点时间",
			"<p><b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 目前的阶段：<b>{{ stage }}</b>。本该已经给您消息，抱歉让您久等。</p>\n"
			"<p>已提醒招聘负责人。{% if next_word_on %}最晚 {{ next_word_on }} 会给您消息。{% endif %}</p>",
		),
	},
	"word_overdue": {
		"en": (
			"{{ candidate_name }}: the referrer waits for a word",
			"<p>Word about <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ " was due on {{ due_on }}. Stage: {{ stage }}.</p>\n"
			"<p>Move the applicant on, set an interview date, or write a line to the referrer.</p>",
		),
		"zh": (
			"{{ candidate_name }}：推荐人在等消息",
			"<p>关于 <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 的消息应在 {{ due_on }} 前给出。阶段：{{ stage }}。</p>\n"
			"<p>请推进流程、约定面试时间，或给推荐人写一句话。</p>",
		),
	},
	"word_still_overdue": {
		"en": (
			"{{ candidate_name }}: the referrer still waits",
			"<p>Word about <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ " was due on {{ due_on }}. The recruiter was reminded; nothing has happened since. Stage: {{ stage }}.</p>",
		),
		"zh": (
			"{{ candidate_name }}：推荐人仍在等消息",
			"<p>关于 <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 的消息应在 {{ due_on }} 前给出。已提醒招聘负责人，仍无进展。阶段：{{ stage }}。</p>",
		),
	},
	"question_asked": {
		"en": (
			"{{ asked_by }} asks about the referral of {{ candidate_name }}",
			"<p>{{ asked_by }} asks:</p>\n"
			+ QUOTED % "question"
			+ "\n{% if due_on %}<p>Please answer by {{ due_on }}.</p>{% endif %}",
		),
		"zh": (
			"{{ asked_by }}对推荐{{ candidate_name }}有疑问",
			"<p>{{ asked_by }} 的问题：</p>\n"
			+ QUOTED % "question"
			+ "\n{% if due_on %}<p>请在 {{ due_on }} 前回复。</p>{% endif %}",
		),
	},
	"question_overdue": {
		"en": (
			"{{ asked_by }} waits for an answer",
			"<p>The question of {{ asked_by }} about <b>{{ candidate_name }}</b> was to be answered by {{ due_on }}.</p>",
		),
		"zh": (
			"{{ asked_by }}在等您的回复",
			"<p>{{ asked_by }} 关于 <b>{{ candidate_name }}</b> 的问题应在 {{ due_on }} 前回复。</p>",
		),
	},
	"question_answered": {
		"en": (
			"HR answered your question about {{ candidate_name }}",
			"<p>You asked:</p>\n" + QUOTED % "question" + "\n<p>The answer:</p>\n" + QUOTED % "answer",
		),
		"zh": (
			"关于{{ candidate_name }}的疑问已有回复",
			"<p>您的问题：</p>\n" + QUOTED % "question" + "\n<p>回复：</p>\n" + QUOTED % "answer",
		),
	},
	"refusal_questioned": {
		"en": (
			"{{ asked_by }} asks why a referral was refused",
			"<p>{{ asked_by }} wanted to refer somebody and was refused, and asks:</p>\n"
			+ QUOTED % "question"
			+ "\n{% if due_on %}<p>Please answer by {{ due_on }}.</p>{% endif %}",
		),
		"zh": (
			"{{ asked_by }}询问推荐为何未被受理",
			"<p>{{ asked_by }} 的推荐未被受理，询问如下：</p>\n"
			+ QUOTED % "question"
			+ "\n{% if due_on %}<p>请在 {{ due_on }} 前回复。</p>{% endif %}",
		),
	},
	"refusal_overdue": {
		"en": (
			"{{ asked_by }} waits to hear why a referral was refused",
			"<p>The question of {{ asked_by }} about a refused referral was to be answered by {{ due_on }}.</p>",
		),
		"zh": (
			"{{ asked_by }}在等关于未受理推荐的回复",
			"<p>{{ asked_by }} 关于未受理推荐的问题应在 {{ due_on }} 前回复。</p>",
		),
	},
	"refusal_answered": {
		"en": (
			"HR looked at your refused referral",
			"<p>You asked:</p>\n" + QUOTED % "question" + "\n<p>The answer:</p>\n" + QUOTED % "answer",
		),
		"zh": (
			"HR 已核实您未被受理的推荐",
			"<p>您的问题：</p>\n" + QUOTED % "question" + "\n<p>回复：</p>\n" + QUOTED % "answer",
		),
	},
}
