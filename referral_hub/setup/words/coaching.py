"""What referrers are told before they talk to somebody, as data: in both languages, put into the settings when never saved.

HR edits all of it; an Opening Profile says what is different for one opening.
"""

import frappe

SETTINGS = "Referral Hub Settings"

TEXTS = {
	"coach_say": """\
- Tell them why you thought of them: one thing you have seen them do well.
- Say what the work is like on an ordinary day, the hard parts too.
- Ask whether you may pass on their name, and how they like to be reached.
- A good moment: after work, in person or by phone. Give them some days to think.
""",
	"coach_say_zh": """\
- 告诉对方您为什么想到他：说一件您亲眼见他做得好的事。
- 讲讲平常一天的工作是什么样，辛苦的地方也要说。
- 问一问能否把他的名字推荐给我们，以及怎样联系他方便。
- 合适的时机：下班后，当面或打电话聊，给对方几天考虑。
""",
	"coach_resume": """\
- The last two jobs matter most: what they did, for how long, and one result with a number.
- Certificates and languages the opening asks for stand on the first page.
- One or two pages as PDF are enough. No photo, age or family is needed.
""",
	"coach_resume_zh": """\
- 最近两份工作最重要：做了什么、做了多久、一个用数字说明的成果。
- 职位要求的证书和语言写在第一页。
- 一到两页 PDF 就够了，不需要照片、年龄和家庭情况。
""",
	"coach_interview": """\
- The interview looks at what somebody has done and how they went about it, with examples.
- It is fine to say "I don't know this yet, this is how I would find out".
- They are welcome to ask about shifts, pay, the team and what the first three months look like.
""",
	"coach_interview_zh": """\
- 面试看的是做过什么、怎么做的，请准备具体例子。
- 可以坦率地说“这个我还不会，我会这样去学”。
- 欢迎询问班次、薪资、团队，以及入职头三个月是什么样的。
""",
}


def write_texts() -> None:
	"""Begin with all of them: a new site has the fields already, saved empty."""
	_write(TEXTS)


def fill_texts() -> None:
	"""Give each text that was never saved its default; what HR emptied stays empty."""
	saved = frappe.db.get_singles_dict(SETTINGS)
	_write({field: text for field, text in TEXTS.items() if field not in saved})


def _write(texts: dict[str, str]) -> None:
	for field, text in texts.items():
		frappe.db.set_single_value(SETTINGS, field, text, update_modified=False)
