"""What a fresh site starts with: settings, an open-ended program, and the masters of other apps we bring along.

Masters are made once, when the app is installed: what HR edits or deletes afterwards stays edited or deleted.
Records made in other apps' DocTypes are remembered in the settings, so that `uninstall.py` can take them away again.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import frappe

SETTINGS = "Referral Hub Settings"
REFERRAL_SOURCE = "Employee Referral"
DEFAULT_PROGRAM = "Open to Everyone"

# DocTypes of other apps in which installing may create records
FOREIGN_MASTERS = ("Job Applicant Source", "Email Template")

RULES_PAGE = """\
## Who can refer

Everyone who works here, for every opening on the referrals page. There is no closing date.

## Whom to refer

Somebody you would like to work with and who knows that you are passing on their name. You need their name and
one way to reach them: an e-mail address or a phone number. A resume helps, and can follow later.

Please do not refer yourself, a colleague who already works here, or somebody who has applied in the last six months.

## What happens next

- You get a referral number at once, and see each step under *My referrals*: in screening, interview, offer, joined.
- The first person to refer a candidate is their referrer for 180 days.
- If it does not work out you hear that too, with the reason as far as we may share it.

## What you get

Each opening shows what a successful referral pays you, and when. The terms on the day you refer are kept with your
referral: later changes to the rules do not touch it. Every amount on your rewards page explains how it came about.

## What stays private

Only you and HR see your referrals. What the interviewers write stays with them.
"""

RULES_PAGE_ZH = """\
## 谁可以推荐

所有在职员工都可以推荐，适用于推荐页面上的全部职位，没有截止日期。

## 推荐谁

您愿意与之共事、并且知道您在推荐他的人。只需要姓名和一种联系方式：邮箱或手机号。有简历更好，也可以以后再补。

请不要推荐自己、在职同事，或最近六个月内已经投递过简历的人。

## 接下来会怎样

- 提交后立即得到推荐编号，在“我的推荐”中可以看到每一步：筛选、面试、录用、入职。
- 同一位候选人，由最先推荐的人作为推荐人，保护期 180 天。
- 如果没有录用，您也会收到通知，并在可以说明的范围内告知原因。

## 您能得到什么

每个职位都写明推荐成功的奖励和发放时间。推荐当天的规则会随推荐一起保存，以后规则变化不影响已有推荐。
奖励页面上的每一个数字都会说明是怎么算出来的。

## 隐私

只有您和人力资源部能看到您的推荐。面试官写的评语不会公开。
"""


def ensure_applicant_source() -> None:
	"""HRMS makes this source through `_()`, so on a site set up in Chinese it is missing."""
	if not frappe.db.exists("Job Applicant Source", REFERRAL_SOURCE):
		with remembering():
			frappe.get_doc(doctype="Job Applicant Source", source_name=REFERRAL_SOURCE).insert(
				ignore_permissions=True
			)


def fill_settings() -> None:
	"""Give every setting that was never saved its default: also the ones a newer version brings."""
	saved = frappe.db.get_singles_dict(SETTINGS)
	for field in frappe.get_meta(SETTINGS).get("fields", {"default": ("is", "set")}):
		if field.fieldname not in saved:
			frappe.db.set_single_value(SETTINGS, field.fieldname, field.default, update_modified=False)


def set_times() -> None:
	"""Give new settings the times of day we mean: Frappe fills every Time field of a new record with the moment."""
	for field in frappe.get_meta(SETTINGS).get("fields", {"fieldtype": "Time", "default": ("is", "set")}):
		frappe.db.set_single_value(SETTINGS, field.fieldname, field.default, update_modified=False)


def make_program() -> None:
	"""Make the open-ended program that referrals belong to until HR starts campaigns of its own."""
	if frappe.db.count("Referral Program"):
		return
	frappe.get_doc(
		doctype="Referral Program",
		program_name=DEFAULT_PROGRAM,
		company="",  # every company: left out, the site's default company would be filled in
		rules_page=RULES_PAGE,
		rules_page_zh=RULES_PAGE_ZH,
	).insert(ignore_permissions=True)
	if not frappe.db.get_single_value(SETTINGS, "default_program"):
		frappe.db.set_single_value(SETTINGS, "default_program", DEFAULT_PROGRAM)


@contextmanager
def remembering() -> Iterator[None]:
	"""Note which records of other apps' DocTypes come into being inside the block."""
	before = _foreign_masters()
	yield
	made = sorted(_foreign_masters() - before)
	if made:
		known = made_at_install()
		value = json.dumps([*known, *(pair for pair in map(list, made) if pair not in known)])
		frappe.db.set_single_value(SETTINGS, "made_at_install", value, update_modified=False)


def made_at_install() -> list[list[str]]:
	"""Return [DocType, name] of every record that installing made in other apps' DocTypes."""
	if not frappe.db.exists("DocType", SETTINGS):
		return []
	return json.loads(frappe.db.get_single_value(SETTINGS, "made_at_install") or "[]")


def _foreign_masters() -> set[tuple[str, str]]:
	return {(doctype, name) for doctype in FOREIGN_MASTERS for name in frappe.get_all(doctype, pluck="name")}
