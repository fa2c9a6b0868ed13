"""ERPNext sweeps away, with a company's transactions, every row with a Link to it that no app asks to keep."""

import json
from pathlib import Path

from referral_hub import hooks

DOCTYPES = Path(hooks.__file__).parent / "referral_hub" / "doctype"


def test_no_promise_no_debt_and_no_person_goes_with_a_companys_transactions():
	tables = (meta for meta in map(read, DOCTYPES.glob("*/*.json")) if not meta.get("issingle"))
	found = {
		meta["name"] for meta in tables if names_a_company(meta)
	}  # HRMS looks for rows, a Single has none
	assert found - set(hooks.company_data_to_be_ignored) == set()


def read(path: Path) -> dict:
	return json.loads(path.read_text())


def names_a_company(meta: dict) -> bool:
	return any(
		field["fieldtype"] == "Link" and field.get("options") == "Company" for field in meta.get("fields", ())
	)
