"""Makes what the set-up guide planned: a program, rules that are off until HR starts them, settings, words. Shows it before.

Making again takes the rules it made before away, as long as nobody switched them on; what is in force is never touched.
Answered for another company it makes that one's own program and rules, and leaves those of the first alone.
Works with the rights of whoever presses the button. Never commits.
"""

import json

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from referral_hub.people.hr import works_for
from referral_hub.rewards import kinds
from referral_hub.rewards.money import to_decimal
from referral_hub.setup import defaults
from referral_hub.setup.guide import answers
from referral_hub.setup.guide.planning import LeftOut, PlannedRule
from referral_hub.setup.words.email_templates import make_email_templates
from referral_hub.setup.words.recall_templates import make_recall_templates
from referral_hub.wording.counting import counted

RULE, PROGRAM, SETTINGS = "Reward Rule", "Referral Program", "Referral Hub Settings"
CLOCKS = ("sla_submitted", "sla_screening", "sla_interviewing", "sla_selected", "sla_offered")
TWICE_AS_LONG = (
	"sla_interviewing",
	"sla_offered",
)  # rounds of interviews and offers wait for other people too
TAKEN_OVER = ("recruiter", "hr_manager", "send_email", "send_sms", "cash_salary_component")


class NotAnswered(frappe.ValidationError):
	"""A question that nothing can be made without has no answer."""


class NothingToStart(frappe.ValidationError):
	"""Nothing was made yet, or all of it is in force."""


def preview(guide) -> dict:
	"""Say what would be made, in the reader's language.

	Returns {"program", "rules": [{"title", "whom", "pays": [sentence]}], "left_out": [sentence], "settings": [sentence],
	"in_force": [title], "made": [name], "off": [name]}; "made" are rules made before for this company, "off" those of them
	that are switched off, "in_force" the others: they stay as they are.
	"""
	_refuse_unanswered(guide)
	plan, made = answers.planned(guide), _made(guide)
	in_force = [row.rule_name for row in made if row.enabled]
	return {
		"program": _program_name(guide),
		"rules": [_rule_in_words(rule) for rule in plan.rules if _rule_name(rule, guide) not in in_force],
		"left_out": [_left_out_in_words(each) for each in plan.left_out],
		"settings": _settings_in_words(guide),
		"in_force": in_force,
		"made": [row.name for row in made],
		"off": [row.name for row in made if not row.enabled],
	}


def make(guide) -> list[str]:
	"""Make or change the program, make the rules switched off, fill in the settings; return the names of the rules."""
	_refuse_unanswered(guide)
	others = _made_for_others(guide)
	for row in _made(guide):
		if not row.enabled and not frappe.db.exists("Referral Reward", {"rule": row.name}):
			frappe.delete_doc(RULE, row.name)
	guide.program = _make_program(guide)
	kept = [row.name for row in _made(guide)]
	_make_leave_type(guide)
	_fill_settings(guide)
	in_force = {row.rule_name for row in _made(guide)}
	rules = [rule for rule in answers.planned(guide).rules if _rule_name(rule, guide) not in in_force]
	made = [_make_rule(rule, guide) for rule in rules]
	make_email_templates()
	make_recall_templates()
	guide.made_rules = json.dumps([*others, *kept, *made])
	guide.update({"made_on": now_datetime(), "started_on": None})
	guide.save()
	return made


def start(guide) -> list[str]:
	"""Switch on the rules that were made; return their names. A tie with another rule refuses all of them, and says which."""
	rules = [row.name for row in _made(guide) if not row.enabled]
	if not rules:
		frappe.throw(
			_("There is nothing to start: press Make It first, or see the rules in force."), NothingToStart
		)
	for name in rules:
		frappe.get_doc(RULE, name).update({"enabled": 1}).save()
	guide.update({"started_on": now_datetime()})
	guide.save()
	return rules


def _refuse_unanswered(guide) -> None:
	for fieldname in ("company", "business"):
		if not guide.get(fieldname):
			label = frappe.bold(_(guide.meta.get_label(fieldname), context=answers.DOCTYPE))
			frappe.throw(_("Please answer first: {0}").format(label), NotAnswered)
	if not works_for(frappe.session.user, guide.company):  # HR has no right to the record of a company itself
		frappe.throw(_("You do not work for {0}.").format(guide.company), frappe.PermissionError)


def _made(guide) -> list[frappe._dict]:
	"""Return the rules made before for this company that are still there."""
	return [row for row in _ever_made(guide) if row.company == guide.company]


def _made_for_others(guide) -> list[str]:
	return [row.name for row in _ever_made(guide) if row.company != guide.company]


def _ever_made(guide) -> list[frappe._dict]:
	names = json.loads(guide.made_rules or "[]")
	fields = ["name", "rule_name", "enabled", "company", "program"]
	rows = {row.name: row for row in frappe.get_all(RULE, {"name": ("in", names)}, fields)} if names else {}
	return [rows[name] for name in names if name in rows]


def _program_name(guide) -> str:
	"""Return the program made for this company, by whatever name it has now; else what it would be called."""
	before = [name for name in (guide.program, *(row.program for row in _made(guide))) if name]
	ours = {"name": ("in", [*before, ""]), "company": guide.company}
	found = frappe.get_all(PROGRAM, ours, pluck="name")
	return next((name for name in before if name in found), _("Referrals of {0}").format(guide.company))


def _make_program(guide) -> str:
	name = _program_name(guide)
	if frappe.db.exists(PROGRAM, name):
		program = frappe.get_doc(PROGRAM, name)
	else:
		program = frappe.new_doc(PROGRAM, program_name=name)
		program.update({"rules_page": defaults.RULES_PAGE, "rules_page_zh": defaults.RULES_PAGE_ZH})
	program.update({"company": guide.company, "enabled": 1, "consent_first": cint(guide.consent_first)})
	program.update({"probation_months": cint(guide.probation_months)})
	program.update({clock: _days(clock, guide) for clock in CLOCKS})
	program.save()
	return program.name


def _days(clock: str, guide) -> int:
	return cint(guide.word_within_days) * (2 if clock in TWICE_AS_LONG else 1)


def _make_rule(rule: PlannedRule, guide) -> str:
	document = frappe.new_doc(
		RULE,
		rule_name=_rule_name(rule, guide),
		enabled=0,
		company=guide.company,
		program=guide.program,
		pays_for="Several Hires" if rule.period else "Each Hire",
		period=rule.period,
		stacking=rule.stacking,
		**rule.conditions,
	)
	for row in rule.milestones:
		document.append("milestones", _in_their_words(row) | {"responsible": _responsible(row, guide)})
	for factor in rule.factors:
		document.append("factors", _in_their_words(factor))
	for row in document.milestones:
		if "currency" not in rule.milestones[row.idx - 1]:
			row.currency = ""
	return document.insert().name


def _rule_name(rule: PlannedRule, guide) -> str:
	return _("{0}: {1}", context="Referral Setup Guide").format(guide.company, answers.said(rule.title))


def _responsible(row: dict, guide) -> str | None:
	return guide.hr_manager if row.get("what") else None


def _in_their_words(row: dict) -> dict:
	return row | {name: answers.said(row[name]) for name in ("what", "title") if row.get(name)}


def _fill_settings(guide) -> None:
	settings = frappe.get_doc(SETTINGS)
	settings.update(_settings_of(guide))
	settings.save()


def _make_leave_type(guide) -> None:
	"""Make a Leave Type of its own for rewards where rules pay leave and none was chosen yet."""
	name = _settings_of(guide).get("reward_leave_type")
	if name and not frappe.db.exists("Leave Type", name):
		frappe.get_doc(doctype="Leave Type", leave_type_name=name).insert()


def _settings_of(guide) -> dict:
	"""Return what changes in the settings: an empty answer changes nothing, but for a switch."""
	switches = ("send_email", "send_sms")
	changed = {name: guide.get(name) for name in TAKEN_OVER if guide.get(name) or name in switches}
	if _pays_leave(guide) and not frappe.get_cached_doc(SETTINGS).reward_leave_type:
		changed["reward_leave_type"] = _("Referral Leave")
	return changed


def _pays_leave(guide) -> bool:
	rules = answers.planned(guide).rules
	return any(row["kind"] == "Leave" for rule in rules for row in rule.milestones)


# in words


def _rule_in_words(rule: PlannedRule) -> dict:
	return {
		"title": answers.said(rule.title),
		"whom": ", ".join(rule.conditions.values()) or _("Every opening"),
		"pays": [_pay_in_words(row) for row in rule.milestones]
		+ [_factor_in_words(each) for each in rule.factors],
	}


def _pay_in_words(row: dict) -> str:
	kind, details = kinds.kind_named(row["kind"]), _in_their_words(row)
	amount = to_decimal(row["amount"])
	if row.get("share_percent"):
		amount = amount * to_decimal(row["share_percent"]) / 100
	when = _(row["milestone"], context="Reward Rule Milestone")
	if row.get("after_months"):
		when = counted(row["after_months"], _("{0}, {1} month"), _("{0}, {1} months")).format(
			when, row["after_months"]
		)
	if row.get("hires"):
		when = counted(row["hires"], _("{0}, {1} hire"), _("{0}, {1} hires")).format(when, row["hires"])
	words = _("{0}: {1}", context="Referral Setup Guide").format(
		when, kind.in_words(amount, row.get("currency"), details)
	)
	return _("Option {0}: {1}").format(row["option"], words) if row.get("option") else words


def _factor_in_words(factor: dict) -> str:
	title = (
		answers.said(factor["title"])
		if factor.get("title")
		else _(factor["factor"], context="Reward Rule Factor")
	)
	return _("{0}: times {1}").format(title, f"{to_decimal(factor['times']).normalize():f}")


def _left_out_in_words(each: LeftOut) -> str:
	values = {name: answers.said(value) for name, value in each.values.items()}
	return {
		"nobody_meant": _('"{rule}" is left out: nobody is named for {word}.'),
		"no_badge": _('"{rule}" pays no badge: there is none called {badge}.'),
	}[each.code].format(**values)


def _settings_in_words(guide) -> list[str]:
	settings, meta = frappe.get_cached_doc(SETTINGS), frappe.get_meta(SETTINGS)
	changed = {
		name: value
		for name, value in _settings_of(guide).items()
		if str(settings.get(name) or "") != str(value or "")
	}
	return [
		_("{0}: {1}", context="Referral Setup Guide").format(
			_(meta.get_label(name), context=SETTINGS), _shown(meta.get_field(name), value)
		)
		for name, value in changed.items()
		if not (meta.get_field(name).fieldtype == "Check" and cint(settings.get(name)) == cint(value))
	]


def _shown(field, value) -> str:
	if field.fieldtype == "Check":
		return (
			_("Yes", context="Referral Setup Guide")
			if cint(value)
			else _("No", context="Referral Setup Guide")
		)
	return str(value)
