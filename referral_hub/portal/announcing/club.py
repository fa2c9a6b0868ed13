"""The referrers' club: am I in it, what is on, and do I come? One's own answers, and a file for one's calendar."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import get_datetime, get_url, now_datetime

from referral_hub.announcing.club import events, members
from referral_hub.announcing.rules import club as rules
from referral_hub.announcing.rules.paragraphs import plain
from referral_hub.messages.preferences import aware
from referral_hub.portal import acting, page, richtext, words
from referral_hub.wording.counting import counted

PATH = "/referrals/club"
LASTS = timedelta(hours=2)


@page.for_employees
def get_context(context):
	if not members.is_on():
		return page.not_found(context)
	problem = ""
	if frappe.request.method == "POST":
		problem = _act(context.employee.name)
		if not problem:
			return page.Redirect(f"{PATH}?saved=1")
		context.status = 422
	membership = members.of(context.employee.name)
	state = membership.state if membership else ""
	found = events.of(context.employee.name) if state == rules.MEMBER else []
	if name := frappe.form_dict.get("calendar"):
		return _calendar(context, next((row for row in found if row.name == name and not row.is_off), None))
	context.update(
		title=_("Referrers' club"),
		template="announcing/club.html",
		state=state,
		problem=problem,
		saved=bool(frappe.form_dict.get("saved")) and not problem,
		events=[told(row) for row in found],
		how=how(),
	)
	return None


def _act(me: str) -> str:
	"""Do what was pressed; return why not, or nothing."""
	form = frappe.form_dict
	try:
		if form.get("event"):
			acting.do(events.answer, str(form.event), me, form.get("comes") == "1")
		else:
			acting.do(choose, me, str(form.get("membership") or ""))
	except (events.NotNow, members.NotNow) as refused:
		frappe.clear_messages()
		return str(refused)
	except frappe.DoesNotExistError:
		frappe.clear_messages()
		return _("We could not find that")
	return ""


def choose(me: str, state: str) -> None:
	members.answer(me, state)
	if state == rules.LEFT:
		events.give_seats_back(me)


def told(row) -> frappe._dict:
	return frappe._dict(
		name=row.name,
		title=words.in_language(row, "title"),
		about=richtext.clean(words.in_language(row, "about")),
		starts_on=row.starts_on,
		place=row.place,
		seat=row.seat,
		is_off=row.is_off,
		left=row.left,
		calendar=f"{PATH}?calendar={row.name}",
	)


def how() -> list[str]:
	"""Say what it takes to be invited."""
	bar, settings = members.bar(), frappe.get_cached_doc(members.SETTINGS)
	said = []
	if bar.rank:
		level = frappe.db.get_value(
			"Referral Level", settings.club_level, ["level_name", "level_name_zh"], as_dict=True
		)
		said.append(_("You are {0} or above.").format(words.in_language(level, "level_name")))
	if bar.hires:
		months = settings.club_months or 12
		one = counted(
			months,
			_("{0} person you referred has joined in the last month."),
			_("{0} person you referred has joined in the last {1} months."),
		)
		several = counted(
			months,
			_("{0} people you referred have joined in the last month."),
			_("{0} people you referred have joined in the last {1} months."),
		)
		said.append(counted(bar.hires, one, several).format(bar.hires, months))
	return said


def _calendar(context, row) -> page.Download | None:
	if not row:
		return page.not_found(context)
	starts = get_datetime(row.starts_on)
	entry = rules.Entry(
		uid=f"{row.name}@referral-hub",
		title=words.in_language(row, "title"),
		starts=aware(starts),
		ends=aware(get_datetime(row.ends_on) if row.ends_on else starts + LASTS),
		place=row.place or "",
		about=plain(words.in_language(row, "about")).strip(),
		address=get_url(PATH, allow_header_override=False),
	)
	text = rules.calendar_file(entry, aware(now_datetime()))
	return page.Download("event.ics", text, "text/calendar")
