"""The points shop, as the flow, the portal and the API call it. None of these functions commits.

Stock and points move in one transaction; an order is known by its key, so asking twice orders once. Who may ask is
decided where the request comes in. What is not here is nobody's business outside this folder.
"""

from referral_hub.points.rules.shop import APPROVED, CANCELLED, DELIVERED, HELD, MALL, REFUNDED
from referral_hub.points.shop.codes import let_be_shown_again, take_in
from referral_hub.points.shop.codes import show as show_code
from referral_hub.points.shop.handing_over import hand_over
from referral_hub.points.shop.mall.callback import receive as hear_mall
from referral_hub.points.shop.mall.catalogue import take_in as take_in_catalogue
from referral_hub.points.shop.mall.outbox import send_again as send_to_mall_again
from referral_hub.points.shop.orders import (
	DOCTYPE,
	approve,
	as_reward,
	being_delivered,
	cancel,
	follow_fulfilment,
	lock,
	lock_alone,
	place,
	refund,
	refuse_when_heard,
	save,
)
from referral_hub.points.shop.paying import balance
from referral_hub.points.shop.reading import item_for, items_for, order_of, orders_named, orders_of
from referral_hub.points.shop.telling import tell_who_approves

__all__ = [
	"APPROVED",
	"CANCELLED",
	"DELIVERED",
	"DOCTYPE",
	"HELD",
	"MALL",
	"REFUNDED",
	"approve",
	"as_reward",
	"balance",
	"being_delivered",
	"cancel",
	"follow_fulfilment",
	"hand_over",
	"hear_mall",
	"item_for",
	"items_for",
	"let_be_shown_again",
	"lock",
	"lock_alone",
	"order_of",
	"orders_named",
	"orders_of",
	"place",
	"refund",
	"refuse_when_heard",
	"save",
	"send_to_mall_again",
	"show_code",
	"take_in",
	"take_in_catalogue",
	"tell_who_approves",
]
