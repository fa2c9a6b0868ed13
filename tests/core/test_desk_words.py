"""A form that says words of ours has the script that knows them: without it the form stops before its buttons."""

import json
from pathlib import Path

from referral_hub import hooks

DOCTYPES = Path(hooks.__file__).parent / "referral_hub" / "doctype"
WORDS = "public/js/own_words.js"


def test_every_form_that_says_words_of_ours_loads_them():
	without = {
		folder.name
		for folder in DOCTYPES.iterdir()
		if "referral_hub.words." in _text(folder / f"{folder.name}.js")
		and WORDS not in hooks.doctype_js.get(_name(folder), ())
	}
	assert without == set()


def _text(path: Path) -> str:
	return path.read_text() if path.exists() else ""


def _name(folder: Path) -> str:
	return json.loads((folder / f"{folder.name}.json").read_text())["name"]
