"""Uploaded files of contacts: encrypted under the site's private folder, in no File, and not in a backup; deleted once they are read."""

import io
import os
import time
import zipfile
from pathlib import Path

import frappe
from cryptography.fernet import Fernet
from frappe.utils.password import get_encryption_key

from referral_hub.referrals.rules.refusal import Refused

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 10
# a workbook that unpacks to more is no list of people
_MOST_UNPACKED = 100 * MEGABYTE
_A_DAY = 24 * 60 * 60


def check(data: bytes) -> None:
	if not data:
		raise Refused("empty_file")
	if len(data) > MOST_MEGABYTES * MEGABYTE:
		raise Refused("file_too_large")
	if data.startswith(b"PK") and _unpacked(data) > _MOST_UNPACKED:
		raise Refused("file_too_large")


def keep(name: str, data: bytes) -> None:
	path = _path(name)
	path.parent.mkdir(parents=True, exist_ok=True)
	descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
	with os.fdopen(descriptor, "wb") as file:
		file.write(_fernet().encrypt(data))


def read(name: str) -> bytes:
	"""Return the file of an import; raises FileNotFoundError, as after a restore."""
	return _fernet().decrypt(_path(name).read_bytes())


def remove(name: str) -> None:
	_path(name).unlink(missing_ok=True)


def remove_others(wanted: set[str]) -> None:
	"""Delete the files of imports that are not among these, once a day is over: the row of a fresh one may not be committed yet."""
	for path in _path("").glob("*"):
		age = time.time() - path.stat().st_mtime
		if path.name not in wanted and age > _A_DAY:
			path.unlink(missing_ok=True)


def _unpacked(data: bytes) -> int:
	try:
		with zipfile.ZipFile(io.BytesIO(data)) as packed:
			return sum(one.file_size for one in packed.infolist())
	except zipfile.BadZipFile as error:
		raise Refused("no_workbook") from error


def _path(name: str) -> Path:
	return Path(frappe.get_site_path("private", "referral_hub", "contact-imports", name))


def _fernet() -> Fernet:
	return Fernet(get_encryption_key().encode())
