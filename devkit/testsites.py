"""Sites for tests and benchmarks: claimed by one run, made from dumps, each in a lane of its own."""

from contextlib import ExitStack

from devkit import assets, bench, lanes, web
from devkit.lanes import Lane
from devkit.layout import Layout
from devkit.servers import Servers
from devkit.shell import Problem, say
from devkit.sites import ADMIN_PASSWORD, Sites, newest_dumps, site_lock
from devkit.sources import Sources, all_cloned
from devkit.state import locked, read_json

TEST_SITE_CONFIG = {
	"allow_tests": True,
	"developer_mode": 0,
	"disable_async": 0,
	"mute_emails": 1,
	"pause_scheduler": 1,
}


def why_no_bench(layout: Layout, origin: Sources) -> str | None:
	"""None when there is a bench, or everything to make one from."""
	if all_cloned(layout):
		return None
	trouble = origin.why_unreachable()
	return f"there is no bench at {layout.bench}, and {trouble}" if trouble else None


def open_test_sites(
	layout: Layout, names: list[str], keep: bool, origin: Sources, stack: ExitStack
) -> list[Lane]:
	"""Sites for one run at a time: whoever comes second waits here, before anything is touched."""
	bench.check_may_use(layout, origin)
	check_are_test_sites(layout, names)
	for name in names:
		stack.enter_context(locked(site_lock(layout, name)))
	servers = prepare_bench(layout, origin, stack)
	opened = [stack.enter_context(lanes.open_lane(layout, name)) for name in names]
	for number, lane in enumerate(opened):
		sites = Sites(layout, servers, lane.environment())
		make_test_site(sites, lane.site, keep, like=names[0] if number else None)
	return opened


def check_are_test_sites(layout: Layout, names: list[str]) -> None:
	"""A test site is dropped and made anew; nobody may lose another one by a word too many."""
	for name in names:
		config = read_json(layout.site(name) / "site_config.json")
		if name == web.OPEN_SITE or (config and not config.get("allow_tests")):
			raise Problem(f"{name} is no test site. Name another, such as --site my-test.localhost")


def prepare_bench(layout: Layout, origin: Sources, stack: ExitStack) -> Servers:
	"""A bench with this checkout in it and its servers up, for as long as the stack is open."""
	servers = Servers(layout)
	with locked(layout.hub / "prepare.lock"):
		bench.prepare(layout, origin)
		stack.enter_context(locked(bench.checkout_lock(layout), shared=True))
		stack.enter_context(servers.running())
		assets.prepare(layout)
	return servers


def make_test_site(sites: Sites, site: str, keep: bool, like: str | None = None) -> None:
	"""From the dump with our app installed anew, or like a site just made; unless it is to be kept and is there."""
	if keep and sites.is_there(site) and not sites.was_interrupted(site):
		sites.migrate_if_changed(site)
		return
	dump = sites.test_dump()
	say(f"[...]  {site} is made anew" + (f", like {like}" if like else ""))
	if like:
		sites.copy(like, site)
		return
	sites.restore(site, dump, {**TEST_SITE_CONFIG, "hub_stage_begun": "restore"})
	sites.stage(site, "app installed", lambda: sites.install_app(site))


def live_environment(layout: Layout, lane: Lane) -> dict:
	return {
		**bench.environment(layout),
		"HUB_BENCH": str(layout.bench),
		**lane.environment(),
		"HUB_ADMIN_PASSWORD": ADMIN_PASSWORD,
		**{f"HUB_DUMP_{kind.upper()}": str(path) for kind, path in newest_dumps(layout).items()},
	}
