"""A file of contacts brought in on the portal: looked at first, good rows kept, bad ones named, gone on with after a kill, nothing doubled."""

import io
import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import frappe
import portal_requests as web
import pytest
from contact_files import large_file
from frappe.utils.background_jobs import execute_job
from live_site import site_name, sites_folder
from portal_factories import make_referrer
from warm_python import warm_python
from werkzeug.datastructures import FileStorage

from referral_hub import tasks
from referral_hub.matching.contacts import keeping, leaving, searching, service
from referral_hub.matching.contacts.files import importing, uploads
from referral_hub.matching.rules.contacts import reading
from referral_hub.tasks.running import WorkFailed

PAGE = "/referrals/contacts/import"
# 30,000 are what an employee may bring in; a run of all tests has no time for it
ROWS = int(os.environ.get("HUB_CONTACT_ROWS", 2_000))
HELPERS = Path(__file__).resolve().parents[1] / "helpers"
pytestmark = pytest.mark.usefixtures("own_index")
LINKEDIN = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Na,Li,https://www.linkedin.com/in/li-na,li.na@example.com,Acme,Store Manager,01 Feb 2020
Bob,Smith,https://www.linkedin.com/in/bob,,Foo,Welder,12 Mar 2021
Eve,Rotten,https://www.linkedin.com/in/eve,eve-at-nowhere,Bar,Cook,13 Mar 2021
,,https://www.linkedin.com/in/none,,,,
"""


def upload(text: str | bytes, name: str = "Connections.csv") -> web.Answer:
	data = text.encode() if isinstance(text, str) else text
	return web.post(PAGE, {"do": "upload", "file": FileStorage(io.BytesIO(data), name)})


def read_all(employee: str) -> frappe._dict:
	"""Do what the job does, in the transaction of the test."""
	name = importing.of_employee(employee).name
	people = importing.open_file(name)
	while importing.take_some(name, people):
		pass
	return importing.of_employee(employee)


def counts(row) -> tuple:
	return row.state, row.people, row.added, row.known, row.bad


def people_of(employee: str) -> list[str]:
	found = keeping.read(employee, keeping.names(employee))
	return sorted(contact.name for contact in found.values())


def file_of(row):
	return uploads._path(row.name)


def test_a_file_is_looked_at_before_anything_is_kept(anna):
	assert upload(LINKEDIN).status_code == 303
	text = web.get(PAGE).text
	assert "Is this right?" in text and "Store Manager" in text
	row = importing.of_employee(anna)
	assert (row.state, people_of(anna)) == ("Preview", [])
	assert b"li.na" not in file_of(row).read_bytes() and "Connections" not in str(row)
	assert frappe.db.count("File", {"file_name": ("like", "Connections%")}) == 0
	web.post(PAGE, {"do": "forget"})
	assert importing.of_employee(anna) is None


def go(anna) -> frappe._dict:
	columns = importing.columns(importing.of_employee(anna))
	mapping = {f"column-{one.number}": one.field or "" for one in columns}
	assert web.post(PAGE, {"do": "go", **mapping}).status_code == 303
	assert "Reading your file" in web.get(PAGE).text
	return read_all(anna)


def test_good_rows_are_kept_and_bad_ones_named_by_line(anna, monkeypatch):
	asked, before = [], sent()
	monkeypatch.setattr(searching, "build_soon", lambda: asked.append("build"))
	upload(LINKEDIN)
	row = go(anna)
	assert asked == ["build"]
	assert counts(row) == ("Done", 2, 2, 0, 2)
	assert people_of(anna) == ["Bob Smith", "Na Li"]
	assert "Line 7: The e-mail address is not one." in web.get(PAGE).text
	report = web.get(f"{PAGE}?report=1")
	assert report.mimetype == "text/csv"
	assert [line.split(",")[:2] for line in report.text.splitlines()[1:]] == [
		["7", "The e-mail address is not one."],
		["8", "Nobody is named."],
	]
	assert sent() == before


def sent() -> list[int]:
	"""Count what goes to anybody, inside the company or out of it."""
	return [
		frappe.db.count(each) for each in ("Referral Message", "Email Queue", "Notification Log", "SMS Log")
	]


def test_the_same_file_again_doubles_nobody(anna):
	for expected in (("Done", 2, 2, 0, 2), ("Done", 2, 0, 2, 2)):
		upload(LINKEDIN)
		assert counts(go(anna)) == expected
	assert people_of(anna) == ["Bob Smith", "Na Li"]


def test_of_a_long_file_every_good_row_is_in_and_every_rotten_one_named_and_twice_is_once(commits):
	employee = make_referrer("Anna").name
	data, rotten, different = large_file(ROWS)
	for added in (different, 0):
		name = importing.begin(employee, "Connections.csv", data, "CN")
		row = importing.of_employee(employee)
		importing.go(row, {one.number: one.field for one in importing.columns(row) if one.field})
		commits.commit()
		tasks.import_contacts(name)
		row = importing.of_employee(employee)
		assert counts(row) == ("Done", different, added, different - added, len(rotten))
		assert [(one["line"], one["reason"]) for one in importing.bad_rows(row)] == rotten
	there = keeping.read(employee, keeping.names(employee)).values()
	good = reading.read(data, "Connections.csv", region="CN").contacts
	assert Counter(map(said, there)) == Counter(map(said, good))
	assert (len(there), searching.index().changes(), 100 * len(rotten) // ROWS) == (different, different, 3)
	leaving.delete_all(employee)
	frappe.db.commit()


def said(contact) -> tuple:
	return contact.name, contact.emails, contact.url, contact.employer, contact.title


def test_a_job_that_stopped_goes_on_where_it_was(anna, monkeypatch):
	monkeypatch.setattr(importing, "_CHUNK", 10)
	upload("name,position\n" + "\n".join(f"Person {number:02},welder" for number in range(25)))
	row = importing.of_employee(anna)
	importing.go(row, {0: "name", 1: "title"})
	people = importing.open_file(row.name)
	importing.take_some(row.name, people)
	assert (importing.of_employee(anna).looked_at, len(people_of(anna))) == (10, 10)
	frappe.db.set_value("Referral Contact Import", row.name, "modified", "2020-01-01", update_modified=False)
	assert importing.stopped() == [row.name]
	assert counts(read_all(anna)) == ("Done", 25, 25, 0, 0)
	assert len(people_of(anna)) == 25


def test_whoever_deletes_all_contacts_stops_the_file_that_brings_more_in(anna, monkeypatch):
	monkeypatch.setattr(importing, "_CHUNK", 10)
	upload("name,position\n" + "\n".join(f"Person {number:02},welder" for number in range(25)))
	row = importing.of_employee(anna)
	importing.go(row, {0: "name", 1: "title"})
	people = importing.open_file(row.name)
	assert importing.take_some(row.name, people) is True
	assert web.post("/referrals/contacts", {"do": "delete_all"}).headers["Location"].endswith("gone=10")
	assert importing.take_some(row.name, people) is False
	assert (importing.of_employee(anna), people_of(anna)) == (None, [])


def test_whoever_reads_it_is_killed_after_each_statement_and_nobody_is_lost_or_twice(commits, tmp_path):
	employee = make_referrer("Anna").name
	people = [f"Person {number:03}" for number in range(300)]
	name = importing.begin(
		employee,
		"people.csv",
		"\n".join(["name,position", *(f"{one},welder" for one in people)]).encode(),
		"CN",
	)
	importing.go(importing.of_employee(employee), {0: "name", 1: "title"})
	commits.commit()
	killer = subprocess.run(
		[*warm_python(), str(HELPERS / "killed_while_importing.py"), site_name(), name, str(tmp_path)],
		cwd=sites_folder(),
		capture_output=True,
		text=True,
		timeout=300,
		check=False,
	)
	assert killer.returncode == 0, killer.stderr
	left = json.loads(killer.stdout)
	frappe.db.rollback()
	assert [kept for kept, _looked_at in left] == [looked_at for _kept, looked_at in left]
	assert left == sorted(left) and len({kept for kept, _looked_at in left}) > 10
	assert counts(importing.of_employee(employee)) == ("Done", 300, 300, 0, 0)
	assert people_of(employee) == people
	index = searching.index()
	assert all(index.facts(name) for name in keeping.names(employee))
	importing.forget_all(employee)
	service.delete_all(employee)
	frappe.db.commit()


def test_a_file_nobody_waits_for_is_deleted_a_day_later(anna):
	upload(LINKEDIN)
	mine = file_of(importing.of_employee(anna))
	others = [mine.with_name(name) for name in ("rolled-back", "just-uploaded")]
	for path in others:
		path.write_bytes(b"...")
	for path in (mine, others[0]):
		os.utime(path, (0, 0))
	importing.sweep()
	assert [path.exists() for path in (mine, *others)] == [True, False, True]
	for path in (mine, *others):
		path.unlink(missing_ok=True)


def test_an_import_that_never_gets_on_is_given_up(anna):
	upload(LINKEDIN)
	importing.go(importing.of_employee(anna), None)
	name = importing.of_employee(anna).name
	assert [importing.try_again(name) for _attempt in range(6)] == [True] * 5 + [False]
	assert importing.open_file(name) == []
	assert importing.of_employee(anna).state == "Failed"
	assert "Reading stopped several times." in web.get(PAGE).text


def test_what_a_job_goes_on_with_is_kept_under_the_login_that_chose_the_file(anna, as_user):
	upload(LINKEDIN)
	mine = frappe.session.user
	importing.go(importing.of_employee(anna), None)
	as_user("Administrator")
	read_all(anna)
	owners = frappe.db.sql_list("select owner from `tabReferral Contact` where employee = %s", anna)
	assert owners == [mine, mine]


def test_a_file_that_kills_its_job_is_counted_before_it_is_read(commits, monkeypatch):
	employee = make_referrer("Anna").name
	name = importing.begin(employee, "Connections.csv", LINKEDIN.encode(), "CN")
	importing.go(importing.of_employee(employee), None)
	commits.commit()

	def out_of_memory(_name):
		raise MemoryError

	monkeypatch.setattr(importing, "open_file", out_of_memory)
	for _attempt in range(5):
		with pytest.raises(WorkFailed):
			tasks.import_contacts(name)
		frappe.db.rollback()
	tasks.import_contacts(name)
	row = importing.of_employee(employee)
	assert (row.state, importing.why_failed(row), file_of(row).exists()) == ("Failed", "stopped", False)
	importing.forget_all(employee)
	frappe.db.commit()


def test_a_file_no_key_opens_any_more_is_given_up_at_once(anna):
	upload(LINKEDIN)
	row = importing.of_employee(anna)
	importing.go(row, None)
	file_of(row).write_bytes(b"sealed with another key")
	assert importing.open_file(row.name) == []
	assert importing.of_employee(anna).state == "Failed"


def test_stopping_keeps_who_was_read_and_takes_no_more(anna):
	upload(LINKEDIN)
	row = importing.of_employee(anna)
	importing.go(row, None)
	people = importing.open_file(row.name)
	web.post(PAGE, {"do": "forget"})
	assert importing.take_some(row.name, people) is False
	assert people_of(anna) == []


@pytest.mark.parametrize(
	("data", "name", "words"),
	[
		(b"", "a.csv", "Please choose a file that is not empty."),
		(b"x" * (10 * uploads.MEGABYTE + 1), "a.csv", "A file of contacts has at most 10 MB."),
		(b"%PDF-1.4", "a.pdf", "Please choose a CSV, XLSX or vCard (VCF) file."),
		(b"1,2\n3,4", "a.csv", "No row names the columns."),
		(b"nobody", "a.vcf", "No card begins in this file."),
		(b"PK\x03\x04rubbish", "a.xlsx", "This workbook can&#39;t be opened."),
	],
)
def test_a_file_that_is_no_list_of_people_is_refused_in_words(anna, data, name, words):
	answer = upload(data, name)
	assert (answer.status_code, words in answer.text) == (422, True)
	assert importing.of_employee(anna) is None


def test_a_job_that_fails_names_nobody_in_the_Error_Log(commits, monkeypatch):
	employee = make_referrer("Anna").name
	name = importing.begin(employee, "Connections.csv", LINKEDIN.encode(), "CN")
	importing.go(importing.of_employee(employee), None)
	commits.commit()

	def full(_employee, contacts, _words):
		raise OSError(28, "No space left on device", next(iter(contacts.values())).name)

	monkeypatch.setattr(searching, "save", full)
	method = "referral_hub.tasks.import_contacts"
	with pytest.raises(WorkFailed):
		execute_job(frappe.local.site, method, None, "import", {"name": name}, is_async=False)
	logged = str(frappe.get_all("Error Log", {"method": method}, pluck="error"))
	assert "OSError: No space left on device" in logged and "in take_some" in logged
	assert [word for word in ("Na Li", "Bob", "li.na@", "Store Manager") if word in logged] == []
	importing.forget_all(employee)
	service.delete_all(employee)
	frappe.db.delete("Error Log", {"method": method})
	frappe.db.commit()


def test_the_job_reads_the_file_in_transactions_of_its_own_and_deletes_it(commits):
	employee = make_referrer("Anna").name
	name = importing.begin(employee, "Connections.csv", LINKEDIN.encode(), "CN")
	row = importing.of_employee(employee)
	importing.go(row, None)
	commits.commit()
	tasks.import_contacts(name)
	tasks.import_contacts(name)
	assert counts(importing.of_employee(employee)) == ("Done", 2, 2, 0, 2)
	assert not file_of(row).exists()
	importing.forget_all(employee)
	service.delete_all(employee)
	frappe.db.commit()
