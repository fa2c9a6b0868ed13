"""Sites installed before there were levels get levels and badges once; awards of before came with rewards."""

import frappe

from referral_hub.setup.words.recognition.masters import make_recognition


def execute():
	make_recognition()
	frappe.db.set_value(
		"Recognition Award", {"given_by": ("is", "not set")}, "given_by", "Reward", update_modified=False
	)
