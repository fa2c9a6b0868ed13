"""One way of writing for words that mean the same: case, width, spacing, simplified for traditional characters; and where words end.

Pure. OpenCC knows the words of Taiwan and Hong Kong too (軟體 is 软件); rjieba, the segmenter jieba in Rust, knows where a Chinese
word ends, so that nobody is an accountant (会计) for having had a chance to plan (机会 计划). Its guesses about unknown words are
switched off: the same text always falls apart alike.
"""

import re
import unicodedata
from functools import cache, lru_cache

import opencc
import rjieba

_BLANKS = re.compile(r"\s+")
# a word of a European language with what belongs to it: c++, c#, node.js, ci/cd is two
_TOKEN = re.compile(r"[㐀-鿿]+|\.?[^\W_㐀-鿿]+(?:[.'’+#]*[^\W_㐀-鿿]+)*[+#]*")
_HAN = re.compile(r"[㐀-鿿]")
_NO_LETTER = re.compile(r"[^\w+#]|_")
_MARKS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"})
_CACHED = 1 << 16
_LONG_WORD = 4


@cache
def _simplified():
	return opencc.OpenCC("tw2sp")


@lru_cache(maxsize=_CACHED)
def normal(text: str | None) -> str:
	"""Return text as it is compared and shown: lower case, half width, simplified, one blank between words."""
	return _normal(text)


def _normal(text: str | None) -> str:
	plain = (text or "").casefold()
	if not plain.isascii():
		plain = unicodedata.normalize("NFKC", text).casefold().translate(_MARKS)
		plain = _simplified().convert(unicodedata.normalize("NFKC", plain))
	return _BLANKS.sub(" ", plain).strip()


@lru_cache(maxsize=_CACHED)
def compact(text: str | None) -> str:
	"""Return what a term is known by: its letters, digits, + and #, however it is spaced (Power BI, power-bi, PowerBI)."""
	return _compact(normal(text))


def compact_once(text: str) -> str:
	"""Return the compact form of a text that is asked for once, or is private: nothing of it stays in the process."""
	return _compact(_normal(text))


def _compact(plain: str) -> str:
	return ("." if plain.startswith(".") else "") + _NO_LETTER.sub("", plain)


def is_chinese(text: str) -> bool:
	return bool(_HAN.search(text))


@lru_cache(maxsize=_CACHED)
def tokens(text: str | None) -> tuple[str, ...]:
	"""Return the words of a text in order, each in its normal form; marks between them are left out."""
	found: list[str] = []
	for run in _TOKEN.findall(normal(text)):
		found.extend(_segments(run) if is_chinese(run) else (run,))
	return tuple(found)


def pieces(word: str) -> tuple[str, ...]:
	"""Return the shorter words inside a long Chinese one (护理 in 护理人员); none inside others."""
	if len(word) < _LONG_WORD or not is_chinese(word):
		return ()
	return _pieces(word)


@lru_cache(maxsize=_CACHED)
def _pieces(word: str) -> tuple[str, ...]:
	return tuple(piece for piece in rjieba.cut_for_search(word, False) if piece != word)


@lru_cache(maxsize=_CACHED)
def _segments(run: str) -> tuple[str, ...]:
	return tuple(rjieba.cut(run, False))
