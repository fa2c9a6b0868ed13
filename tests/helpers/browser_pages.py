"""What browser tests do with pages: log in, listen for complaints, ask axe-core."""

import re
from pathlib import Path

LIVE_UPDATES = re.compile("socket.io")  # a server of their own, which tests do without


class Watch:
	"""Collects console errors, uncaught exceptions and answers of 500 from every page of the contexts it follows."""

	def __init__(self):
		self.complaints: list[str] = []
		self._expected: list[re.Pattern] = [LIVE_UPDATES]

	def follow(self, context) -> None:
		context.on("console", self._on_console)
		context.on("weberror", lambda error: self.complaints.append(f"exception: {error.error}"))
		context.on("response", self._on_response)

	def expect(self, pattern: str) -> None:
		self._expected.append(re.compile(pattern))

	def unexpected(self) -> list[str]:
		return [text for text in self.complaints if not any(known.search(text) for known in self._expected)]

	def _on_console(self, message) -> None:
		if message.type == "error":
			self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

	def _on_response(self, response) -> None:
		if response.status >= 500:
			self.complaints.append(f"answer {response.status}: {response.request.method} {response.url}")


def log_in(context, user: str, password: str) -> None:
	"""Through the same door as the login page."""
	answer = context.request.post("/api/method/login", form={"usr": user, "pwd": password})
	assert answer.ok, f"{user} cannot log in: {answer.status} {answer.text()[:300]}"


def is_wider_than_the_screen(page) -> bool:
	"""A phone makes its window as wide as what does not fit: only the screen tells."""
	return page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]


def find_violations(page, axe_file: Path, within: str | None, but: tuple[str, ...]) -> list[str]:
	"""One line for each barrier: rule, severity, what to do, and the first elements that break it."""
	page.wait_for_load_state()  # a page that has just begun to come has neither a heading nor a main part
	if not page.evaluate("() => 'axe' in window"):
		page.evaluate(axe_file.read_text())
	rules = {name: {"enabled": False} for name in but}
	found = page.evaluate(
		"([within, rules]) => axe.run(within || document, {rules, resultTypes: ['violations']})",
		[within, rules],
	)
	return [_line(violation) for violation in found["violations"]]


def _line(violation: dict) -> str:
	places = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:3])
	return f"{violation['id']} ({violation['impact']}): {violation['help']}: {places}"
