"""What HR does in the desk: decide about a reward, and ask why it is what it is. HR roles only, changes by POST.

Nobody decides about a reward that is theirs, or for their own hiring: each change raises NotByThem then. While payroll or
somebody else is at the same reward, each raises BusyNow after a few seconds, and has changed nothing. Each takes `shown`: when the reward was last modified, as the
caller read it. Where it was changed since, by a second click or by payroll, it raises ChangedSince, and has changed nothing.
"""

import frappe
from frappe import _

from referral_hub.database.short_waits import waiting_shortly
from referral_hub.rewards import service as rewards

MAY_DECIDE = ("HR User", "HR Manager", "System Manager")
MOST_NAMES = 500  # the longest list the desk shows


@frappe.whitelist(methods=["POST"])
def hold_reward(reward: str, reason: str, shown: str | None = None) -> None:
	"""Hold back a reward that was not paid yet, until somebody releases it.

	:param reward: name of the Referral Reward
	:param reason: words the employee may read. Raises ReasonNeeded when empty, WrongMove when it was paid.
	"""
	with waiting_shortly():
		rewards.hold(_allowed(reward), reason, shown)


@frappe.whitelist(methods=["POST"])
def release_reward(reward: str, reason: str, shown: str | None = None) -> None:
	"""Take back a hold or a void; the reward goes on as its referral stands now.

	:param reward: name of the Referral Reward
	:param reason: words the employee may read. Raises ReasonNeeded when empty, WrongMove when nothing holds it.
	"""
	with waiting_shortly():
		rewards.release(_allowed(reward), reason, shown)


@frappe.whitelist(methods=["POST"])
def void_reward(reward: str, reason: str, shown: str | None = None) -> None:
	"""Void a reward. What was paid is taken back as far as possible; what is owed already is written off.

	:param reward: name of the Referral Reward
	:param reason: words the employee may read. Raises ReasonNeeded when empty, WrongMove when it is void already, ChangedSince
	when the caller sends no `shown` and their void in these same words made it Owed: sent twice, it writes nothing off.
	"""
	with waiting_shortly():
		rewards.void(_allowed(reward), reason, shown)


@frappe.whitelist(methods=["POST"])
def approve_reward(reward: str, reason: str = "", shown: str | None = None) -> None:
	"""Approve a reward above a limit; it is paid on its due date.

	:param reward: name of the Referral Reward. Raises NotTheApprover when the limit names another role, NotByThem when the
	caller is its referrer or hire (or recorded it, where duties are separate), WrongMove when it does not wait.
	:param reason: words for the timeline; may be empty.
	"""
	frappe.only_for({*MAY_DECIDE, *rewards.approver_roles()})
	frappe.get_doc("Referral Reward", reward).check_permission("read")
	with waiting_shortly():
		rewards.approve(reward, reason, shown)


@frappe.whitelist(methods=["POST"])
def deduct_owed(reward: str, reason: str, amount: float | None = None, shown: str | None = None) -> str:
	"""Let the next open payroll period deduct what is owed of a cash reward; return the Reward Recovery.

	Or of what the employee has beyond a reward that stands.
	:param reward: name of the Referral Reward. Raises CantBeRecovered in words when payroll can't deduct it.
	:param reason: words the employee may read.
	:param amount: a part of what is owed, in the currency it was paid in; everything when left out.
	"""
	with waiting_shortly():
		return rewards.deduct(_allowed(reward), reason, amount, shown)


@frappe.whitelist(methods=["POST"])
def note_paid_back(reward: str, reason: str, amount: float | None = None, shown: str | None = None) -> str:
	"""Note that an employee gave back what is owed, outside payroll; return the Reward Recovery of cash, else the reward.

	:param reward: name of the Referral Reward. Raises CantBeRecovered when nothing is owed, or less; of things, days and places
	WrongMove.
	:param reason: words the employee may read.
	:param amount: a part of the cash that is owed, in the currency it was paid in; everything when left out. Things, days and places
	come back as a whole.
	"""
	with waiting_shortly():
		return rewards.note_given_back(_allowed(reward), reason, amount, shown)


@frappe.whitelist(methods=["POST"])
def let_employee_keep(reward: str, reason: str, shown: str | None = None) -> None:
	"""Ask no longer for what an employee has beyond a reward that stands: it was paid anew, and nothing deducts what was paid before.

	:param reward: name of the Referral Reward. Raises CantBeRecovered when the employee has no more than it pays.
	:param reason: words the employee may read.
	"""
	with waiting_shortly():
		rewards.let_keep(_allowed(reward), reason, shown)


@frappe.whitelist(methods=["POST"])
def note_paid_to_employee(reward: str, reason: str, shown: str | None = None) -> None:
	"""Note that an employee has what came back of a reward that nothing pays any more.

	:param reward: name of the Referral Reward. Raises CantBeRecovered when nothing of it is to be paid back to the employee.
	:param reason: words the employee may read.
	"""
	with waiting_shortly():
		rewards.paid_to_employee(_allowed(reward), reason, shown)


@frappe.whitelist()
def reward_reconciliation(
	company: str | None = None,
	employee: str | None = None,
	from_date: str | None = None,
	to_date: str | None = None,
) -> list[dict]:
	"""Return what does not match between rewards, their deductions and taxable values, and payroll: code, finding, documents.

	Taxable values of orders of the points shop are held against payroll too; their rows name a reward_order, no reward.
	Raises PermissionError for callers outside HR; rows are those of the companies the caller works for.
	:param from_date: with `to_date`: rewards due, and orders delivered, in these days. Without: all.
	"""
	frappe.only_for(MAY_DECIDE)
	asked = {"company": company, "employee": employee, "from_date": from_date, "to_date": to_date}
	return rewards.reconcile(asked)


@frappe.whitelist()
def reward_work_list(
	company: str | None = None, employee: str | None = None, state: str | None = None
) -> list[dict]:
	"""Return the rewards that wait for a person, longest first: reward, state, to_do, why, amount, owed_amount, asked_back.

	Without a state also those that stand while the employee has more of them than they pay: owed_amount is what is too much; and
	those of which something is to be paid back to the employee.

	Raises PermissionError for callers outside HR; rows are those of the companies the caller works for.
	:param state: Approval, On Hold or Owed; all when left out.
	"""
	frappe.only_for(MAY_DECIDE)
	return rewards.work_list({"company": company, "employee": employee, "state": state})


@frappe.whitelist()
def explain_reward(reward: str) -> dict:
	"""Return why a reward is what it is: rule, version, inputs, sentence, and what was not met.

	:param reward: name of the Referral Reward. Raises PermissionError for callers who don't see the record: the
	employee reads why in `portal.referral`, HR of another company nothing.
	"""
	frappe.get_doc("Referral Reward", reward).check_permission("read")
	return rewards.explain(reward)


@frappe.whitelist()
def reward_notes(names: str | list) -> dict[str, dict]:
	"""Return why rewards of a list are where they are in the reader's language: by name, state_reason and taxable_note.

	:param names: names of Referral Rewards, a list or JSON; at most 500. Those the caller may not list are left out.
	"""
	asked = frappe.parse_json(names)
	if (
		not isinstance(asked, list)
		or len(asked) > MOST_NAMES
		or not all(isinstance(one, str) for one in asked)
	):
		frappe.throw(_("At most {0} names of Referral Rewards, as a list.").format(MOST_NAMES))
	return rewards.notes_of(asked)


@frappe.whitelist()
def reward_kinds() -> list[dict]:
	"""Return the kinds of reward that the apps on this site pay: value, label, has_currency, columns of a rule's row.

	Raises PermissionError for callers outside HR.
	"""
	frappe.only_for(MAY_DECIDE)
	return rewards.kinds_for_forms()


def _allowed(reward: str) -> str:
	"""Refuse callers outside HR, HR of another company, and whom it is about, before anything is touched."""
	frappe.only_for(MAY_DECIDE)
	frappe.get_doc("Referral Reward", reward).check_permission("read")
	rewards.refuse_decider(reward)
	return reward
