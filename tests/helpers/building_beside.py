"""Run as a program: builds the index of contacts as a worker does. Arguments: the site, the folder of the index."""

import sys

from killed_in_turn import connect

from referral_hub.matching.contacts import searching
from referral_hub.matching.index.index import Index


def main(site: str, folder: str) -> None:
	index = Index(folder)
	searching.index = lambda: index
	connect(site)
	searching.build()


if __name__ == "__main__":
	main(*sys.argv[1:])
