"""From `install-app` alone to the first referral with a reward, as a new HR manager and an employee go: no demo, no documentation.

Each screen is kept as a picture; presses are counted in the page. How long it took is printed (`pytest -s`) and not judged: a script types
faster than people and this machine may be slower than theirs. Judged is that the way is short and nowhere ends.
"""

import subprocess
import time

import pytest
from live_site import QUEUES, sites_folder
from rest_client import serving
from spare_site import SpareSite, spare_site
from steps_taken import Steps
from warm_python import warm_python

MOST_SCREENS, MOST_PRESSES = 19, 34
PASSWORD = "first-Hub-4711"
HUA, ANNA = "hua.zhang@example.com", "anna.berg@example.com"
TITLE, CANDIDATE, EMAIL = "Software Engineer, Harbour", "Mei Lin", "mei.lin@example.com"

# What a company that works with HRMS has before the app comes: people, a department, an opening, a round of interviews
COMPANY_AT_WORK = f"""
from frappe.utils.password import update_password
company = frappe.get_all("Company", pluck="name", limit=1)[0]
def user(email, name, *roles):
	made = frappe.get_doc(dict(doctype="User", email=email, first_name=name, send_welcome_email=0))
	made.append_roles(*roles)
	made.insert()
	update_password(email, {PASSWORD!r})
	return email
department = frappe.get_doc(dict(doctype="Department", department_name="Engineering", company=company)).insert()
if not frappe.db.exists("Designation", "Software Engineer"):
	frappe.get_doc(dict(doctype="Designation", designation_name="Software Engineer")).insert()
hua = user({HUA!r}, "Hua", "HR Manager", "HR User", "Employee")
person = dict(doctype="Employee", gender="Female", date_of_birth="1990-04-12", status="Active", company=company)
person.update(date_of_joining="2024-01-01", designation="Software Engineer")
frappe.get_doc(dict(person, first_name="Anna", user_id=user({ANNA!r}, "Anna", "Employee", "Employee Self Service"))).insert()
opening = dict(job_title={TITLE!r}, designation="Software Engineer", company=company, department=department.name)
frappe.get_doc(dict(opening, doctype="Job Opening", status="Open", publish=1, description="We build ships.")).insert()
frappe.get_doc(dict(doctype="Skill", skill_name="Python")).insert()
frappe.get_doc(dict(doctype="Interview Round", round_name="First talk", expected_skill_set=[dict(skill="Python")])).insert()
print(company)
"""


@pytest.fixture(scope="module")
def fresh(site):
	"""A company that worked with HRMS until now; `install-app` was called a moment ago."""
	with spare_site("hub-first.localhost", "test") as spare:
		spare.company = spare.python(COMPANY_AT_WORK).split("\n")[-2]
		spare.bench("install-app", "referral_hub")
		with serving(workers=2, site=spare) as spare.address:
			yield spare


@pytest.fixture
def person_at(fresh, browser, watch):
	"""Opens a browser of somebody's own at the fresh site, and counts what they do in it."""
	opened, steps = [], Steps()

	def open_browser(**options):
		context = browser.new_context(base_url=fresh.address, locale="en-US", **options)
		context.set_default_timeout(30_000)
		watch.follow(context)
		steps.follow(context)
		opened.append(context)
		return context.new_page()

	open_browser.steps = steps
	yield open_browser
	for context in opened:
		context.close()


def do_what_waits(site: SpareSite) -> None:
	"""What the site's worker does between two clicks."""
	command = [*warm_python(), "-m", "frappe.utils.bench_helper", "frappe", "worker"]
	subprocess.run(
		[*command, "--queue", QUEUES, "--burst"],
		cwd=sites_folder(),
		env=site.environment(),
		check=True,
		capture_output=True,
		timeout=300,
	)


def sign_in(page, user: str) -> None:
	page.goto("/login")
	page.locator("#login_email").fill(user)
	page.locator("#login_password").fill(PASSWORD)
	page.locator(".btn-login:visible").first.click()
	page.wait_for_url("**/app**" if user == HUA else lambda address: "/login" not in address)


def choose(page, field: str, text: str, within: str = ".layout-main-section") -> None:
	"""Type into a field that leads to something, and press what is offered."""
	box = page.locator(f"{within} .frappe-control[data-fieldname='{field}'] input:visible").first
	box.click()
	box.fill(text)
	page.locator(
		f"{within} .frappe-control[data-fieldname='{field}'] [role=option]", has_text=text
	).first.click()


def save(page) -> None:
	page.get_by_role("button", name="Save", exact=True).first.click()
	page.wait_for_function("() => cur_frm && !cur_frm.is_new() && !cur_frm.is_dirty()")


def type_into(page, field: str, text: str) -> None:
	box = page.locator(f".frappe-control[data-fieldname='{field}'] input:visible").first
	box.fill(text)
	box.press("Tab")


def test_from_installed_to_the_first_referral_with_a_reward(fresh, person_at, watch, screenshot):
	watch.expect("favicon|status of 40[34]")
	steps, began = person_at.steps, time.monotonic()

	hua = person_at(viewport={"width": 1366, "height": 900})
	_set_up(fresh, hua, steps, screenshot)
	_describe_the_opening(hua, steps, screenshot)
	anna = person_at(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
	_refer(anna, steps, screenshot)
	do_what_waits(fresh)
	_invite_to_a_talk(hua, steps, screenshot)
	do_what_waits(fresh)
	_see_the_reward(anna, steps, screenshot)

	took = time.monotonic() - began
	print(f"\n{len(steps.screens)} screens, {len(steps.presses)} presses, {took:.0f} s on this machine")
	print("\n".join(f"{number:02} {name}" for number, name in enumerate(steps.screens, 1)))
	assert len(steps.screens) <= MOST_SCREENS
	assert 0 < len(steps.presses) <= MOST_PRESSES, steps.presses


def _set_up(site: SpareSite, page, steps: Steps, screenshot) -> None:
	"""Sign in, find the workspace, follow its first step into the guide, answer, make, start."""
	sign_in(page, HUA)
	page.locator(".desk-sidebar .item-anchor", has_text="Referral Hub").wait_for()
	steps.come_to(page, "desk", screenshot)
	page.locator(".desk-sidebar .item-anchor", has_text="Referral Hub").first.click()
	page.get_by_text("Let People Bring In the Right Colleagues").wait_for()
	page.get_by_role("button", name="Open the Guide").wait_for()
	steps.come_to(page, "workspace", screenshot)
	page.get_by_role("button", name="Open the Guide").click()
	page.locator(".modal.show").wait_for()
	steps.come_to(page, "onboarding says go on", screenshot)
	page.locator(".modal.show .btn-primary:visible").first.click()
	page.get_by_text("Answer and save to see it.").wait_for()
	steps.come_to(page, "seven questions", screenshot)
	page.wait_for_function("company => cur_frm.doc.company === company", arg=site.company)
	page.locator("[data-fieldname='business'] select").select_option("Software")
	page.locator("[data-fieldname='engineering'] input").wait_for()
	choose(page, "engineering", "Engineering")
	type_into(page, "usual_bonus", "2000")
	type_into(page, "probation_months", "6")
	type_into(page, "word_within_days", "3")
	choose(page, "recruiter", HUA)
	assert page.locator("input[data-fieldname='send_email']").is_checked()
	save(page)
	made = page.locator("[data-fieldname='result']")
	made.get_by_text("Interviewed: 100 points").first.wait_for()
	assert page.locator(".modal.show").count() == 0, "the platform's onboarding leads away from the answers"
	steps.come_to(page, "what comes of it", screenshot)
	page.get_by_role("button", name="Make It", exact=True).click()
	page.get_by_role("button", name="Start the Rules").wait_for()
	made.get_by_text("not in force yet").wait_for()
	steps.come_to(page, "made and switched off", screenshot)
	page.get_by_role("button", name="Start the Rules").click()
	page.locator(".modal.show .btn-modal-primary, .modal.show .btn-primary").first.click()
	page.get_by_text("3 rules are in force.").wait_for()
	made.get_by_text("In force already").wait_for()
	assert made.get_by_text("switched off").count() == 0
	steps.come_to(page, "rules in force", screenshot)


def _describe_the_opening(page, steps: Steps, screenshot) -> None:
	page.get_by_role("link", name="describe an opening").click()
	page.wait_for_url("**/app/opening-profile**")
	page.locator(".primary-action:visible, .btn-new-doc:visible").first.wait_for()
	steps.come_to(page, "openings", screenshot)
	page.locator(".primary-action:visible, .btn-new-doc:visible").first.click()
	page.wait_for_function("() => cur_frm && cur_frm.doctype === 'Opening Profile' && cur_frm.is_new()")
	choose(page, "job_opening", TITLE)
	assert page.locator("input[data-fieldname='accepts_referrals'][data-doctype]").is_checked()
	save(page)
	steps.come_to(page, "opening accepts referrals", screenshot)


def _refer(page, steps: Steps, screenshot) -> None:
	"""On a phone: home, the opening, the form, the receipt."""
	sign_in(page, ANNA)
	page.goto("/referrals")
	page.get_by_role("heading", level=1).wait_for()
	steps.come_to(page, "home of somebody new", screenshot)
	page.locator(".button-main", has_text="Refer someone").click()
	page.get_by_role("link", name=TITLE).wait_for()
	steps.come_to(page, "openings to refer for", screenshot)
	page.get_by_role("link", name=TITLE).click()
	page.locator("#refer").wait_for()
	assert "100 points" in page.locator("main").inner_text()
	steps.come_to(page, "the opening and what it pays", screenshot)
	page.locator("#refer").click()
	page.get_by_label("Their name").fill(CANDIDATE)
	page.get_by_label("E-mail").fill(EMAIL)
	steps.come_to(page, "who", screenshot)
	page.get_by_role("button", name="Send").click()
	page.wait_for_url("**/referrals/mine/REF-*")
	page.get_by_role("heading", name="Sent. Thank you.").wait_for()
	steps.come_to(page, "receipt", screenshot)


def _invite_to_a_talk(page, steps: Steps, screenshot) -> None:
	"""HR sees the referral, opens the applicant and plans a first talk: with that the referral counts as interviewed."""
	page.goto("/app/referral-hub")
	page.locator(".shortcut-widget-box", has_text="Open Referrals").first.click()
	row = page.locator(".list-row-container", has_text=CANDIDATE)
	row.wait_for()
	steps.come_to(page, "open referrals", screenshot)
	row.get_by_role("link", name=CANDIDATE).first.click()
	page.locator("[data-fieldname='job_applicant'] a:visible").first.wait_for()
	steps.come_to(page, "referral", screenshot)
	page.locator("[data-fieldname='job_applicant'] a:visible").first.click()
	page.wait_for_url("**/app/job-applicant/**")
	page.get_by_role("button", name="Create", exact=True).first.click()
	page.locator(".dropdown-menu.show .dropdown-item", has_text="Interview").first.click()
	choose(page, "interview_round", "First talk", within=".modal.show")
	page.locator(".modal.show .btn-primary:visible", has_text="Create Interview").click()
	page.wait_for_function("() => cur_frm && cur_frm.doctype === 'Interview'")
	page.evaluate(
		"() => cur_frm.set_value({ scheduled_on: frappe.datetime.add_days(frappe.datetime.get_today(), 3),"
		" from_time: '10:00:00', to_time: '11:00:00' })"
	)  # pickers of dates and times are the platform's own
	save(page)
	steps.come_to(page, "interview planned", screenshot)


def _see_the_reward(page, steps: Steps, screenshot) -> None:
	page.goto("/referrals")
	page.locator(".wallet-card .amount", has_text="100 points").wait_for()
	steps.come_to(page, "home of the employee", screenshot)
	page.get_by_role("link", name=CANDIDATE).last.click()
	page.locator("#reward-title").wait_for()
	steps.come_to(page, "why and what comes", screenshot)
	assert "100 points so far" in page.locator(".side .pays").inner_text()
