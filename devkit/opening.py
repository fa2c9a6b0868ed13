"""`./dev up`: the site that people look at, with a demo company, and how to get in."""

from contextlib import ExitStack
from pathlib import Path

from devkit import assets, bench, web
from devkit.layout import APP, Layout
from devkit.servers import Servers
from devkit.shell import capture, say
from devkit.sites import ADMIN_PASSWORD, OPEN_COMPANY, Sites, site_lock
from devkit.sources import Sources
from devkit.state import locked, read_json, update_json
from devkit.web import OPEN_SITE

DEMO_COMMAND = "hub-demo"


def up(layout: Layout, origin: Sources) -> int:
	bench.check_may_use(layout, origin)
	with ExitStack() as stack:
		stack.enter_context(locked(layout.hub / "prepare.lock"))
		bench.prepare(layout, origin)
		servers = Servers(layout)
		stack.enter_context(servers.in_use())
		servers.start()
		assets.prepare(layout)
		sites = Sites(layout, servers)
		stack.enter_context(locked(site_lock(layout, OPEN_SITE)))
		make_site(layout, sites)
		address = serve(layout)
	introduce(layout, address)
	return 0


def make_site(layout: Layout, sites: Sites) -> None:
	"""Step by step. A step that was cut off begins the site anew: nobody can have used it before it was finished."""
	interrupted = sites.was_interrupted(OPEN_SITE)
	if interrupted or not sites.is_there(OPEN_SITE):
		dump = sites.base_dump()
		say(f"[...]  {OPEN_SITE} is made" + (" anew: the last attempt was cut off" if interrupted else ""))
		sites.restore(OPEN_SITE, dump, {"hub_stage_begun": "restore", "mute_emails": 1})
	sites.stage(OPEN_SITE, "setup wizard", lambda: sites.complete_wizard(OPEN_SITE, OPEN_COMPANY))
	sites.stage(OPEN_SITE, "app installed", lambda: sites.install_app(OPEN_SITE))
	sites.migrate_if_changed(OPEN_SITE)
	if bench.has_command(layout, DEMO_COMMAND):
		sites.stage(OPEN_SITE, "demo company", lambda: _make_demo(layout))
	update_json(layout.sites / "common_site_config.json", {"default_site": OPEN_SITE}, mode=0o600)


def _make_demo(layout: Layout) -> None:
	bench.bench_command(layout, "--site", OPEN_SITE, "enable-scheduler", log="demo.log")
	demo_story(layout).unlink(missing_ok=True)
	bench.bench_command(layout, "--site", OPEN_SITE, DEMO_COMMAND, log=demo_story(layout).name)


def demo_story(layout: Layout) -> Path:
	"""What the demo said while it was made; it names who can log in on lines of their own."""
	return layout.logs / "demo.txt"


def demo_logins(layout: Layout) -> list[str]:
	story = demo_story(layout)
	lines = story.read_text(errors="replace").splitlines() if story.exists() else []
	return [line for line in lines if line.startswith("  ") and "@" in line]


def serve(layout: Layout) -> str:
	"""Start what is down; start anew what still runs another checkout or older code."""
	note = layout.run / "serving.json"
	code = {
		"commit": capture(["git", "rev-parse", "HEAD"], cwd=layout.checkout),
		"checkout": str(layout.checkout),
	}
	code["changed"] = capture(["git", "status", "--porcelain", "--", APP], cwd=layout.checkout)
	address = web.start(layout, OPEN_SITE) if read_json(note) == code else web.restart(layout, OPEN_SITE)
	update_json(note, code)
	return address


def introduce(layout: Layout, address: str) -> None:
	say(f"\nOpen     {address}")
	say(f"Log in   Administrator / {ADMIN_PASSWORD}")
	for line in demo_logins(layout):
		say(line)
	say(f"Bench    {layout.bench}   (commands: {layout.tools / 'bin' / 'bench'} --site {OPEN_SITE} ...)")
	say("Stop     ./dev down")
