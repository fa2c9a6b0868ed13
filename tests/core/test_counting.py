"""No English sentence reads "1 days": whoever says how many of something there are has a sentence for one, too."""

import ast
import re

import pytest
from translatable import APP, STRING, python_strings

from referral_hub.wording.counting import counted

THINGS = (
	"accounts answers bonuses candidates characters checks codes colleagues contacts days employees entries erasures findings goals"
	" hires hours interviews invitations items jobs lines links messages minutes months names openings orders parts people pictures"
	" points positions questions records referrals refusals requests rewards rows rules templates tickets visitors votes wallets"
	" weeks words years"
)
SAYS_HOW_MANY = re.compile(rf"{{[^{{}}]*}} (?:[a-z]+ )?(?:{THINGS.replace(' ', '|')})\b(?!\.\w)")

# the number is a limit, an age or a size of ours that is never 1, or stands beside another one that decides
NEVER_ONE = (
	"Hi {0}, {1} months have passed",
	"A file has 1 to {0} codes.",
	"A path has no more than {1} rows.",
	"A wallet holds at most {0} points.",
	"An Idempotency-Key has at most {0} characters.",
	"An opening has at most {0} requirements",
	"As a text message this has {0} parts",
	"Ask for an answer within {0} working days at most.",
	"At most {0} characters.",
	"At most {0} names of",
	"At most {0} people at once",
	"At most {most} pictures",
	"Choose 1 to {0} wallets",
	"Departments of fewer than {0} people",
	"Each goal is to be reached within 1 to {0} months.",
	"Give 1 to {0} points",
	"Only the newest {0} entries",
	"Please name at most {0} openings",
	"Please shorten",
	"Please use an e-mail address of at most {0} characters.",
	"Please write your thanks in at most {0} characters.",
	"Row {row}: {months} months are the most.",
	"The mall has no secret of {0} characters.",
	"The middle appraisal score",
	"The middle pay here grew",
	"The secret has at least {0} characters.",
	"There is more: only the first {count} findings",
	"This group has had {0} messages in a minute",
	"Write 1 to {0} goals.",
	"You have {0} questions waiting",
	"{0} entries since yesterday are too many",
	"{0}: at most {1} working days.",
	"{value} % rose from here",
)
# no number, but a name before a verb or a word that only ends as one
NO_NUMBER = (
	"Row {row} counts hires",
	"Entry {0} took points out",
	"Wallet {account}: entry {entry} moved points",
	"{0} answers",
	"{0} has no field {1} that links",
)

IN_SCRIPTS = re.compile(r"=== 1\s*\?(?:[^;]|; )*$", re.S)
IN_TEMPLATES = re.compile(r"(?:\bcounted\(|== 1 %}|> 1)[^\n]*$|> 1\b")


def without_one(source: str, kind: str) -> list[str]:
	"""Return what says how many, and would say it of one just so."""
	found = _in_python(source) if kind == ".py" else _in_text(source, kind)
	return [text for text in found if not text.startswith((*NEVER_ONE, *NO_NUMBER))]


def test_a_sentence_with_a_number_reads_right_for_one():
	wrong = [
		f"{path.relative_to(APP)}: {text}"
		for path in sorted(APP.rglob("*"))
		if path.suffix in (".py", ".js", ".html")
		for text in without_one(path.read_text(), path.suffix)
	]
	assert wrong == [], (
		"give each a sentence for one, by wording/counting.py or beside a look whether it is 1"
	)


def test_what_is_excused_is_still_said():
	said = {
		text for path in APP.rglob("*.py") for text, _context in python_strings(ast.parse(path.read_text()))
	}
	said |= {_text_of(match) for path in APP.rglob("*.html") for match in _calls(path.read_text())}
	assert [
		words for words in (*NEVER_ONE, *NO_NUMBER) if not any(text.startswith(words) for text in said)
	] == []


@pytest.mark.parametrize(
	("kind", "source", "found"),
	[
		(".py", '_("{0} days left").format(left)', ["{0} days left"]),
		(".py", '_("{0} open referrals").format(left)', ["{0} open referrals"]),
		(".py", 'counted(left, _("{0} day left"), _("{0} days left")).format(left)', []),
		(".py", '_("1 day left") if left == 1 else _("{0} days left")', []),
		(".py", 'if left == 1:\n\tsaid = _("1 day left")\nelse:\n\tsaid = _("{0} days left")', []),
		(".py", '_("Days left: {0}").format(left)', []),
		(".js", '__("{0} rows", [rows.length])', ["{0} rows"]),
		(".js", 'rows.length === 1 ? __("{0} row", [1]) : __("{0} rows", [rows.length])', []),
		(".html", '{{ _("{0} visitors").format(seen) }}', ["{0} visitors"]),
		(".html", '{{ counted(seen, _("{0} visitor"), _("{0} visitors")).format(seen) }}', []),
		(
			".html",
			'{% if seen == 1 %}{{ _("1 visitor") }}{% else %}{{ _("{0} visitors").format(seen) }}{% endif %}',
			[],
		),
	],
)
def test_such_sentences_are_found(kind, source, found):
	assert without_one(source, kind) == found


@pytest.mark.parametrize(
	("number", "said"),
	[(1, "one"), (1.0, "one"), ("1", "one"), (0, "several"), (2, "several"), ("1-30", "several")],
)
def test_one_is_told_from_several(number, said):
	assert counted(number, "one", "several") == said


def _in_python(source: str) -> list[str]:
	tree = ast.parse(source)
	looked_at = [call for call in ast.walk(tree) if isinstance(call, ast.Call) and _name(call) == "counted"]
	looked_at += [
		node for node in ast.walk(tree) if isinstance(node, ast.IfExp | ast.If) and _is_about_one(node.test)
	]
	right = {text for node in looked_at for text, _context in python_strings(node)}
	return [
		text for text, _context in python_strings(tree) if SAYS_HOW_MANY.search(text) and text not in right
	]


def _in_text(source: str, kind: str) -> list[str]:
	before = IN_SCRIPTS if kind == ".js" else IN_TEMPLATES
	return [
		_text_of(match)
		for match in _calls(source)
		if SAYS_HOW_MANY.search(_text_of(match))
		and not before.search(source[max(0, match.start() - 800) : match.start()])
		and not (kind == ".html" and re.match(r"[^}]*> 1\b", source[match.end() :]))
	]


def _calls(source: str):
	return re.finditer(rf"(?<![\w.])__?\(\s*{STRING}", source)


def _text_of(match: re.Match) -> str:
	return match[1][1:-1]


def _name(call: ast.Call) -> str:
	return getattr(call.func, "id", "")


def _is_about_one(test: ast.expr) -> bool:
	"""Whether a look compares with 1, which leaves one and several apart."""
	return isinstance(test, ast.Compare) and any(
		isinstance(each, ast.Constant) and each.value == 1 for each in test.comparators
	)
