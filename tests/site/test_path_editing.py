"""A Performance Path in the desk: what does not hang together is refused in words; a file brings in what a form would, as whoever brings it."""

import frappe
import pytest
import site_factories as hr
from path_factories import level, make_path

from referral_hub.api.paths import desk as desk_paths
from referral_hub.paths.editing import InvalidPath
from referral_hub.paths.files import UnreadableFile


@pytest.fixture
def two() -> list[str]:
	return [hr.make_designation().name for _number in range(2)]


def test_what_does_not_hang_together_is_refused_in_words(two):
	junior, senior = two
	with pytest.raises(InvalidPath) as refused:
		make_path(
			level("L1", junior, pay_from=2, pay_to=1),
			level("<b>", senior, follows="L9"),
			requirements=[
				{"level": "L7", "requirement": "Projects", "target": 1},
				{"level": "L1", "requirement": "Projects", "target": float("nan")},
				{"level": "L1", "requirement": "Sales", "target": 1e13},
			],
		)
	assert str(refused.value).split("<br>") == [
		"Requirements are of level L7, which is not on the path.",
		"Level L1: the lowest pay is above the highest.",
		"Row 3: numbers can be at most 1,000,000,000.",
		"Level L1, Projects: the target has to be above 0.",
		"Level &lt;b&gt; follows a level that is not on the path.",
	]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_path_is_the_same_after_its_file(two, kind):
	junior, senior = two
	path = make_path(
		level("L1", junior, usual_months=12, brings="=1+1"),
		level(" L2", senior, follows="L1 ", pay_from=9000, pay_to=12000.5, currency="CNY", bonus_percent=10),
		requirements=[
			{"level": "L2", "requirement": "Projects", "target": 10, "unit": "projects", "source": "Goal"},
			{"level": "L2", "requirement": "Complaints", "target": 2, "at_most": 1, "weight": 0.5},
		],
		former_names=[{"former_name": "Clerk", "designation": junior}],
	)
	before = content(path.reload())
	file = desk_paths.export_path(path.name, kind)
	path.update({"levels": [level("X", senior)], "requirements": []}).save()
	assert desk_paths.import_path(path.name, file["content"], kind) == {"levels": 2, "requirements": 2}
	assert content(path.reload()) == before


def content(path) -> list[dict]:
	dropped = {"name", "creation", "modified", "owner", "modified_by", "docstatus"}
	rows = [*path.levels, *path.requirements, *path.former_names]
	return [
		{field: value or None for field, value in row.as_dict().items() if field not in dropped}
		for row in rows
	]


def test_of_a_file_that_is_wrong_nothing_is_taken(two):
	junior, senior = two
	path = make_path(level("L1", junior))
	with pytest.raises(UnreadableFile, match="Row 3: x is no number that can be used here."):
		desk_paths.import_path(path.name, f"code,designation,pay_to\nL1,{senior},1\nL2,{junior},x", "csv")
	with pytest.raises(InvalidPath, match="Level L2 follows none"):
		desk_paths.import_path(path.name, f"code,designation\nL1,{senior}\nL2,{junior}", "csv")
	with pytest.raises(frappe.LinkValidationError):
		desk_paths.import_path(path.name, "code,designation\nL1,Nobody's Designation", "csv")
	assert [row.designation for row in path.reload().levels] == [junior]


def test_who_may_not_write_a_path_brings_in_no_file(two, as_user):
	path = make_path(level("L1", two[0]))
	employee = hr.make_user(roles=("Employee",)).name
	as_user(hr.make_user(roles=("HR User",)).name)
	assert two[0] in desk_paths.picture(path.name)
	with pytest.raises(frappe.PermissionError):
		desk_paths.import_path(path.name, f"code,designation\nL1,{two[1]}", "csv")
	as_user(employee)
	for read in (desk_paths.picture, desk_paths.export_path):
		with pytest.raises(frappe.PermissionError):
			read(path.name)
