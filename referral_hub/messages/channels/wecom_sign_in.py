"""Whose login it is when somebody comes from inside WeCom: asked of WeCom once, for a browser that began it here.

What was begun is kept in Redis for ten minutes and belongs to the browser that holds its cookie. Never writes; the web methods do.
"""

import hmac
import json
import secrets
from hashlib import sha256

import frappe
from frappe import _
from frappe.twofactor import should_run_2fa
from redis.exceptions import RedisError

from referral_hub.messages.channels import configured, wecom_interface, wire
from referral_hub.messages.channels.configured import Configured
from referral_hub.messages.channels.wecom import USER_FIELD
from referral_hub.messages.rules.protocols import addresses, wecom_sign_in
from referral_hub.messages.rules.protocols.answers import Says

TEN_MINUTES = 600
PROVIDER = "WeCom "
# what a colleague of HR may decide by writing into an Employee: logins that can do no more than look after themselves
PLAIN_ROLES = frozenset({"All", "Guest", "Desk User", "Employee", "Employee Self Service"})


class NotSignedIn(frappe.ValidationError):
	"""Nobody is signed in, for the reason in the text."""


def way_in() -> Configured | None:
	"""Return the application that people sign in by, if there is one."""
	ways = (channel for channel in configured.channels() if channel.kind == addresses.WECOM_APP)
	return next((way for way in ways if way.row.enabled and way.row.sign_in), None)


def begin(wish: object, back: str) -> tuple[str, str]:
	"""Return (where to send the browser, what it has to hold until it is back). Raises NotSignedIn."""
	way = way_in()
	if not way:
		raise NotSignedIn(_("Nobody can sign in here from inside WeCom."))
	state, held = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
	kept = {"held": _hash(held), "to": wecom_sign_in.page_of(wish), "channel": way.label}
	try:
		frappe.cache.set(_key(state), json.dumps(kept), ex=TEN_MINUTES)
	except RedisError as error:
		raise NotSignedIn(_("This can't be done just now. Please try again in a minute.")) from error
	base = wire.allowed_origins("WeCom Sign-in") or (wecom_sign_in.AUTHORIZE,)
	address = wecom_sign_in.authorize_address(base[0], way.row.corp_id, way.row.agent_id, back, state)
	return address, held


def finish(code: object, state: object, held: str | None) -> tuple[str, str]:
	"""Return (the user, the page they wanted). Raises NotSignedIn; what was begun can't be finished twice."""
	kept = _taken(str(state or ""))
	if not kept or not held or not hmac.compare_digest(kept["held"], _hash(held)):
		raise NotSignedIn(
			_("Please open the page in WeCom again: this was begun elsewhere, or too long ago.")
		)
	way = configured.find(kept["channel"])
	if not way or not way.row.enabled or not way.row.sign_in:
		raise NotSignedIn(_("Nobody can sign in here from inside WeCom."))
	answer, said = wecom_interface.call(way, "auth/getuserinfo", None, {"code": str(code or "")[:512]})
	user_id = said.get("userid") if answer.says is Says.SENT else None
	if not isinstance(user_id, str) or not user_id:
		raise NotSignedIn(_("WeCom did not say who you are. Please open the page again."))
	return _checked(_linked_to(way, user_id) or _employees_login(way, user_id)), kept["to"]


def provider(way: Configured) -> str:
	"""Return under which provider an administrator enters somebody's id among the Social Logins of a User."""
	return f"{PROVIDER}{way.row.corp_id}"


def keep_links(user) -> None:
	"""Refuse that somebody links a WeCom account to their own User: the platform lets everybody write that table of theirs.

	Called when a User is saved.
	"""
	if user.flags.ignore_permissions or "System Manager" in frappe.get_roles():
		return
	if _links_of(user.get_doc_before_save()) != _links_of(user):
		frappe.throw(_("Only who administers users can link a WeCom account."), frappe.PermissionError)


def _links_of(user) -> set[tuple[str, str]]:
	rows = user.social_logins if user else ()
	return {(row.provider, row.userid) for row in rows if (row.provider or "").startswith(PROVIDER)}


def _linked_to(way: Configured, user_id: str) -> str | None:
	linked = {"provider": provider(way), "userid": user_id, "parenttype": "User"}
	users = frappe.get_all("User Social Login", linked, pluck="parent", distinct=True)
	if len(users) > 1:  # then nobody knows who it is, and no weaker way decides it
		return _checked(None)
	return users[0] if users else None


def _employees_login(way: Configured, user_id: str) -> str | None:
	"""Return the login of the one employee with this id, where that is enough: never of who may do more than employees."""
	if not way.row.sign_in_by_employee:
		return None
	who = {USER_FIELD: user_id, "status": "Active"} | ({"company": way.company} if way.company else {})
	rows = frappe.get_all("Employee", who, pluck="user_id")
	user = rows[0] if len(rows) == 1 else None
	if user and not PLAIN_ROLES.issuperset(frappe.get_roles(user)):
		words = _(
			"Your login has rights that need your password. Ask who administers the site to link it to WeCom."
		)
		raise NotSignedIn(words)
	return user


def _checked(user: str | None) -> str:
	is_usable = user not in (None, "", "Guest", "Administrator") and frappe.db.get_value(
		"User", user, "enabled"
	)
	if not is_usable:
		raise NotSignedIn(_("No login here belongs to your WeCom account. Please ask HR."))
	if should_run_2fa(user):
		raise NotSignedIn(_("Your login asks for a second factor. Please sign in with your password."))
	return user


def _taken(state: str) -> dict | None:
	"""Return what was begun, once."""
	together = frappe.cache.pipeline(transaction=True)
	together.get(_key(state))
	together.delete(_key(state))
	try:
		raw, _deleted = together.execute()
	except RedisError:
		return None
	return json.loads(raw) if raw else None


def _key(state: str):
	return frappe.cache.make_key(f"referral_hub_wecom_state:{_hash(state)}")


def _hash(text: str) -> str:
	return sha256(text.encode()).hexdigest()
