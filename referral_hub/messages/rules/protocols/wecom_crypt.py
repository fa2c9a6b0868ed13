"""What WeCom sends to a callback: signed, encrypted, for one company. Pure; the time is given.

Source: WeCom developer documentation, "Encryption and decryption of callbacks" and its published example: the signature is SHA-1 of token,
timestamp, nonce and cipher text, sorted and joined; the cipher is AES-256-CBC with the key Base64(EncodingAESKey + "="), its first 16 bytes
the IV; inside stand 16 random bytes, the length in 4 (big endian), the message, the Corp ID; padded by PKCS#7 to 32 bytes.
"""

import base64
import binascii
import hashlib
import hmac
import re
import struct
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

# seconds between the time a request says and ours, either way
WINDOW = 300
LARGEST = 64 * 1024
KEY_LENGTH, BLOCK = 43, 32
_KEY = re.compile(r"[A-Za-z0-9]{43}", re.ASCII)
_TIME, _SIGNATURE = re.compile(r"\d{1,12}", re.ASCII), re.compile(r"[0-9a-f]{40}")
_ENCRYPTED = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=\s]{1,60000}?)(?:\]\]>)?\s*</Encrypt>")


class Refused(ValueError):
	"""A request that is not taken; `why`: "unsigned", "late", "unreadable"."""

	def __init__(self, why: str):
		super().__init__(why)
		self.why = why


def is_key(text: str) -> bool:
	return bool(_KEY.fullmatch(text))


def sign(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
	return hashlib.sha1("".join(sorted((token, timestamp, nonce, encrypted))).encode()).hexdigest()


def check(token: str, timestamp: str, nonce: str, encrypted: str, signature: str, now: float) -> None:
	"""Refuse what nobody with the token sent now. Without a token nothing is taken."""
	if not token or not _TIME.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
		raise Refused("unsigned")
	if not hmac.compare_digest(sign(token, timestamp, nonce, encrypted), signature):
		raise Refused("unsigned")
	if abs(now - int(timestamp)) > WINDOW:
		raise Refused("late")


def decrypt(encoding_key: str, encrypted: str, corp: str) -> bytes:
	"""Return the message. Raises Refused for what was not encrypted with this key for this company."""
	if not is_key(encoding_key):
		raise Refused("unsigned")
	key = base64.b64decode(encoding_key + "=")
	try:
		raw = base64.b64decode(encrypted, validate=True)
		decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
		padded = decryptor.update(raw) + decryptor.finalize()
	except (ValueError, binascii.Error) as error:
		raise Refused("unreadable") from error
	return _inside(padded, corp)


def encrypted_in(body: bytes) -> str:
	"""Return the cipher text of a posted envelope, found without reading it as XML: it is not checked yet."""
	found = _ENCRYPTED.search(body)
	if not found:
		raise Refused("unreadable")
	return b"".join(found[1].split()).decode()


def fields_of(message: bytes) -> dict[str, str]:
	"""Return the fields of a message that was decrypted; one with declarations of its own is not read."""
	if b"<!DOCTYPE" in message or b"<!ENTITY" in message:
		raise Refused("unreadable")
	try:
		return {child.tag: (child.text or "").strip() for child in ElementTree.fromstring(message)}
	except ElementTree.ParseError as error:
		raise Refused("unreadable") from error


def _inside(padded: bytes, corp: str) -> bytes:
	pad = padded[-1] if padded else 0
	plain = padded[:-pad] if 1 <= pad <= BLOCK else b""
	if len(plain) < 20:
		raise Refused("unreadable")
	(length,) = struct.unpack(">I", plain[16:20])
	message, receiver = plain[20 : 20 + length], plain[20 + length :]
	if len(message) != length or not hmac.compare_digest(receiver, corp.encode()):
		raise Refused("unreadable")
	return message
