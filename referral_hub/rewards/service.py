"""Rewards: promised once, paid exactly once, explained. The facade others call; none of it commits."""

from referral_hub.rewards.approving.people import refuse_decider, refuse_giver
from referral_hub.rewards.approving.service import approve, approver_roles
from referral_hub.rewards.bearers import say_note as say_note_of_value
from referral_hub.rewards.choosing import choose, options_of
from referral_hub.rewards.choosing import is_frozen as is_choice_frozen
from referral_hub.rewards.choosing import waiting_for as choices_waiting_for
from referral_hub.rewards.counting import ahead as bonuses_ahead
from referral_hub.rewards.decisions import hold, note_given_back, release, void
from referral_hub.rewards.earning import earn, earn_by_time, follow_credit, possible
from referral_hub.rewards.explain import explain, notes_of, paid_otherwise, sentences, why_unpaid
from referral_hub.rewards.kinds import for_forms as kinds_for_forms
from referral_hub.rewards.kinds.bought import hand_over_bought, take_back_bought
from referral_hub.rewards.oversight.reconciliation import rows as reconcile
from referral_hub.rewards.oversight.worklist import rows as work_list
from referral_hub.rewards.paying.case import is_without_form
from referral_hub.rewards.paying.handing_over import follow_fulfilment
from referral_hub.rewards.paying.native_bonus import BonusPaidHere, cash_of, has_terms, refuse_second
from referral_hub.rewards.paying.payouts import pay_due
from referral_hub.rewards.paying.salaries import in_drafts
from referral_hub.rewards.paying.second_payouts import refuse as refuse_second_payout
from referral_hub.rewards.paying.second_payouts import refuse_payer
from referral_hub.rewards.paying.slips import withheld
from referral_hub.rewards.paying.taxable import withdraw as withdraw_value
from referral_hub.rewards.promises import is_set_aside, make_room_to_merge
from referral_hub.rewards.promising.budgets import costs
from referral_hub.rewards.promising.budgets import follow as follow_budget
from referral_hub.rewards.promising.forgetting import forget_employee
from referral_hub.rewards.promising.hired_as import is_changed as is_hired_otherwise
from referral_hub.rewards.promising.offers import offers_for, terms_after_credit, terms_for
from referral_hub.rewards.promising.renamed import follow as follow_rename
from referral_hub.rewards.recovery.by_hand import refuse as refuse_deduction
from referral_hub.rewards.recovery.by_hand import refuse_taking_away as refuse_ending_deduction
from referral_hub.rewards.recovery.service import deduct, let_keep, paid_to_employee, refuse_taking_away

__all__ = [
	"BonusPaidHere",
	"approve",
	"approver_roles",
	"bonuses_ahead",
	"cash_of",
	"choices_waiting_for",
	"choose",
	"costs",
	"deduct",
	"earn",
	"earn_by_time",
	"explain",
	"follow_budget",
	"follow_credit",
	"follow_fulfilment",
	"follow_rename",
	"forget_employee",
	"hand_over_bought",
	"has_terms",
	"hold",
	"in_drafts",
	"is_choice_frozen",
	"is_hired_otherwise",
	"is_set_aside",
	"is_without_form",
	"kinds_for_forms",
	"let_keep",
	"make_room_to_merge",
	"note_given_back",
	"notes_of",
	"offers_for",
	"options_of",
	"paid_otherwise",
	"paid_to_employee",
	"pay_due",
	"possible",
	"reconcile",
	"refuse_decider",
	"refuse_deduction",
	"refuse_ending_deduction",
	"refuse_giver",
	"refuse_payer",
	"refuse_second",
	"refuse_second_payout",
	"refuse_taking_away",
	"release",
	"say_note_of_value",
	"sentences",
	"take_back_bought",
	"terms_after_credit",
	"terms_for",
	"void",
	"why_unpaid",
	"withdraw_value",
	"withheld",
	"work_list",
]
