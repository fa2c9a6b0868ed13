"""First goals, agreed before joining: how far one is; for managers also their newcomers'."""

from datetime import date
from typing import Annotated

import frappe
from frappe.utils import getdate
from pydantic import Field

from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes, reads
from referral_hub.api.contract.shapes import Done, Name, Shape, Text
from referral_hub.paths.goals import plans, reporting
from referral_hub.paths.goals.editing import PLAN
from referral_hub.portal.growth import goals as told

Words = Annotated[str, Field(max_length=plans.LONGEST_WORDS)]


class Goal(Shape):
	row: str
	words: Text
	measure: Text
	ends_on: date | None
	progress: int = Field(description="In percent.")
	course: Text
	changes: list[str]
	may_report: bool


class Plan(Shape):
	name: str
	who: Text
	since: date | None
	goals: list[Goal]


class Plans(Shape):
	mine: list[Plan]
	newcomers: list[Plan]


@reads
def mine() -> Plans:
	"""List one's own plans, and those of whom one manages."""
	me, today = caller.employee().name, getdate()
	newcomers = (frappe.get_doc(PLAN, name) for name in reporting.of_newcomers(me))
	return {
		"mine": [told.plan_told(plan, today) for plan in reporting.mine(me)],
		"newcomers": [told.plan_told(plan, today) for plan in newcomers],
	}


@changes
def report(
	plan: Name, row: Name, progress: Annotated[int, Field(ge=0, le=100, description="In percent.")]
) -> Done:
	"""Say how far a goal is; HRMS's Goal follows."""
	reporting.report(caller.employee().name, plan, row, str(progress))
	return {}


@changes
def explain(plan: Name, row: Name, words: Words) -> Done:
	"""Say why a goal changed."""
	reporting.explain(caller.employee().name, plan, row, words)
	return {}


@changes
def keep_talk(plan: Name, words: Words) -> Done:
	"""Keep what manager and newcomer talked about."""
	reporting.keep_talk(caller.employee().name, plan, words)
	return {}
