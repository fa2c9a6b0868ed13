"""The words of every message, as data: per event and language one Email Template, which HR edits afterwards.

Made when missing and never changed again. Inside `{{ }}` stand facts of the message (`messages.rules.events`).
"""

import frappe

from referral_hub.messages.rendering import GROUP, SMS, template_name
from referral_hub.setup.words import (
	words_of_hr,
	words_of_newcomers,
	words_of_requests,
	words_of_rewards,
	words_of_shop,
	words_of_sources,
)
from referral_hub.setup.words.announcing import messages as announcing_messages
from referral_hub.setup.words.candidate_words import WHOLE_WORDS
from referral_hub.setup.words.recognition import messages as recognition_messages
from referral_hub.setup.words.sms_words import GROUP_WORDS, WITHOUT_SMS, words_of
from referral_hub.setup.words.survey import messages as survey_messages

# a piece of a digest is written without a name: the digest has said hello
HELLO = {
	"en": "{% if reader_name %}<p>Hello {{ reader_name }},</p>{% endif %}",
	"zh": "{% if reader_name %}<p>{{ reader_name }}，您好：</p>{% endif %}",
}
LINK = {
	"en": '<p><a href="{{ link }}">See this referral</a></p>',
	"zh": '<p><a href="{{ link }}">查看这次推荐</a></p>',
}
REASON = {
	"en": "{% if reason %}<p>The reason: {{ reason }}</p>{% endif %}\n{% if hint %}<p>{{ hint }}</p>{% endif %}",
	"zh": "{% if reason %}<p>原因：{{ reason }}</p>{% endif %}\n{% if hint %}<p>{{ hint }}</p>{% endif %}",
}
# payroll decides with which salary cash comes: no day is promised
DUE = {
	"en": (
		'{% if due_on %}<p>{% if kind == "Cash" %}You get it with a salary from {{ due_on }} on.'
		"{% else %}You get it on {{ due_on }}.{% endif %}</p>{% endif %}"
	),
	"zh": (
		'{% if due_on %}<p>{% if kind == "Cash" %}{{ due_on }}起随工资发放。'
		"{% else %}发放日期：{{ due_on }}。{% endif %}</p>{% endif %}"
	),
}
# said when something is paid, by whichever way; HR writes it as they like
THANKS_PAID = {
	"en": "<p>Thank you for bringing {{ candidate_name }} to us.</p>\n",
	"zh": "<p>谢谢您把{{ candidate_name }}推荐给我们。</p>\n",
}
FOR_OPENING = {
	"en": "{% if opening %} for {{ opening }}{% endif %}",
	"zh": "{% if opening %}（{{ opening }}）{% endif %}",
}

# event -> language -> (subject, paragraphs between the greeting and the link)
WORDS = {
	"referral_received": {
		"en": (
			"We received your referral of {{ candidate_name }}: {{ number }}",
			"<p>Thank you. Your referral of <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ " has arrived.</p>\n"
			"<p>Its number is <b>{{ number }}</b>. You will hear from us at every step.</p>",
		),
		"zh": (
			"已收到您推荐的{{ candidate_name }}，编号 {{ number }}",
			"<p>谢谢您推荐 <b>{{ candidate_name }}</b>" + FOR_OPENING["zh"] + "，我们已经收到。</p>\n"
			"<p>推荐编号：<b>{{ number }}</b>。每有进展，我们都会告诉您。</p>",
		),
	},
	"referral_screening": {
		"en": (
			"{{ candidate_name }} is in screening",
			"<p>The recruiting team is reading the profile of <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ ".</p>\n"
			"<p>We will tell you what comes next.</p>",
		),
		"zh": (
			"{{ candidate_name }}进入筛选",
			"<p>招聘团队正在看 <b>{{ candidate_name }}</b> 的资料" + FOR_OPENING["zh"] + "。</p>\n"
			"<p>有了下一步，我们会告诉您。</p>",
		),
	},
	"interview_scheduled": {
		"en": (
			"{{ candidate_name }} has an interview on {{ interview_on }}",
			"<p><b>{{ candidate_name }}</b> has an interview"
			+ FOR_OPENING["en"]
			+ " on <b>{{ interview_on }}</b>.</p>\n"
			"<p>A kind word from you before the day helps.</p>",
		),
		"zh": (
			"{{ candidate_name }}的面试定在 {{ interview_on }}",
			"<p><b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 的面试定在 <b>{{ interview_on }}</b>。</p>\n"
			"<p>面试前，您的一句鼓励会很有帮助。</p>",
		),
	},
	"interview_off": {
		"en": (
			"The interview of {{ candidate_name }} on {{ interview_on }} is off",
			"<p>The interview of <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ " on <b>{{ interview_on }}</b> will not be held.</p>\n"
			"<p>The referral goes on. We will tell you what comes next.</p>",
		),
		"zh": (
			"{{ candidate_name }}在 {{ interview_on }} 的面试已取消",
			"<p><b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 原定 <b>{{ interview_on }}</b> 的面试已取消。</p>\n"
			"<p>这次推荐仍在进行，有了下一步，我们会告诉您。</p>",
		),
	},
	"terms_discussed": {
		"en": (
			"{{ candidate_name }} passed the interviews",
			"<p>Good news: <b>{{ candidate_name }}</b> passed the interviews" + FOR_OPENING["en"] + ".</p>\n"
			"<p>We are now talking about the terms of the offer.</p>",
		),
		"zh": (
			"{{ candidate_name }}通过了面试",
			"<p>好消息：<b>{{ candidate_name }}</b>" + FOR_OPENING["zh"] + " 通过了面试。</p>\n"
			"<p>现在正在商谈录用条件。</p>",
		),
	},
	"offer_made": {
		"en": (
			"{{ candidate_name }} has an offer",
			"<p>We made <b>{{ candidate_name }}</b> an offer" + FOR_OPENING["en"] + ".</p>\n"
			"<p>Now the answer is up to them. We will tell you when it is decided.</p>",
		),
		"zh": (
			"已向{{ candidate_name }}发出录用通知",
			"<p>我们已向 <b>{{ candidate_name }}</b>" + FOR_OPENING["zh"] + " 发出录用通知。</p>\n"
			"<p>现在等对方答复，有了结果会告诉您。</p>",
		),
	},
	"candidate_joined": {
		"en": (
			"{{ candidate_name }} has joined",
			"<p><b>{{ candidate_name }}</b> joined us{% if joined_on %} on {{ joined_on }}{% endif %}, thanks to you.</p>\n"
			"<p>A friendly face makes the first days easier. Say hello when you meet.</p>",
		),
		"zh": (
			"{{ candidate_name }}已入职",
			"<p><b>{{ candidate_name }}</b> {% if joined_on %}已于{{ joined_on }}入职{% else %}已入职{% endif %}，谢谢您的推荐。</p>\n"
			"<p>刚来的几天，有熟人在会安心很多。见到时打个招呼吧。</p>",
		),
	},
	"candidate_confirmed": {
		"en": (
			"{{ candidate_name }} has passed probation",
			"<p><b>{{ candidate_name }}</b> has passed probation{% if confirmed_on %} on {{ confirmed_on }}{% endif %}.</p>\n"
			"<p>Thank you for bringing them to us.</p>",
		),
		"zh": (
			"{{ candidate_name }}已转正",
			"<p><b>{{ candidate_name }}</b> {% if confirmed_on %}已于{{ confirmed_on }}转正{% else %}已转正{% endif %}。</p>\n"
			"<p>谢谢您把这样的同事带来。</p>",
		),
	},
	"candidate_never_answered": {
		"en": (
			"{{ number }}: no answer, and the details are deleted",
			"<p>The person you referred under <b>{{ number }}</b>"
			+ FOR_OPENING["en"]
			+ " did not answer in time.</p>\n"
			"<p>Their details are deleted, as we promised them. You may refer them again when you have talked to them.</p>",
		),
		"zh": (
			"{{ number }}：对方没有答复，信息已删除",
			"<p>您以编号 <b>{{ number }}</b>" + FOR_OPENING["zh"] + " 推荐的人没有及时答复。</p>\n"
			"<p>按照对他们的承诺，信息已经删除。您与对方沟通后，可以再次推荐。</p>",
		),
	},
	"not_selected": {
		"en": (
			"{{ candidate_name }} was not selected this time",
			"<p>We did not select <b>{{ candidate_name }}</b>"
			+ FOR_OPENING["en"]
			+ " this time.</p>\n"
			+ REASON["en"]
			+ "\n<p>Thank you for thinking of us. Another opening may suit better.</p>",
		),
		"zh": (
			"{{ candidate_name }}这次没有入选",
			"<p><b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 这次没有入选。</p>\n"
			+ REASON["zh"]
			+ "\n<p>谢谢您的推荐。也许有别的职位更合适。</p>",
		),
	},
	"candidate_withdrew": {
		"en": (
			"{{ candidate_name }} has withdrawn",
			"<p><b>{{ candidate_name }}</b> decided not to go on with the application"
			+ FOR_OPENING["en"]
			+ ".</p>\n"
			+ REASON["en"]
			+ "\n<p>Thank you for your referral.</p>",
		),
		"zh": (
			"{{ candidate_name }}退出了应聘",
			"<p><b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 决定不再继续应聘。</p>\n"
			+ REASON["zh"]
			+ "\n<p>谢谢您的推荐。</p>",
		),
	},
	"offer_declined": {
		"en": (
			"{{ candidate_name }} declined the offer",
			"<p><b>{{ candidate_name }}</b> declined our offer"
			+ FOR_OPENING["en"]
			+ ".</p>\n"
			+ REASON["en"]
			+ "\n<p>Thank you for your referral. Perhaps another time.</p>",
		),
		"zh": (
			"{{ candidate_name }}没有接受录用",
			"<p><b>{{ candidate_name }}</b>"
			+ FOR_OPENING["zh"]
			+ " 没有接受录用。</p>\n"
			+ REASON["zh"]
			+ "\n<p>谢谢您的推荐，希望以后还有机会。</p>",
		),
	},
	"referral_not_taken": {
		"en": (
			"Your referral of {{ candidate_name }} could not be taken",
			"<p>You referred <b>{{ candidate_name }}</b> by the Employee Referral form.</p>\n"
			"{% if refusal %}<p>{{ refusal }}</p>{% endif %}\n<p>HR can see the form and decides what becomes of it.</p>",
		),
		"zh": (
			"您对{{ candidate_name }}的推荐未能受理",
			"<p>您通过“员工推荐”表单推荐了 <b>{{ candidate_name }}</b>。</p>\n"
			"{% if refusal %}<p>{{ refusal }}</p>{% endif %}\n<p>人力资源部能看到这张表单，并决定如何处理。</p>",
		),
	},
	"reward_earned": {
		"en": (
			"You earned {{ reward }} for {{ candidate_name }}",
			"<p>Your referral of <b>{{ candidate_name }}</b> earned you <b>{{ reward }}</b>.</p>\n"
			+ DUE["en"],
		),
		"zh": (
			"推荐{{ candidate_name }}，您获得了 {{ reward }}",
			"<p>您推荐了 <b>{{ candidate_name }}</b>，获得 <b>{{ reward }}</b>。</p>\n" + DUE["zh"],
		),
	},
	"reward_choice": {
		"en": (
			"Choose your reward for {{ candidate_name }}",
			"<p>Your referral of <b>{{ candidate_name }}</b> earned you a reward, and you can choose which one.</p>\n"
			"{% if choose_until_on %}<p>Please choose by {{ choose_until_on }}. After that you get what suits you best"
			" by what you chose before.</p>{% endif %}",
		),
		"zh": (
			"请选择推荐{{ candidate_name }}的奖励",
			"<p>您推荐了 <b>{{ candidate_name }}</b>，获得奖励，请选择想要的一种。</p>\n"
			"{% if choose_until_on %}<p>请在 {{ choose_until_on }} 前选择。逾期将按您以往的选择代为决定。</p>{% endif %}",
		),
	},
	"budget_without_rate": {
		"en": (
			"The budget of {{ program }} does not count what is promised in {{ currencies }}",
			"<p>Rewards of the program <b>{{ program }}</b> are promised in {{ currencies }}, and there is no exchange rate to"
			" {{ budget_currency }}. They stand and will be paid, but the budget does not count them.</p>\n"
			"<p>Enter a rate in Currency Exchange: the following night they are counted.</p>",
		),
		"zh": (
			"推荐项目“{{ program }}”的预算未计入以 {{ currencies }} 承诺的奖励",
			"<p>推荐项目 <b>{{ program }}</b> 承诺了以 {{ currencies }} 计的奖励，但没有兑换 {{ budget_currency }} 的汇率。"
			"这些承诺有效，也会照常发放，只是未计入预算。</p>\n"
			"<p>请在“货币兑换”中录入汇率，当晚即会计入。</p>",
		),
	},
	"budget_low": {
		"en": (
			"The budget of {{ program }} is running out",
			"<p>{{ budget_used }} of {{ budget_amount }} are promised or paid in the program <b>{{ program }}</b>.</p>\n"
			"<p>When it is used up, new referrals are taken but promise no reward. What was promised is paid.</p>",
		),
		"zh": (
			"推荐项目“{{ program }}”的预算即将用完",
			"<p>推荐项目<b>{{ program }}</b>已承诺或已发放 {{ budget_used }}，预算为 {{ budget_amount }}。</p>\n"
			"<p>预算用完后，新的推荐照常受理，但不再承诺奖励。已承诺的奖励照常发放。</p>",
		),
	},
	"reward_paid": {
		"en": (
			"{{ reward }} for your referral of {{ candidate_name }}",
			"<p>Your reward for <b>{{ candidate_name }}</b>: <b>{{ reward }}</b>.</p>\n"
			+ THANKS_PAID["en"]
			+ '{% if kind == "Points" %}<p>They are in your wallet now.</p>{% endif %}\n'
			'{% if kind == "Cash" %}<p>It was handed to payroll and comes with a coming salary.</p>{% endif %}',
		),
		"zh": (
			"推荐{{ candidate_name }}的奖励"
			'{% if kind == "Cash" %}已转交薪资部门{% else %}已发放{% endif %}：{{ reward }}',
			"<p>推荐 <b>{{ candidate_name }}</b> 的奖励：<b>{{ reward }}</b>。</p>\n"
			+ THANKS_PAID["zh"]
			+ '{% if kind == "Points" %}<p>积分已进入您的积分钱包。</p>{% endif %}\n'
			'{% if kind == "Cash" %}<p>已转交薪资部门，将随之后的工资一起发放。</p>{% endif %}',
		),
	},
}


def make_email_templates() -> None:
	"""Make the templates that are missing; what HR has changed stays as it is."""
	words_of_others = words_of_hr.WORDS | words_of_sources.WORDS | words_of_rewards.WORDS
	words_of_others |= words_of_requests.WORDS | words_of_newcomers.WORDS | words_of_shop.WORDS
	words_of_others |= recognition_messages.WORDS | announcing_messages.WORDS | survey_messages.WORDS
	whole_words = WHOLE_WORDS | survey_messages.WHOLE_WORDS
	for event, languages in (WORDS | words_of_others | whole_words).items():
		for language, (subject, words) in languages.items():
			_make(template_name(event, language), subject, _body(event, language, words))
			if event not in WITHOUT_SMS:
				_make(template_name(event, language, SMS), "SMS", words_of(event, language, subject))
	for event, languages in GROUP_WORDS.items():
		for language, words in languages.items():
			_make(template_name(event, language, GROUP), "Group", words)


def _body(event: str, language: str, words: str) -> str:
	if event in WHOLE_WORDS or event in survey_messages.WHOLE_WORDS:
		return words
	own_link = words_of_hr.OWN_LINK | words_of_requests.OWN_LINK | words_of_newcomers.OWN_LINK
	own_link |= words_of_shop.WORDS.keys() | recognition_messages.WORDS.keys()
	own_link |= announcing_messages.WORDS.keys() | survey_messages.WORDS.keys()
	link = () if event in own_link else (LINK[language],)
	return "\n".join((HELLO[language], words, *link))


def _make(name: str, subject: str, body: str) -> None:
	if not frappe.db.exists("Email Template", name):
		frappe.get_doc(
			doctype="Email Template", __newname=name, subject=subject, use_html=1, response_html=body
		).insert(ignore_permissions=True)
