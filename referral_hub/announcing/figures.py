"""What became of an announcement, for HR: numbers, never who."""

import frappe

from referral_hub.announcing import audience
from referral_hub.announcing.posts import DOCTYPE
from referral_hub.announcing.reading import VIEW
from referral_hub.announcing.rules import campaign
from referral_hub.announcing.telling import EVENT
from referral_hub.messages.rules.events import event_key


def of(name: str) -> dict:
	"""Return {"meant", "told", "opened", "followed", "put_away"}: for how many employees it is, how many were told by a message, opened
	it on the portal, went on to an opening, put the banner away: these three as far as `campaign.told` tells them."""
	((told,),) = frappe.db.sql(
		"select count(distinct recipient) from `tabReferral Message` where event_key = %s",
		event_key(EVENT, name),
	)
	(done,) = frappe.db.sql(
		f"""select count(opened_on) opened, count(followed_on) followed, count(put_away_on) put_away
		from `tab{VIEW}` where announcement = %s""",
		name,
		as_dict=True,
	)
	meant = audience.count(audience.of(frappe.get_doc(DOCTYPE, name)))
	return {"meant": meant, "told": told} | {
		what: campaign.told(count, meant) for what, count in done.items()
	}
