"""The words about where referrals come from besides the portal: an applicant named somebody, HR found an opening.

Part of `email_templates.WORDS`, in the same form.
"""

FOR_OPENING = {
	"en": "{% if opening %} for {{ opening }}{% endif %}",
	"zh": "{% if opening %}（{{ opening }}）{% endif %}",
}

WORDS = {
	"invitation_taken_back": {
		"en": (
			"{{ number }}: taken back, and the details are deleted",
			"<p>What you asked of somebody under <b>{{ number }}</b>"
			+ FOR_OPENING["en"]
			+ " was taken back before they answered.</p>\n"
			"<p>Their details are deleted. You and your colleagues may refer them again.</p>",
		),
		"zh": (
			"{{ number }}：已撤回，信息已删除",
			"<p>您以编号 <b>{{ number }}</b>"
			+ FOR_OPENING["zh"]
			+ " 发出的邀请，在对方答复之前已被撤回。</p>\n"
			"<p>对方的信息已经删除。您和同事可以再次推荐。</p>",
		),
	},
	"named_as_referrer": {
		"en": (
			"{{ candidate_name }} says you told them about us",
			"<p><b>{{ candidate_name }}</b> applied"
			+ FOR_OPENING["en"]
			+ " and named you as the person who told them about us.</p>\n"
			"<p>Please say on the referrals page whether that is so. Nothing counts before you do"
			"{% if lapses_on %}; after {{ lapses_on }} the question is closed{% endif %}.</p>",
		),
		"zh": (
			"{{ candidate_name }}说是您介绍的",
			"<p><b>{{ candidate_name }}</b>" + FOR_OPENING["zh"] + " 投递了简历，并说是您介绍的。</p>\n"
			"<p>请在推荐页面确认。您确认之前不计为推荐"
			"{% if lapses_on %}；{{ lapses_on }}之后不再询问{% endif %}。</p>",
		),
	},
	"named_reminder": {
		"en": (
			"Did you tell {{ candidate_name }} about us?",
			"<p>We asked whether you told <b>{{ candidate_name }}</b> about us, and have no answer yet.</p>\n"
			"<p>{% if lapses_on %}After {{ lapses_on }} the question is closed and nothing counts. {% endif %}"
			"We will not ask again.</p>",
		),
		"zh": (
			"是您向{{ candidate_name }}介绍了我们吗？",
			"<p>我们问过您是否向 <b>{{ candidate_name }}</b> 介绍过我们，还没有收到答复。</p>\n"
			"<p>{% if lapses_on %}{{ lapses_on }}之后不再计为推荐。{% endif %}我们不会再次提醒。</p>",
		),
	},
	"referral_matched": {
		"en": (
			"{{ candidate_name }} is considered for {{ opening }}",
			"<p>HR found an opening for <b>{{ candidate_name }}</b>: <b>{{ opening }}</b>.</p>\n"
			"<p>It is your referral as before, and you hear from us at every step.</p>",
		),
		"zh": (
			"{{ candidate_name }}有了合适的职位：{{ opening }}",
			"<p>人力资源部为 <b>{{ candidate_name }}</b> 找到了合适的职位：<b>{{ opening }}</b>。</p>\n"
			"<p>推荐人仍然是您，每有进展都会告诉您。</p>",
		),
	},
}
