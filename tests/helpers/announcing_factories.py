"""Announcements as HR writes them."""

import frappe
import site_factories as hr

from referral_hub.announcing import posts


def make_announcement(*, openings=(), audience=(), companies=(), out: bool = True, **fields):
	"""Write an announcement and, unless told otherwise, let it go out."""
	post = frappe.new_doc(posts.DOCTYPE)
	post.update({"title": hr.unique("Spring"), "text": "<p>We look for people.</p>", **fields})
	post.update({"openings": [{"job_opening": name} for name in openings]})
	post.update({"companies": [{"company": name} for name in companies]})
	post.update({"audience": [{"kind": kind, "value": value} for kind, value in audience]})
	post.insert()
	if out:
		posts.announce(post.name)
		post.reload()
	return post
