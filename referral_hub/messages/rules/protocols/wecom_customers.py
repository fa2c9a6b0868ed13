"""Words of a colleague to somebody outside, as WeCom hands them on: a task that the colleague confirms in their own WeCom. Pure.

Sources: WeCom developer documentation, "Create an enterprise group message" (add_msg_template: nothing goes out before the member
confirms; `fail_list`), "Get the results of an enterprise group message" (get_groupmsg_send_result) and "Global
error codes".
"""

from enum import StrEnum

# bytes of UTF-8
LONGEST_TEXT = 4000


class Why(StrEnum):
	"""Why nothing can go. CONTACT: WeCom does not know them as this colleague's contact. ENOUGH: they had as many as WeCom lets them get.

	SENDER: this colleague may not write to contacts outside. BUSY: an earlier one is on its way just now.
	"""

	CONTACT = "Contact"
	ENOUGH = "Enough"
	SENDER = "Sender"
	BUSY = "Busy"


class Came(StrEnum):
	"""What has come of a task."""

	WAITS = "Waits"
	SENT = "Sent"
	NO_CONTACT = "No Contact"
	ENOUGH = "Enough"


_WHY = {
	**dict.fromkeys(("40096", "41056", "84061"), Why.CONTACT),
	"41048": Why.ENOUGH,
	# no such member, none this application sees, not activated, without a licence, without the right to contacts outside
	**dict.fromkeys(
		("40003", "46004", "60111", "60112", "60103", "60104", "41054", "301012", "701008", "84074"),
		Why.SENDER,
	),
	"41063": Why.BUSY,
}
_CAME = {0: Came.WAITS, 1: Came.SENT, 2: Came.NO_CONTACT, 3: Came.ENOUGH}


def task(sender: str, contact: str, text: str) -> dict:
	"""Return the body of externalcontact/add_msg_template for one person."""
	return {"chat_type": "single", "external_userid": [contact], "sender": sender, "text": {"content": text}}


def why_not(code: str, said: dict, contact: str) -> Why | None:
	"""Say why an answer means that nothing goes; None for a yes, and for what is not about these two people."""
	failed = said.get("fail_list")
	if not code and isinstance(failed, list) and contact in failed:
		return Why.CONTACT
	return _WHY.get(code)


def came_of(said: dict, contact: str) -> Came:
	"""Read what has come of a task for one person; what says nothing of them waits."""
	rows = said.get("send_list")
	rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
	status = next((row.get("status") for row in rows if row.get("external_userid") == contact), None)
	return _CAME.get(status, Came.WAITS) if isinstance(status, int) else Came.WAITS
