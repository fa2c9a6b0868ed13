"""Runs `./dev try` as people do, on files written for it."""

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "devkit" / "trial" / "samples"
RULES = {
	"currency": "CNY",
	"rules": [{"name": "All", "pays": [{"milestone": "Joined", "kind": "Cash", "amount": 1000}]}],
}
HEAD = "referral,employee,submitted_on,joined_on"
TODAY = "--today=2026-06-30"


class Trial:
	"""A folder with files of a person, and the command run in it in a Python that sees no site packages."""

	def __init__(self, folder: Path):
		self.folder, self.page = folder, folder / "report.html"

	def __call__(self, *words) -> tuple[int, str, str]:
		"""Return exit code, output, errors."""
		report = () if {"--report", "--json"} & {*words} else ("--report", self.page)
		command = [sys.executable, "-S", "-E", str(REPOSITORY / "dev"), "try", *map(str, (*words, *report))]
		done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60)
		return done.returncode, done.stdout, done.stderr

	def figures(self, *words) -> dict:
		return json.loads(self(*words, "--json")[1])

	def files(self, rules=RULES, rows=(), head=HEAD) -> tuple[Path, Path]:
		(self.folder / "year.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
		return self.rules(rules), self.folder / "year.csv"

	def rules(self, rules, name: str = "rules") -> Path:
		path = self.folder / f"{name}.json"
		path.write_text(rules if isinstance(rules, str) else json.dumps(rules), encoding="utf-8")
		return path

	def read(self) -> "Page":
		return Page(self.page.read_text(encoding="utf-8"))


class Page(HTMLParser):
	"""What a browser would see: elements with their attributes, and text. Every element that opens must close."""

	NEVER_CLOSED = ("meta", "br")

	def __init__(self, page: str):
		super().__init__()
		self.elements, self.texts, self._open = [], [], []
		self.feed(page)
		assert self._open == []

	@property
	def tags(self) -> list[str]:
		return [tag for tag, _attributes in self.elements]

	def handle_starttag(self, tag, attrs):
		self.elements.append((tag, dict(attrs)))
		if tag not in self.NEVER_CLOSED:
			self._open.append(tag)

	def handle_startendtag(self, tag, attrs):
		self.elements.append((tag, dict(attrs)))

	def handle_endtag(self, tag):
		assert self._open.pop() == tag

	def handle_data(self, data):
		self.texts.append(data)
