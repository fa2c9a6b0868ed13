"""What a message says: in the reader's language and zone, harmless, and HR's to edit."""

from email import message_from_string
from email.policy import default

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_to_date, now_datetime
from freezegun import freeze_time
from message_factories import WORDS, make_event, make_reader, make_referral_row, messages_to, notifications_of

from referral_hub.messages import service
from referral_hub.messages.rendering import UnreadableTemplate, template_name
from referral_hub.messages.rules.events import TOLD_TO_EMPLOYEES
from referral_hub.patches import promise_no_pay_day
from referral_hub.setup.words.email_templates import DUE, make_email_templates
from referral_hub.setup.words.reasons import make_reasons

SUBJECTS = {
	"referral_received": (
		"We received your referral of Lin Wei: REF-2026-00001",
		"已收到您推荐的Lin Wei，编号 REF-2026-00001",
	),
	"referral_screening": ("Lin Wei is in screening", "Lin Wei进入筛选"),
	"interview_scheduled": (
		"Lin Wei has an interview on Saturday, 14 March 2099, 10:00",
		"Lin Wei的面试定在 2099年3月14日星期六 10:00",
	),
	"interview_off": (
		"The interview of Lin Wei on Saturday, 14 March 2099, 10:00 is off",
		"Lin Wei在 2099年3月14日星期六 10:00 的面试已取消",
	),
	"terms_discussed": ("Lin Wei passed the interviews", "Lin Wei通过了面试"),
	"offer_made": ("Lin Wei has an offer", "已向Lin Wei发出录用通知"),
	"candidate_joined": ("Lin Wei has joined", "Lin Wei已入职"),
	"candidate_confirmed": ("Lin Wei has passed probation", "Lin Wei已转正"),
	"not_selected": ("Lin Wei was not selected this time", "Lin Wei这次没有入选"),
	"candidate_withdrew": ("Lin Wei has withdrawn", "Lin Wei退出了应聘"),
	"candidate_never_answered": (
		"REF-2026-00001: no answer, and the details are deleted",
		"REF-2026-00001：对方没有答复，信息已删除",
	),
	"invitation_taken_back": (
		"REF-2026-00001: taken back, and the details are deleted",
		"REF-2026-00001：已撤回，信息已删除",
	),
	"offer_declined": ("Lin Wei declined the offer", "Lin Wei没有接受录用"),
	"named_as_referrer": ("Lin Wei says you told them about us", "Lin Wei说是您介绍的"),
	"named_reminder": ("Did you tell Lin Wei about us?", "是您向Lin Wei介绍了我们吗？"),
	"referral_matched": ("Lin Wei is considered for Store Manager", "Lin Wei有了合适的职位：Store Manager"),
	"referral_not_taken": ("Your referral of Lin Wei could not be taken", "您对Lin Wei的推荐未能受理"),
	"reward_earned": ("You earned 700 points for Lin Wei", "推荐Lin Wei，您获得了 700 积分"),
	"points_expiring": (
		"700 points expire after Saturday, 1 August 2099",
		"700 积分将在 2099年8月1日星期六 之后过期",
	),
	"points_moved": ("700 points are with Lakeside now", "700 积分已转入Lakeside"),
	"contacts_ending": (
		"3 of your contacts will be deleted after Saturday, 1 August 2099",
		"您的 3 位联系人将在 2099年8月1日星期六 之后删除",
	),
	"contacts_fit": (
		"3 of the people you know may fit 2 open positions",
		"您认识的 3 位联系人可能适合 2 个在招职位",
	),
	"order_waits": ("Fang ordered Mug", "Fang兑换了Mug，等待审批"),
	"draw_won": ("You won: Mug", "您抽中了Mug"),
	"badge_given": ("A badge for you: Five Hires", "您获得了徽章：Five Hires"),
	"badge_withdrawn": ("The badge Five Hires was withdrawn", "徽章“Five Hires”已收回"),
	"thanks_from_hr": ("Thank you from Mei", "Mei感谢您"),
	"club_invited": ("Would you like to be in the referrers' club?", "邀请您加入推荐人俱乐部"),
	"club_event": ("Spring is here: do you come?", "Spring is here：您参加吗？"),
	"club_event_moved": (
		"Spring is here is now: Saturday, 1 August 2099, 18:00, Canteen",
		"Spring is here有变动：2099年8月1日星期六 18:00，Canteen",
	),
	"club_event_off": ("Spring is here is cancelled", "Spring is here已取消"),
	"club_reminder": (
		"Spring is here: Saturday, 1 August 2099, 18:00",
		"Spring is here：2099年8月1日星期六 18:00",
	),
	"club_seat": ("Spring is here: there is a seat for you", "Spring is here：您有名额了"),
	"announcement": ("Spring is here", "Spring is here"),
	"board_told": ("Who refers best: October 2026", "推荐榜：2026年10月"),
	"survey_asked": ("How was it? One minute about your referral", "这次推荐感受如何？只需一分钟"),
	"thanks_asked": ("May we thank you in public?", "我们可以公开感谢您吗？"),
	"level_reached": ("You are now Gold Referrer", "您已成为Gold Referrer"),
	"mall_stopped": ("Mug of Fang stopped at the mall", "Fang兑换的Mug在外部商城受阻"),
	"order_delivered": ("Yours now: Mug", "您兑换的Mug已到位"),
	"order_ended": ("Mug: your 700 points are back", "Mug：700 积分已退回"),
	"budget_low": ("The budget of Spring is running out", "推荐项目“Spring”的预算即将用完"),
	"budget_without_rate": (
		"The budget of Spring does not count what is promised in JPY",
		"推荐项目“Spring”的预算未计入以 JPY 承诺的奖励",
	),
	"reward_choice": ("Choose your reward for Lin Wei", "请选择推荐Lin Wei的奖励"),
	"reason_given": ("More about your referral of Lin Wei", "您推荐的Lin Wei：补充说明"),
	"word_from_hr": ("A word about your referral of Lin Wei", "关于您推荐的Lin Wei"),
	"word_delayed": ("Lin Wei: it takes a little longer", "Lin Wei：还需要一点时间"),
	"word_overdue": ("Lin Wei: the referrer waits for a word", "Lin Wei：推荐人在等消息"),
	"word_still_overdue": ("Lin Wei: the referrer still waits", "Lin Wei：推荐人仍在等消息"),
	"question_asked": (
		"Fang asks about the referral of Lin Wei",
		"Fang对推荐Lin Wei有疑问",
	),
	"question_overdue": ("Fang waits for an answer", "Fang在等您的回复"),
	"question_answered": ("HR answered your question about Lin Wei", "关于Lin Wei的疑问已有回复"),
	"refusal_questioned": ("Fang asks why a referral was refused", "Fang询问推荐为何未被受理"),
	"refusal_overdue": (
		"Fang waits to hear why a referral was refused",
		"Fang在等关于未受理推荐的回复",
	),
	"refusal_answered": ("HR looked at your refused referral", "HR 已核实您未被受理的推荐"),
	"credit_given": (
		"You are credited with the referral of Lin Wei",
		"对Lin Wei的推荐已归到您名下",
	),
	"credit_moved_away": (
		"The referral of Lin Wei is now credited to somebody else",
		"对Lin Wei的推荐已归到其他同事名下",
	),
	"reward_prepared": (
		"700 points for Lin Wei: prepared for payroll",
		"推荐Lin Wei的奖励700 积分：等待转交薪资部门",
	),
	"reward_paid": ("700 points for your referral of Lin Wei", "推荐Lin Wei的奖励已发放：700 积分"),
	"goals_begun": ("Welcome: your first goals are set", "欢迎加入：您的首批目标已开始"),
	"goals_check_in": ("Talk with Wei about month 1", "请与Wei谈谈第 1 个月"),
	"recall_asked": (
		"Fang asks you to write to somebody we would like to win back",
		"Fang请您联系一位我们想请回来的人",
	),
	"recall_reminder": (
		"Your message is awaited by Wednesday, 1 July 2026",
		"请在 2026年7月1日星期三 前发出您的消息",
	),
	"recall_overdue": (
		"Your message was awaited by Wednesday, 1 July 2026",
		"您的消息已过 2026年7月1日星期三 的期限",
	),
	"recall_withdrawn": ("No need to write any more", "不用再联系了"),
	"recall_answered": ("Mei answered your request", "Mei答复了您的请求"),
	"recall_unanswered": ("Mei has not answered a recall request", "Mei尚未答复召回请求"),
	"recall_ended": (
		"A recall request to Mei ended without an answer",
		"给Mei的召回请求已结束，没有答复",
	),
	"feedback_asked": ("Fang asks you something", "Fang有问题想请教您"),
	"feedback_reminder": ("Fang waits for your answer", "Fang在等您的答复"),
	"feedback_overdue": ("The question of Fang is overdue", "Fang的问题已逾期"),
	"feedback_answered": ("Mei answered your question", "Mei答复了您的问题"),
	"feedback_word": ("Mei wrote about a question", "Mei就一个问题留了话"),
	"reward_taken_back": ("700 points for Lin Wei: taken back", "推荐Lin Wei的奖励700 积分已收回"),
}


def written(event: str, reader, **facts):
	"""Tell, send, and return the mail's row in the outbox."""
	service.tell(event, reader.name, key=frappe.generate_hash(length=8), **{**WORDS, **facts})
	service.send_pending()
	return messages_to(reader, channel="Email")[-1]


def queued_mail(message):
	return message_from_string(frappe.get_doc("Email Queue", message.sent_as).message, policy=default)


def set_words(event: str, body: str, subject: str = "Subject", language: str = "en") -> None:
	"""Change the words below the check, as somebody with a data import or an older version could have."""
	words = {"subject": subject, "use_html": 1, "response_html": body}
	frappe.db.set_value("Email Template", template_name(event, language), words)


@pytest.mark.parametrize("event", sorted(TOLD_TO_EMPLOYEES))
def test_each_message_is_written_in_both_languages(event):
	frappe.db.set_single_value("Referral Hub Settings", "tell_board", "Weekly")
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	english, chinese = written(event, make_reader("en")), written(event, make_reader("zh"))
	assert (english.subject, chinese.subject) == SUBJECTS[event]
	assert (english.state, chinese.state) == ("Sent", "Sent")
	for mail in (english, chinese):
		assert "http" in mail.content and "/referrals/mine/REF-2026-00001" in mail.content
		assert not [mark for mark in ("{", "}", "None", "!", "！") if mark in mail.content]


@pytest.mark.parametrize(
	("language", "spoken"), [("zh", "zh"), ("zh-TW", "zh"), ("en-GB", "en"), ("fr", "en")]
)
def test_a_reader_is_written_to_in_their_language_or_the_nearest(language, spoken):
	assert written("offer_made", make_reader(language)).language == spoken


def test_the_sites_language_is_used_for_somebody_without_a_login():
	frappe.db.set_default("lang", "zh")
	employee = hr.make_employee(company_email="shop@example.com")
	assert written("offer_made", employee).language == "zh"


def test_sending_leaves_the_senders_language_alone():
	written("offer_made", make_reader("zh"))
	assert frappe.local.lang == "en"


def test_a_reader_elsewhere_sees_their_own_time_and_its_name():
	body = written("interview_scheduled", make_reader("en", time_zone="Europe/Berlin")).content
	assert "Saturday, 14 March 2099, 03:00 (Central European Standard Time)" in body


def test_money_is_said_with_its_currency_and_points_by_their_name():
	reader = make_reader()
	frappe.db.set_single_value("Referral Hub Settings", "points_name", "Stars")
	cash = written("reward_paid", reader, kind="Cash", amount="1234.5", currency="CNY")
	stars = written("reward_paid", reader, kind="Points", amount="1234")
	assert "1,234.50" in cash.subject
	assert "It was handed to payroll and comes with a coming salary." in cash.content
	earned = [
		written("reward_earned", reader, kind=kind, amount="1", currency="CNY") for kind in ("Cash", "Points")
	]
	assert "<p>You get it with a salary from Wednesday, 1 July 2026 on.</p>" in earned[0].content
	assert "<p>You get it on Wednesday, 1 July 2026.</p>" in earned[1].content
	assert stars.subject.startswith("1,234 Stars") and "They are in your wallet now." in stars.content


def test_html_in_a_name_stays_text_in_mail_and_in_the_app():
	reader = make_reader()
	evil = '<img src=x onerror="alert(1)">Lin</title>'
	mail = written("offer_made", reader, candidate_name=evil)
	(log,) = notifications_of(reader)
	html = queued_mail(mail).get_body(("html",)).get_content()
	for text in (mail.content, log.subject, log.email_content, html):
		assert not [tag for tag in ("<img src=", "Lin</title>") if tag in text]
	assert "&lt;img src=x" in mail.content
	assert log.subject.startswith("&lt;img src=x")


def test_jinja_in_a_name_is_not_run():
	mail = written("offer_made", make_reader(), candidate_name="{{ 7 * 7 }}{% raise %}")
	assert mail.subject == "{{ 7 * 7 }}{% raise %} has an offer"


def test_a_line_break_in_a_name_adds_no_mail_header():
	mail = written("offer_made", make_reader(), candidate_name="Lin\r\nBcc: all@example.com")
	assert mail.subject == "Lin Bcc: all@example.com has an offer"
	assert queued_mail(mail)["Bcc"] is None


def test_a_very_long_name_is_sent_whole_and_recorded_short():
	mail = written("offer_made", make_reader(), candidate_name="Lin " * 60)
	assert (mail.state, len(mail.subject)) == ("Sent", 140)


def test_facts_are_those_of_the_moment_it_was_told():
	reader = make_reader()
	referral = make_referral_row(reader, stage="Offered")
	service.tell_referrer(make_event(referral, stage="Offered"), referral)
	frappe.db.set_value("Referral", referral.name, "candidate_name", "Somebody Else")
	service.send_pending()
	assert messages_to(reader)[0].subject == "Lin Wei has an offer"


@pytest.mark.parametrize(
	("body", "why"),
	[
		("{{ candidate_nmae }}", "'candidate_nmae' is undefined"),
		("{% if candidate_name %}", "Unexpected end of template"),
		("{{ 1 / 0 }}", "division by zero"),
		("{{ frappe.db.get_value('User', 'Administrator', 'name') }}", "'frappe' is undefined"),
		("{{ candidate_name.__class__.__mro__ }}", "access to attribute '__class__'"),
		("{% include 'templates/emails/standard.html' %}", "no loader for this environment"),
	],
)
def test_broken_words_lose_no_message_and_say_what_is_wrong(body, why):
	set_words("offer_made", body)
	reader = make_reader()
	mail = written("offer_made", reader)
	assert (mail.state, mail.attempts, mail.failed_in) == ("Pending", 1, "Template")
	assert mail.error.startswith("The Email Template Referral: Offer Made (en) can't be rendered: ")
	assert why in mail.error


def test_missing_words_lose_no_message():
	frappe.delete_doc("Email Template", template_name("offer_made", "en"))
	mail = written("offer_made", make_reader())
	assert (mail.state, mail.error) == ("Pending", "The Email Template Referral: Offer Made (en) is missing.")


def test_mended_words_are_sent_at_once_also_when_we_had_given_up():
	set_words("offer_made", "{{ candidate_nmae }}")
	reader = make_reader()
	written("offer_made", reader)
	for _try in range(6):
		with freeze_time(add_to_date(now_datetime(), days=10 * (_try + 1))):
			service.send_pending()
	assert {m.state for m in messages_to(reader)} == {"Failed"}
	template = frappe.get_doc("Email Template", template_name("offer_made", "en"))
	template.response_html = "<p>{{ candidate_name }} it is</p>"
	template.save()
	assert service.send_pending() == {"sent": 2, "skipped": 0, "failed": 0}
	assert {m.content for m in messages_to(reader)} == {"<p>Lin Wei it is</p>"}


def test_one_broken_message_does_not_hold_up_the_others():
	set_words("offer_made", "{{ candidate_nmae }}")
	reader = make_reader()
	written("offer_made", reader)
	assert written("candidate_joined", reader).state == "Sent"


@pytest.mark.parametrize("body", ["{{ candidate_nmae }}", "{% include 'x' %}", "{{ frappe.session }}"])
def test_words_that_could_not_be_rendered_are_refused_when_they_are_saved(body):
	template = frappe.get_doc("Email Template", template_name("offer_made", "en"))
	template.response_html = body
	with pytest.raises(UnreadableTemplate, match="Referral: Offer Made"):
		template.save()


def test_templates_of_others_are_none_of_our_business():
	template = frappe.get_doc(
		doctype="Email Template", __newname="Offer Made (en)", subject="x", response="{{ anything }}"
	)
	assert template.insert().response == "{{ anything }}"


def test_words_written_as_rich_text_are_used_too():
	name = template_name("offer_made", "en")
	template = frappe.get_doc("Email Template", name)
	template.update({"use_html": 0, "response": "<div><p>Rich {{ candidate_name }}</p></div>"})
	template.save()
	assert "Rich Lin Wei" in written("offer_made", make_reader()).content


def test_hr_can_add_a_language():
	frappe.get_doc(
		doctype="Email Template",
		__newname=template_name("offer_made", "fr"),
		subject="{{ candidate_name }} a une offre",
		use_html=1,
		response_html="<p>Bonjour</p>",
	).insert()
	assert written("offer_made", make_reader("fr")).subject == "Lin Wei a une offre"
	assert written("offer_made", make_reader("en")).subject == "Lin Wei has an offer"


def test_what_hr_edited_or_deleted_survives_a_migration():
	set_words("offer_made", "<p>ours</p>", subject="Our own words")
	frappe.db.set_value("Referral Reason", "Personal reasons", "hint", "Be kind.")
	make_email_templates()
	make_reasons()
	assert (
		frappe.db.get_value("Email Template", template_name("offer_made", "en"), "subject") == "Our own words"
	)
	assert frappe.db.get_value("Referral Reason", "Personal reasons", "hint") == "Be kind."


def test_words_that_promised_a_pay_day_for_cash_are_changed_on_a_site_that_has_them_and_no_others():
	ours, theirs = (template_name("reward_earned", language) for language in ("en", "zh"))
	body = f"<p>Hello</p>\n{promise_no_pay_day.BEFORE['en']}\n<p>Our own line</p>"
	frappe.db.set_value("Email Template", ours, "response_html", body)
	frappe.db.set_value("Email Template", theirs, "response_html", "<p>{{ due_on }}</p>")
	promise_no_pay_day.execute()
	words = [frappe.db.get_value("Email Template", name, "response_html") for name in (ours, theirs)]
	assert words == [f"<p>Hello</p>\n{DUE['en']}\n<p>Our own line</p>", "<p>{{ due_on }}</p>"]


def test_reasons_are_there_in_both_languages_for_every_outcome():
	reasons = frappe.get_all("Referral Reason", fields=["*"])
	assert {row.applies_to for row in reasons} == {"Not Selected", "Withdrawn", "Declined Offer", "No-show"}
	assert [row.name for row in reasons if not row.reason_zh or bool(row.hint) != bool(row.hint_zh)] == []
