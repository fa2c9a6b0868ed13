"""Does a PDF run something by itself: when it is opened, or when a page of it comes into sight? Pure.

Programs that write PDFs say there which page is shown first: a destination, or an action that goes to one. That is no danger.
Whoever reads a link decides to follow it, so a link may lead anywhere; but no program starts and no form is sent by a click either.
"""

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

# an action may name the next one, and that one the first again
_LONGEST_CHAIN = 20
# all that may happen by itself: another place of the same file is shown
_TURNS_PAGES = ("/GoTo", "/Named", "/Thread")
_ENDLESS = "endless"
# what not even a click may start
_STARTS_OR_SENDS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", _ENDLESS)


def runs_something(content: bytes) -> bool:
	"""Say whether the file does more than show itself; raises whatever the reader raises for a file that can't be read."""
	reader = PdfReader(BytesIO(content))
	root = reader.trailer["/Root"].get_object()
	names = _at(root, "/Names")
	if "/AA" in root or (isinstance(names, dict) and "/JavaScript" in names):
		return True
	if not all(kind in _TURNS_PAGES for kind in _kinds(_at(root, "/OpenAction"))):
		return True
	return any(_page_runs_something(page) for page in _pages(reader))


def _pages(reader: PdfReader) -> Iterator[dict]:
	"""The pages, none of a file that is locked: nothing of it runs before somebody types its password."""
	try:
		yield from reader.pages
	except FileNotDecryptedError:
		return


def _page_runs_something(page: dict) -> bool:
	if "/AA" in page:
		return True
	marks = _at(page, "/Annots")
	for mark in marks if isinstance(marks, list) else ():
		mark = mark.get_object()
		if not isinstance(mark, dict):
			continue
		if "/AA" in mark or any(kind in _STARTS_OR_SENDS for kind in _kinds(_at(mark, "/A"))):
			return True
	return False


def _kinds(action: object) -> Iterator[str]:
	"""What an action does, and those it names as the next; a destination does nothing."""
	waiting = [action]
	for _turn in range(_LONGEST_CHAIN):
		if not waiting:
			return
		action = waiting.pop()
		if isinstance(action, list):
			waiting += [each.get_object() for each in action if isinstance(each.get_object(), dict)]
		elif isinstance(action, dict) and "/S" in action:
			yield str(_at(action, "/S"))
			waiting.append(_at(action, "/Next"))
	if waiting:
		yield _ENDLESS


def _at(entries: dict, name: str) -> object:
	"""What stands there, also where it stands in an object of its own; None where nothing does."""
	if name not in entries:
		return None
	return entries[name]
