"""A scorer that compares sentences by their meaning, for who installs it: `pip install referral_hub[embeddings]` and a model of their choice.

The model (of model2vec: a table of vectors, no pickle) lies in a folder of the site, `private/models/`; its name stands in Referral Hub Settings.
Nothing is downloaded: what is not there is said when the setting is saved, and the scorer then says nothing.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import frappe
import numpy as np
from frappe import _

from referral_hub.talent.rules.fitting import Offered, Wish

LIBRARY, SETTING = "model2vec", "embedding_model"
_LONGEST = 4000


class Embedding:
	"""What `matching.scorers.Scorer` asks for."""

	@property
	def label(self) -> str:
		return _("Meaning of whole sentences")

	def scores(self, pairs: list[tuple[Offered, Wish]]) -> list[float | None]:
		name = frappe.get_cached_doc("Referral Hub Settings").get(SETTING)
		if not name or find_spec(LIBRARY) is None:
			return [None] * len(pairs)
		model = _model(str(folder(name)))
		texts = [_of_opening(offered) for offered, _wish in pairs] + [_of_person(wish) for _, wish in pairs]
		distinct = list(dict.fromkeys(texts))
		vectors = dict(zip(distinct, np.asarray(model.encode(distinct), dtype=float), strict=True))
		ends = zip(texts[: len(pairs)], texts[len(pairs) :], strict=True)
		return [_alike(vectors[one], vectors[other]) if one and other else None for one, other in ends]


def folder(name: str) -> Path:
	return Path(frappe.get_site_path("private", "models")).resolve() / name


def check(settings) -> None:
	"""Refuse a model that can't be used, and say what is missing."""
	name = (settings.get(SETTING) or "").strip()
	settings.set(SETTING, name)
	if not name or not settings.has_value_changed(SETTING):
		return
	if Path(name).name != name or name.startswith("."):
		frappe.throw(_("Name a folder within private/models of this site, without a path."))
	if find_spec(LIBRARY) is None:
		frappe.throw(
			_("The library for it is not installed. An administrator runs: {0}").format(
				"bench pip install 'referral_hub[embeddings]'"
			)
		)
	if not folder(name).is_dir():
		frappe.throw(
			_("There is no folder {0}. Put the model there; nothing is downloaded.").format(folder(name))
		)
	try:
		_model(str(folder(name)))
	except Exception as wrong:
		frappe.throw(_("The model in {0} can't be read: {1}").format(folder(name), str(wrong)[:200]))


@lru_cache(maxsize=2)
def _model(path: str):
	"""Load a model once in a process; a folder that is not there would be looked for on the internet, so it is refused before."""
	from model2vec import StaticModel

	if not Path(path).is_dir():
		raise FileNotFoundError(path)
	return StaticModel.from_pretrained(path, force_download=False)


def _of_opening(offered: Offered) -> str:
	return f"{offered.title}\n{offered.description}"[:_LONGEST].strip()


def _of_person(wish: Wish) -> str:
	return f"{wish.designation or ''}\n{wish.words}"[:_LONGEST].strip()


def _alike(one: np.ndarray, other: np.ndarray) -> float | None:
	"""Return the cosine of two vectors where it speaks for something; words in common never speak against."""
	length = float(np.linalg.norm(one) * np.linalg.norm(other))
	return max(0.0, float(one @ other) / length) if length else None
