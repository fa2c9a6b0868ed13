"""/referrals/worker.js: what a browser runs beside the portal, so that without a connection it says so in our words.

It has to come from an address of the portal: what lies under /assets may not answer for /referrals. What it does stands in
public/js/offline_worker.js; here are only the addresses of its two files, with their versions.
"""

import json

from referral_hub.portal import page
from referral_hub.portal.installing.manifest import HOME
from referral_hub.portal.templates import asset

SCRIPT = "self.OFFLINE = {page};\nimportScripts({script});\n"


def get_context(context) -> page.Part:
	offline, script = (json.dumps(asset(path)) for path in ("offline.html", "js/offline_worker.js"))
	return page.Part(
		SCRIPT.format(page=offline, script=script), "text/javascript", {"Service-Worker-Allowed": HOME}
	)
