"""E-mails that HR has said belong to one person stood in a text of the record; they are rows that can be looked for."""

import frappe

from referral_hub.talent.archive import former
from referral_hub.talent.archive.former import Contact

_TABLE, _COLUMN = "tabTalent Pool Record", "former_keys"


def execute():
	if _COLUMN not in frappe.db.get_table_columns("Talent Pool Record"):
		return
	for record, hashes in frappe.db.sql(f"select name, {_COLUMN} from `{_TABLE}` where {_COLUMN} != ''"):
		said = {key: Contact(key, former.EMAIL, None) for key in hashes.split()}
		former.remember(record, said.values(), is_confirmed=True)
	frappe.db.sql_ddl(f"alter table `{_TABLE}` drop column {_COLUMN}")
