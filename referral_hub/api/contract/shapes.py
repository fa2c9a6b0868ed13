"""What goes into the API and comes out of it: each shape is checked by pydantic and written into the OpenAPI document.

Times come with their offset from UTC (RFC 3339); days are ISO 8601. Amounts of money are decimal strings beside their currency,
points are integers. What a shape does not name is not told.
"""

import json
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from frappe.utils import get_datetime, get_system_timezone
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MOST_ROWS = 100
ROWS = 20
FURTHEST = 1_000_000

T = TypeVar("T")


class Shape(BaseModel):
	"""What every answer and every part of one is: fields beyond those named are left out."""

	model_config = ConfigDict(extra="ignore", from_attributes=True)


class Done(Shape):
	"""It was done; there is nothing more to say."""

	done: bool = True


class Rows(Shape, Generic[T]):
	"""Some rows of a list."""

	rows: list[T]
	total: int = Field(description="How many rows there are in all.")
	next_start: int | None = Field(description="`start` of the rows after these; null after the last.")


class Page(Shape, Generic[T]):
	"""Some rows of a list that nobody counts."""

	rows: list[T]
	next_start: int | None = Field(description="`start` of the rows after these; null after the last.")


class Amount(Shape):
	kind: str = Field(description="Points, Cash, Leave or another kind of reward.")
	amount: str = Field(description="A decimal number: points, days, or units of the currency.")
	currency: str | None = Field(description="ISO 4217; null where the kind has none.")


def _as_text(value: Any) -> Any:
	return "" if value is None else str(value)


def _from_text(value: Any) -> Any:
	return json.loads(value) if isinstance(value, str) else value


def _with_offset(value: datetime) -> datetime:
	return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(get_system_timezone()))


# what the platform leaves empty is an empty text here
Text = Annotated[str, BeforeValidator(_as_text)]
# a form can only send text: JSON in it is read
FromText = BeforeValidator(_from_text)
Moment = Annotated[
	datetime, BeforeValidator(lambda value: value and get_datetime(value)), AfterValidator(_with_offset)
]
Start = Annotated[int, Field(ge=0, le=FURTHEST, description="How many rows to leave out.")]
Limit = Annotated[
	int, Field(ge=1, le=MOST_ROWS, description=f"How many rows to return, at most {MOST_ROWS}.")
]
Name = Annotated[str, Field(min_length=1, max_length=140)]


def some(rows: list, start: int, limit: int) -> dict:
	"""Return a Page of rows that were read one further than asked for.

	:param rows: at most `limit` + 1 of them
	"""
	return {"rows": rows[:limit], "next_start": start + limit if len(rows) > limit else None}


def counted(rows: list, start: int, total: int) -> dict:
	"""Return Rows: these, from `start`, of `total`."""
	end = start + len(rows)
	return {"rows": rows, "total": total, "next_start": end if rows and end < total else None}
