"""What other apps add to who fits: named, bounded, and no harm when it fails. The model for whole sentences is a tiny one made here."""

import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import frappe
import numpy as np
import pytest
import site_factories as hr
from model2vec import StaticModel
from referral_factories import unique_phone
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from referral_hub.api import desk_pool
from referral_hub.matching import embedding
from referral_hub.talent.rules.fitting import Offered, Wish

APP = "hub_parking"
PACKAGE = Path(__file__).resolve().parents[1] / "helpers" / "example_app"


class Broken:
	label = "Broken"

	def scores(self, pairs):
		raise ZeroDivisionError


@pytest.fixture
def scorers(monkeypatch):
	"""Name scorers as apps do in their hooks."""
	monkeypatch.syspath_prepend(str(PACKAGE))
	real, apps = frappe.get_hooks, frappe.get_installed_apps
	monkeypatch.setattr(frappe, "get_installed_apps", lambda **how: [*apps(**how), APP, "broken_scorer"])

	def named(**paths):
		def get_hooks(hook=None, *args, **how):
			if hook == "referral_hub_match_scorers":
				return {word: [path] for word, path in paths.items()}
			return real(hook, *args, **how)

		monkeypatch.setattr(frappe, "get_hooks", get_hooks)

	return named


def make_record(skills: str):
	contact = {"email": hr.unique_email(), "phone": unique_phone()}
	values = {"person_name": "Wen Lan", "company": hr.COMPANY, "skills": skills, **contact}
	return frappe.get_doc(doctype="Talent Pool Record", **values).insert()


def test_an_app_s_scorer_counts_is_named_and_a_broken_one_is_logged_and_left_out(scorers, monkeypatch):
	frappe.cache.delete_value("referral_hub_scorer_failed:Broken")
	logged = Mock()
	monkeypatch.setattr(frappe, "log_error", logged)
	word = hr.unique("skill").replace(" ", "")
	opening = hr.make_opening(description=f"You know {word}; a garage")
	walks, drives = make_record(f"{word}, walks"), make_record(f"{word}, drives")
	monkeypatch.setitem(sys.modules, "broken_scorer", SimpleNamespace(Broken=Broken))
	scorers(Broken="broken_scorer.Broken", Parking="hub_parking.matching.NearTheGarage")
	found = [row for row in desk_pool.best_people(opening.name) if row["name"] in (walks.name, drives.name)]
	assert [(row["name"], row["notes"]) for row in found] == [
		(drives.name, [["Parking", 10]]),
		(walks.name, []),
	]
	assert found[0]["score"] == found[1]["score"] + 10
	(best, *_rest) = desk_pool.best_openings(drives.name)
	assert (best["name"], best["notes"]) == (opening.name, [["Parking", 10]])
	(said,) = logged.call_args_list
	title, words = said.args
	assert title == "Match scorer Broken failed" and words.rstrip().endswith("ZeroDivisionError")


def test_the_example_app_names_its_scorer():
	hooks = (PACKAGE / APP / "hooks.py").read_text()
	assert 'referral_hub_match_scorers = {"Parking": "hub_parking.matching.NearTheGarage"}' in hooks


def test_without_a_model_nothing_is_said():
	assert embedding.Embedding().scores([(Offered("1", "Welder"), Wish(words="welder"))]) == [None]


@pytest.mark.parametrize(
	("name", "library", "said"),
	[
		("../secrets", True, "without a path"),
		("nowhere", False, "not installed.*referral_hub\\[embeddings\\]"),
		("nowhere", True, "There is no folder .*private/models/nowhere"),
	],
)
def test_what_is_missing_is_said_when_the_setting_is_saved(monkeypatch, name, library, said):
	monkeypatch.setattr(embedding, "find_spec", lambda _library: library or None)
	settings = frappe.get_doc("Referral Hub Settings")
	settings.embedding_model = name
	with pytest.raises(frappe.ValidationError, match=said):
		settings.save()


def test_a_model_in_the_folder_of_the_site_says_which_text_is_nearer(tmp_path, monkeypatch):
	save_tiny_model(tmp_path / "tiny")
	monkeypatch.setattr(embedding, "folder", lambda name: tmp_path / name)
	settings = frappe.get_doc("Referral Hub Settings")
	settings.embedding_model = "tiny"
	settings.save()
	opening = Offered("1", "welder")
	pairs = [(opening, Wish(words=words)) for words in ("welder", "solderer", "cook", "")]
	same, near, far, silent = embedding.Embedding().scores(pairs)
	assert (round(same, 3), round(near, 3), far, silent) == (1.0, 0.8, 0.0, None)


def save_tiny_model(folder: Path) -> None:
	words = {"[UNK]": 0, "welder": 1, "solderer": 2, "cook": 3}
	tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
	tokenizer.pre_tokenizer = Whitespace()
	vectors = np.array([[0, 0], [1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
	StaticModel(vectors, tokenizer).save_pretrained(folder)
