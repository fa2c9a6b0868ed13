"""From inside WeCom into the portal: two addresses a browser is sent through. Each answers by a redirect, or a page that says why not."""

import frappe
from frappe import _
from frappe.utils import get_url
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from referral_hub import limits
from referral_hub.messages.channels import wecom_sign_in
from referral_hub.messages.channels.wecom_sign_in import TEN_MINUTES, NotSignedIn
from referral_hub.messages.rules.protocols.wecom_sign_in import page_of

BEGIN = "/api/method/referral_hub.api.channels.sign_in.begin"
FINISH = "/api/method/referral_hub.api.channels.sign_in.finish"
COOKIE = "referral_hub_wecom"
# in an hour; a whole factory may come by one address, and each person takes two
TRIES_PER_ADDRESS = 10_000


@frappe.whitelist(allow_guest=True, methods=["GET"])
def begin(to: str = "", **_ignored) -> Response | None:
	"""Send the browser to WeCom to be recognised; who is signed in already goes straight on.

	:param to: a page of the portal, such as /referrals/wallet; anything else is its home
	"""
	if frappe.session.user != "Guest":
		return redirect(page_of(to), 302)
	try:
		_count()
		address, held = wecom_sign_in.begin(to, get_url(FINISH, allow_header_override=False))
	except NotSignedIn as error:
		return _say_why_not(error)
	answer = redirect(address, 302)
	is_secure = get_url(allow_header_override=False).startswith("https://")
	answer.set_cookie(
		COOKIE, held, max_age=TEN_MINUTES, path=FINISH, httponly=True, secure=is_secure, samesite="Lax"
	)
	return answer


@frappe.whitelist(allow_guest=True, methods=["GET"])
def finish(code: str = "", state: str = "", **_ignored) -> None:
	"""Sign in whom WeCom recognised, and go on to the page they wanted.

	:param code: WeCom's, good once and for five minutes; :param state: ours, good once for the browser that began
	"""
	try:
		_count()
		user, page = wecom_sign_in.finish(code, state, frappe.request.cookies.get(COOKIE))
	except (frappe.ValidationError, frappe.AuthenticationError) as error:
		_say_why_not(error)
		return
	frappe.local.login_manager.login_as(user)
	frappe.db.commit()  # a GET is rolled back, and the session with it
	frappe.local.response.update({"type": "redirect", "location": page})


def _count() -> None:
	if not limits.within("wecom-sign-in", limits.address(), TRIES_PER_ADDRESS):
		raise NotSignedIn(_("Too many tries. Please wait a while."))


def _say_why_not(error: Exception) -> None:
	frappe.db.rollback()
	frappe.clear_messages()
	words = (
		str(error)
		if isinstance(error, NotSignedIn)
		else _("WeCom did not answer as expected. Please try again.")
	)
	frappe.respond_as_web_page(
		_("Not signed in"),
		frappe.utils.escape_html(words),
		http_status_code=403,
		primary_action=f"/login?redirect-to={page_of('')}",
		primary_label=_("Sign in with a password"),
	)
