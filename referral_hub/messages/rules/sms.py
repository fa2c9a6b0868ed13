"""How long a text message is: what one costs, and which letters make it dearer. Pure.

The GSM 7-bit alphabet fits 160 letters into one message and 153 into each part of a longer one; any letter outside it, such
as a Chinese one, makes the whole text 16-bit: 70, then 67. The sign for the euro, brackets and some others count twice.
"""

from dataclasses import dataclass

GSM_BASIC = frozenset(
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("^{}\\[~]|€\f")
# of a text that a person has written: what is longer is a mail
MOST_PARTS_BY_HAND = 6
GSM_ONE, GSM_PART = 160, 153
WIDE_ONE, WIDE_PART = 70, 67


@dataclass(frozen=True)
class Length:
	units: int
	segments: int
	is_gsm: bool


def measure(text: str) -> Length:
	"""Return how many units a text has and how many messages the network makes of it."""
	is_gsm = all(letter in GSM_BASIC or letter in GSM_EXTENDED for letter in text)
	one, part = (GSM_ONE, GSM_PART) if is_gsm else (WIDE_ONE, WIDE_PART)
	sizes = [_size(letter, is_gsm) for letter in text]
	units = sum(sizes)
	return Length(units, 1 if units <= one else _parts(sizes, part), is_gsm)


def _size(letter: str, is_gsm: bool) -> int:
	if is_gsm:
		return 2 if letter in GSM_EXTENDED else 1
	return 2 if ord(letter) > 0xFFFF else 1


def _parts(sizes: list[int], part: int) -> int:
	"""Count the parts; a letter of two units is never cut in half."""
	parts, used = 1, 0
	for size in sizes:
		if used + size > part:
			parts, used = parts + 1, 0
		used += size
	return parts
