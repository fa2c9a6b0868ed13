"""Announcements as one employee sees them, and what they do with them: open, look at an opening, put away. Nobody else reads who did."""

import frappe
from frappe.utils import cint, now_datetime

from referral_hub.announcing import audience
from referral_hub.announcing.posts import DOCTYPE
from referral_hub.announcing.rules.audience import is_for
from referral_hub.announcing.rules.campaign import State, due_state

VIEW = "Referral Announcement View"
MOST = 200
OPENED, FOLLOWED, PUT_AWAY = "opened_on", "followed_on", "put_away_on"


def of(employee: str) -> list:
	"""Return what was ever announced to this employee, the newest first, each with `is_over` and `put_away_on`."""
	shown = [State.OUT.value, State.OVER.value]
	names = frappe.get_all(
		DOCTYPE, {"state": ("in", shown)}, pluck="name", order_by="out_on desc", limit_page_length=MOST
	)
	return _readable(names, employee)


def banners(employee: str) -> list:
	"""Return what is pinned to this employee's home: out, not over by the clock, not put away."""
	names = frappe.db.sql_list(
		f"""select post.name from `tab{DOCTYPE}` post
		where post.state = 'Out' and post.pinned = 1
			and not exists (select 1 from `tab{VIEW}` seen where seen.announcement = post.name
				and seen.employee = %s and seen.put_away_on is not null)
		order by post.out_on desc limit 20""",
		employee,
	)
	return [each for each in _readable(names, employee) if not each.is_over] if names else []


def one(name: str, employee: str):
	"""Return one announcement that was announced to this employee, or None."""
	is_out = frappe.db.get_value(DOCTYPE, name, "state") in (State.OUT, State.OVER)
	found = _readable([name], employee) if is_out else []
	return found[0] if found else None


def mark(name: str, employee: str, what: str) -> bool:
	"""Keep that this employee did this, the first time they did; say whether it was the first. One row for each person, whoever comes at once."""
	now, user = now_datetime(), frappe.session.user
	values = {
		"name": frappe.generate_hash(length=12),
		"user": user,
		"now": now,
		"post": name,
		"who": employee,
	}
	frappe.db.sql(
		f"""insert ignore into `tab{VIEW}` (name, owner, modified_by, creation, modified, announcement, employee)
		values (%(name)s, %(user)s, %(user)s, %(now)s, %(now)s, %(post)s, %(who)s)""",
		values,
	)
	frappe.db.sql(
		f"""update `tab{VIEW}` set {what} = %(now)s, modified = %(now)s
		where announcement = %(post)s and employee = %(who)s and {what} is null""",
		values,
	)
	return frappe.db.sql("select row_count()")[0][0] == 1


def is_put_away(name: str, employee: str) -> bool:
	wanted = {"announcement": name, "employee": employee, PUT_AWAY: ("is", "set")}
	return bool(frappe.db.exists(VIEW, wanted))


def put_back(name: str, employee: str) -> None:
	"""Let an announcement stand on this employee's home again; that they opened it stays."""
	frappe.db.sql(
		f"""update `tab{VIEW}` set put_away_on = null, modified = %s
		where announcement = %s and employee = %s""",
		(now_datetime(), name, employee),
	)


def make_room_to_merge(old: str, new: str) -> None:
	"""Two records become one: of what both have read the row of the one that stays is kept."""
	frappe.db.sql(
		f"""delete gone from `tab{VIEW}` gone join `tab{VIEW}` stays
			on stays.announcement = gone.announcement and stays.employee = %(new)s
		where gone.employee = %(old)s""",
		{"old": old, "new": new},
	)


def forget_employee(employee: str) -> None:
	frappe.db.delete(VIEW, {"employee": employee})


def _readable(names: list[str], employee: str) -> list:
	who = audience.person(employee) if names else None
	if not who:
		return []
	found = [frappe.get_cached_doc(DOCTYPE, name) for name in names]
	return [row(post) for post in found if is_for(audience.of(post), who)]


def row(post) -> frappe._dict:
	stands = due_state(post.state, post.starts_on, post.ends_on, now_datetime())
	return frappe._dict(
		name=post.name,
		title=post.title,
		title_zh=post.title_zh,
		text=post.text,
		text_zh=post.text_zh,
		picture=post.picture,
		openings=[each.job_opening for each in post.openings],
		out_on=post.out_on,
		ends_on=post.ends_on,
		is_pinned=bool(cint(post.pinned)),
		is_over=stands == State.OVER,
	)
