"""Robots of groups: WeCom, DingTalk, Feishu or Lark, Slack, Teams. Each posts to an address in which, but for a signature, its key stands."""

import time

from frappe import _
from frappe.desk.utils import slug

from referral_hub import limits
from referral_hub.messages import rendering
from referral_hub.messages.channels import Delivery, Later, wire
from referral_hub.messages.channels.configured import DOCTYPE, Configured
from referral_hub.messages.readers import Reader
from referral_hub.messages.rules import groups
from referral_hub.messages.rules.preferences import Disturbs
from referral_hub.messages.rules.protocols import robots
from referral_hub.messages.rules.protocols.answers import MINUTE, Says

PORTAL = "/referrals"


class Robot(Configured):
	disturbs = Disturbs.MAIL
	is_group = True
	templates = (rendering.GROUP,)

	def address(self, reader: Reader) -> str | None:
		"""A group is reached by its own channel; a person by none of these."""
		return self.label if self.row.enabled and reader.in_group == self.label else None

	def hears(self, event: str) -> bool:
		return bool(self.row.enabled) and groups.hears(self.row, event, bool(self.row.for_hr))

	def message(self, facts: dict, referral: str | None) -> dict:
		"""Return the fields of a message in this group: what it may know, and where its link leads."""
		told = groups.facts_for(facts, bool(self.row.for_hr))
		told["link"] = f"/app/{slug('Referral')}/{referral}" if referral and self.row.for_hr else PORTAL
		return {"in_group": self.label, "referral": referral, "facts": told}

	def send(self, delivery: Delivery) -> tuple[str, str]:
		most = robots.A_MINUTE[self.kind]
		if not limits.within("channel", self.label, most, MINUTE):
			raise Later(_("This group has had {0} messages in a minute; more wait.").format(most), MINUTE)
		self.post(delivery.text, delivery.link)
		return DOCTYPE, self.label

	def post(self, text: str, link: str) -> None:
		secret = self.secret("sign_secret") if self.kind in robots.SIGNED else ""
		post = robots.post(self.kind, self.secret("webhook"), text, link, time.time(), secret)
		reply = wire.ask(self.kind, post.address, post.body)
		answer = robots.judge(self.kind, reply.status, reply.body, reply.retry_after)
		self.check(answer, self._hint(answer.says))

	def _hint(self, says: Says) -> str:
		if says is not Says.SET_UP:
			return ""
		return _("Is the robot still in the group, the address right, and the secret that of its signature?")
