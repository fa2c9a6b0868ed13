"""Who may see which row: one rule per DocType, for lists, forms, reports and the API alike.

Only HR reaches rows: those of the companies, departments and designations it is allowed to work for, and its own. An employee is whoever
`Employee.user_id` names, never a role, and is answered by the portal and its API alone: whoever may read a record is
also shown what colleagues hang on it (tags, assignments, likes), and can search by it.
Each rule is one SQL condition; the check of a single document asks the database with that very condition, so list and
form can't disagree.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.desk.notifications import extract_mentions
from frappe.handler import check_write_permission

from referral_hub.messages.rules.events import PRIVATE as PRIVATE_MESSAGES
from referral_hub.people import places
from referral_hub.people.employments import led_by
from referral_hub.referrals.rules.consent import HIDDEN, Consent

HR_ROLES = frozenset({"HR Manager", "HR User", "System Manager"})
ACCOUNTS_ROLES = frozenset({"Accounts Manager", "Accounts User"})
NOBODY = "1 = 0"
WAITS_FOR_CANDIDATE = "('" + "', '".join(HIDDEN) + "')"


def employee_of(user: str | None = None) -> str | None:
	"""Return the name of the active Employee whose user this is, or None."""
	user = user or frappe.session.user
	if user in ("Guest", "Administrator"):
		return None
	return frappe.db.get_value("Employee", {"user_id": user, "status": "Active"}, "name")


def is_hr(user: str | None = None) -> bool:
	user = user or frappe.session.user
	return user == "Administrator" or bool(HR_ROLES.intersection(frappe.get_roles(user)))


def allowed_companies(user: str, doctype: str) -> list[str]:
	"""Return the companies User Permissions limit this user to; empty means every company."""
	return places.allowed("Company", doctype, user)


def referral_conditions(user: str | None = None, doctype: str = "Referral") -> str:
	"""Nobody in the desk sees a person who has not agreed to be referred, or who said no."""
	agreed = f"ifnull(`tab{doctype}`.consent_state, '') not in {WAITS_FOR_CANDIDATE}"
	of_company = _own_or_of_company(doctype, "referrer", user)
	return f"({agreed} and {of_company})" if of_company else agreed


def waiting_for_candidate_conditions(user: str | None = None, doctype: str = "Referral") -> str:
	"""Which of those nobody sees may be counted: how many wait for their own answer, never who."""
	asked = f"`tab{doctype}`.consent_state = {frappe.db.escape(Consent.ASKED.value)}"
	of_company = _own_or_of_company(doctype, "referrer", user)
	return f"({asked} and {of_company})" if of_company else asked


def referral_reward_conditions(user: str | None = None, doctype: str = "Referral Reward") -> str:
	"""HR's, and what waits for an approval or got it is read by whoever HR chose to approve."""
	user = user or frappe.session.user
	if is_hr(user) or not approves_rewards(user):
		return _own_or_of_company(doctype, "employee", user)
	asked = f"(`tab{doctype}`.state = 'Approval' or `tab{doctype}`.approved_by = {frappe.db.escape(user)})"
	return _all_of(asked, _in_place(doctype, user))


def approves_rewards(user: str) -> bool:
	limits = frappe.get_cached_doc("Referral Hub Settings").get("approval_limits") or ()
	return not {limit.role for limit in limits}.isdisjoint(frappe.get_roles(user))


def reward_recovery_conditions(user: str | None = None, doctype: str = "Reward Recovery") -> str:
	return _own_or_of_company(doctype, "employee", user)


def recognition_award_conditions(user: str | None = None, doctype: str = "Recognition Award") -> str:
	return _own_or_of_company(doctype, "employee", user)


def reward_fulfilment_conditions(user: str | None = None, doctype: str = "Reward Fulfilment") -> str:
	"""HR of the company; who is responsible without being HR reads their own task by Frappe's share, not by a list."""
	return _own_or_of_company(doctype, "employee", user)


def referral_dispute_conditions(user: str | None = None, doctype: str = "Referral Dispute") -> str:
	return _own_or_of_company(doctype, "employee", user)


def points_account_conditions(user: str | None = None, doctype: str = "Points Account") -> str:
	return _own_or_of_company(doctype, "employee", user)


def points_provision_conditions(user: str | None = None, doctype: str = "Points Provision") -> str:
	"""What a company has set aside: its HR and its accountants."""
	if not is_hr(user) and ACCOUNTS_ROLES.isdisjoint(frappe.get_roles(user or frappe.session.user)):
		return NOBODY
	return _in_place(doctype, user)


def referral_event_conditions(user: str | None = None, doctype: str = "Referral Event") -> str:
	return _through(doctype, "referral", "Referral", referral_conditions(user))


def points_ledger_entry_conditions(user: str | None = None, doctype: str = "Points Ledger Entry") -> str:
	return _through(doctype, "account", "Points Account", points_account_conditions(user))


def points_lot_conditions(user: str | None = None, doctype: str = "Points Lot") -> str:
	return _through(doctype, "account", "Points Account", points_account_conditions(user))


def referral_message_conditions(user: str | None = None, doctype: str = "Referral Message") -> str:
	"""A message belongs to the company of the employee it goes to, or of the referral whose candidate it goes to.

	What is about an employee's private contacts is not for HR: that there is a message would say that there are contacts.
	"""
	if not is_hr(user):
		return "1 = 0"
	to_employee = _of_company_through(doctype, "recipient", "Employee", user)
	to_candidate = _through(doctype, "candidate_of", "Referral", referral_conditions(user))
	in_pool = _through(doctype, "pool_record", "Talent Pool Record", talent_conditions(user))
	in_pool = in_pool or f"`tab{doctype}`.pool_record is not null"
	in_group = _through(doctype, "in_group", "Referral Channel", referral_channel_conditions(user))
	others = ("candidate_of", "pool_record", "in_group") if in_group else ("candidate_of", "pool_record")
	ours = " and ".join(f"`tab{doctype}`.{column} is null" for column in others)
	said = f"(({ours} and {to_employee or '1 = 1'}) or {to_candidate} or {in_pool} or {in_group or '1 = 0'})"
	hidden = ", ".join(frappe.db.escape(event) for event in PRIVATE_MESSAGES)
	seen = f"`tab{doctype}`.event not in ({hidden})"
	return f"({said} and {seen} and {_about_no_hidden_referral(doctype, 'referral')})"


def referral_preference_conditions(user: str | None = None, doctype: str = "Referral Preference") -> str:
	"""What somebody wants to hear is theirs; HR of their company may read it."""
	user = user or frappe.session.user
	of_company = _of_company_through(doctype, "employee", "Employee", user)
	if is_hr(user) and not of_company:
		return ""
	employee = employee_of(user)
	own = f"`tab{doctype}`.employee = {frappe.db.escape(employee)}" if employee else "1 = 0"
	return f"({own} or {of_company})"


def survey_response_conditions(user: str | None = None, doctype: str = "Referral Survey Response") -> str:
	"""What somebody said with their name: HR of the company. What was said without one is read in the report alone, of groups."""
	if not is_hr(user):
		return NOBODY
	named = f"`tab{doctype}`.anonymous = 0 and {_about_no_hidden_referral(doctype, 'referral')}"
	return _all_of(named, _in_place(doctype, user))


def survey_invitation_conditions(user: str | None = None, doctype: str = "Referral Survey Invitation") -> str:
	"""Who has answered would say whose an anonymous answer is."""
	return NOBODY


def hr_of_company_conditions(user: str | None = None, doctype: str = "Referral Link") -> str:
	"""A row that HR of its company keeps; employees reach theirs on the portal."""
	if not is_hr(user):
		return NOBODY
	return _all_of(_in_place(doctype, user), _about_no_hidden_referral(doctype, "referral"))


def talent_conditions(user: str | None = None, doctype: str = "Talent Pool Record") -> str:
	"""People of the pool and the contacts with them, and goals agreed before joining: HR of the company that keeps them."""
	return _in_place(doctype, user) if is_hr(user) else NOBODY


def talent_former_key_conditions(user: str | None = None, doctype: str = "Talent Former Key") -> str:
	return _through(doctype, "record", "Talent Pool Record", talent_conditions(user))


def path_measurement_conditions(user: str | None = None, doctype: str = "Path Measurement") -> str:
	"""What was measured of an employee, or is shown of them: HR of their company."""
	return _of_company_through(doctype, "employee", "Employee", user)


def path_evidence_conditions(user: str | None = None, doctype: str = "Path Evidence") -> str:
	"""Figures of a path, of small groups too: HR of its company. Those of a path for all companies are read by HR of all alone."""
	return _of_company_through(doctype, "path", "Performance Path", user)


def path_feedback_conditions(user: str | None = None, doctype: str = "Path Feedback") -> str:
	"""A newcomer's question: HR of the company; who asked, and the manager who answers, reach it on the portal.

	What only HR may see is not read by the manager of who asked, now or when they asked, though they be of HR.
	"""
	user = user or frappe.session.user
	of_company = _own_or_of_company(doctype, "employee", user)
	if of_company == NOBODY:
		return NOBODY
	mine = [f"ifnull(`tab{doctype}`.kept_from, '') = {frappe.db.escape(user)}"]
	if led := ", ".join(map(frappe.db.escape, led_by(user))):
		mine.append(f"`tab{doctype}`.employee in ({led})")
	not_mine = f"(`tab{doctype}`.only_hr = 0 or not ({' or '.join(mine)}))"
	return f"({of_company} and {not_mine})" if of_company else not_mine


def path_feedback_entry_conditions(user: str | None = None, doctype: str = "Path Feedback Entry") -> str:
	return (
		_through(doctype, "feedback", "Path Feedback", path_feedback_conditions(user))
		if is_hr(user)
		else NOBODY
	)


def opening_profile_conditions(user: str | None = None, doctype: str = "Opening Profile") -> str:
	return _of_company_through(doctype, "job_opening", "Job Opening", user)


def prize_draw_conditions(user: str | None = None, doctype: str = "Prize Draw") -> str:
	"""What a draw is about is everybody's in HR; the portal shows it to employees."""
	return "" if is_hr(user) else NOBODY


def prize_draw_ticket_conditions(user: str | None = None, doctype: str = "Prize Draw Ticket") -> str:
	return _own_or_of_company(doctype, "employee", user) if is_hr(user) else NOBODY


def prize_draw_winner_conditions(user: str | None = None, doctype: str = "Prize Draw Winner") -> str:
	return prize_draw_ticket_conditions(user, doctype)


def reward_item_conditions(user: str | None = None, doctype: str = "Reward Item") -> str:
	"""What the shop offers, or HR announces: HR reads what is for all, and what is for a company of theirs."""
	companies = _limited_to(user, doctype)
	if not is_hr(user):
		return NOBODY
	if not companies:
		return ""
	named = f"select parent from `tabReferral Program Company` where parenttype = '{doctype}'"
	name = f"`tab{doctype}`.name"
	return f"({name} not in ({named}) or {name} in ({named} and company in ({companies})))"


def announcement_conditions(user: str | None = None, doctype: str = "Referral Announcement") -> str:
	return reward_item_conditions(user, doctype)


def reward_item_code_conditions(user: str | None = None, doctype: str = "Reward Item Code") -> str:
	if not is_hr(user):
		return NOBODY
	return _through(doctype, "item", "Reward Item", reward_item_conditions(user))


def referral_channel_conditions(user: str | None = None, doctype: str = "Referral Channel") -> str:
	"""HR reads how a channel of its company is; who administers the site sets it up."""
	return master_conditions(user, doctype) if is_hr(user) else NOBODY


def reward_mall_conditions(user: str | None = None, doctype: str = "Reward Mall") -> str:
	return "" if is_hr(user) else NOBODY


def reward_mall_message_conditions(user: str | None = None, doctype: str = "Reward Mall Message") -> str:
	if not is_hr(user):
		return NOBODY
	return _through(doctype, "reward_order", "Reward Order", reward_order_conditions(user))


def reward_order_conditions(user: str | None = None, doctype: str = "Reward Order") -> str:
	return _own_or_of_company(doctype, "employee", user)


def referral_contact_conditions(user: str | None = None, doctype: str = "Referral Contact") -> str:
	"""An employee's contacts are reached on the portal, by that employee alone: no role sees one, nor does Administrator."""
	return NOBODY


def master_conditions(user: str | None = None, doctype: str = "") -> str:
	"""A rule or program without a company is everybody's to read."""
	companies = _limited_to(user, doctype)
	if not companies:
		return ""
	column = f"`tab{doctype}`.company"
	return f"({column} in ({companies}) or ifnull({column}, '') = '')"


def referral_program_conditions(user: str | None = None, doctype: str = "Referral Program") -> str:
	"""A program of another company is read where it is for this one too; one for other companies alone is not."""
	conditions, companies = master_conditions(user, doctype), _limited_to(user, doctype)
	if not conditions:
		return ""
	others = f"select parent from `tab{doctype} Company` where parenttype = '{doctype}'"
	name = f"`tab{doctype}`.name"
	return (
		f"({name} in ({others} and company in ({companies}))"
		f" or ({conditions} and (`tab{doctype}`.company in ({companies}) or {name} not in ({others}))))"
	)


CONDITIONS: dict[str, Callable[[str | None, str], str]] = {
	"Referral": referral_conditions,
	"Referral Event": referral_event_conditions,
	"Referral Dispute": referral_dispute_conditions,
	"Referral Reward": referral_reward_conditions,
	"Reward Recovery": reward_recovery_conditions,
	"Recognition Award": recognition_award_conditions,
	"Referral Recognition": recognition_award_conditions,
	"Referral Standing": recognition_award_conditions,
	"Reward Fulfilment": reward_fulfilment_conditions,
	"Referral Announcement": announcement_conditions,
	"Referral Club Event": announcement_conditions,
	"Referral Club Member": recognition_award_conditions,
	"Referral Club Answer": recognition_award_conditions,
	"Referral Announcement View": referral_contact_conditions,
	"Prize Draw": prize_draw_conditions,
	"Prize Draw Ticket": prize_draw_ticket_conditions,
	"Prize Draw Winner": prize_draw_winner_conditions,
	"Reward Item": reward_item_conditions,
	"Reward Item Code": reward_item_code_conditions,
	"Reward Mall": reward_mall_conditions,
	"Reward Mall Message": reward_mall_message_conditions,
	"Reward Order": reward_order_conditions,
	"Referral Channel": referral_channel_conditions,
	"Referral Contact": referral_contact_conditions,
	"Referral Contact Import": referral_contact_conditions,
	"Referral Contact Key": referral_contact_conditions,
	"Referral Idempotency Key": referral_contact_conditions,
	"Referral Message": referral_message_conditions,
	"Referral Preference": referral_preference_conditions,
	"Points Account": points_account_conditions,
	"Points Provision": points_provision_conditions,
	"Points Ledger Entry": points_ledger_entry_conditions,
	"Points Lot": points_lot_conditions,
	"Opening Profile": opening_profile_conditions,
	"Referral Link": hr_of_company_conditions,
	"Referral Application": hr_of_company_conditions,
	"Named Referrer": hr_of_company_conditions,
	"Referral Assessment": hr_of_company_conditions,
	"Referral Survey Response": survey_response_conditions,
	"Referral Survey Invitation": survey_invitation_conditions,
	"Talent Pool Record": talent_conditions,
	"Talent Interaction": talent_conditions,
	"Talent Prompt": talent_conditions,
	"Talent Signal": talent_conditions,
	"Talent Former Key": talent_former_key_conditions,
	"Recall Request": talent_conditions,
	"Referral Program": referral_program_conditions,
	"Reward Rule": master_conditions,
	"Performance Path": master_conditions,
	"Path Case": path_measurement_conditions,
	"Path Feedback": path_feedback_conditions,
	"Path Feedback Entry": path_feedback_entry_conditions,
	"Path Measurement": path_measurement_conditions,
	"Path Evidence": path_evidence_conditions,
	"Onboarding Goal Plan": talent_conditions,
	"Onboarding Goal Note": talent_conditions,
	"Onboarding Goal Template": master_conditions,
}
# whose pictures and voices go to people outside
SENT_TO_PEOPLE = frozenset({"Recall Template", "Talent Pool Record", "Talent Interaction"})
# what no role reads
PRIVATE = frozenset(
	{
		"Referral Announcement View",
		"Referral Contact",
		"Referral Contact Import",
		"Referral Contact Key",
		"Referral Idempotency Key",
		"Referral Survey Invitation",
	}
)
MASTERS = frozenset({"Referral Program", "Reward Rule", "Performance Path", "Onboarding Goal Template"})
# Named companies, or all where none is named; and what is every company's.
FOR_COMPANIES, FOR_ALL = (
	frozenset({"Reward Item", "Prize Draw", "Referral Announcement", "Referral Club Event"}),
	frozenset({"Reward Mall"}),
)
# Each child table, and the records whose rows it holds: a list of a child table asks the platform for the right to the parent's DocType alone.
PARENTS = {
	"Onboarding Goal": ("Onboarding Goal Plan", "Onboarding Goal Template"),
	"Opening Assessment": ("Opening Profile",),
	"Opening Requirement": ("Opening Profile",),
	"Performance Path Former Name": ("Performance Path",),
	"Performance Path Level": ("Performance Path",),
	"Performance Path Requirement": ("Performance Path",),
	"Referral Announcement Opening": ("Referral Announcement",),
	"Referral Audience": ("Referral Announcement",),
	"Prize Draw Exclusion": ("Prize Draw",),
	"Prize Draw Prize": ("Prize Draw",),
	"Referral Channel Choice": ("Referral Preference", "Referral Announcement"),
	"Referral Program Case": ("Referral Program",),
	"Referral Program Company": (
		"Referral Program",
		"Prize Draw",
		"Reward Item",
		"Referral Announcement",
		"Referral Club Event",
	),
	"Referral Program Department": ("Referral Program", "Reward Item"),
	"Referral Program Grade": ("Referral Program", "Reward Item"),
	"Referral Program Round": ("Referral Program",),
	"Reward Rule Factor": ("Reward Rule",),
	"Reward Rule Milestone": ("Reward Rule",),
	"Talent Pool Preference": ("Talent Pool Record",),
}


def child_conditions(user: str | None = None, doctype: str = "") -> str:
	"""Rows of a child table are seen by whoever sees the record they are part of."""
	return f"({' or '.join(_of_parent(doctype, parent, user) for parent in PARENTS[doctype])})"


def _of_parent(doctype: str, parent: str, user: str | None) -> str:
	is_of_it = f"`tab{doctype}`.parenttype = {frappe.db.escape(parent)}"
	through = _through(doctype, "parent", parent, CONDITIONS[parent](user, parent))
	return f"({is_of_it} and {through})" if through else is_of_it


def tag_link_conditions(user: str | None = None, doctype: str = "Tag Link") -> str:
	"""Everybody reads the platform's tags, each with the title of its record: of a Referral the candidate's name."""
	if is_hr(user):
		return ""
	return f"`tab{doctype}`.document_type not in ({', '.join(map(frappe.db.escape, CONDITIONS))})"


def may_read_tag_link(doc, ptype: str | None = None, user: str | None = None, **_kwargs) -> bool | None:
	"""Refuse what the list does not show; let the platform decide on the rest."""
	return None if is_hr(user) or doc.document_type not in CONDITIONS else False


def refuse_sharing(share, method=None) -> None:
	"""A shared row would be shown beside every rule: what is one employee's alone is shared by nobody."""
	if share.share_doctype in PRIVATE:
		frappe.throw(_("{0} can't be shared.").format(_(share.share_doctype)), frappe.PermissionError)


def refuse_attaching(file, method=None) -> None:
	"""Whoever may make files may hang them on any record, and the platform asks nobody.

	What goes to people of the talent pool, and what they see of it, is chosen by who may write there.
	"""
	if file.flags.ignore_permissions or file.attached_to_doctype not in SENT_TO_PEOPLE:
		return
	if file.has_value_changed("attached_to_doctype") or file.has_value_changed("attached_to_name"):
		check_write_permission(file.attached_to_doctype, file.attached_to_name)


def drop_following(follow, method=None) -> None:
	"""The platform mails whoever follows a record what changes in it and never asks whether they may read it.

	It also follows by itself what somebody makes, so this takes the row away again and stops nothing.
	"""
	doctype, name = follow.ref_doctype, follow.ref_docname
	if doctype not in CONDITIONS:
		return
	if not (
		frappe.db.exists(doctype, name) and frappe.has_permission(doctype, "read", name, user=follow.user)
	):
		frappe.db.delete("Document Follow", {"name": follow.name})


def refuse_mentions(comment, method=None) -> None:
	"""The platform tells who is mentioned what was written, and of whom, and never asks whether they may read it."""
	doctype, name = comment.reference_doctype, comment.reference_name
	if doctype not in CONDITIONS or "mention" not in (comment.content or ""):
		return
	for user in extract_mentions(comment.content):
		if not frappe.has_permission(doctype, "read", name, user=user):
			words = _("{0} may not read this. Please mention nobody who may not.")
			frappe.throw(words.format(frappe.utils.escape_html(user)), frappe.PermissionError)


def has_permission(doc, ptype: str | None = None, user: str | None = None, **_kwargs) -> bool:
	"""Agree with the list: a row that the list does not show can't be opened either."""
	user = user or frappe.session.user
	if not _may_change(doc, ptype, user):
		return False
	conditions = CONDITIONS[doc.doctype](user, doc.doctype)
	if not conditions or doc.is_new():
		return True
	table = f"`tab{doc.doctype}`"
	return bool(frappe.db.sql(f"select 1 from {table} where {table}.name = %s and ({conditions})", doc.name))


def _may_change(doc, ptype: str | None, user: str) -> bool:
	"""HR of one company can't write the rules of another, nor those that hold for all; nor items, draws and malls of all."""
	if ptype not in ("write", "create", "delete"):
		return True
	if doc.doctype not in MASTERS | FOR_COMPANIES | FOR_ALL:
		return True
	companies = allowed_companies(user, doc.doctype)
	if not companies:
		return True
	if doc.doctype in FOR_COMPANIES:
		return all(named and named <= set(companies) for named in _companies_named(doc))
	return doc.doctype in MASTERS and doc.company in companies


def _companies_named(doc) -> list[set[str]]:
	"""Return the companies a document is for, and those it was for until now: what is for all is not made one's own."""
	found = [{row.company for row in doc.get("companies") or ()}]
	if not doc.is_new():
		kept = {"parenttype": doc.doctype, "parent": doc.name}
		found.append(set(frappe.get_all("Referral Program Company", kept, pluck="company")))
	return found


def _own_or_of_company(doctype: str, employee_field: str, user: str | None) -> str:
	user = user or frappe.session.user
	if not is_hr(user):
		return NOBODY
	allowed = _in_place(doctype, user)
	employee = employee_of(user) if allowed else None
	own = f" or `tab{doctype}`.{employee_field} = {frappe.db.escape(employee)}" if employee else ""
	return allowed and f"({allowed}{own})"


def file_conditions(user: str | None = None, doctype: str = "File") -> str:
	"""The platform names files to whoever reads the DocType they hang on: not those of a hidden referral, nor of another company's record."""
	user = user or frappe.session.user
	hidden = _about_no_hidden_referral(doctype, "attached_to_name")
	shown = f"(ifnull(`tab{doctype}`.attached_to_doctype, '') != 'Referral' or {hidden})"
	is_limited = _limited_to(user, doctype) or places.is_limited_within_company(doctype, user)
	if not (is_hr(user) and is_limited):
		return shown
	records = {name: conditions(user, name) for name, conditions in CONDITIONS.items()}
	elsewhere = [
		f"(ifnull(`tab{doctype}`.attached_to_doctype, '') = {frappe.db.escape(name)}"
		f" and `tab{doctype}`.attached_to_name not in (select `tab{name}`.name from `tab{name}` where {seen}))"
		for name, seen in records.items()
		if seen
	]
	return f"({shown} and not ({' or '.join(elsewhere)}))"


def _about_no_hidden_referral(doctype: str, link_field: str) -> str:
	return (
		f"not exists (select 1 from `tabReferral` hidden where hidden.name = `tab{doctype}`.{link_field}"
		f" and hidden.consent_state in {WAITS_FOR_CANDIDATE})"
	)


def _of_company_through(doctype: str, link_field: str, parent_doctype: str, user: str | None) -> str:
	if not is_hr(user):
		return NOBODY
	companies = _limited_to(user, doctype)
	of_company = _through(
		doctype, link_field, parent_doctype, f"company in ({companies})" if companies else ""
	)
	return _all_of(of_company, places.conditions(doctype, user))


def _in_place(doctype: str, user: str | None) -> str:
	"""Return the SQL for rows with a company of their own that are where this user works; "" for who is limited to nothing."""
	companies = _limited_to(user, doctype)
	of_company = f"`tab{doctype}`.company in ({companies})" if companies else ""
	return _all_of(of_company, places.conditions(doctype, user))


def _all_of(*conditions: str) -> str:
	said = " and ".join(filter(None, conditions))
	return said and f"({said})"


def _limited_to(user: str | None, doctype: str) -> str:
	"""Return the escaped names of the companies a user is limited to, for an SQL `in`."""
	return ", ".join(map(frappe.db.escape, allowed_companies(user or frappe.session.user, doctype)))


def _through(doctype: str, link_field: str, parent_doctype: str, parent_conditions: str) -> str:
	if not parent_conditions:
		return ""
	return (
		f"`tab{doctype}`.{link_field} in "
		f"(select `tab{parent_doctype}`.name from `tab{parent_doctype}` where {parent_conditions})"
	)
