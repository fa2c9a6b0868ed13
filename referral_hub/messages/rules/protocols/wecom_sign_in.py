"""Signing in from inside WeCom: where a browser is sent, and where it may go afterwards. Pure.

Source: WeCom developer documentation, "Build an OAuth2 link" and "Get the identity of a visitor".
"""

import re
from urllib.parse import unquote, urlencode

AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"
PORTAL = "/referrals"
# a page of the portal on this very site: no other host, no way out of it
_PAGE = re.compile(r"/referrals(?:/[A-Za-z0-9%._~-]+)*/?(?:\?[A-Za-z0-9%._~=&+-]*)?", re.ASCII)
LONGEST = 500


def authorize_address(base: str, corp: str, agent: str, back: str, state: str) -> str:
	query = {
		"appid": corp,
		"redirect_uri": back,
		"response_type": "code",
		"scope": "snsapi_base",
		"state": state,
		"agentid": agent,
	}
	return f"{base}?{urlencode(query)}#wechat_redirect"


def page_of(wish: object) -> str:
	"""Return the page of the portal that was asked for, else its home."""
	text = wish if isinstance(wish, str) and len(wish) <= LONGEST else ""
	return text if _PAGE.fullmatch(text) and not _leads_out(unquote(text)) else PORTAL


def _leads_out(path: str) -> bool:
	return "/." in path or "//" in path


def is_inside(user_agent: str | None) -> bool:
	"""Say whether this is WeCom's own browser."""
	return "wxwork/" in (user_agent or "").lower()
