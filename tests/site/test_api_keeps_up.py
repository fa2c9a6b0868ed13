"""Whatever the portal shows and does, the API does too, or a reason stands here: a page or a form in neither fails."""

import re
from pathlib import Path
from pkgutil import iter_modules

import pytest

from referral_hub.api import v1
from referral_hub.portal import renderer
from referral_hub.portal.feedback import one as one_feedback
from referral_hub.portal.forms import share_form
from referral_hub.portal.guests import candidate
from referral_hub.portal.guests.talent import pool
from referral_hub.portal.requests import asked
from referral_hub.www import referrals

TEMPLATES = Path(renderer.__file__).parents[1] / "templates" / "portal"


class Why(str):
	"""Why there is no operation."""


FOR_ONE_VISIT = Why("meant for somebody without a program: a page behind a link, opened once or twice")
# what is found on a page for employees
PAGES = {
	"": "home.look",
	"ask": ("referrals.questions", "referrals.refusal"),
	"choose": "referrals.one",
	"club": "community.club.mine",
	"contacts": ("contacts.find", "contacts.search", "contacts.fits", "contacts.ending"),
	"contacts/import": ("files.imports.state", "files.imports.left_out"),
	"contacts/person": "contacts.one",
	"feedback": "feedback.mine",
	"goals": "goals.mine",
	"learn": "community.learning.learned",
	"mine": ("referrals.mine", "referrals.refusals"),
	"named": "home.look",
	"news": ("community.news.find", "community.news.on_home"),
	"one_feedback": "feedback.one",
	"one_news": ("community.news.one", "community.news.opened", "community.news.followed"),
	"opening": "openings.offer",
	"openings": "openings.find",
	"path": ("path.mine", "path.agreed", "path.consent"),
	"people": "recognition.leaderboard",
	"recognition": "recognition.mine",
	"refer": ("openings.offer", "contacts.one"),
	"referral": ("referrals.one", "referrals.questions"),
	"request": "requests.one",
	"requests": "requests.mine",
	"rules": Why("a page HR writes; nothing is done there"),
	"settings": "settings.messages",
	"share": ("sharing.mine", "sharing.invited"),
	"shop": "shop.items",
	"shop/draw": ("shop.draws", "shop.draw_proof"),
	"shop/item": "shop.items",
	"shop/orders": "shop.orders",
	"survey": "home.how_was_it",
	"wall": "recognition.wall",
	"wallet": "wallet.one",
}
GUESTS = {
	"candidate": "guests.candidate.see",
	"goals": FOR_ONE_VISIT,
	"hello": FOR_ONE_VISIT,
	"look": FOR_ONE_VISIT,
	"no-mail": Why("mail programs send there themselves (RFC 8058)"),
	"path": FOR_ONE_VISIT,
	"pool": "guests.pool.see",
	"r": FOR_ONE_VISIT,
	"refer": Why("the paper card of a colleague without a device of their own"),
	"survey": "guests.survey.questions",
}
# template -> what its forms send as `do` or `action`, "" where they send neither
FORMS = {
	"announcing/club.html": {"": ("community.club.choose", "community.club.answer")},
	"choice.html": {"": "referrals.choose_reward"},
	"contacts/another_login.html": {"delete_others": "contacts.delete_of_another_login"},
	"contacts/import.html": {
		"upload": "files.imports.send",
		"go": "files.imports.read",
		"forget": "files.imports.forget",
	},
	"contacts/listing.html": {
		"": "contacts.add",
		"search": "contacts.search",
		"delete_all": "contacts.delete_all",
		"keep": "contacts.keep_on",
		"undo": Why("for two minutes, in the browser that deleted it; a program adds the contact again"),
	},
	"contacts/parts.html": {"unfit": "contacts.does_not_fit", "fit": "contacts.fits_after_all"},
	"contacts/person.html": {"change": "contacts.change", "delete": "contacts.delete"},
	"feedback/listing.html": {"": "feedback.ask"},
	"feedback/one.html": {
		"say": "feedback.say",
		"settle": "feedback.settle",
		"reopen": "feedback.ask_again",
		"withdraw": "feedback.take_back",
		"answer": "feedback.answer",
		"hand_on": "feedback.hand_to_hr",
		"adjust": "feedback.adjust_goal",
	},
	"goals.html": {"": ("goals.report", "goals.explain", "goals.keep_talk")},
	"guests/apply_form.html": {"": FOR_ONE_VISIT},
	"guests/candidate/asked.html": {"agree": "guests.candidate.agree"},
	"guests/candidate/correct.html": {"correct": "guests.candidate.correct"},
	"guests/candidate/delete.html": {
		"delete": "guests.candidate.delete",
		"take_back": "guests.candidate.take_back",
	},
	"guests/candidate/refuse.html": {"refuse": "guests.candidate.refuse"},
	"guests/candidate/standing.html": {
		"keep_result": "guests.candidate.keep_result",
		"forget_result": "guests.candidate.forget_result",
	},
	"guests/candidate/withdraw.html": {"withdraw": "guests.candidate.withdraw"},
	"guests/card/form.html": {"": GUESTS["refer"]},
	"guests/goals.html": {"": FOR_ONE_VISIT},
	"guests/landing.html": {"decline": FOR_ONE_VISIT},
	"guests/look.html": {"": FOR_ONE_VISIT},
	"guests/path.html": {"": FOR_ONE_VISIT},
	"guests/pool/delete.html": {"delete": "guests.pool.delete"},
	"guests/pool/home.html": {"agree": "guests.pool.agree", "silence": "guests.pool.write_no_more"},
	"index.html": {"": ("community.news.put_away", "community.news.put_back")},
	"named.html": {"": ("home.did_refer", "home.did_not_refer")},
	"opening.html": {"make": "sharing.make"},
	"path.html": {"agree": "path.agree", "take_back": "path.take_back"},
	"questions/ask.html": {"": "referrals.ask"},
	"questions/asked.html": {"": ("referrals.settled", "referrals.not_settled")},
	"questions/refused.html": {"": ("referrals.settled", "referrals.not_settled")},
	"recognition.html": {"": ("recognition.show_level", "recognition.show_badge")},
	"refer_form.html": {"": ("referrals.refer", "referrals.ask_about_refusal")},
	"requests/asked.html": {
		"mail": "requests.send_mail",
		"text": "requests.send_text",
		"copied": "requests.wrote_elsewhere",
		"not_me": "requests.not_me",
		"better": "requests.knows_better",
		"word": "requests.leave_word",
	},
	"settings.html": {"": "settings.keep"},
	"sharing/share.html": {
		"make": "sharing.make",
		"words": "sharing.change_words",
		"off": "sharing.switch_off",
		"invite": "sharing.invite",
		"again": "sharing.invite_again",
		"cancel": "sharing.take_back",
	},
	"shop/item.html": {"": "shop.order"},
	"shop/orders.html": {"show": "shop.show_code", "cancel": "shop.cancel"},
	"survey/form.html": {"": ("home.say_how_it_was", "guests.survey.answer")},
	"unsubscribe.html": {"stop": GUESTS["no-mail"], "resume": GUESTS["no-mail"]},
	"wall.html": {"": "recognition.thank_me"},
}
# where the code says what may be sent
IN_CODE = {
	"feedback/one.html": {*one_feedback._ASKER, *one_feedback._ANSWERER},
	"requests/asked.html": {*asked._ACTS},
	"sharing/share.html": {*share_form.ACTIONS},
}
SENT = re.compile(r'name="(?:do|action)" value="(\w+)"')
POSTS = re.compile(r'<form[^>]*method="post"', re.IGNORECASE)


def names(said) -> list:
	"""Return what stands for something: operations, or the one reason why there is none."""
	return [*said] if isinstance(said, tuple) else [said]


def test_every_page_has_an_operation_or_a_reason():
	modules = {found.name for found in iter_modules(referrals.__path__) if not found.ispkg}
	assert set(PAGES) == {*renderer.OTHER_PAGES, *(modules - {"index"}), ""}
	assert set(GUESTS) == set(renderer.GUEST_PAGES)


def test_every_form_has_an_operation_or_a_reason():
	forms = {}
	for path in TEMPLATES.rglob("*.html"):
		text = path.read_text()
		if POSTS.search(text):
			forms[str(path.relative_to(TEMPLATES))] = set(SENT.findall(text))
	assert set(forms) == set(FORMS)
	assert {name: sent - set(FORMS[name]) for name, sent in forms.items() if sent - set(FORMS[name])} == {}


@pytest.mark.parametrize("template", IN_CODE)
def test_what_the_code_takes_is_what_the_table_names(template):
	assert set(FORMS[template]) == IN_CODE[template]


def test_every_button_of_the_candidates_pages_and_of_the_pools_is_named():
	for prefix, actions in (("guests/candidate/", candidate.ACTIONS), ("guests/pool/", pool.ACTIONS)):
		named = {sent for name, form in FORMS.items() if name.startswith(prefix) for sent in form}
		assert named == set(actions)


def test_every_operation_that_is_named_is_there():
	there = {f"{each.run.__module__.partition('.v1.')[2]}.{each.run.__name__}" for each in v1.operations()}
	said = [*PAGES.values(), *GUESTS.values(), *(each for form in FORMS.values() for each in form.values())]
	named = {name for each in said for name in names(each) if not isinstance(name, Why)}
	assert named - there == set()
	assert there - named == set()
