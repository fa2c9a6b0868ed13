"""The words of text messages: one plain line each, short, because every part of one costs money. Data, as in `email_templates`.

A message that is not named here says what the subject of its e-mail says, and the link. What is posted in a group
(`messages.rules.groups`) is a line of its own: it speaks to many people, about none of them.
"""

FOR_OPENING = {
	"en": "{% if opening %} for {{ opening }}{% endif %}",
	"zh": "{% if opening %}（{{ opening }}）{% endif %}",
}

SMS_WORDS = {
	"consent_asked": {
		"en": "{{ referrer }} would like to recommend you at {{ company }}. Agree or say no: {{ link }}",
		"zh": "{{ referrer }}想把您推荐到{{ company }}，请同意或拒绝：{{ link }}",
	},
	"consent_reminder": {
		"en": "May {{ referrer }} recommend you at {{ company }}? Agree or say no: {{ link }}",
		"zh": "{{ referrer }}可以把您推荐到{{ company }}吗？请同意或拒绝：{{ link }}",
	},
	"candidate_invited": {
		"en": "{{ referrer }} invites you to {{ company }}" + FOR_OPENING["en"] + ": {{ invitation_link }}",
		"zh": "{{ referrer }}邀请您加入{{ company }}" + FOR_OPENING["zh"] + "：{{ invitation_link }}",
	},
	"candidate_survey": {
		"en": "{{ company }}: how was it with us? One minute, without your name if you like: {{ link }}",
		"zh": "{{ company }}：想听听您的感受，一分钟，可匿名：{{ link }}",
	},
	"pool_renewal": {
		"en": "May {{ company }} keep your details to tell you about openings? Yes or no: {{ link }}",
		"zh": "{{ company }}可以继续保留您的信息、告诉您合适的职位吗？请选择：{{ link }}",
	},
	"candidate_received": {
		"en": "{{ company }}: a colleague of ours has recommended you"
		+ FOR_OPENING["en"]
		+ ". We will be in touch.",
		"zh": "{{ company }}：我们的同事推荐了您" + FOR_OPENING["zh"] + "，我们会与您联系。",
	},
	"candidate_interview": {
		"en": "{{ company }}: your interview" + FOR_OPENING["en"] + " is on {{ interview_on }}.",
		"zh": "{{ company }}：您的面试" + FOR_OPENING["zh"] + "定在 {{ interview_on }}。",
	},
	"candidate_interview_off": {
		"en": "{{ company }}: your interview"
		+ FOR_OPENING["en"]
		+ " on {{ interview_on }} is off. We will be in touch.",
		"zh": "{{ company }}：您"
		+ FOR_OPENING["zh"]
		+ "在 {{ interview_on }} 的面试已取消，我们会与您联系。",
	},
	"candidate_result": {
		"en": "{{ company }}: {% if passed %}you passed the interviews"
		+ FOR_OPENING["en"]
		+ ". We will talk to you about the next steps.{% else %}thank you for your interest. This time we decided for other candidates"
		+ FOR_OPENING["en"]
		+ ".{% endif %}",
		"zh": "{{ company }}：{% if passed %}您已通过面试"
		+ FOR_OPENING["zh"]
		+ "，我们会与您商谈下一步。{% else %}感谢您的关注，这次我们选择了其他候选人"
		+ FOR_OPENING["zh"]
		+ "。{% endif %}",
	},
	"not_selected": {
		"en": "{{ candidate_name }} was not selected this time.{% if reason %} {{ reason }}.{% endif %} {{ link }}",
		"zh": "{{ candidate_name }}这次没有入选。{% if reason %}{{ reason }}。{% endif %} {{ link }}",
	},
}
WITHOUT_SMS = frozenset({"digest"})


def words_of(event: str, language: str, subject: str) -> str:
	written = SMS_WORDS.get(event, {}).get(language)
	return written or f"{subject} {{{{ link }}}}"


LINK = " {{ link }}"


def _about_referral(english: str, chinese: str) -> dict[str, str]:
	return {
		"en": english.replace("[opening]", FOR_OPENING["en"]) + LINK,
		"zh": chinese.replace("[opening]", FOR_OPENING["zh"]) + LINK,
	}


GROUP_WORDS = {
	"referral_received": _about_referral(
		"New referral[opening]: {{ candidate_name }}.", "有新的内部推荐[opening]：{{ candidate_name }}。"
	),
	"interview_scheduled": _about_referral(
		"Interview[opening] on {{ interview_on }}: {{ candidate_name }}, by referral.",
		"内部推荐的{{ candidate_name }}将于 {{ interview_on }} 面试[opening]。",
	),
	"terms_discussed": _about_referral(
		"Interviews passed[opening]: {{ candidate_name }}, by referral.",
		"内部推荐的{{ candidate_name }}已通过面试[opening]。",
	),
	"offer_made": _about_referral(
		"Offer made[opening]: {{ candidate_name }}, by referral.",
		"已向内部推荐的{{ candidate_name }}发出录用通知[opening]。",
	),
	"candidate_joined": _about_referral(
		"First day at work[opening]: {{ candidate_name }}, by referral. Whom do you know?",
		"内部推荐的{{ candidate_name }}今天入职[opening]。您身边还有合适的人吗？",
	),
	"candidate_confirmed": _about_referral(
		"Probation passed[opening]: {{ candidate_name }}, by referral.",
		"内部推荐的{{ candidate_name }}已转正[opening]。",
	),
	"word_overdue": _about_referral(
		"Word is overdue about {{ candidate_name }}[opening].",
		"关于{{ candidate_name }}的进展反馈已逾期[opening]。",
	),
	"word_still_overdue": _about_referral(
		"Word is still overdue about {{ candidate_name }}[opening].",
		"关于{{ candidate_name }}的进展反馈仍未给出[opening]。",
	),
	"question_overdue": _about_referral(
		"A referrer's question is not answered yet: {{ candidate_name }}.",
		"推荐人的问题尚未答复：{{ candidate_name }}。",
	),
	"refusal_overdue": _about_referral(
		"A referrer questioned a refusal, and nobody has looked at it yet: {{ candidate_name }}.",
		"推荐人对未通过提出疑问，尚无人处理：{{ candidate_name }}。",
	),
	"feedback_overdue": _about_referral(
		"A newcomer's question is not answered yet.", "新同事提出的问题尚未答复。"
	),
	"recall_overdue": _about_referral(
		"Somebody was asked to write to a person of the talent pool and has not yet.",
		"有同事受邀联系人才库中的人选，但尚未联系。",
	),
	"budget_low": _about_referral(
		"The budget of {{ program }} is running out: {{ budget_used }} of {{ budget_amount }}.",
		"推荐项目“{{ program }}”的预算即将用完：{{ budget_used }} / {{ budget_amount }}。",
	),
	"budget_without_rate": _about_referral(
		"The budget of {{ program }} does not count what is promised in {{ currencies }}: there is no exchange rate.",
		"推荐项目“{{ program }}”的预算未计入以 {{ currencies }} 承诺的奖励：缺少汇率。",
	),
	"order_waits": _about_referral(
		"An order of the points shop waits for approval: {{ item }}.", "积分商城有订单待审批：{{ item }}。"
	),
	"mall_stopped": _about_referral(
		"An order stopped at a mall: {{ item }}.", "有订单在外部商城受阻：{{ item }}。"
	),
}
