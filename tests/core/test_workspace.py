"""What stands on HR's workspace can be seen by HR: Frappe leaves out, without a word, what it finds no right to."""

import json
from pathlib import Path

import pytest

from referral_hub.insights.rules import funnel
from referral_hub.insights.rules.funnel import Step

MODULE = Path(__file__).parents[2] / "referral_hub" / "referral_hub"
CARDS = sorted(MODULE.glob("number_card/*/*.json"))


def read(path: Path) -> dict:
	return json.loads(path.read_text())


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_a_number_card_names_the_doctype_whose_readers_see_it(path):
	assert read(path)["document_type"]


def test_the_card_of_hires_counts_who_joined_in_the_funnel():
	card = read(MODULE / "number_card/hires_by_referral_this_quarter/hires_by_referral_this_quarter.json")
	filters = {row[1]: row[2:4] for row in json.loads(card["filters_json"])}
	assert filters == {
		"joined_on": ["Timespan", "this quarter"],
		"outcome": ["not in", sorted(funnel.outcomes_of(Step.NOT_COUNTED))],
		"stage": ["in", sorted(funnel.stages_of(Step.JOINED), reverse=True)],
	}


def test_no_shortcut_leads_to_a_table_inside_a_form():
	shortcuts = read(MODULE / "workspace" / "referral_hub" / "referral_hub.json")["shortcuts"]
	tables = {read(path)["name"] for path in MODULE.glob("doctype/*/*.json") if read(path).get("istable")}
	assert {shortcut["link_to"] for shortcut in shortcuts} & tables == set()


def test_what_hr_writes_and_looks_up_of_the_pool_stands_on_the_workspace():
	page = read(MODULE / "workspace" / "referral_hub" / "referral_hub.json")
	found = {row.get("link_to") for row in (*page["links"], *page["shortcuts"])}
	assert found >= {
		*("Talent Pool Record", "People to Call", "Recall Request", "Recall Template", "Talent Preference"),
		*("Recall Outcomes", "Talent Likelihood Check"),
	}


def test_no_step_of_the_onboarding_waits_for_what_nobody_can_type():
	"""After the first save the platform says "Try Again" and leads away where the field of such a step is still empty."""
	steps = [read(path) for path in MODULE.glob("onboarding_step/*/*.json")]
	for step in steps:
		if step["action"] == "Update Settings":
			name = step["reference_document"].lower().replace(" ", "_")
			fields = {
				row["fieldname"]: row for row in read(MODULE / "doctype" / name / f"{name}.json")["fields"]
			}
			assert not fields[step["field"]].get("read_only"), step["name"]
	assert len(steps) == 5
