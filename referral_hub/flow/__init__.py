"""What follows what, in one place: a referral moved -> rewards -> messages.

Called by the Referral that is made, by the Referral Event that records a move, by the Referral Reward that moves and by the
Referral Program that is renamed, inside their transaction.
"""

from referral_hub.flow.boards import board_to_tell_of
from referral_hub.flow.contacts import openings_for_contacts, tell_who_fits, week_to_tell_of
from referral_hub.flow.erasing import (
	ask_for_deletion,
	end_keeping,
	erase_person,
	forget_again,
	forget_contacts_again,
	forget_in_pool,
	held_about,
	leave_pool,
	take_back_consent,
)
from referral_hub.flow.referrals import follow_opening, match, question_moved, referral_moved, reminded, tell
from referral_hub.flow.rewards import (
	follow_budget_of,
	freeze_terms,
	program_renamed,
	program_saved,
	reward_moved,
)
from referral_hub.flow.shop import (
	approve_order,
	cancel_own_order,
	end_order,
	fulfilment_moved,
	order_item,
	order_shown,
)
from referral_hub.flow.talent import ask_to_be_kept, call_back, confirm_no_show, hear_wecom, send_pool_page

__all__ = [
	"approve_order",
	"ask_for_deletion",
	"ask_to_be_kept",
	"board_to_tell_of",
	"call_back",
	"cancel_own_order",
	"confirm_no_show",
	"end_keeping",
	"end_order",
	"erase_person",
	"follow_budget_of",
	"follow_opening",
	"forget_again",
	"forget_contacts_again",
	"forget_in_pool",
	"freeze_terms",
	"fulfilment_moved",
	"hear_wecom",
	"held_about",
	"leave_pool",
	"match",
	"openings_for_contacts",
	"order_item",
	"order_shown",
	"program_renamed",
	"program_saved",
	"question_moved",
	"referral_moved",
	"reminded",
	"reward_moved",
	"send_pool_page",
	"take_back_consent",
	"tell",
	"tell_who_fits",
	"week_to_tell_of",
]
