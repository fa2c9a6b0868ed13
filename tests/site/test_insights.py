"""Every figure of the reports is counted a second time from the same rows, by other means; and nobody sees more than theirs."""

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median

import frappe
import insight_rows
import pytest
import site_factories as hr
from dateutil.relativedelta import relativedelta
from frappe.desk import query_report
from frappe.desk.doctype.number_card import number_card
from frappe.utils import get_quarter_ending, get_quarter_start, getdate
from insight_rows import Recruitment
from rest_client import Person, serving

from referral_hub.api.insights import desk
from referral_hub.insights.asking import NONE

FUNNEL, CHANNELS, REGISTER = "Referral Funnel", "Channel Comparison", "Reward Register"
PARTICIPATION, FEEDBACK, WEAK = "Referral Participation", "Time to Feedback", "Weak Spots"
STAGES = ("Invited", "Submitted", "Screening", "Interviewing", "Selected", "Offered", "Joined", "Confirmed")
FROM = {"referred": 0, "applied": 1, "interviewed": 3, "offered": 5, "joined": 6, "confirmed": 7}
NEVER_MEANT = ("Duplicate", "Ineligible")
LONG_AGO = "2000-01-01"


@pytest.fixture
def made() -> Recruitment:
	return insight_rows.make()


def run(report: str, **filters) -> dict:
	return query_report.run(report, {"since": LONG_AGO, "until": getdate(), **filters})


def table(report: str, **filters) -> dict[str, dict]:
	"""The rows of a report by the group they are of."""
	return {row["key"]: row for row in run(report, **filters)["result"] if not row.get("is_total")}


def seen(made: Recruitment, company: str | None = None, department: str | None = None) -> list[dict]:
	return [
		row
		for row in made.referrals
		if row["consent_state"] != insight_rows.WAITS
		and company in (None, row["company"])
		and department in (None, row["department"])
	]


def steps_of(row: dict) -> set[str]:
	if row["outcome"] in NEVER_MEANT:
		return {"not_counted"}
	reached = {step for step, least in FROM.items() if STAGES.index(row["stage"]) >= least}
	return reached | ({"open"} if row["outcome"] == "Open" else set())


def counted(rows: list[dict], field: str) -> dict[str, Counter]:
	found: dict[str, Counter] = defaultdict(Counter)
	for row in rows:
		found[row[field] or NONE].update(steps_of(row))
	return found


def percent(part: float, whole: float) -> float | None:
	return round(100 * part / whole, 1) if whole else None


@pytest.mark.parametrize(
	("by", "field"),
	[
		("Department", "department"),
		("Designation", "designation"),
		("Program", "program"),
		("Job Opening", "job_opening"),
		("Company", "company"),
		("Channel", "channel"),
	],
)
def test_the_funnel_counts_what_the_rows_say(made, by, field):
	for company in (made.first, made.second):
		expected = counted(seen(made, company), field)
		found = table(FUNNEL, by=by, company=company)
		assert found.keys() == expected.keys()
		for key, row in found.items():
			assert {step: row[step] for step in (*FROM, "open", "not_counted")} == {
				step: expected[key][step] for step in (*FROM, "open", "not_counted")
			}
			assert row["joined_of_referred"] == percent(expected[key]["joined"], expected[key]["referred"])


def test_every_figure_of_the_funnel_opens_the_records_it_counts(made):
	for key, row in table(FUNNEL, by="Program", company=made.first).items():
		for step in (*FROM, "open", "not_counted"):
			shown = run(FUNNEL, by="Program", company=made.first, step=step, group=key)
			names = {one["referral"] for one in shown["result"]}
			assert names == {
				one["name"]
				for one in seen(made, made.first)
				if step in steps_of(one) and (one["program"] or NONE) == key
			}
			assert len(names) == row[step] == shown["report_summary"][0]["value"]


def test_the_funnel_keeps_to_the_time_and_adds_up(made):
	since, until = getdate() - timedelta(days=400), getdate() - timedelta(days=30)
	inside = [row for row in seen(made, made.first) if since <= row["submitted_on"].date() <= until]
	answer = run(FUNNEL, by="Month", company=made.first, since=since, until=until)
	whole = answer["result"][-1]
	every = counted([row | {"all": "all"} for row in inside], "all")["all"]
	assert {step: whole[step] for step in FROM} == {step: every[step] for step in FROM}
	assert {row["key"] for row in answer["result"][:-1]} == {f"{row['submitted_on']:%Y-%m}" for row in inside}
	assert answer["chart"]["data"]["datasets"][0]["values"] == [every[step] for step in FROM]
	with pytest.raises(frappe.ValidationError, match="The first day is after the last one"):
		run(FUNNEL, since=until, until=since)


def came(made: Recruitment, applicant: str) -> int:
	"""How far somebody came who was not referred: the furthest of what HRMS holds."""
	if any(
		row["job_applicant"] == applicant and row["date_of_joining"] <= getdate() for row in made.employees
	):
		return 3
	if any(row["job_applicant"] == applicant and row["docstatus"] == 1 for row in made.offers):
		return 2
	held = (row for row in made.interviews if row["job_applicant"] == applicant and row["docstatus"] != 2)
	return 1 if any(held) else 0


def stay(made: Recruitment, applicant: str) -> tuple:
	"""The first day and the last one, None while one of their records is not Left."""
	mine = [
		row
		for row in made.employees
		if row["job_applicant"] == applicant and row["date_of_joining"] <= getdate()
	]
	ended = [row["relieving_date"] for row in mine]
	return min(row["date_of_joining"] for row in mine), None if None in ended else max(ended)


def year(stays: list[tuple]) -> tuple[int, float | None]:
	"""How many joined a year ago or earlier, and in percent who of them stayed a year."""
	known = [(joined, left) for joined, left in stays if joined + relativedelta(years=1) <= getdate()]
	stayed = [
		1
		for joined, left in known
		if left is None or left + timedelta(days=1) >= joined + relativedelta(years=1)
	]
	return len(known), percent(len(stayed), len(known))


def test_each_channel_counts_what_the_rows_say(made):
	company = made.first
	found = table(CHANNELS, company=company)
	ours = {name for name, row in made.openings.items() if row["company"] == company}
	others = [
		row for row in made.applicants if "referral_hub_referral" not in row and row["job_title"] in ours
	]
	assert found.keys() == {"referral", *(row["source"] or NONE for row in others)}
	for source in {row["source"] for row in others}:
		row, people = found[source or NONE], [one for one in others if one["source"] == source]
		far = [came(made, one["name"]) for one in people]
		assert [row[step] for step in ("applied", "interviewed", "offered", "joined")] == [
			sum(place >= least for place in far) for least in range(4)
		]
		joined = [
			(one, *stay(made, one["name"])) for one, place in zip(people, far, strict=True) if place == 3
		]
		assert row["days_to_hire"] == median(
			(day - one["creation"].date()).days for one, day, _last in joined
		)
		assert (row["year_known"], row["stayed"]) == year([(day, last) for _one, day, last in joined])
		shown = run(CHANNELS, company=company, step="joined", group=source or NONE)["result"]
		assert {one["job_applicant"] for one in shown} == {one["name"] for one, _day, _last in joined}


def test_referrals_are_the_same_in_the_funnel_and_beside_other_channels(made):
	company = made.first
	row, whole = table(CHANNELS, company=company)["referral"], run(FUNNEL, company=company)["result"][-1]
	steps = ("applied", "interviewed", "offered", "joined")
	assert [row[step] for step in steps] == [whole[step] for step in steps]
	every = run(CHANNELS, company=company)["result"][-1]
	assert every["joined_of_applied"] == percent(every["joined"], every["applied"])
	joined = [one for one in seen(made, company) if "joined" in steps_of(one)]
	assert row["days_to_hire"] == median(
		(one["joined_on"] - one["submitted_on"].date()).days for one in joined
	)
	assert (row["year_known"], row["stayed"]) == year([(one["joined_on"], one["left_on"]) for one in joined])
	shown = run(CHANNELS, company=company, step="joined", group="referral")["result"]
	assert {one["referral"] for one in shown} == {one["name"] for one in joined}


def test_what_a_hire_costs_is_what_was_handed_over_and_what_hr_entered(made):
	frappe.db.set_single_value("Referral Hub Settings", "point_value", 0.5)
	frappe.clear_document_cache("Referral Hub Settings", "Referral Hub Settings")
	hr.ensure("Job Applicant Source", "Hub Board", source_name="Hub Board")
	frappe.db.set_value("Job Applicant Source", "Hub Board", "referral_hub_cost_per_hire", 4200)
	found = table(CHANNELS, company=made.first)
	mine = {row["name"] for row in seen(made, made.first)}
	spent = sum(
		row["amount"] * 0.5
		if row["kind"] == "Points"
		else row["paid_amount"]
		if row["paid_currency"]
		else row["amount"]
		for row in made.rewards
		if row["referral"] in mine
		and row["state"] in ("Paid", "Confirmed")
		and (row["kind"] == "Points" or (row["paid_currency"] or row["currency"]) == "CNY")
	)
	referral = found["referral"]
	assert referral["cost_per_hire"] == pytest.approx(spent / referral["joined"])
	assert found["Hub Board"]["cost_per_hire"] == 4200
	assert found["Hub Agency"]["cost_per_hire"] is None


def money(row: dict) -> tuple[str, float]:
	"""The currency and amount of a reward: what was handed over, where it was another one."""
	if row["state"] in ("Paid", "Confirmed") and row["paid_currency"]:
		return row["paid_currency"], row["paid_amount"]
	return row["currency"] or "", row["amount"]


def test_the_register_sums_up_what_the_rewards_say_and_opens_them(made):
	phases = {"to_come": ("Promised", "Due", "On Hold"), "paid": ("Paid",), "confirmed": ("Confirmed",)}
	phases |= {"owed": ("Owed",), "clawed_back": ("Clawed Back",), "void": ("Void",)}
	mine = [row for row in made.rewards if row["company"] == made.first]
	expected: dict[tuple, Counter] = defaultdict(Counter)
	for row in mine:
		currency, amount = money(row)
		line = expected[row["kind"], currency]
		line[next(phase for phase, held in phases.items() if row["state"] in held)] += 1
		line["amount_handed_over"] += amount if row["state"] in ("Paid", "Confirmed") else 0
		line["amount_to_come"] += amount if row["state"] in phases["to_come"] else 0
		line["amount_gone"] += amount if row["state"] in ("Owed", "Clawed Back") else 0
	answer = run(REGISTER, by="Kind", company=made.first, until=hr.in_days(60))
	found = {(row["key"], row["currency"]): row for row in answer["result"]}
	assert found.keys() == expected.keys()
	for (kind, currency), row in found.items():
		assert {name: row[name] for name in expected[kind, currency]} == expected[kind, currency]
		for phase, held in phases.items():
			asked = {"company": made.first, "until": hr.in_days(60), "group": kind, "step": phase}
			shown = run(REGISTER, by="Kind", **asked, **row["asked"])["result"]
			assert {one["reward"] for one in shown} == {
				one["name"]
				for one in mine
				if one["kind"] == kind and money(one)[0] == currency and one["state"] in held
			}
			assert len(shown) == row[phase]


def test_the_register_ties_to_the_ledger_or_says_what_does_not(made):
	asked = {"company": made.first, "until": hr.in_days(60)}
	frappe.db.sql("update `tabReferral Reward` set state = 'Void' where kind = 'Cash'")
	said = run(REGISTER, **asked)["message"]
	points = [row for row in made.rewards if row["company"] == made.first and row.get("payout_name")]
	whole = sum(row["amount"] for row in points)
	assert said.startswith(f"Points rewards: {whole:,} handed over, and the points ledger says the same.")
	[first, *_others] = points
	frappe.db.sql(
		"update `tabPoints Ledger Entry` set points = points - 1 where name = %s", first["payout_name"]
	)
	said = run(REGISTER, **asked)["message"]
	assert said.startswith(
		f"Points rewards: {whole:,} handed over, the points ledger says {whole - 1:,}; 1 reward differs"
	)


def test_the_register_ties_each_currency_to_payroll_by_itself(made):
	asked = {"company": made.first, "until": hr.in_days(60), "kind": "Cash"}
	paid: dict[str, list[tuple[str, float]]] = defaultdict(list)
	for row in made.rewards:
		if (row["kind"], row["company"]) == ("Cash", made.first) and row["state"] in ("Paid", "Confirmed"):
			currency, amount = money(row)
			paid[currency].append((_salary(row["name"], amount), amount))
	assert sorted(paid) == ["CNY", "USD"]
	sums = {currency: sum(amount for _name, amount in held) for currency, held in paid.items()}
	tied = {
		currency: f"Cash rewards: {whole:,} {currency} handed over, and payroll says the same."
		for currency, whole in sums.items()
	}
	assert run(REGISTER, **asked)["message"] == f"{tied['CNY']} {tied['USD']}"
	assert run(REGISTER, **asked, currency="USD")["message"] == tied["USD"]
	assert not run(REGISTER, **asked | {"kind": "Gift"})["message"]
	differs = "Cash rewards: {0:,} {1} handed over, payroll says {2:,} {1}; {3} reward differs"
	(name, amount), *_others = paid["USD"]
	frappe.db.sql("update `tabAdditional Salary` set amount = amount - 1 where name = %s", name)
	said = run(REGISTER, **asked)["message"]
	assert said.startswith(f"{tied['CNY']} {differs.format(sums['USD'], 'USD', sums['USD'] - 1, 1)}")
	frappe.db.sql("update `tabAdditional Salary` set docstatus = 2 where name = %s", name)
	said = run(REGISTER, **asked)["message"]
	assert said.startswith(f"{tied['CNY']} {differs.format(sums['USD'], 'USD', sums['USD'] - amount, 1)}")


def _salary(reward: str, amount: float) -> str:
	"""An Additional Salary that pays a reward, as a row."""
	salary = frappe.get_doc(doctype="Additional Salary", amount=amount, docstatus=1)
	salary.name = frappe.generate_hash(length=12)
	salary.db_insert()
	payout = {"payout_doctype": salary.doctype, "payout_name": salary.name}
	frappe.db.set_value("Referral Reward", reward, payout, update_modified=False)
	return salary.name


def test_participation_counts_the_staff_and_what_they_did(made):
	staff = [row for row in (*made.staff, *made.employees) if row["status"] == "Active"]
	referred = Counter(row["referrer"] for row in seen(made) if row["outcome"] not in NEVER_MEANT)
	joined = Counter(row["referrer"] for row in seen(made) if "joined" in steps_of(row))
	promoted = {row["employee"] for row in made.promotions if row["docstatus"] == 1}
	for company in (made.first, made.second):
		found = table(PARTICIPATION, by="Department", company=company)
		ours = [row for row in staff if row["company"] == company]
		assert found.keys() == {row.get("department") or NONE for row in ours}
		for key, row in found.items():
			here = [one["name"] for one in ours if (one.get("department") or NONE) == key]
			people = {
				"staff": set(here),
				"referrers": {one for one in here if referred[one]},
				"again": {one for one in here if referred[one] > 1},
				"successful": {one for one in here if joined[one]},
				"promoted_successful": {one for one in here if joined[one] and one in promoted},
				"promoted_others": {one for one in here if not joined[one] and one in promoted},
			}
			assert {step: row[step] for step in people} == {step: len(who) for step, who in people.items()}
			assert row["referrals"] == sum(referred[one] for one in here)
			assert row["participation"] == percent(len(people["referrers"]), len(here))
			for step, who in people.items():
				shown = run(PARTICIPATION, by="Department", company=company, step=step, group=key)["result"]
				assert {one["employee"] for one in shown} == who
			chosen = {one["name"] for one in seen(made) if one["reward_option_by"] == "Employee"}
			there = {one["name"] for one in seen(made)}
			rewards = [
				one
				for one in made.rewards
				if one["employee"] in here
				and one["referral"] in there
				and one["state"] not in ("Void", "Clawed Back", "Owed")
			]
			own = [one for one in rewards if one["referral"] in chosen and one["option"]]
			assert (row["rewards"], row["chosen"]) == (len(rewards), len(own))


def test_time_to_feedback_counts_from_the_referral_to_the_first_word(made):
	words: dict[str, list] = defaultdict(list)
	for event in made.events:
		is_receipt = event["kind"] == "Stage" and event["stage"] in ("Invited", "Submitted")
		if event["kind"] in ("Stage", "Outcome", "Interview", "Note") and not is_receipt:
			words[event["referral"]].append(event["recorded_on"])
	mine = [
		row
		for row in seen(made, made.first)
		if row["outcome"] not in NEVER_MEANT and row["stage"] != "Invited"
	]
	for key, row in table(FEEDBACK, by="Department", company=made.first).items():
		here = [one for one in mine if one["department"] == key]
		days = [(min(words[one["name"]]) - one["submitted_on"]).days for one in here if words[one["name"]]]
		silent = [one for one in here if not words[one["name"]]]
		is_open = [one for one in here if one["outcome"] == "Open"]
		late = [one for one in silent if one["submitted_on"].date() < getdate() - timedelta(days=7)]
		people = {
			"referred": here,
			"heard": [one for one in here if words[one["name"]]],
			"waiting": [one for one in silent if one in is_open],
			"overdue": [one for one in is_open if one["next_word_due"] and one["next_word_due"] < getdate()],
		}
		assert {step: row[step] for step in people} == {step: len(who) for step, who in people.items()}
		assert row["median_days"] == median(days)
		assert row["heard_soon"] == percent(sum(day <= 7 for day in days), len(days) + len(late))
		for step, who in people.items():
			shown = run(FEEDBACK, by="Department", company=made.first, step=step, group=key)["result"]
			assert {one["referral"] for one in shown} == {one["name"] for one in who}


def test_a_department_that_loses_its_hires_is_a_weak_spot_and_opens_them(made):
	north, south = made.departments["North"], made.departments["South"]
	joined = "stage = 'Joined', outcome = 'Hired', consent_state = 'Not Needed'"
	frappe.db.sql(f"update `tabReferral` set {joined} where company = %s", made.first)
	frappe.db.sql("update `tabReferral` set outcome = 'Left' where department = %s", north)
	[spot] = run(WEAK, by="Department", company=made.first)["result"]
	number = sum(row["department"] == north for row in made.referrals)
	others = sum(row["department"] == south for row in made.referrals)
	assert (spot["key"], spot["part"], spot["whole"], spot["own"]) == (north, 0, number, 0.0)
	assert spot["usual"] == percent(others, number + others)
	assert spot["reason"].startswith(f"0 of {number}: 0.0 %, in the whole company {spot['usual']} %.")
	asked = {"by": "Department", "company": made.first, "group": north, "step": spot["steps"]["whole"]}
	shown = run(WEAK, **asked)["result"]
	assert {one["referral"] for one in shown} == {
		row["name"] for row in made.referrals if row["department"] == north
	}
	assert run(WEAK, **asked | {"step": spot["steps"]["part"]})["result"] == []
	asked = {"by": "Department", "company": made.first}
	assert run(WEAK, **asked, department=north)["result"] == [spot]
	assert run(WEAK, **asked, department=south)["result"] == []
	[opening] = [name for name, row in made.openings.items() if row["department"] == north]
	by_opening = {"by": "Job Opening", "company": made.first}
	[found] = [row for row in run(WEAK, **by_opening, department=north)["result"] if not row["is_closed"]]
	assert (found["key"], found["usual"]) == (opening, spot["usual"])
	assert [row for row in run(WEAK, **by_opening, department=south)["result"] if not row["is_closed"]] == []
	frappe.db.sql(
		"update `tabReferral` set program = %s where company = %s", (insight_rows.PROGRAMS[0], made.first)
	)
	[found] = run(WEAK, **asked, program=insight_rows.PROGRAMS[0])["result"]
	assert found["reason"].startswith(f"0 of {number}: 0.0 %, of all counted here {spot['usual']} %.")


def test_an_opening_nobody_refers_for_is_a_weak_spot(made):
	company, known = made.first, hr.days_ago(60)
	frappe.db.sql("update `tabJob Opening` set posted_on = %s where company = %s", (known, company))
	[first, second] = [name for name, row in made.openings.items() if row["company"] == company]
	frappe.db.sql("update `tabReferral` set job_opening = %s where job_opening = %s", (first, second))
	for name in (first, second):
		frappe.get_doc(doctype="Opening Profile", job_opening=name, accepts_referrals=1).db_insert()
	found = [row for row in run(WEAK, by="Job Opening", company=company)["result"] if row["is_closed"]]
	assert [(row["key"], row["own"], row["measure"]) for row in found] == [
		(second, 0, "Referrals for an opening")
	]
	# both get as many in as many days: a young one is not held against a year
	moved = "update `tabReferral` set job_opening = %s, submitted_on = %s, outcome = 'Open', consent_state = 'Not Needed'"
	frappe.db.sql(f"{moved} where job_opening = %s", (first, hr.days_ago(300), first))
	frappe.db.sql(f"{moved} where job_opening = %s order by name limit 3", (second, hr.days_ago(10), first))
	for opening, days in ((first, 365), (second, 35)):
		frappe.db.set_value("Job Opening", opening, "posted_on", hr.days_ago(days), update_modified=False)
	asked = {"by": "Job Opening", "company": company, "since": hr.days_ago(364)}
	assert [row for row in run(WEAK, **asked)["result"] if row["is_closed"]] == []


RUN = "/api/method/frappe.desk.query_report.run"
REPORTS = (FUNNEL, CHANNELS, REGISTER, PARTICIPATION, FEEDBACK, WEAK)


def everything(answer: dict) -> str:
	return frappe.as_json([answer[part] for part in ("result", "chart", "report_summary", "message")])


def told_alike(name: str, answer: dict) -> str:
	"""What a limited reader gets as who sees all does; Participation says besides that it counts a part."""
	return everything(answer | {"message": None} if name == PARTICIPATION else answer)


def limited_user(**to: str) -> str:
	user = hr.make_user(roles=("HR User",)).name
	for kind, name in to.items():
		frappe.get_doc(doctype="User Permission", user=user, allow=kind, for_value=name).insert()
	return user


def _forget_who_referred(field: str, value: str) -> None:
	of = f"select name from `tabReferral` where {field} = %s"
	frappe.db.sql(f"update `tabReferral Reward` set employee = null where referral in ({of})", value)
	frappe.db.sql(f"update `tabReferral` set referrer = null where {field} = %s", value)


def test_hr_of_one_company_reads_its_own_in_every_report_over_rest(commits, made):
	"""What the limited reader gets unasked is what somebody who sees all gets when they ask for that company."""
	user = limited_user(Company=made.first)
	# what colleagues did elsewhere is told to who may see elsewhere
	_forget_who_referred("company", made.second)
	own = {name: told_alike(name, run(name, company=made.first)) for name in REPORTS}
	assert all(run(name, company=made.second)["result"] for name in REPORTS if name != WEAK)
	commits.commit()
	with serving() as address:
		person = Person(address, user, hr.PASSWORD)
		for name in REPORTS:
			asked = {"since": LONG_AGO, "until": str(getdate()), "company": ""}
			for company, expected in (("", own[name]), (made.second, None)):
				filters = frappe.as_json(asked | {"company": company})
				answer = person.get(RUN, report_name=name, filters=filters).json()["message"]
				if expected:
					assert told_alike(name, answer) == expected
				else:
					assert [row for row in answer["result"] if not row.get("is_total")] == []


def test_hr_of_one_department_reads_its_own(made, as_user):
	north = made.departments["North"]
	user = limited_user(Department=north)
	for department in set(made.departments.values()) - {north}:
		_forget_who_referred("department", department)
	frappe.db.sql("update `tabReferral` set outcome = 'Left', stage = 'Joined' where department = %s", north)
	own = {name: told_alike(name, run(name, department=north)) for name in REPORTS if name != WEAK}
	as_user(user)
	frappe.local.lang = "en"
	for name, expected in own.items():
		assert told_alike(name, run(name)) == expected, name
	alone = run(WEAK)
	assert alone["result"] == []
	assert alone["message"].startswith(
		"Nothing is weaker than chance explains. Your User Permissions leave you"
	)


def test_participation_counts_for_hr_of_one_department_what_they_may_see_and_says_so(made, as_user):
	north = made.departments["North"]
	here = {row["name"] for row in made.staff if row["department"] == north and row["status"] == "Active"}
	meant = [row for row in seen(made) if row["outcome"] not in NEVER_MEANT and row["referrer"] in here]
	whole = run(PARTICIPATION, department=north)
	assert (whole["result"][0]["referrals"], whole["message"]) == (len(meant), None)
	as_user(limited_user(Department=north))
	frappe.local.lang = "en"
	[own, _total] = run(PARTICIPATION)["result"]
	seen_here = [row for row in meant if row["department"] == north]
	assert 0 < len(seen_here) < len(meant)
	assert (own["referrals"], own["referrers"]) == (
		len(seen_here),
		len({row["referrer"] for row in seen_here}),
	)
	assert run(PARTICIPATION)["message"].startswith("Your User Permissions leave you a part of the referrals")


def test_the_card_of_the_workspace_says_the_share_of_hires_that_were_referred(made, as_user):
	user, last_year = limited_user(Company=made.first), getdate() - relativedelta(months=12)
	rows = table(CHANNELS, company=made.first, since=last_year)
	joined = {name: row["joined"] for name, row in rows.items()}
	as_user(user)
	card = desk.share_of_hires_card()
	assert card["value"] == percent(joined["referral"], sum(joined.values()))
	assert 0 < card["value"] < 100
	frappe.db.sql("update `tabReferral` set stage = 'Offered' where company = %s", made.first)
	frappe.db.sql("update `tabEmployee` set job_applicant = null where company = %s", made.first)
	assert desk.share_of_hires_card() == "–"
	frappe.set_user("Administrator")
	as_user(hr.make_employee(user=True).user_id)
	with pytest.raises(frappe.PermissionError):
		desk.share_of_hires_card()


@pytest.mark.parametrize("counted", ["submitted_on", "joined_on"])
def test_the_charts_of_the_workspace_count_each_of_the_last_twelve_months(made, as_user, counted):
	first = getdate() - relativedelta(months=11, day=1)
	months = [first + relativedelta(months=number) for number in range(12)]
	statement = f"""select count(*) from tabReferral where company = %s and {counted} >= %s and {counted} < %s
		and ifnull(consent_state, '') not in ('Asked', 'Refused') and outcome not in ('Duplicate', 'Ineligible')"""
	today = {"submitted_on": getdate(), "joined_on": getdate(), "consent_state": "Not Needed"}
	hires = [row["name"] for row in made.referrals if row["company"] == made.first][:2]
	for name, outcome in zip(hires, ("Hired", "Duplicate"), strict=True):
		frappe.db.set_value("Referral", name, today | {"stage": "Joined", "outcome": outcome})
	expected = [
		frappe.db.sql(statement, (made.first, day, day + relativedelta(months=1)))[0][0] for day in months
	]
	as_user(limited_user(Company=made.first))
	frappe.local.lang = "zh"
	chart = desk.referrals_of_each_month(filters=f'{{"counted": "{counted}"}}')
	assert chart["labels"] == [f"{day.year}年{day.month}月" for day in months]
	assert chart["datasets"] == [
		{"name": "推荐数" if counted == "submitted_on" else "入职人数", "values": expected}
	]
	assert sum(expected)
	card = frappe.get_doc("Number Card", "Hires by Referral This Quarter")
	of_quarter = number_card.get_result(card.as_dict(), frappe.parse_json(card.filters_json))
	frappe.set_user("Administrator")
	quarter = frappe.db.sql(
		"""select count(*) from tabReferral where company = %s and joined_on between %s and %s and stage in ('Joined', 'Confirmed')
		and ifnull(consent_state, '') not in ('Asked', 'Refused') and outcome not in ('Duplicate', 'Ineligible')""",
		(made.first, get_quarter_start(getdate()), get_quarter_ending(getdate())),
	)
	assert of_quarter == quarter[0][0] > 0
	if counted == "submitted_on":
		by_month = table(FUNNEL, by="Month", company=made.first)
		referred = [by_month.get(f"{day:%Y-%m}", {"referred": 0})["referred"] for day in months]
		assert referred == expected
	as_user(hr.make_employee(user=True).user_id)
	with pytest.raises(frappe.PermissionError):
		desk.referrals_of_each_month()


def test_a_report_that_goes_out_by_mail_holds_the_rows_of_its_reader(made):
	user = limited_user(Company=made.first)
	fields = {"report": FUNNEL, "user": user, "enabled": 1, "email_to": "hr@example.com", "format": "CSV"}
	fields |= {"report_type": "Script Report", "frequency": "Daily"}
	filters = frappe.as_json({"since": LONG_AGO, "until": str(getdate()), "by": "Company"})
	mail = frappe.get_doc(doctype="Auto Email Report", **fields, filters=filters, filter_meta="[]").insert()
	sent = mail.get_report_content()
	assert made.first in sent
	assert made.second not in sent
	assert frappe.session.user == "Administrator"
