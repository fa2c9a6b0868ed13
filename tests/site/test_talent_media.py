"""Pictures and voices that go with words: from a template or for one person, by mail or as a link, seen by the person alone, gone with them."""

import io
from pathlib import Path

import frappe
import pytest
import site_factories as hr
from frappe.email.doctype.email_queue.email_queue import SendMailContext
from frappe.utils import add_days, today
from PIL import Image
from referral_factories import unique_phone
from sharing_factories import Guest

from referral_hub import flow, tokens
from referral_hub.api import desk_talent
from referral_hub.api.talent import calls, captions, links
from referral_hub.referrals.erasure import person as people_of
from referral_hub.talent import held, keeping, service
from referral_hub.talent.templates.captions import NoCaption
from referral_hub.talent.templates.links import NoLinks
from referral_hub.talent.templates.media import NotSentAlong
from referral_hub.wording import languages

POOL, TEMPLATE, CONTACT = "Talent Pool Record", "Recall Template", "Talent Interaction"
GONE = "This link does not work any more"


def picture() -> bytes:
	"""The platform writes a JPEG anew each time: like a photo, and unlike one colour, this one is another file then. No two are alike."""
	written = io.BytesIO()
	Image.effect_noise((64, 48), 80).convert("RGB").save(written, "JPEG")
	return written.getvalue()


def attach(doctype: str, name: str, file_name: str, content: bytes) -> str:
	file = frappe.get_doc(doctype="File", file_name=file_name, content=content, is_private=1)
	file.update({"attached_to_doctype": doctype, "attached_to_name": name})
	return file.insert().name


@pytest.fixture
def person():
	contact = {"email": hr.unique_email("pool"), "phone": unique_phone(), "company": hr.COMPANY}
	return frappe.get_doc(doctype=POOL, person_name=hr.unique("Li Na"), **contact).insert()


@pytest.fixture
def template():
	words = {"subject": "The harbour", "words": "Hello {{ name }}", "purpose": "Greeting", "language": "en"}
	return frappe.get_doc(doctype=TEMPLATE, title=hr.unique("Team"), enabled=1, **words).insert()


@pytest.fixture
def files(person, template):
	"""A picture of the team and what is no picture on the template, a voice for this person."""
	tag = hr.unique("harbour")
	attach(TEMPLATE, template.name, f"{tag}.txt", tag.encode())
	elsewhere = frappe.get_doc(doctype="File", file_name=f"{tag}.png", file_url="https://example.com/us.png")
	elsewhere.update({"attached_to_doctype": TEMPLATE, "attached_to_name": template.name})
	elsewhere.insert()
	team = attach(TEMPLATE, template.name, f'{tag} "us" & you.jpg', picture())
	voice = attach(POOL, person.name, f"{tag}.mp3", b"ID3\x04" + tag.encode() * 20)
	return team, voice


def sent_with(contact: str) -> list[str]:
	where = {"attached_to_doctype": CONTACT, "attached_to_name": contact}
	return frappe.get_all("File", where, pluck="file_name", order_by="file_name asc")


def test_a_mail_carries_the_pictures_of_the_template_and_a_voice_for_this_person(person, template, files):
	offered = calls.draft(person.name, template=template.name)["files"]
	name = frappe.db.get_value("File", files[0], "file_name")
	said = {"file": files[0], "file_name": name, "kind": "picture", "caption": ""}
	assert offered == [said | {"goes": True}]
	contact = calls.send_mail(person.name, "The harbour", "Hello", template.name, frappe.as_json(files))
	assert sent_with(contact) == sorted(frappe.db.get_value("File", file, "file_name") for file in files)
	calls.send_mail(person.name, "The harbour", "Hello again", template.name, [files[0]])
	assert len(held.media.sent(person.name)) == 2
	mail = frappe.db.get_value(CONTACT, contact, "communication")
	queued = frappe.get_doc("Email Queue", {"communication": mail})
	message = SendMailContext(queued).build_message(person.email).decode()
	assert message.count("Content-Disposition: attachment") == 2
	assert "image/jpeg" in message and "audio/mpeg" in message


def test_whoever_gets_the_link_by_a_messenger_sees_what_went_to_them_and_nothing_else(
	person, template, files
):
	path = calls.link_to_files(person.name).partition(frappe.utils.get_url())[2]
	guest = Guest()
	assert GONE in guest.get(path).get_data(as_text=True)
	frappe.set_user("Administrator")
	captions.write(files[0], ' The harbour\n"us" & you ', "港口的同事")
	calls.keep_copied(person.name, f"Look: {path}", template=template.name, files=list(files))
	page = guest.get(path).get_data(as_text=True)
	assert frappe.db.get_value(CONTACT, {"record": person.name}, "summary") == "Look: /hello/…"
	assert (page.count("<img class"), page.count("<audio"), person.person_name in page) == (1, 1, False)
	assert "The harbour &#34;us&#34; &amp; you" in page and '"us" & you' not in page
	# what nobody wrote of is called by what it is, and no file by its name
	assert "Voice Message" in page and ".mp3" not in page and "harbour-" not in page.lower()
	with languages.speaking("zh"):
		assert {file.caption for file in held.media.sent(person.name)} == {"港口的同事", "语音"}
	(shown,) = [file for file in held.media.sent(person.name) if file.kind == "picture"]
	answer = guest.get(path, file=shown.name)
	assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
	assert answer.get_data() == frappe.get_doc("File", shown.name).get_content()
	part = Guest(Range="bytes=2-5").get(path, file=shown.name)
	assert (part.status_code, part.get_data()) == (206, answer.get_data()[2:6])
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert "private" in answer.headers["Cache-Control"]
	# the template's own file, somebody else's, and one that is made up
	for name in (files[0], files[1], "nothing", "'; --"):
		assert guest.get(path, file=name).status_code == 404
	own = keeping.link_of(person.name)
	assert "What we sent you" in guest.get(own).get_data(as_text=True)
	assert guest.get(own, file=shown.name).mimetype == "image/jpeg"
	assert len(held.about(keeping.opened_by(own.rpartition("/")[2]))["pictures_and_voices"]) == 2
	frappe.set_user("Administrator")
	keeping.say_no(person.name, "Please don't.")
	assert GONE in guest.get(path).get_data(as_text=True)


def test_what_does_not_fit_or_belongs_to_somebody_else_does_not_go_and_nothing_is_sent(
	person, template, files
):
	other = frappe.get_doc(
		doctype=POOL, person_name="Wang", email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	wrong = {
		attach(POOL, other.name, hr.unique("theirs") + ".jpg", picture()): "not there any more",
		attach(
			POOL, person.name, hr.unique("page") + ".gif", b"<html>" + b"x" * 99
		): "not what its name says",
		attach(POOL, person.name, hr.unique("cv") + ".txt", b"what I can"): "neither a picture nor a voice",
		"made up": "not there any more",
	}
	for name, why in wrong.items():
		with pytest.raises(NotSentAlong, match=why):
			calls.send_mail(person.name, "The harbour", "Hello", template.name, [files[0], name])
	for none in ("5", "[", '{"a": 1}'):
		with pytest.raises(NotSentAlong, match="not there any more"):
			calls.keep_copied(person.name, "Hello", files=none)
	assert frappe.db.count(CONTACT, {"record": person.name}) == 0
	assert not frappe.db.exists(
		"Communication", {"reference_name": person.name, "communication_type": "Communication"}
	)


def test_they_are_forgotten_with_the_person_and_the_template_keeps_its_own(person, template, files):
	calls.send_mail(person.name, "The harbour", "Hello", template.name, list(files))
	path = calls.link_to_files(person.name).partition(frappe.utils.get_url())[2]
	voice = frappe.db.get_value("File", files[1], "file_url")
	flow.erase_person(people_of.of_record(person.name), with_hrms=True)
	assert frappe.get_all("File", {"file_url": voice}) == []
	assert (
		frappe.get_all(
			"File",
			{"attached_to_doctype": ("in", (CONTACT, "Communication")), "file_name": ("like", "harbour%")},
		)
		== []
	)
	assert not frappe.get_all("Comment", {"reference_doctype": CONTACT})
	assert frappe.get_doc("File", files[0]).get_content()
	assert GONE in Guest().get(path).get_data(as_text=True)


def on_disk(tag: str) -> list[str]:
	"""What the site has of these pictures and voices, whether or not a row names it."""
	folders = (frappe.get_site_path("private", "files"), frappe.get_site_path("public", "files"))
	return sorted(path.name for folder in folders for path in Path(folder).glob(f"*{tag}*"))


def test_a_photo_that_went_to_several_is_left_by_none_of_them_and_stays_the_template_s(
	person, template, files
):
	"""Of a photo the platform makes a second file when it goes; erasing takes that one, with the last who has it."""
	photo = frappe.get_doc("File", files[0])
	tag = photo.file_name.partition(' "')[0]
	own = attach(POOL, person.name, f"{tag} own.jpg", picture())
	before, whole = on_disk(tag), photo.get_content()
	other = frappe.get_doc(
		doctype=POOL, person_name="Wang", email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	calls.send_mail(person.name, "The harbour", "Hello", template.name, [*files, own])
	for each in (person, other):
		calls.keep_copied(each.name, "Look", template=template.name, files=[files[0]])
	calls.send_mail(other.name, "The harbour", "Hello", template.name, [files[0]])
	assert len(on_disk(tag)) > len(before)
	flow.erase_person(people_of.of_record(person.name), with_hrms=True)
	(shown,) = held.media.sent(other.name)
	assert held.media.read(other.name, shown.name)[0].startswith(b"\xff\xd8\xff")
	flow.erase_person(people_of.of_record(other.name), with_hrms=True)
	left = [
		Path(url).name
		for url in frappe.get_all("File", {"file_name": ("like", f"%{tag}%")}, pluck="file_url")
	]
	# the template's own: the photo, what is no picture, and what is elsewhere
	assert (on_disk(tag), len(left)) == (sorted({*left} - {"us.png"}), 3)
	assert frappe.get_doc("File", files[0]).get_content() == whole


def test_what_is_lost_from_the_disk_or_was_never_sent_is_no_error_and_not_shown(person, template, files):
	path = calls.link_to_files(person.name).partition(frappe.utils.get_url())[2]
	calls.keep_copied(person.name, "Look", template=template.name, files=[files[0]])
	heard = service.note(person.name, "Message", "My cat", direction="In")
	attach(CONTACT, heard, hr.unique("cat") + ".jpg", picture())
	(shown,) = held.media.sent(person.name)
	Path(frappe.get_doc("File", shown.name).get_full_path()).unlink()
	assert Guest().get(path, file=shown.name).status_code == 404
	frappe.set_user("Administrator")
	Path(frappe.get_doc("File", files[0]).get_full_path()).unlink()
	with pytest.raises(NotSentAlong, match="can't be read"):
		calls.send_mail(person.name, "The harbour", "Hello", template.name, [files[0]])


def test_only_who_may_write_there_chooses_what_goes_to_people(person, template, files):
	"""The platform lets every user make files, and hang them wherever they say."""
	contact = service.note(person.name, "Message", "Look", direction="Out")
	anybody, recruiter = (hr.make_user(roles=(role,)).name for role in ("Employee", "HR User"))
	frappe.set_user(anybody)
	for about in ((TEMPLATE, template.name), (POOL, person.name), (CONTACT, contact)):
		with pytest.raises(frappe.PermissionError):
			attach(*about, "us.jpg", picture())
	mine = frappe.get_doc(doctype="File", file_name="us.jpg", content=picture(), is_private=1).insert()
	mine.update({"attached_to_doctype": TEMPLATE, "attached_to_name": template.name})
	with pytest.raises(frappe.PermissionError):
		mine.save()
	with pytest.raises(frappe.PermissionError):
		captions.write(files[0], "Me")
	frappe.set_user(recruiter)
	captions.write(files[0], "Your old team", "您的老同事")
	(of_template,) = captions.of_template(template.name)
	assert (of_template["caption"], of_template["caption_zh"]) == ("Your old team", "您的老同事")
	with pytest.raises(NotSentAlong, match="not there any more"):
		captions.write(mine.name, "Me")
	with pytest.raises(NoCaption, match="At most 140 characters"):
		captions.write(files[1], "a" * 141)
	assert attach(TEMPLATE, template.name, "us.jpg", picture())
	assert attach(POOL, person.name, "us.jpg", picture())


def test_hr_takes_back_the_links_of_a_person_or_of_all_whom_a_template_went_to(person, template, files):
	other = frappe.get_doc(
		doctype=POOL, person_name="Wang", email=hr.unique_email("pool"), company=hr.COMPANY
	).insert()
	tokens.issue("Pictures and Voices", POOL, person.name, 1)
	frappe.db.set_value("Access Token", {"subject": person.name}, "expires_on", add_days(today(), -1))
	paths = {}
	for each in (person, other):
		paths[each.name] = calls.link_to_files(each.name).partition(frappe.utils.get_url())[2]
		calls.keep_copied(each.name, "Look", template=template.name, files=[files[0]])
	own = keeping.link_of(person.name)
	assert desk_talent.archive(person.name)["links"] == {"Pictures and Voices": 1, "Talent Pool": 1}
	assert links.live_of_template(template.name) == 2
	for wrong in ('["Candidate"]', "5", "null", "{"):
		with pytest.raises(NoLinks):
			links.take_back(person.name, wrong)
	assert links.take_back(person.name, '["Pictures and Voices"]') == 1
	assert desk_talent.archive(person.name)["links"] == {"Talent Pool": 1}
	guest = Guest()
	opens = [GONE not in guest.get(path).get_data(as_text=True) for path in (*paths.values(), own)]
	assert opens == [False, True, True]
	frappe.set_user("Administrator")
	assert links.take_back_of_template(template.name) == 1
	assert (links.live_of_template(template.name), links.take_back_of_template(template.name)) == (0, 0)
	assert GONE in guest.get(paths[other.name]).get_data(as_text=True)
	for name in (person.name, other.name):
		frappe.set_user("Administrator")
		said = frappe.get_all("Comment", {"reference_name": name, "comment_type": "Info"}, pluck="content")
		assert said == ["Links were taken back: 1. What they opened can't be opened by them any more."]
