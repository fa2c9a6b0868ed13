"""What became of an announcement, for HR: numbers, never who."""

import frappe

from referral_hub.announcing import audience
from referral_hub.announcing.posts import DOCTYPE
from referral_hub.announcing.reading import VIEW
from referral_hub.announcing.telling import EVENT
from referral_hub.messages.rules.events import event_key


def of(name: str) -> dict:
	"""Return {"meant", "told", "opened", "followed", "put_away"}: for how many employees it is, how many were told by a message, opened
	it on the portal, went on to an opening, put the banner away."""
	((told,),) = frappe.db.sql(
		"select count(distinct recipient) from `tabReferral Message` where event_key = %s",
		event_key(EVENT, name),
	)
	((opened, followed, put_away),) = frappe.db.sql(
		f"select count(opened_on), count(followed_on), count(put_away_on) from `tab{VIEW}` where announcement = %s",
		name,
	)
	meant = audience.count(audience.of(frappe.get_doc(DOCTYPE, name)))
	return {"meant": meant, "told": told, "opened": opened, "followed": followed, "put_away": put_away}
