"""Each report over five years and a million referrals, beside plain SQL that gives the same figures; the comparison of channels also beside HRMS's
own Recruitment Analytics on the same applicants.

The SQL is what somebody would write who knows the tables: sums of cases, one group by. It asks for no permission and labels nothing.
"""

import json
from collections.abc import Callable

import frappe
from frappe.desk import desktop, query_report, reportview
from frappe.desk.doctype.dashboard_chart import dashboard_chart
from frappe.desk.doctype.number_card import number_card
from frappe.utils import nowdate
from hrms.hr.report.recruitment_analytics import recruitment_analytics

from benchmarks import reports_volume
from benchmarks.reports_volume import REFERRALS, company
from benchmarks.timing import compare

NAME = "reports"
ROUNDS = 5
SINCE, UNTIL = "2015-01-01", "2099-01-01"
_TIME = f"r.submitted_on >= '{SINCE}' and r.submitted_on < '{UNTIL}' and r.company = %(company)s"
_MEANT = "r.outcome not in ('Duplicate', 'Ineligible')"
_JOINED = "r.stage in ('Joined', 'Confirmed')"

FUNNEL = f"""select r.department, sum({_MEANT}), sum({_MEANT} and r.stage != 'Invited'),
		sum({_MEANT} and r.stage in ('Interviewing', 'Selected', 'Offered', 'Joined', 'Confirmed')),
		sum({_MEANT} and r.stage in ('Offered', 'Joined', 'Confirmed')), sum({_MEANT} and {_JOINED}),
		sum({_MEANT} and r.stage = 'Confirmed'), sum(r.outcome = 'Open'), sum(not {_MEANT})
	from `tabReferral` r where {_TIME} group by r.department"""
_OTHERS = f"""from `tabJob Applicant` a join `tabJob Opening` o on o.name = a.job_title
	left join (select job_applicant, 1 x from `tabInterview` where docstatus != 2 group by job_applicant) i on i.job_applicant = a.name
	left join (select job_applicant, 1 x from `tabJob Offer` where docstatus = 1 group by job_applicant) f on f.job_applicant = a.name
	left join (select job_applicant, min(date_of_joining) joined, max(if(status = 'Left', relieving_date, '9999-12-31')) last_day
		from `tabEmployee` where job_applicant != '' and date_of_joining <= curdate() group by job_applicant) e on e.job_applicant = a.name
	where a.creation >= '{SINCE}' and a.creation < '{UNTIL}' and coalesce(a.referral_hub_referral, '') = '' and o.company = %(company)s"""
CHANNELS = (
	f"""select sum({_MEANT} and r.stage != 'Invited'), sum({_MEANT} and r.stage in ('Interviewing', 'Selected', 'Offered', 'Joined', 'Confirmed')),
		sum({_MEANT} and r.stage in ('Offered', 'Joined', 'Confirmed')), sum({_MEANT} and {_JOINED}) from `tabReferral` r where {_TIME}""",
	f"""select datediff(r.joined_on, r.submitted_on) days, r.joined_on <= date_sub(curdate(), interval 1 year) known,
		coalesce(r.left_on, '9999-12-31') >= date_add(r.joined_on, interval 1 year) stayed, count(*)
	from `tabReferral` r where {_TIME} and {_MEANT} and {_JOINED} group by days, known, stayed""",
	f"select a.source, count(*), sum(coalesce(i.x, f.x, e.joined) is not null), sum(coalesce(f.x, e.joined) is not null), sum(e.joined is not null) {_OTHERS} group by a.source",
	f"""select a.source, datediff(e.joined, a.creation) days, e.joined <= date_sub(curdate(), interval 1 year) known,
		e.last_day >= date_add(e.joined, interval 1 year) stayed, count(*) {_OTHERS} and e.joined is not null
	group by a.source, days, known, stayed""",
	f"""select w.currency, sum(w.amount) from `tabReferral` r join `tabReferral Reward` w on w.referral = r.name
	where {_TIME} and w.state in ('Paid', 'Confirmed') and w.kind = 'Cash' group by w.currency""",
)
_DAY = "coalesce(w.paid_on, w.due_on, w.earned_on, date(w.creation))"
_GIVEN = "w.state in ('Paid', 'Confirmed')"
_CONVERTED = f"{_GIVEN} and coalesce(w.paid_currency, '') != ''"
_PAID = f"if({_CONVERTED}, w.paid_amount, w.amount)"
_THEN = f"{_DAY} >= '{SINCE}' and {_DAY} < '{UNTIL}' and w.company = %(company)s"
REGISTER = f"""select w.kind, if({_CONVERTED}, w.paid_currency, w.currency) money, w.state, count(*), sum({_PAID})
	from `tabReferral Reward` w where {_THEN} group by w.kind, money, w.state"""
TIES = (
	f"""select sum(w.amount), sum(if(b.name is null, coalesce(p.points, 0), 0)), sum(w.amount != if(b.name is null, coalesce(p.points, 0), 0))
	from `tabReferral Reward` w left join `tabPoints Ledger Entry` p on p.name = w.payout_name and p.direction = 'In'
	left join `tabPoints Ledger Entry` b on b.reverses = p.name where w.kind = 'Points' and {_GIVEN} and {_THEN}""",
	f"""select sum({_PAID}), sum(coalesce(a.amount, 0)), sum({_PAID} != coalesce(a.amount, 0)) from `tabReferral Reward` w
	left join `tabAdditional Salary` a on a.name = w.payout_name and a.docstatus != 2 where w.kind = 'Cash' and {_GIVEN} and {_THEN}""",
)
_ANY = "r.stage in ('Interviewing', 'Selected', 'Offered', 'Joined', 'Confirmed')"
WEAK = f"""select r.department, sum({_MEANT} and {_ANY}),
		sum({_MEANT} and ({_ANY} or (r.outcome not in ('Open', 'Expired') and r.stage in ('Submitted', 'Screening')))),
		sum({_MEANT} and {_JOINED}), sum({_MEANT} and ({_JOINED} or (r.stage = 'Offered' and r.outcome not in ('Open', 'Expired')))),
		sum({_MEANT} and {_JOINED} and r.outcome != 'Left'), sum(r.outcome = 'Open' and r.next_word_due >= curdate()),
		sum(r.outcome = 'Open' and r.next_word_due is not null)
	from `tabReferral` r where {_TIME} group by r.department"""
PARTICIPATION = (
	f"""select e.department, count(*), sum(m.number > 0), sum(m.number > 1), sum(m.number), sum(m.joined > 0),
		sum(m.joined > 0 and p.employee is not null), sum(coalesce(m.joined, 0) = 0 and p.employee is not null)
	from `tabEmployee` e left join (select r.referrer, count(*) number, sum({_JOINED}) joined from `tabReferral` r
		where r.submitted_on >= '{SINCE}' and r.submitted_on < '{UNTIL}' and {_MEANT} group by r.referrer) m on m.referrer = e.name
	left join (select distinct employee from `tabEmployee Promotion` where docstatus = 1 and promotion_date >= '{SINCE}'
		and promotion_date < '{UNTIL}') p on p.employee = e.name
	where e.status = 'Active' and e.company = %(company)s group by e.department""",
	f"""select e.department, count(*), sum(r.reward_option_by = 'Employee' and coalesce(w.option, '') != '') from `tabReferral` r
	join `tabReferral Reward` w on w.referral = r.name join `tabEmployee` e on e.name = w.employee
	where r.submitted_on >= '{SINCE}' and r.submitted_on < '{UNTIL}' and e.status = 'Active' and e.company = %(company)s
	and w.state not in ('Void', 'Clawed Back', 'Owed') group by e.department""",
)
FEEDBACK = f"""select r.department, datediff(f.told, r.submitted_on) days, r.outcome = 'Open' is_open, r.next_word_due < curdate() late, count(*)
	from `tabReferral` r left join (select referral, min(recorded_on) told from `tabReferral Event`
		where kind in ('Stage', 'Outcome', 'Interview', 'Note') and not (kind = 'Stage' and stage in ('Invited', 'Submitted')) group by referral) f
		on f.referral = r.name
	where {_TIME} and {_MEANT} and r.stage != 'Invited' group by r.department, days, is_open, late"""

REPORTS = {
	"Referral Funnel": (FUNNEL,),
	"Channel Comparison": CHANNELS,
	"Reward Register": (REGISTER, *TIES),
	"Weak Spots": (WEAK,),
	"Referral Participation": PARTICIPATION,
	"Time to Feedback": (FEEDBACK,),
}

OF_SOURCE = {"Referrals of Each Month": "referral_hub.api.insights.desk.referrals_of_each_month"}


def run() -> list[dict]:
	with reports_volume.volume():
		rows = [
			compare(
				f"report: {name}, {REFERRALS:,} referrals, against plain SQL",
				shown(name),
				asked(statements),
				bound=1.5,
				unit="s",
				rounds=ROUNDS,
			)
			for name, statements in REPORTS.items()
		]
		return [*rows, beside_recruitment_analytics(), of_workspace()]


def beside_recruitment_analytics() -> dict:
	filters = frappe._dict(company=company(), on_date="2026-01-01")
	return compare(
		f"report: Channel Comparison, {REFERRALS:,} applicants, against HRMS's Recruitment Analytics",
		shown("Channel Comparison"),
		lambda: recruitment_analytics.execute(filters),
		bound=0.5,
		unit="s",
		rounds=3,
	)


def of_workspace() -> dict:
	return compare(
		f"workspace: all it asks for, {REFERRALS:,} referrals, against HRMS's Recruitment",
		opened("Referral Hub"),
		opened("Recruitment"),
		bound=1.2,
		unit="s",
		rounds=ROUNDS,
	)


def opened(workspace: str) -> Callable[[], None]:
	"""What the desk asks the server for when somebody opens a workspace: its page, the counts beside shortcuts, cards, charts, short lists."""
	of_page = {
		field: frappe.db.get_value("Workspace", workspace, field) or ""
		for field in ("name", "title", "public")
	}

	def ask() -> None:
		page = desktop.get_desktop_page(json.dumps(of_page))
		for shortcut in page["shortcuts"]["items"]:
			if shortcut.type == "DocType" and shortcut.doc_view != "New" and shortcut.stats_filter:
				_count(shortcut.link_to, json.loads(shortcut.stats_filter))
		for card in page["number_cards"]["items"]:
			_figure(frappe.get_doc("Number Card", card.number_card_name))
		for chart in page["charts"]["items"]:
			_drawn(frappe.get_doc("Dashboard Chart", chart.chart_name))
		for quick in page["quick_lists"]["items"]:
			filters = json.loads(quick.quick_list_filter or "[]")
			frappe.get_list(quick.document_type, filters=filters, fields=["*"], limit=4)

	return ask


def _count(doctype: str, filters: list | dict) -> None:
	frappe.local.form_dict = frappe._dict(
		doctype=doctype, filters=json.dumps(filters), fields="[]", distinct="false"
	)
	reportview.get_count()


def _figure(card) -> None:
	if card.type == "Custom":
		frappe.get_attr(card.method)()
	else:
		number_card.get_result(card.as_dict(), _filters(card))


def _drawn(chart) -> None:
	if chart.source:
		frappe.get_attr(OF_SOURCE[chart.source])(filters=chart.filters_json)
	else:
		dashboard_chart.get(chart_name=chart.name, filters=json.dumps(_filters(chart)))


def _filters(document) -> list:
	"""The filters of a card or chart; those that the browser computes are given what they compute: the company, or the day."""
	given = json.loads(document.filters_json or "[]") or []
	moving = json.loads(document.dynamic_filters_json or "[]") or []
	return [*given, *[[*row[:3], company() if "Company" in row[3] else nowdate(), False] for row in moving]]


def shown(name: str) -> Callable[[], object]:
	filters = {"since": SINCE, "until": "2098-12-31", "company": company()}
	return lambda: query_report.run(name, filters)


def asked(statements: tuple[str, ...]) -> Callable[[], object]:
	values = {"company": company()}
	return lambda: [frappe.db.sql(statement, values) for statement in statements]
