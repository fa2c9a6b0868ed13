"""The table of contents: "this happened in HRMS -> look at the referral again"."""


def look_again(doc, method=None):
	pass


def renamed(doc, method=None, old=None, new=None, merge=False):
	pass


def trashed(doc, method=None):
	pass
