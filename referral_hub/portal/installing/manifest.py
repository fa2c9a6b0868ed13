"""/referrals/manifest.webmanifest: under which name, in which colours and with which icons the portal is kept as an app.

Browsers ask for it without a session: it says what the sign-in page says, the brand, and nothing else. Called by portal/renderer.py.
"""

import json

from frappe import _

from referral_hub.portal import page
from referral_hub.portal.templates import asset

HOME = "/referrals"
SECONDS_KEPT = 3600
ICONS = (
	("images/icon-192.png", "192x192", "any"),
	("images/icon-512.png", "512x512", "any"),
	("images/icon-maskable-512.png", "512x512", "maskable"),
)


def get_context(context) -> page.Part:
	return page.Part(
		json.dumps(manifest_of(context), ensure_ascii=False),
		"application/manifest+json",
		{"Cache-Control": f"private, max-age={SECONDS_KEPT}"},
	)


def manifest_of(context) -> dict:
	"""Return the manifest in the language that was asked for."""
	brand, title = context.brand, _("Referrals")
	return {
		"id": HOME,
		"start_url": HOME,
		"scope": HOME,
		"display": "standalone",
		"lang": context.lang,
		"name": title if brand.name == title else f"{title} · {brand.name}",
		"short_name": title,
		"description": context.description,
		"background_color": brand.page,
		"theme_color": brand.page,
		"icons": [_icon(*icon) for icon in ICONS],
		"shortcuts": [
			{"name": label, "url": address}
			for _section, address, _glyph, label in context.navigation
			if address != HOME
		],
	}


def _icon(path: str, sizes: str, purpose: str) -> dict:
	return {"src": asset(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
