"""What somebody does in a browser, counted: the presses by a listener in the page, the screens as they come to them."""

import re
from collections.abc import Callable
from pathlib import Path

# counts a press of mouse or finger where it goes down; a label and its box are one press
LISTENER = """addEventListener("pointerdown", (event) => {
	if (event.isTrusted) window.hubPressed((event.target.textContent || event.target.name || "").trim().slice(0, 40));
}, true);"""
# what a person can go on with
WAYS_ON = "a[href]:visible, button:visible:enabled, input:visible:enabled, [role=button]:visible"
DEAD_ENDS = re.compile(
	"Try Again|Not permitted|Not Permitted|Page not found|There's nothing here|Server Error|Something went wrong|Missing Fields"
)


class Steps:
	"""Follows browser windows: `presses` are the words on what was pressed, `screens` the names of what was come to."""

	def __init__(self):
		self.presses: list[str] = []
		self.screens: list[str] = []

	def follow(self, context) -> None:
		context.expose_binding("hubPressed", lambda _source, words: self.presses.append(words))
		context.add_init_script(LISTENER)

	def come_to(self, page, name: str, screenshot: Callable[[object, str], Path]) -> None:
		"""Keep a picture of a screen; fail where nobody could go on from it, or it says no."""
		self.screens.append(name)
		screenshot(page, f"{len(self.screens):02} {name}".replace(" ", "-"))
		said = page.locator(
			".modal.show, .page-card, main, .layout-main-section, .msgprint"
		).all_inner_texts()
		assert not (found := DEAD_ENDS.findall("\n".join(said))), f"{name} says {found}"
		assert page.locator(WAYS_ON).count(), f"{name} leads nowhere"
