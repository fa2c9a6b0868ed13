"""Badges that were given by rule before this was kept were given for what their rule asks for today."""

import frappe


def execute() -> None:
	frappe.db.sql(
		"""update `tabRecognition Award` award join `tabRecognition Badge` badge on badge.name = award.badge
		set award.counts = badge.counts, award.at_least = badge.at_least
		where award.given_by = 'Rule' and ifnull(award.counts, '') = '' and ifnull(badge.counts, '') != ''"""
	)
