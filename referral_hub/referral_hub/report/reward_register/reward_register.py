"""Every reward and where it stands: what is to come, was paid, went back, by currency; and whether ledger and payroll say the same."""

from frappe import _
from frappe.utils import fmt_money

from referral_hub.insights import register
from referral_hub.insights.asking import Asked, Page, asked
from referral_hub.insights.rules.register import Line, Phase, by_currency
from referral_hub.referral_hub.report import drilling, groups
from referral_hub.referral_hub.report.columns import column
from referral_hub.rewards import kinds
from referral_hub.wording.asked_for import in_their_language
from referral_hub.wording.counting import counted


@in_their_language
def execute(filters: dict | None = None) -> tuple:
	given = asked(filters, register.BY, Phase)
	if not given.step:
		return _figures(given)
	return _records(register.records(given), _label(Phase(given.step)))


def _figures(given: Asked) -> tuple:
	found = register.lines(given)
	names = groups.names(given.by, [line.group for line in found])
	rows = [_row(line, names) for line in found]
	return columns(given.by), rows, _ties(given), _chart(found) if found else None, _summary(found)


def columns(by: str) -> list[dict]:
	own = [] if by == "Kind" else [column("group", _("Group", context="Insights"), "Data", 180)]
	return [
		*own,
		column("kind_said", _("Kind", context="Insights"), "Data", 130),
		column("currency", _("Currency"), "Data", 90),
		*(drilling.figure(phase.value, _label(phase), 120) for phase in Phase),
		_amount("amount_to_come", _("Amount to Come"), 140),
		_amount("amount_handed_over", _("Amount Handed Over"), 180),
		_amount("amount_gone", _("Amount Owed or Taken Back"), 210),
	]


def _amount(fieldname: str, label: str, width: int) -> dict:
	return column(fieldname, label, "Float", width) | {"precision": 2}


def _row(line: Line, names) -> dict:
	numbers = {phase.value: number for phase, number in line.numbers.items()}
	return numbers | {
		"group": names(line.group),
		"kind_said": _kind(line.kind),
		"currency": line.currency,
		"key": drilling.key(line.group),
		"asked": {"kind": line.kind, "currency": drilling.key(line.currency)},
		"amount_to_come": line.amounts[Phase.TO_COME],
		"amount_handed_over": line.handed_over,
		"amount_gone": line.amounts[Phase.OWED] + line.amounts[Phase.CLAWED_BACK],
	}


def _records(page: Page, label: str) -> tuple:
	shown = [
		column("reward", _("Reward"), "Link", 130, "Referral Reward"),
		column("employee_name", _("Employee"), "Data", 150),
		column("state_said", _("State", context="Referral Reward"), "Data", 110),
		column("kind_said", _("Kind", context="Insights"), "Data", 110),
		_amount("amount", _("Amount"), 110),
		column("currency", _("Currency"), "Data", 90),
		_amount("paid_amount", _("Amount Handed Over"), 180),
		column("paid_currency", _("In Currency", context="Insights"), "Data", 100),
		column("milestone_said", _("Milestone"), "Data", 150),
		column("due_on", _("Due On"), "Date", 110),
		column("paid_on", _("Paid On"), "Date", 110),
		column("payout_doctype", _("Paid By", context="Insights"), "Data", 150),
		column("payout_name", _("Document", context="Insights"), "Dynamic Link", 190, "payout_doctype"),
		column("company", _("Company"), "Data", 150),
		column("referral", _("Referral"), "Link", 160, "Referral"),
	]
	return drilling.records(shown, [_record(row) for row in page.rows], page, label)


def _record(row) -> dict:
	return row | {
		"reward": row.name,
		"state_said": _(row.state, context="Referral Reward"),
		"kind_said": _kind(row.kind),
		"milestone_said": _(row.milestone, context="Reward Rule Milestone"),
	}


def _kind(kind: str) -> str:
	"""Name a kind; one of an app that is gone by its own word."""
	return kinds.kind_named(kind).label() if kinds.is_known(kind) else kind


def _label(phase: Phase) -> str:
	return {
		Phase.TO_COME: _("To Come", context="Insights"),
		Phase.PAID: _("Paid", context="Referral Reward"),
		Phase.CONFIRMED: _("Confirmed", context="Referral Reward"),
		Phase.OWED: _("Owed", context="Referral Reward"),
		Phase.CLAWED_BACK: _("Clawed Back", context="Referral Reward"),
		Phase.VOID: _("Void", context="Referral Reward"),
	}[phase]


def _ties(given: Asked) -> str:
	"""Say what ledger and payroll hold of what was handed over; nothing of a kind or currency that is not asked for."""
	said = (
		(_("Points rewards"), _("the points ledger"), register.of_ledger(given)),
		(_("Cash rewards"), _("payroll"), register.of_payroll(given)),
	)
	return " ".join(_tie(what, where, tie) for what, where, ties in said for tie in ties)


def _tie(what: str, where: str, tie: register.Tie) -> str:
	rewards, documents = (_number(value, tie.currency) for value in (tie.rewards, tie.documents))
	if not tie.differ:
		return _("{0}: {1} handed over, and {2} says the same.").format(what, rewards, where)
	words = counted(
		tie.differ,
		_(
			"{0}: {1} handed over, {2} says {3}; {4} reward differs: see the Reward Reconciliation and hub-verify."
		),
		_(
			"{0}: {1} handed over, {2} says {3}; {4} rewards differ: see the Reward Reconciliation and hub-verify."
		),
	)
	return words.format(what, rewards, where, documents, tie.differ)


def _number(value: float, currency: str) -> str:
	return f"{fmt_money(value, precision=0 if value == int(value) else 2)} {currency}".strip()


def _chart(found: list[Line]) -> dict:
	counted = [sum(line.numbers[phase] for line in found) for phase in Phase]
	return drilling.bars([_label(phase) for phase in Phase], _("Rewards", context="Insights"), counted)


def _summary(found: list[Line]) -> list[dict]:
	waiting = sum(line.numbers[Phase.TO_COME] for line in found)
	figures = [drilling.summed(_label(Phase.TO_COME), waiting, indicator="Orange")]
	for currency, amount in by_currency(found).items():
		figures.append(
			drilling.summed(_("Handed Over"), amount, "Currency", "Green") | {"currency": currency}
		)
	return figures
