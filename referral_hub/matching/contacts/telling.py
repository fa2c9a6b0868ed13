"""Once a week an employee with contacts is told how many of them fit how many openings: two numbers and a link, when something is new.

What was told is kept with the contact as keyed hashes, and goes with it. The message names nobody, and HR does not see it in the outbox: that
somebody has contacts is theirs, too. Called by the flow, which knows the openings; commits nothing.
"""

from collections.abc import Mapping
from datetime import datetime

import frappe

from referral_hub.matching.contacts import fitting, keeping
from referral_hub.matching.contacts.fitting import Referred
from referral_hub.matching.rules.contacts import counting
from referral_hub.messages import service as messages
from referral_hub.referrals.rules.requirements.assessing import Requirement

EVENT = "contacts_fit"
PAGE = "/referrals/contacts?fits=1"


def due(since: datetime) -> list[str]:
	"""Return the employees whose contacts nobody has looked at since then; not those whose first contact came later."""
	return frappe.db.sql_list(
		"""select employee from `tabReferral Contact` group by employee
		having ifnull(min(weighed_on), %(since)s - interval 1 second) < %(since)s order by employee""",
		{"since": since},
	)


def wants(employee: str) -> bool:
	"""Say whether this employee can be told; nobody's contacts are opened for a message that would not go."""
	reader = messages.readers_of([employee]).get(employee)
	return bool(reader) and messages.hears(EVENT, reader)


def tell(
	employee: str, week: datetime, openings: Mapping[str, list[Requirement]], referred: Referred
) -> bool:
	"""Say how many contacts fit, once for the week that began then; return whether there was something new to say."""
	pairs = [(one.contact, one.opening) for one in fitting.pairs(employee, openings, referred=referred)]
	keeping.lock(employee)
	told = keeping.told(employee, {contact for contact, _opening in pairs})
	pairs = [pair for pair in pairs if pair[0] in told]
	news = counting.news_of(pairs, [pair for pair in pairs if keeping.told_digest(*pair) in told[pair[0]]])
	if not news:
		return False
	said = {"people": news.people, "openings": news.openings, "fresh": news.fresh}
	messages.tell(EVENT, employee, key=f"{employee}:{week:%Y-%m-%d}", link=PAGE, **said)
	keeping.mark_told(employee, told, pairs, openings)
	return True


def weighed(employee: str) -> None:
	"""Note that this employee's contacts were looked at this week, whatever came of it."""
	keeping.lock(employee)
	keeping.mark_all(employee, weighed_on=frappe.utils.now())
