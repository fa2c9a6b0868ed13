"""How Lighthouse, in Debian's Chromium, judges the pages people open most: on a phone with a slow line, and on a desktop.

No peer: its scores are out of 100, and 95 is the bound. Of three visits the middle one counts, since a score of speed moves with the machine.
`./dev bench` has npm fetch Lighthouse once; HUB_LIGHTHOUSE names its program, HUB_CHROMIUM the browser.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import reaching

NAME = "lighthouse"
VISITS, BOUND = 3, 95
CATEGORIES = ("performance", "accessibility", "best-practices")
DEVICES = {"phone": [], "desktop": ["--preset=desktop"]}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --no-first-run"
PATIENCE_SECONDS = 180
# what is opened -> by whom: its address in the world of the tests
FOR_EMPLOYEES = {
	"home": "/referrals",
	"opening": "/referrals/openings/{opening}",
	"refer": "/referrals/refer?opening={opening}",
}
FOR_GUESTS = {
	"a link": "/r/{link}",
	"a candidate's page": "{candidate}",
	"a candidate who is asked": "{asked}",
}


def run() -> list[dict]:
	if not os.environ.get("HUB_LIGHTHOUSE"):
		return []  # ./dev has said what is missing
	from live_site import Commits
	from portal_world import make_world

	helper = Commits()
	try:
		return [*_judged(make_world(helper))]
	finally:
		helper.clean_up()


def _judged(world) -> Iterator[dict]:
	from live_site import site_name
	from rest_client import Person, serving
	from site_factories import PASSWORD
	from spare_site import SpareSite

	with serving(workers=2, site=SpareSite(site_name())) as address:
		session = Person(address, world.user, PASSWORD).session.cookies["sid"]
		for pages, headers in ((FOR_EMPLOYEES, {"Cookie": f"sid={session}"}), (FOR_GUESTS, {})):
			for title, path in pages.items():
				yield from _scores(title, address + path.format_map(world), headers)


def _scores(title: str, address: str, headers: dict) -> Iterator[dict]:
	for device, words in DEVICES.items():
		reports = [visit(address, headers, words) for _ in range(VISITS)]
		for category in CATEGORIES:
			found = [100 * (report["categories"][category]["score"] or 0) for report in reports]
			yield reaching(f"lighthouse: {title}, {device}, {category}", found, unit="of 100", bound=BOUND)


def visit(address: str, headers: dict, words: list[str]) -> dict:
	"""Return Lighthouse's report of one visit."""
	with TemporaryDirectory() as folder:
		report, sent = Path(folder) / "report.json", Path(folder) / "headers.json"
		sent.write_text(json.dumps(headers))
		command = [
			os.environ["HUB_LIGHTHOUSE"],
			address,
			f"--only-categories={','.join(CATEGORIES)}",
			f"--extra-headers={sent}",
			f"--chrome-flags={FLAGS}",
			"--output=json",
			f"--output-path={report}",
			"--no-enable-error-reporting",
			"--quiet",
			*words,
		]
		done = subprocess.run(
			command,
			env={**os.environ, "CHROME_PATH": os.environ["HUB_CHROMIUM"]},
			capture_output=True,
			text=True,
			timeout=PATIENCE_SECONDS,
		)
		if done.returncode:
			raise RuntimeError(f"Lighthouse could not look at {address}:\n{done.stderr[-2000:]}")
		found = json.loads(report.read_text())
	if found.get("runtimeError") or found["finalDisplayedUrl"].partition("?")[0] != address.partition("?")[0]:
		raise RuntimeError(
			f"{address} was not shown: {found.get('runtimeError') or found['finalDisplayedUrl']}"
		)
	return found
