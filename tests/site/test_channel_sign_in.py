"""Signing in from inside WeCom: the right person, in the browser that began it, once; and everybody else learns why not."""

from urllib.parse import parse_qs, urlsplit

import frappe
import pytest
import site_factories as hr
from channel_factories import make_app
from chat_services import open_services
from in_process import answering
from message_factories import make_reader

from referral_hub.api.channels import sign_in as api
from referral_hub.messages.channels import wecom_sign_in, wire
from referral_hub.messages.channels.wecom_sign_in import NotSignedIn
from referral_hub.messages.rules.protocols import addresses
from referral_hub.setup import references

BACK = "https://hub.example" + api.FINISH


@pytest.fixture
def app(services):
	services.codes["code"] = "LinaLi"
	return make_app(sign_in=1, sign_in_by_employee=1)


@pytest.fixture
def lina(app):
	reader = make_reader()
	reader.db_set("referral_hub_wecom_user", "LinaLi")
	return reader


def begin(to="/referrals/wallet") -> tuple[str, str]:
	"""Return the state that WeCom gives back, and what the browser holds."""
	address, held = wecom_sign_in.begin(to, BACK)
	return parse_qs(urlsplit(address).query)["state"][0], held


def test_the_browser_is_sent_to_wecom_as_published(app):
	parts = urlsplit(wecom_sign_in.begin("/referrals", BACK)[0])
	assert (parts.netloc, parts.path, parts.fragment) == (
		"open.weixin.qq.com",
		"/connect/oauth2/authorize",
		"wechat_redirect",
	)
	asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
	assert asked.pop("state")
	assert asked == {
		"appid": app.corp_id,
		"redirect_uri": BACK,
		"response_type": "code",
		"scope": "snsapi_base",
		"agentid": app.agent_id,
	}


def test_an_employee_is_recognised_once_and_goes_where_they_wanted(lina):
	state, held = begin()
	assert wecom_sign_in.finish("code", state, held) == (lina.user_id, "/referrals/wallet")
	with pytest.raises(NotSignedIn, match="begun elsewhere, or too long ago"):
		wecom_sign_in.finish("code", state, held)


@pytest.mark.parametrize("held", [None, "", "of another browser"])
def test_what_another_browser_began_signs_nobody_in(lina, services, held):
	state, _held = begin()
	with pytest.raises(NotSignedIn, match="begun elsewhere"):
		wecom_sign_in.finish("code", state, held)
	assert services.asked == []


def test_a_code_wecom_does_not_know_signs_nobody_in(lina):
	state, held = begin()
	with pytest.raises(NotSignedIn, match="WeCom did not say who you are"):
		wecom_sign_in.finish("stolen or used", state, held)


def refused(match: str) -> None:
	state, held = begin()
	with pytest.raises(NotSignedIn, match=match):
		wecom_sign_in.finish("code", state, held)


def test_a_disabled_login_and_one_who_left_are_nobody(lina):
	frappe.db.set_value("User", lina.user_id, "enabled", 0)
	refused("No login here belongs to your WeCom account")


def test_who_left_is_nobody(lina):
	lina.db_set("status", "Left")
	refused("No login here belongs to your WeCom account")


def test_two_employees_with_one_id_are_nobody(lina):
	make_reader().db_set("referral_hub_wecom_user", "LinaLi")
	refused("No login here belongs to your WeCom account")


def test_what_hr_writes_into_an_employee_opens_no_login_with_more_rights(lina):
	frappe.get_doc("User", lina.user_id).add_roles("HR User")
	refused("rights that need your password")


def test_a_link_on_the_user_opens_it_and_needs_nothing_on_the_employee(app, services):
	user = frappe.get_doc("User", hr.make_user(roles=("HR User",)).name)
	user.append("social_logins", {"provider": f"WeCom {app.corp_id}", "userid": "LinaLi"})
	user.save()
	state, held = begin()
	assert wecom_sign_in.finish("code", state, held)[0] == user.name


def test_nobody_links_a_wecom_account_to_themselves(app, lina, as_user):
	other = hr.make_user().name
	as_user(other)
	user = frappe.get_doc("User", other)
	user.first_name = "Mallory"
	user.save()
	user.append("social_logins", {"provider": f"WeCom {app.corp_id}", "userid": "LinaLi"})
	with pytest.raises(frappe.PermissionError, match="Only who administers users"):
		user.save()
	as_user("Administrator")
	state, held = begin()
	assert wecom_sign_in.finish("code", state, held)[0] == lina.user_id


def test_an_account_that_is_linked_twice_is_nobodys(app, lina, services):
	for _number in range(2):
		user = frappe.get_doc("User", hr.make_user().name)
		user.append("social_logins", {"provider": f"WeCom {app.corp_id}", "userid": "LinaLi"})
		user.save()
	refused("No login here belongs to your WeCom account")


def test_an_uninstall_leaves_no_link_that_a_later_installation_would_open_a_login_by(app):
	user = frappe.get_doc("User", hr.make_user().name)
	for provider, number in ((wecom_sign_in.PROVIDER + app.corp_id, "LinaLi"), ("google", "12")):
		user.append("social_logins", {"provider": provider, "userid": number})
	user.save()
	references.forget_ways_in()
	kept = {row.provider for row in user.reload().social_logins}
	assert ("google" in kept, wecom_sign_in.PROVIDER + app.corp_id in kept) == (True, False)


def test_only_one_application_is_the_way_in(app):
	with pytest.raises(frappe.ValidationError, match=f"People sign in by {app.name} already"):
		make_app(corp_id="ww-of-another-company", sign_in=1)
	second = make_app(corp_id="ww-of-another-company")
	app.reload().sign_in = 0
	app.save()
	second.sign_in = 1
	second.save()
	assert wecom_sign_in.way_in().label == second.name


def test_a_factory_behind_one_address_signs_in_within_an_hour(monkeypatch):
	monkeypatch.setattr(api.limits, "address", lambda: "203.0.113.9")
	frappe.cache.delete_keys("referral_hub_limit:")
	for _begun_or_finished in range(2 * 600):
		api._count()


def test_without_the_box_the_employees_id_is_not_enough(lina, app):
	app.sign_in_by_employee = 0
	app.save()
	refused("No login here belongs to your WeCom account")


def test_nobody_signs_in_where_it_is_not_switched_on(services):
	make_app()
	with pytest.raises(NotSignedIn, match="Nobody can sign in here"):
		wecom_sign_in.begin("/referrals", BACK)


def test_what_was_begun_ends_with_the_switch(lina, app):
	state, held = begin()
	app.sign_in = 0
	app.save()
	with pytest.raises(NotSignedIn, match="Nobody can sign in here"):
		wecom_sign_in.finish("code", state, held)


@pytest.mark.commits
def test_in_wecoms_browser_the_portal_opens_without_a_password(commits, monkeypatch):
	"""Through the whole web application: to WeCom, back, signed in, on the page that was wanted; and once."""
	with open_services() as services, answering() as web:
		own = {addresses.WECOM_APP: (services.origin,)}
		monkeypatch.setattr(wire, "allowed_origins", lambda kind: own.get(kind, ()))
		services.codes |= {"code": "LinaLi", "again": "LinaLi"}
		make_app(sign_in=1, sign_in_by_employee=1)
		lina = make_reader()
		lina.db_set("referral_hub_wecom_user", "LinaLi")
		commits.commit()
		inside = {"User-Agent": "Mozilla/5.0 wxwork/4.1.0 MicroMessenger/7.0.1"}
		sent = web.ask("GET", "/referrals/wallet", headers=inside)
		assert (sent.status_code, sent.headers["Location"]) == (302, f"{api.BEGIN}?to=%2Freferrals%2Fwallet")
		begun = web.ask("GET", sent.headers["Location"])
		state = parse_qs(urlsplit(begun.headers["Location"]).query)["state"][0]
		cookie = next(text for text in begun.headers.getlist("Set-Cookie") if text.startswith(api.COOKIE))
		assert {"HttpOnly", "SameSite=Lax", f"Path={api.FINISH}"} <= set(cookie.split("; "))
		held = {"Cookie": cookie.split(";")[0]}
		elsewhere = web.ask("GET", f"{api.FINISH}?code=code&state=other", headers=held)
		assert (elsewhere.status_code, "begun elsewhere" in elsewhere.text) == (403, True)
		done = web.ask("GET", f"{api.FINISH}?code=code&state={state}", headers=held)
		assert (done.status_code, done.headers["Location"]) == (302, "/referrals/wallet")
		sid = next(text for text in done.headers.getlist("Set-Cookie") if text.startswith("sid=")).split(";")[
			0
		]
		who = web.ask("GET", "/api/method/frappe.auth.get_logged_user", headers={"Cookie": sid})
		assert lina.user_id in who.text
		twice = web.ask("GET", f"{api.FINISH}?code=again&state={state}", headers=held)
		assert twice.status_code == 403
		assert not [text for text in twice.headers.getlist("Set-Cookie") if lina.user_id in text]
