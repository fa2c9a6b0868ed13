"""The words of text messages: one plain line each, short, because every part of one costs money. Data, as in `email_templates`.

A message that is not named here says what the subject of its e-mail says, and the link.
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
