"""A sentence with a number in it reads right for one, too: "1 day left", not "1 days left".

Only English needs it of the languages we speak; a sentence for one and one for several lets every other language have its own.
"""


def counted(number, one: str, several: str) -> str:
	"""Return the sentence for this number of things, both translated by the caller and filled after.

	:param number: how many; its text is read too ("1"), and what is no number counts as several ("1-30")
	"""
	return one if str(number) in ("1", "1.0") else several
