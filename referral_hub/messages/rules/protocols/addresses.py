"""To which addresses a channel may talk: those of its service, over https, and what the site's configuration allows besides. Pure."""

from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

WECOM_APP = "WeCom Application"
WECOM_ROBOT = "WeCom Group Robot"
DINGTALK = "DingTalk Robot"
FEISHU = "Feishu Robot"
SLACK = "Slack Webhook"
TEAMS = "Teams Webhook"
ROBOTS = (WECOM_ROBOT, DINGTALK, FEISHU, SLACK, TEAMS)

WECOM_API = "https://qyapi.weixin.qq.com"
# a host that begins with a dot stands for all below it
HOSTS = {
	WECOM_APP: ("qyapi.weixin.qq.com",),
	WECOM_ROBOT: ("qyapi.weixin.qq.com",),
	DINGTALK: ("oapi.dingtalk.com", "oapi.dingtalk.io"),
	FEISHU: ("open.feishu.cn", "open.larksuite.com"),
	SLACK: ("hooks.slack.com", "hooks.slack-gov.com"),
	TEAMS: (".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com"),
}


def is_allowed(kind: str, address: str, bases: Collection[str] = ()) -> bool:
	"""Say whether a channel of this kind may send to this address; `bases` are origins the administrator allows besides."""
	parts = _split(address)
	if not parts or not parts.hostname or "@" in parts.netloc or parts.fragment:
		return False
	if any(_origin(parts) == _origin(base) for base in map(_split, bases) if base):
		return True
	return parts.scheme == "https" and _port(parts) in (None, 443) and _is_of(parts.hostname, HOSTS[kind])


def _is_of(host: str, hosts: Collection[str]) -> bool:
	return any(host == allowed or (allowed[0] == "." and host.endswith(allowed)) for allowed in hosts)


def _origin(parts: SplitResult) -> tuple:
	return parts.scheme, parts.hostname, _port(parts)


def _split(address: str) -> SplitResult | None:
	if not address.isascii() or not address.isprintable() or " " in address or "\\" in address:
		return None
	try:
		parts = urlsplit(address)
		_port(parts)
	except ValueError:
		return None
	return parts if parts.scheme in ("http", "https") else None


def _port(parts: SplitResult) -> int | None:
	return parts.port
