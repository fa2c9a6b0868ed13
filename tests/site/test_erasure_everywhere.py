"""A person in every spelling, in every place a year leaves them in: after the erasure no dump, no file and no Redis holds a trace."""

import frappe
import pytest
import site_factories as hr
from frappe.utils import add_days, today
from left_behind import Traces
from referral_factories import applicant_of, followed, make_candidate, make_referral, make_resume
from spare_site import SpareSite, give_key, new_site, restore

from referral_hub import flow
from referral_hub.api import desk_talent
from referral_hub.forgotten import file
from referral_hub.matching.contacts import service as kept_contacts
from referral_hub.messages import service as messages
from referral_hub.referrals.consent import asking
from referral_hub.referrals.erasure import person
from referral_hub.talent import sending, signals
from referral_hub.talent import service as talent
from referral_hub.talent.cadence import prompts

NAME, EMAIL, PHONE = "Xunqiu Ouyangwen", "xunqiu.ouyangwen@example.com", "+8613954321687"
SPELLED = (
	*("XUNQIU OUYANGWEN", "Ouyangwen, Xunqiu", "Xunqiu.Ouyangwen@Example.com"),
	*("139 5432 1687", "139-5432-1687", "0086 13954321687", "(+86) 139.5432.1687"),
)
FORMER_EMAIL = "xunqiu.before@example.com"
# what nobody else in a database has
TRACES = Traces("xunqiu", "ouyangwen", "13954321687", "139 5432 1687", "139-5432-1687", "139.5432.1687")


def called_back(record: str, words: str) -> None:
	"""What calling somebody back leaves: a prompt with its task, a mail and its answer, a signal."""
	frappe.db.set_value("Talent Pool Record", record, "consent_state", "Given")
	prompt = prompts.remind(record, add_days(today(), 1), words)
	frappe.db.set_value("Talent Prompt", prompt, "until", today())
	prompts.wake(prompt)
	sending.send_mail(record, f"Hello {NAME}", words)
	about = {"reference_doctype": "Talent Pool Record", "reference_name": record}
	mail = {"subject": f"Re: Hello {NAME}", "content": words, "sender": EMAIL, "sent_or_received": "Received"}
	answer = frappe.get_doc(doctype="Communication", communication_type="Communication", **mail, **about)
	answered_again(answer.insert(), words)
	prompts.remind(record, add_days(today(), 2), words)
	signals.add(record, "Interested", words)
	frappe.db.set_value("Talent Pool Record", record, "consent_until", add_days(today(), 5))
	assert flow.ask_to_be_kept(record) and flow.send_pool_page(record)


def answered_again(answer, words: str) -> None:
	"""They answer from another address, with a file; the platform makes a contact; HR deletes a file and a remark by hand."""
	mail = {
		"subject": words[:100],
		"content": words,
		"sender": "work@example.com",
		"in_reply_to": answer.name,
	}
	about = {"reference_doctype": "Communication", "reference_name": answer.name}
	frappe.get_doc(doctype="Communication", sent_or_received="Received", **mail, **about).insert()
	content = f"{NAME} was here, {frappe.generate_hash()}"
	of_answer = {"attached_to_doctype": "Communication", "attached_to_name": answer.name}
	frappe.get_doc(
		doctype="File", file_name=f"{NAME} new.txt", content=content, is_private=1, **of_answer
	).insert()
	lost = frappe.get_doc(doctype="File", file_name=f"{NAME} lost.txt", content=words, **of_answer).insert()
	frappe.delete_doc("File", lost.name)
	contact = frappe.get_doc(doctype="Contact", first_name=NAME)
	contact.append("email_ids", {"email_id": EMAIL, "is_primary": 1})
	contact.append("phone_nos", {"phone": PHONE})
	contact.insert()
	remark = frappe.get_doc("Talent Pool Record", answer.reference_name).add_comment("Comment", f"Oh, {NAME}")
	frappe.delete_doc("Comment", remark.name)


@pytest.fixture
def everywhere(commits):
	"""One person, referred, interviewed, written about in all spellings, in the pool, in caches and queues; committed."""
	commits.at_end(lambda: file.path().unlink(missing_ok=True))
	anna, opening = hr.make_employee("Anna", user=True), hr.make_opening()
	candidate = make_candidate(name=NAME, email=EMAIL, phone="139 5432 1687")
	words = f"She is {', '.join(SPELLED)}."
	referral = make_referral(anna, opening, candidate, note=words, resume=make_resume(f"{NAME}.pdf"))
	applicant = applicant_of(referral)
	applicant.update({"cover_letter": words, "notes": SPELLED[-1]})
	applicant.save()
	interviewer = hr.make_user(roles=("Interviewer",)).name
	interview = hr.schedule_interview(applicant, hr.make_interview_round(interviewers=(interviewer,)))
	hr.give_feedback(interview, interviewer, rating=0.8).db_set("feedback", words)
	applicant.add_comment("Comment", words)
	earlier = hr.make_applicant(hr.make_opening(), name=NAME, email=FORMER_EMAIL, phone_number=PHONE)
	talent.capture(earlier.name, talent.HAND_PICKED, words)
	other = hr.make_applicant(hr.make_opening())
	for spelled in SPELLED[2:]:  # said about somebody else's application
		other.add_comment("Comment", f"Like {spelled}")
	record = talent.capture(applicant.name, talent.HAND_PICKED, words)
	assert frappe.db.get_value("Talent Former Key", {"record": record}, "contact") == FORMER_EMAIL
	talent.note(record, "Call", words, direction="Out")
	frappe.get_doc(
		doctype="ToDo", description=words, reference_type="Talent Pool Record", reference_name=record
	).insert()
	called_back(record, words)
	frappe.log_error("Mail bounced", words)
	asking.link_of(referral.name)
	messages.send_pending()
	followed(referral)
	frappe.get_cached_doc("Job Applicant", applicant.name)
	desk_talent.archive(record)
	commits.run_jobs()
	frappe.get_cached_doc("Job Applicant", applicant.name)
	return referral


def test_no_dump_no_file_and_no_redis_holds_a_trace(everywhere, tmp_path):
	site = SpareSite(frappe.local.site)
	assert TRACES.in_dump(tmp_path, site) and TRACES.in_files(site.name) and TRACES.in_redis()
	flow.erase_person(person.of_referral(everywhere.name), with_hrms=True)
	frappe.db.commit()
	frappe.local.cache = {}
	assert (TRACES.in_dump(tmp_path, site), TRACES.in_files(site.name), TRACES.in_redis()) == ([], [], [])
	frappe.utils.global_search.sync_global_search()
	assert TRACES.held_by(str(frappe.db.sql("select * from __global_search")).encode()) == []


def test_a_restored_backup_forgets_again_whom_it_brought_back(commits, tmp_path, own_index):
	"""Deleted after the backup: known outside the database, found by hub-verify, deleted by hub-forget-again."""
	commits.at_end(lambda: file.path().unlink(missing_ok=True))
	file.path().unlink(missing_ok=True)
	referral = make_referral(candidate=make_candidate(name=NAME, email=EMAIL, phone=PHONE))
	stranger, kept_by_hr = make_referral(), hr.make_applicant(hr.make_opening())
	in_pool = talent.capture(kept_by_hr.name, "Withdrawn")
	known = make_candidate()
	kept_contacts.add_line(hr.make_employee().name, f"{known.name}, welder, {known.email}", "CN")
	frappe.db.commit()
	path = tmp_path / "before.sql.gz"
	SpareSite(frappe.local.site).bench("backup", "--backup-path-db", str(path))
	flow.erase_person(person.of_referral(referral.name), with_hrms=True)
	flow.forget_in_pool(in_pool, "The time was over.")
	# when the backup was made a colleague alone knew them
	flow.erase_person(person.of_referral(make_referral(candidate=known).name), with_hrms=True)
	frappe.db.commit()
	contacts = len({line.key for line in file.lines()})
	with new_site("hub-forgets.localhost") as site:
		give_key(site)
		kept = site.folder / "private" / "referral_hub" / file.path().name
		kept.parent.mkdir(parents=True)
		kept.write_bytes(file.path().read_bytes())
		restore(site, path)
		assert TRACES.in_dump(tmp_path, site) != []
		verified = site.bench("hub-verify", check=False)
		back = f"{contacts} contacts of people who were deleted are not known here as deleted"
		assert (verified.returncode, verified.stdout.startswith(back)) == (1, True)
		done = site.bench("hub-forget-again").stdout.splitlines()
		assert done == [f"{contacts} contacts of deleted people are forgotten again, 0 are left to HR"]
		assert TRACES.in_dump(tmp_path, site) == []
		rows = dict(site.sql("select name, candidate_name from tabReferral"))
		assert (rows[referral.name], rows[stranger.name]) == (referral.name, stranger.candidate_name)
		state = f"select state, email from `tabTalent Pool Record` where name = '{in_pool}'"
		assert site.sql(state) == [["Anonymised", "NULL"]]
		# the application of the one whose time in the pool was over is HR's
		left = f"select applicant_name from `tabJob Applicant` where name = '{kept_by_hr.name}'"
		assert site.sql(left) == [[kept_by_hr.applicant_name]]
		assert site.sql("select name from `tabReferral Contact`") == []
		assert site.bench("hub-verify").returncode == 0
