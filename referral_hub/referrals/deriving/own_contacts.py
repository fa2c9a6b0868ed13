"""Shows HR a contact that turns out to be the referrer's own or a colleague's: submitted with it, nobody had been referred.

Called where a contact is corrected: by the candidate, in HRMS, by an amended form. The referral stays, HR decides; nobody
else reads anything of it.
"""

import frappe

from referral_hub.referrals import policy
from referral_hub.referrals.consent import office
from referral_hub.referrals.making import situation
from referral_hub.referrals.rules.ownership import Candidate
from referral_hub.wording import case_words

OF_COLLEAGUE = "contact_of_colleague"


def look(referral: str, candidate: Candidate, *, may_work_here: bool = False) -> None:
	"""Flag the contact a referral has got, and give HR a task; who may work here is found among colleagues as themselves."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	code = situation.whose_contact(row.referrer, candidate, policy.region_of(row.company))
	if not code or (code == OF_COLLEAGUE and may_work_here):
		return
	flags = [flag for flag in frappe.parse_json(row.flags_data or "[]") if flag["code"] != code]
	flags.append({"code": code, "facts": {}})
	row.db_set({"flagged": 1, "flags_data": frappe.as_json(flags)}, notify=True)
	user = frappe.db.get_value("Employee", row.referrer, "user_id")
	office.give_task(row, f"{row.name}: {case_words.signal(code, {})}", besides=user)
