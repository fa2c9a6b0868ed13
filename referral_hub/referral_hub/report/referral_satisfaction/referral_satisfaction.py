"""What referrers and candidates say of it once a referral is over. What a figure means, and what is hidden: docs/reports.md."""

from frappe import _
from frappe.utils import cint

from referral_hub.insights import satisfaction
from referral_hub.insights.asking import Asked, Page
from referral_hub.insights.rules.funnel import percent
from referral_hub.insights.rules.satisfaction import Line, Step, Told
from referral_hub.referral_hub.report import drilling, groups
from referral_hub.referral_hub.report.columns import column
from referral_hub.survey.rules.questions import ASKED, Role
from referral_hub.wording import survey as wording
from referral_hub.wording.asked_for import in_their_language

MOST_NAMED = 3


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	given, role = satisfaction.read(filters)
	if given.step == Step.WORDS:
		return _words(satisfaction.words(given, role))
	if given.step:
		return _records(satisfaction.records(given, role), role)
	return _figures(given, role)


def _figures(given: Asked, role: Role) -> tuple:
	found = satisfaction.told(given, role)
	summary = _summary(found, satisfaction.asked_and_answered(given, role))
	if given.by == satisfaction.THEME:
		return _by_theme(found, summary)
	names = groups.names(given.by, [line.group for line in found.lines])
	rows = [
		_row(line, role) | {"group": names(line.group), "key": drilling.key(line.group)}
		for line in found.lines
	]
	if rows:
		rows.append(_row(found.whole, role) | {"group": _("Total", context="Insights"), "is_total": 1})
	shown = [line for line in found.lines if not line.is_hidden]
	chart = drilling.bars(
		[names(line.group) for line in shown], _("Score", context="Survey"), [line.score for line in shown]
	)
	return columns(role), rows, _said(), chart if shown else None, summary


def columns(role: Role) -> list[dict]:
	words = wording.questions()
	return [
		column("group", _("Group", context="Insights"), "Data", 220),
		drilling.figure("answers", _("Answers", context="Survey"), 110),
		column("named", _("With a Name", context="Survey"), "Int", 120),
		column("score", _("Score", context="Survey"), "Int", 100),
		*(column(question, words[question], "Float", 130) | {"precision": 1} for question in ASKED[role]),
		column("themes", _("Named Most", context="Survey"), "Data", 300),
	]


def _row(line: Line, role: Role) -> dict:
	if line.is_hidden:
		empty = dict.fromkeys(("answers", "named", "score", *ASKED[role]))
		return empty | {"is_closed": 1, "themes": _("Too few answers to be told")}
	ratings = line.ratings or {}
	return {
		"answers": line.answers,
		"named": line.named,
		"score": line.score,
		**{question: ratings.get(question) for question in ASKED[role]},
		"themes": _named(line),
	}


def _named(line: Line) -> str:
	words = wording.themes()
	return ", ".join(f"{words.get(theme, theme)} {number}" for theme, number in line.themes[:MOST_NAMED])


def _by_theme(found: Told, summary: list[dict]) -> tuple:
	"""How often each theme was named, of all answers that are told."""
	words, whole = wording.themes(), found.whole
	rows = [
		{"group": words.get(theme, theme), "named": number, "of_answers": percent(number, whole.answers)}
		for theme, number in whole.themes
	]
	shown = [
		column("group", _("Theme", context="Survey"), "Data", 260),
		column("named", _("Times Named", context="Survey"), "Int", 140),
		drilling.share("of_answers", _("Of the Answers (%)", context="Survey"), 170),
	]
	labels, values = [row["group"] for row in rows], [row["named"] for row in rows]
	chart = drilling.bars(labels, _("Times Named", context="Survey"), values) if rows else None
	return shown, rows, _said(), chart, summary


def _said() -> str:
	return _(
		"Groups of fewer than five answers are hidden, and with them what would give them away. Answers without a name count when their month is over and five of them came together."
	)


def _summary(found: Told, counted: tuple[int, int] | None) -> list[dict]:
	figures = _asked_and_answered(counted)
	score = found.whole.score
	if score is not None:
		colour = "Green" if score > 0 else "Red" if score < 0 else "Orange"
		figures.append(
			drilling.summed(_("Score (-100 to 100)", context="Survey"), cint(score), indicator=colour)
		)
	return figures


def _asked_and_answered(counted: tuple[int, int] | None) -> list[dict]:
	label = _("Have Answered", context="Survey")
	if not counted:
		return [drilling.summed(label, _("Too few to be told", context="Survey"), "Data")]
	asked, answered = counted
	return [
		drilling.summed(_("Asked", context="Survey"), asked),
		drilling.summed(_("Answered", context="Survey"), answered),
		drilling.summed_share(label, percent(answered, asked), "Blue"),
	]


def _records(page: Page, role: Role) -> tuple:
	words = wording.questions()
	shown = [
		column("answered_on", _("Answered On", context="Survey"), "Date", 120),
		column("employee_name", _("Name", context="Survey"), "Data", 140),
		column("referral", _("Referral"), "Link", 150, "Referral"),
		column("score", _("Would Recommend (0 to 10)", context="Survey"), "Int", 120),
		*(column(question, words[question], "Int", 120) for question in ASKED[role]),
		column("themes", _("Themes", context="Survey"), "Data", 220),
		column("words", _("In Their Own Words", context="Survey"), "Data", 360),
	]
	themes = wording.themes()
	rows = [
		row | {"themes": ", ".join(themes.get(each, each) for each in (row.themes or "").splitlines())}
		for row in page.rows
	]
	return drilling.records(shown, rows, page, _("Answers with a Name", context="Survey"))


def _words(page: Page) -> tuple:
	shown = [
		column("words", _("In Their Own Words", context="Survey"), "Data", 620),
		column("employee_name", _("Name", context="Survey"), "Data", 150),
		column("referral", _("Referral"), "Link", 150, "Referral"),
	]
	return drilling.records(shown, page.rows, page, _("In Their Own Words", context="Survey"))
