"""What somebody looks for among their contacts, as the address of a page holds it: encrypted, and for them alone.

Servers on the way write addresses down. A page that is shown again, by Back or by its number, needs the words all the same.
"""

import json
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken
from frappe.utils.password import encrypt, get_encryption_key

from referral_hub.portal.contacts import words

_PURPOSE = "words to look for"


def address_of(employee: str, asked: str) -> str:
	return f"{words.ADDRESS}?{urlencode(query_of(employee, asked))}"


def query_of(employee: str, asked: str) -> dict[str, str]:
	return {"found": encrypt(json.dumps([_PURPOSE, employee, asked]))} if asked else {}


def words_of(employee: str, found: object) -> str:
	"""Return what was looked for; nothing for what another employee looked for, or nobody."""
	try:
		said = json.loads(Fernet(get_encryption_key().encode()).decrypt(str(found or "").encode()))
	except (InvalidToken, ValueError):
		return ""
	return said[2] if isinstance(said, list) and said[:2] == [_PURPOSE, employee] else ""
