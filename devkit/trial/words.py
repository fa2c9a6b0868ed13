"""The words of the report in another language: our own beside this file, those of rewards from the app's translations."""

import csv
from pathlib import Path

OWN = Path(__file__).parent / "zh.csv"
OF_SAMPLES = Path(__file__).parent / "samples" / "zh.csv"
_APP = Path(__file__).resolve().parents[2] / "referral_hub"
OF_SETS = _APP / "setup" / "samples" / "zh.csv"
APP = _APP / "translations" / "zh.csv"
LANGUAGES = ("en", "zh")


class Words:
	"""Call it with an English text, and the context in which the app says it. `data` is for what files say: only the samples' is known."""

	def __init__(self, language: str = "en", with_samples: bool = False):
		self.language = language
		is_chinese = language == "zh"
		self._known = {**_read(APP), **_read(OWN)} if is_chinese else {}
		self._data = {**_read(OF_SETS), **_read(OF_SAMPLES)} if is_chinese and with_samples else {}

	def __call__(self, text: str, context: str | None = None) -> str:
		return self._known.get((text, context)) or self._known.get((text, None)) or text

	def data(self, text) -> str:
		return self._data.get((str(text), None), str(text))


def _read(path: Path) -> dict[tuple[str, str | None], str]:
	with path.open(encoding="utf-8", newline="") as file:
		return {(row[0], (row[2] if len(row) > 2 else "") or None): row[1] for row in csv.reader(file) if row}
