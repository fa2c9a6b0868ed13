"""Tests of the company's choice that an opening links to: which links are taken, and from which stage a candidate sees one. Pure."""

from urllib.parse import urlsplit

from referral_hub.referrals.rules.stages import Stage


def is_safe(link: str | None) -> bool:
	"""Whether a link leads to a page of its own by https, and carries no name and password."""
	try:
		parts = urlsplit((link or "").strip())
		return parts.scheme == "https" and bool(parts.hostname) and not (parts.username or parts.password)
	except ValueError:
		return False


def is_shown(shown_from: str | None, stage: str) -> bool:
	"""Whether somebody at a stage sees a test that is shown from a stage on."""
	return Stage(stage).rank >= Stage(shown_from or Stage.SUBMITTED).rank
