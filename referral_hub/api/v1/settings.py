"""How one is told of news."""

from typing import Annotated, Literal

from pydantic import Field

from referral_hub.api import portal
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.shapes import FromText, Shape, Text

Clock = Annotated[
	str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$", description="HH:MM in one's own time zone.")
]


class Channel(Shape):
	label: str
	words: Text
	wanted: bool
	why_off: Text


class Settings(Shape):
	channels: list[Channel]
	digest: str
	pressing_at_once: bool
	contacts_fit: bool
	board: bool
	news: bool
	survey: bool
	quiet: bool
	quiet_from: Text
	quiet_to: Text
	time_zone: Text
	language: Text
	incognito: bool


@reads
def messages() -> Settings:
	"""Say by which ways one is told, when, and when not."""
	return portal.message_settings()


@changes
def keep(
	channels: Annotated[
		list[str], FromText, Field(max_length=50, description="Labels of those wanted; all others go off.")
	],
	digest: Literal["Immediately", "Daily", "Weekly"] = "Immediately",
	pressing_at_once: bool = True,
	quiet: bool = False,
	quiet_from: Clock = "",
	quiet_to: Clock = "",
	language: Literal["", "en", "zh"] = "",
	incognito: bool = False,
	contacts_fit: bool | None = None,
	board: bool | None = None,
	news: bool | None = None,
	survey: bool | None = None,
) -> Settings:
	"""Keep how one wants to be told; what is left out of the last four stays as it was."""
	return portal.save_message_settings(
		channels,
		digest,
		pressing_at_once,
		quiet,
		quiet_from,
		quiet_to,
		language,
		incognito,
		contacts_fit,
		board,
		news,
		survey,
	)
