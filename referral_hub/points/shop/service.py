"""The points shop, as the flow, the portal and the API call it. None of these functions commits.

Stock and points move in one transaction; an order is known by its key, so asking twice orders once. Who may ask is
decided where the request comes in. What is not here is nobody's business outside this folder.
"""

from referral_hub.points.rules.shop import APPROVED, CANCELLED, DELIVERED, HELD, REFUNDED
from referral_hub.points.shop.codes import let_be_shown_again, take_in
from referral_hub.points.shop.codes import show as show_code
from referral_hub.points.shop.handing_over import hand_over
from referral_hub.points.shop.orders import (
	approve,
	as_reward,
	being_delivered,
	cancel,
	follow_fulfilment,
	lock,
	place,
	refund,
)
from referral_hub.points.shop.reading import item_for, items_for, order_of, orders_of
from referral_hub.points.shop.telling import tell_who_approves

__all__ = [
	"APPROVED",
	"CANCELLED",
	"DELIVERED",
	"HELD",
	"REFUNDED",
	"approve",
	"as_reward",
	"being_delivered",
	"cancel",
	"follow_fulfilment",
	"hand_over",
	"item_for",
	"items_for",
	"let_be_shown_again",
	"lock",
	"order_of",
	"orders_of",
	"place",
	"refund",
	"show_code",
	"take_in",
	"tell_who_approves",
]
