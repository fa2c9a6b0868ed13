"""An employee's wallet in words: the balance, what expires, and each entry with where it came from.

Used by the page and by api/portal.py. The ledger is the points slice's; this only says it.
"""

import csv
import io
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.utils import cint, getdate

from referral_hub.people import employments
from referral_hub.points import service as points
from referral_hub.points.accounts import BETWEEN_COMPANIES
from referral_hub.points.draw import prizes
from referral_hub.portal import cards, page, paging, words
from referral_hub.portal.points import draws, shop
from referral_hub.rewards import service as rewards
from referral_hub.rewards.rules import states

PATH = "/referrals/wallet"
DIRECTIONS = ("In", "Out")
MOST_AT_ONCE = 500
DAYS_SHOWN, LOTS_SHOWN = 12, 20
KINDS = ("csv", "pdf")
BOUGHT, WON = "Reward Order", prizes.DOCTYPE
PAGES = {BOUGHT: shop.ORDERS, WON: draws.PATH}


@dataclass(frozen=True)
class Wanted:
	"""Which entries somebody wants to see: in or out alone, from a day to a day."""

	direction: str = ""
	since: date | None = None
	until: date | None = None

	@classmethod
	def of(cls, form: dict) -> "Wanted":
		"""Read a form; what makes no sense is not asked for."""
		direction = form.get("direction") if form.get("direction") in DIRECTIONS else ""
		return cls(direction, _day(form.get("since")), _day(form.get("until")))

	@property
	def query(self) -> dict:
		return {name: str(value) for name, value in asdict(self).items() if value}


def tell(employee, asked_page=None, asked_wallet=None, wanted: Wanted | None = None) -> dict:
	"""Return what the wallet page shows: one of the person's wallets, and which others there are."""
	wanted = wanted or Wanted()
	number, records = max(1, paging.start_of(asked_page)), employments.records_of(employee.name)
	found = wallets(employee, records)
	shown = chosen(found, asked_wallet)
	which = (shown["employee"], shown["company"])
	rows = points.statement(*which, (number - 1) * paging.SIZE, paging.SIZE + 1, **asdict(wanted))
	last = number + 1 if len(rows) > paging.SIZE else number
	lots, left = points.expiring(*which, limit=DAYS_SHOWN + 1), points.lots(*which, limit=LOTS_SHOWN + 1)
	return {
		"wallets": found,
		"shown": shown,
		"balance": shown["words"],
		"expires": words.expires_next(lots),
		"expiring": [
			{"on": lot["expires_on"], "words": words.points(lot["points"])} for lot in lots[:DAYS_SHOWN]
		],
		"more_expires": len(lots) > DAYS_SHOWN,
		"statement": lines(rows[: paging.SIZE]),
		"lots": left[:LOTS_SHOWN],
		"more_lots": len(left) > LOTS_SHOWN,
		"wanted": wanted,
		"downloads": {
			kind: f"{PATH}?{urlencode({'download': kind, **_asked(shown), **wanted.query})}" for kind in KINDS
		},
		"pages": paging.Pages(PATH, _asked(shown) | wanted.query, number, last),
		"money": _money(records),
	}


def download(employee, asked_wallet, wanted: Wanted) -> page.Download:
	"""Return all that was asked for as a CSV file that a spreadsheet opens as it is."""
	shown = chosen(wallets(employee), asked_wallet)
	out = io.StringIO()
	rows = csv.writer(out)
	rows.writerow(
		[
			_("Date"),
			_("What happened"),
			_("About", context="Referral Hub"),
			_("In or out"),
			_("Balance after"),
		]
	)
	start = 0
	while some := points.statement(
		shown["employee"], shown["company"], start, MOST_AT_ONCE, **asdict(wanted)
	):
		for row, line in zip(some, lines(some), strict=True):
			texts = [_as_text(line["what"]), _as_text(line["about"])]
			rows.writerow([getdate(row["posted_on"]), *texts, row["points"], row["balance_after"]])
		start += len(some)
	return page.Download("points.csv", "\ufeff" + out.getvalue(), "text/csv")


def _as_text(words: str | None) -> str:
	"""Keep a spreadsheet from reading words as a formula."""
	return f"'{words}" if words and words[0] in "=+-@\t\r" else words or ""


def _day(text) -> date | None:
	"""Read a day of our times; anything else is none."""
	try:
		day = date.fromisoformat(str(text))
	except ValueError:
		return None
	return day if 1900 < day.year < 2900 else None


def wallets(employee, records: list[str] | None = None) -> list[dict]:
	"""Return every wallet of the person, the one of the record and company they have now first, each by its company."""
	rows = points.wallets(records or employments.records_of(employee.name))
	now = {"employee": employee.name, "company": employee.company}
	others = [row for row in rows if {name: row[name] for name in now} != now]
	present = next((row for row in rows if row not in others), now | {"balance": 0})
	companies = [row["company"] for row in (present, *others)]
	found = []
	for number, row in enumerate((present, *others), 1):
		is_only = companies.count(row["company"]) == 1
		name = (
			row["company"]
			if is_only
			else _("{0}, {1}", context="Referral Hub").format(row["company"], row["employee"])
		)
		found.append({**row, "number": number, "name": name, "words": words.points(row["balance"])})
		found[-1]["link"] = f"{PATH}?wallet={number}"
		found[-1] |= _in_the_shop(row, employee.company, is_only)
	return found


def _in_the_shop(row: dict, company_now: str, is_only: bool) -> dict:
	"""Say whether the shop takes what is in a wallet, in words where that is not plain."""
	if row["company"] != company_now:
		said = _(
			"{0} gave you these points. The shop takes only what is in your wallet of {1}. HR can move them there."
		)
		return {
			"can_shop": False,
			"in_the_shop": said.format(row["company"], company_now) if row["balance"] else "",
		}
	together = "" if is_only else _("The shop takes it together with your other wallet of this company.")
	return {"can_shop": True, "in_the_shop": together}


def chosen(found: list[dict], asked) -> dict:
	return next((each for each in found if each["number"] == cint(asked)), found[0])


def _asked(shown: dict) -> dict:
	return {"wallet": shown["number"]} if shown["number"] > 1 else {}


def lines(rows: list) -> list[dict]:
	"""Say entries of a statement in words."""
	sources = _rewards(_named(rows, "Referral Reward"))
	titles = {
		BOUGHT: shop.titles_of_orders(_named(rows, BOUGHT)),
		WON: draws.titles_of_prizes(_named(rows, WON)),
	}
	moved = points.companies_between([row["name"] for row in rows if row["counter"] == BETWEEN_COMPANIES])
	return [_line(row, sources.get(row["source_name"]), titles, moved.get(row["name"], "")) for row in rows]


def _named(rows: list, doctype: str) -> set[str]:
	return {row["source_name"] for row in rows if row["source_doctype"] == doctype}


def _line(row, reward, titles: dict[str, dict[str, str]], other_company: str) -> dict:
	moved, title = row["points"], titles.get(row["source_doctype"], {}).get(row["source_name"])
	return {
		"name": row["name"],
		"on": row["posted_on"],
		"what": _what(row, reward, other_company),
		"about": _("{0}, {1}", context="Referral Hub").format(reward.candidate_name, reward.referral)
		if reward
		else title or row["note"],
		"link": page.address_of(reward.referral)
		if reward
		else PAGES[row["source_doctype"]]
		if title
		else None,
		"points": moved,
		"change": ("+" if moved > 0 else "−") + words.number(abs(moved)),
		"after": words.number(row["balance_after"]),
	}


def _what(row, reward, other_company: str) -> str:
	"""Say what an entry is; what undoes another says so."""
	if row["reverses"]:
		return _("Taken back: an earlier entry was undone") if row["points"] < 0 else _("Given back")
	if reward:
		return cards.milestone_reached_words(reward.milestone, reward.after_months)
	if other_company:
		return (_("Came from {0}") if row["points"] > 0 else _("Moved to {0}")).format(other_company)
	if row["source_doctype"] == WON:
		return _("Won in a prize draw")
	return _of_counter(row["counter"])


def _of_counter(kind: str | None) -> str:
	"""Say where points came from or went; only the words that are shown are looked up."""
	match kind:
		case "Issuance":
			return _("For a referral")
		case "Shop":
			return _("Spent in the shop")
		case "Expiry":
			return _("Expired")
		case "Clawback":
			return _("Taken back")
		case "Adjustment":
			return _("Corrected by HR")
	return _("Transfer", context="Referral Hub")


def _rewards(names: set[str]) -> dict[str, frappe._dict]:
	"""Read the rewards that entries came from, with whom they were for: one query."""
	if not names:
		return {}
	Reward, Referral = frappe.qb.DocType("Referral Reward"), frappe.qb.DocType("Referral")
	rows = (
		frappe.qb.from_(Reward)
		.join(Referral)
		.on(Referral.name == Reward.referral)
		.select(Reward.name, Reward.milestone, Reward.after_months, Reward.referral, Referral.candidate_name)
		.where(Reward.name.isin(sorted(names)))
		.run(as_dict=True)
	)
	return {row.name: row for row in rows}


def _money(records: list[str]) -> list[dict]:
	"""What was or will be paid in money, newest first."""
	rows = frappe.get_all(
		"Referral Reward",
		{"employee": ("in", records), "kind": ("!=", words.POINTS), "state": ("in", sorted(cards.EARNED))},
		[
			"name",
			"milestone",
			"after_months",
			"counted_key",
			"kind",
			"amount",
			"currency",
			"details",
			"state",
			"due_on",
			"paid_on",
			"payout_doctype",
			"payout_name",
			"explanation",
		],
		order_by="earned_on desc",
		limit_page_length=paging.SIZE,
	)
	drafts, withheld = rewards.in_drafts(rows), rewards.withheld(rows)
	return [
		{
			"what": _("More for several hires")
			if row.counted_key
			else cards.milestone_reached_words(row.milestone, row.after_months),
			"amount": words.amount(row.kind, row.amount, row.currency, row.details),
			"state": _money_state(row.update(is_draft=row.name in drafts, is_withheld=row.name in withheld)),
		}
		for row in rows
	]


def _money_state(row) -> str:
	if row.state in states.HANDED_OVER:
		paid = cards.handed_over_words(row)
		changed = rewards.paid_otherwise(row)
		if changed is None:
			return paid
		return _("{0}: {1}", context="Referral Hub").format(paid, words.amount(row.kind, *changed))
	if row.state == states.ON_HOLD:
		return _("On hold")
	if row.state == states.CHOICE:
		return _("Waits for your choice")
	if row.state == states.APPROVAL:
		return _("Waits for an approval")
	return _("Due {0}").format(words.day(row.due_on)) if row.due_on else _("On its way")
