"""Shows HR a contact that turns out to be the referrer's own or a colleague's: submitted with it, nobody had been referred.

Called where a contact is corrected: by the candidate, in HRMS, by an amended form. The referral stays, HR decides; nobody
else reads anything of it.
"""

import frappe

from referral_hub.referrals import policy
from referral_hub.referrals.consent import office
from referral_hub.referrals.making import situation
from referral_hub.referrals.rules.ownership import Candidate

OF_COLLEAGUE = "contact_of_colleague"


def look(referral: str, candidate: Candidate, *, may_work_here: bool = False) -> None:
	"""Flag the contact a referral has got, and give HR a task; who may work here is found among colleagues as themselves."""
	row = frappe.get_doc("Referral", referral, for_update=True)
	code = situation.whose_contact(row.referrer, candidate, policy.region_of(row.company))
	if not code or (code == OF_COLLEAGUE and may_work_here):
		return
	office.show(row, code)
