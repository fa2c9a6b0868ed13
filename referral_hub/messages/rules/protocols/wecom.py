"""Messages of a WeCom application: what is sent, what the answers mean, how long a token is used. Pure.

Sources: WeCom developer documentation, "Get access_token" (7,200 seconds; 40014 and 42001 ask for a new one), "Send application messages"
(textcard: title 128, description 512 bytes; `invaliduser`), "Get userid by mobile" and "Global error codes".
"""

from referral_hub.messages.rules.protocols.answers import MINUTE, Answer, Says, by_status, code_of
from referral_hub.messages.rules.protocols.robots import cut

# seconds before its end at which a token is not used any more
TOKEN_MARGIN = 300
LONGEST_TITLE, LONGEST_WORDS = 128, 512
NEW_TOKEN = frozenset({40014, 42001})
# busy; calls of the interface; calls at the same time; messages to one person in a minute and an hour
TOO_MANY = {-1: MINUTE, 45009: MINUTE, 45033: 10, 45022: MINUTE, 45011: MINUTE}
# a person that is not there, not in what this application sees, or not licensed; nobody's external contact
NOBODY = frozenset({40003, 46004, 60111, 60112, 81013, 301012, 60103, 60104, 84061, 40096})
REFUSED = frozenset({40008, 40058, 44004, 45002, 45008, 47001, 40035})


def message(user: str, agent: int, title: str, text: str, link: str, button: str) -> dict:
	"""Return the body of message/send for one person: a card that opens the link."""
	words = text.replace(link, "").rstrip(" :：") if link else text
	card = {
		"title": cut(_without_tags(title), LONGEST_TITLE),
		"description": cut(_without_tags(words), LONGEST_WORDS),
		"url": link,
		"btntxt": button,
	}
	return {"touser": user, "msgtype": "textcard", "agentid": agent, "textcard": card}


def judge(status: int, body: object) -> Answer:
	"""Say what an answer of the interface means; of a message that went to nobody, that."""
	if answer := by_status(status):
		return answer
	code = code_of(body, "errcode")
	if code is None:
		return Answer(Says.SET_UP, "?")
	if code == 0:
		missed = body.get("invaliduser") or body.get("unlicenseduser")
		return Answer(Says.NOBODY, "invaliduser") if missed else Answer(Says.SENT)
	if code in NEW_TOKEN:
		return Answer(Says.TOKEN, str(code))
	if code in TOO_MANY:
		return Answer(Says.LATER, str(code), TOO_MANY[code])
	if code in NOBODY:
		return Answer(Says.NOBODY, str(code))
	return Answer(Says.REFUSED if code in REFUSED else Says.SET_UP, str(code))


def token_lasts(expires_in: object) -> int:
	"""Return for how many seconds a token is used: shorter than it holds, an hour and 55 minutes of the usual two."""
	seconds = expires_in if isinstance(expires_in, int) and expires_in > 0 else 0
	return max(min(seconds, 7200) - TOKEN_MARGIN, 1)


def mobile_for(number: str) -> str:
	"""Return a number in E.164 as WeCom's address book has it: a Chinese one without +86."""
	return number.removeprefix("+86") if number.startswith("+861") else number


def _without_tags(text: str) -> str:
	"""A card reads tags in its words."""
	return text.replace("<", "‹").replace(">", "›")
