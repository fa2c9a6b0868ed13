"""Somebody of the pool applies again without us: they are in HRMS's hands now, and nobody is asked to call them.

Looked for among the applicants of whom HRMS wrote something since the last look, never in the history: an application of long ago that
nobody closed says nothing. Called by `jobs`.
"""

from frappe import _
from frappe.utils import now_datetime

from referral_hub.talent import keys, states
from referral_hub.talent.cadence import closing
from referral_hub.talent.capturing import facts, recording
from referral_hub.talent.requests import ending
from referral_hub.talent.rules.reasons import is_under_way_since
from referral_hub.talent.rules.requests import APPLIED


def follow(applicants: list[str]) -> int:
	"""Match those of the pool who made one of these applications after what brought them here; return how many."""
	return sum(_follow(found) for found in facts.of(applicants) if not found.is_wanted_gone)


def _follow(found: facts.Found) -> int:
	row, moved = found.applicant, 0
	person = recording.person_of(found)
	for name in keys.known(person, keys.hashes_of(person)).records:
		record = states.lock(name)
		if record.state not in (states.IN_POOL, states.RESTING) or record.job_applicant == row.name:
			continue
		if is_under_way_since(found.ended, record.happened_on):
			_match(record, row)
			moved += 1
	return moved


def _match(record, applicant) -> None:
	values = {"state": states.MATCHED, "state_on": now_datetime(), "job_applicant": applicant.name}
	record.db_set({**values, "job_opening": applicant.job_title or None, "matched_on": applicant.creation})
	closing.stop(record.name, _("This person applied again."))
	ending.follow(record.name, APPLIED)
