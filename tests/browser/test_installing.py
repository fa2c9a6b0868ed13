"""The portal as an app: Chromium takes the manifest, and without a connection our own page says so; nothing of anybody is kept."""

from portal_factories import make_referrer

WORKS = "async () => (await navigator.serviceWorker.ready).active.state === 'activated'"
NO_NETWORK = """async () => {
	await self.registration.navigationPreload.disable();
	self.fetch = () => Promise.reject(new TypeError('no network'));
}"""
KEPT = """async () => {
	const found = [];
	for (const name of await caches.keys())
		for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
	return found;
}"""


def test_without_a_connection_one_page_says_so_and_it_is_all_that_is_kept(commits, page_as, axe, screenshot):
	anna = make_referrer("Anna")
	commits.commit()
	page = page_as(anna.user_id, "phone")
	page.goto("/referrals")
	page.wait_for_function(WORKS)
	page.goto("/referrals/wallet")
	assert page.evaluate(KEPT) == ["/assets/referral_hub/offline.html"]
	[worker] = page.context.service_workers
	worker.evaluate(NO_NETWORK)
	page.goto("/referrals/mine")
	page.get_by_role("heading", name="No connection").wait_for()
	assert page.get_by_text("没有网络连接").is_visible()
	assert anna.first_name not in page.content()
	axe(page)
	screenshot(page, "no-connection")


def test_chromium_can_install_the_portal(commits, page_as):
	anna = make_referrer("Anna")
	commits.commit()
	page = page_as(anna.user_id)
	page.goto("/referrals")
	session = page.context.new_cdp_session(page)
	read = session.send("Page.getAppManifest")
	assert "/referrals/manifest.webmanifest?" in read["url"]
	assert read["errors"] == []
	problems = {
		each["errorId"] for each in session.send("Page.getInstallabilityErrors")["installabilityErrors"]
	}
	assert problems <= {"in-incognito"}  # windows of tests are
