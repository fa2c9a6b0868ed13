"""An employee brings in a file of contacts, watches it being read, sees who fits what, and refers in two clicks."""

import frappe
import pytest
import site_factories as hr
from portal_factories import make_referrer, referral_of

from referral_hub.matching.contacts import service
from referral_hub.matching.contacts.files import importing

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
WORDS = {
	"en": {
		"look": "Look at it",
		"go": "Import",
		"fits": "Who fits what",
		"refer": "Refer {0} for {1}",
		"find": "Search",
	},
	"zh": {"look": "预览", "go": "导入", "fits": "谁适合什么", "refer": "推荐{0}到{1}", "find": "搜索"},
}


@pytest.mark.parametrize(("device", "language"), [("phone", "zh"), ("desktop", "en")])
def test_a_file_is_brought_in_and_somebody_of_it_referred_in_two_clicks(
	commits, page_as, axe, device, language
):
	words, person = WORDS[language], hr.unique("Fang")
	employee, opening = make_referrer("Anna", language), hr.make_opening(hr.unique("Welder"))
	profile = frappe.new_doc("Opening Profile", job_opening=opening.name, requirements_confirmed=1)
	profile.append(
		"requirements", {"requirement": "Welding", "kind": "Skill", "firmness": "Hard", "weight": 5}
	)
	profile.insert(ignore_permissions=True)
	commits.at_end(lambda: (service.delete_all(employee.name), importing.forget_all(employee.name)))
	commits.commit()
	rows = f"{person},Wang,,{hr.unique_email('fang')},Acme,Welder,01 Feb 2020\nEve,Rotten,,nowhere,Acme,Cook,"

	page = page_as(employee.user_id, device)
	page.goto("/referrals/contacts/import")
	file = {"name": "Connections.csv", "mimeType": "text/csv", "buffer": f"{HEADER}\n{rows}\n".encode()}
	page.set_input_files("#file", file)
	page.get_by_role("button", name=words["look"]).click()
	axe(page)
	page.get_by_role("button", name=words["go"], exact=True).click()
	page.locator("#import[data-state=Done]").wait_for()
	axe(page)

	page.get_by_role("link", name=words["fits"]).click()
	axe(page)

	page.locator("#q").fill(person)
	page.get_by_role("button", name=words["find"]).click()
	page.wait_for_url("**/referrals/contacts?found=*")
	found = page.url
	page.get_by_role("link", name=f"{person} Wang", exact=True).click()
	page.wait_for_url("**/referrals/contacts/person?*")
	page.go_back()
	assert (page.url, page.locator("#q").input_value()) == (found, person)

	page.goto("/referrals/contacts")
	page.get_by_role("link", name=words["refer"].format(f"{person} Wang", opening.job_title)).click()
	assert page.locator("#candidate_name").input_value() == f"{person} Wang"
	page.locator("#send").click()
	page.wait_for_url("**/referrals/mine/REF-*")
	assert referral_of(f"{person} Wang").job_opening == opening.name
