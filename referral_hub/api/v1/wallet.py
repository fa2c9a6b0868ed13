"""Points and what else was or will be paid."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from referral_hub.api import portal
from referral_hub.api.contract.operations import reads
from referral_hub.api.contract.shapes import FURTHEST, Moment, Shape, Text


class Expiring(Shape):
	expires_on: date
	points: int


class Lot(Shape):
	points: int = Field(validation_alias="remaining", description="What is left of it.")
	expires_on: date | None


class Entry(Shape):
	name: str
	on: Moment
	what: Text
	about: Text
	points: int = Field(description="Above 0 into the wallet, below out of it.")
	after: Text = Field(description="The balance after it, as it is written in the user's language.")


class Money(Shape):
	what: Text
	amount: Text
	state: Text


class Wallet(Shape):
	company: Text
	balance: int
	name: Text


class Told(Shape):
	balance: int
	expiring: list[Expiring]
	lots: list[Lot]
	statement: list[Entry] = Field(description="20 a page, newest first.")
	money: list[Money]
	wallets: list[Wallet] = Field(description="Every wallet of the person, the present one first.")


@reads
def one(
	number: Annotated[
		int, Field(ge=1, le=1000, description="Which wallet, as `wallets` counts them from 1.")
	] = 1,
	page: Annotated[int, Field(ge=1, le=FURTHEST, description="Page of the statement.")] = 1,
	direction: Literal["", "In", "Out"] = "",
	since: Annotated[date | None, Field(description="First day of the statement.")] = None,
	until: Annotated[date | None, Field(description="Last day of the statement.")] = None,
) -> Told:
	"""Say how many points one has, what expires when, and what came and went."""
	return portal.wallet(page, number, direction, since or "", until or "")
