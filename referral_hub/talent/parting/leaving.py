"""What a record that names an application of its own person says by one of the other person's, through a merge or an older look: taken out.

Whether somebody answered, or rests because they never do, was counted of both.
"""

from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from referral_hub.talent import states
from referral_hub.talent.capturing import recording
from referral_hub.talent.capturing.facts import Found
from referral_hub.talent.rows import PAY_THEN

# by what the list is filtered
ARCHIVED = (
	*("applied_for", "designation", "expected_pay_from", "expected_pay_to", "pay_currency"),
	*("interview_rating", "interview_rounds"),
)
_REASONS = ("reason_given", "reason_text")


def leave(record: Document, own: list[Found], others: list[Found]) -> None:
	"""Say by a person's own applications, the newest first, what may have come from those of the other."""
	source = next((found for found in own if found.applicant.name == record.job_applicant), None)
	if source:
		_say_again(record, source)
	_leave_resume(record, [found for found in (source, *own) if found], others)
	_leave_reasons(record, source, own, others)
	if _is_match_of(record, own, others):
		record.update({"job_opening": None, "matched_on": None})
	is_others_job = any(map(_worked_here, others)) and not any(map(_worked_here, own))
	if is_others_job:
		record.hired_on = None
	if record.state == states.RESTING or (is_others_job and record.state == states.HIRED):
		record.update({"state": states.IN_POOL, "state_reason": None})
		count_anew(record)


def pass_note(record: Document, other: Document, own: list[Found], others: list[Found]) -> None:
	"""Let what a referrer wrote about the other person go with them; what HR wrote stays, for HR to move."""
	gone = _noted(others)
	lines = [line for line in (record.note or "").split("\n") if line not in gone or line in _noted(own)]
	record.note = "\n".join(lines) or None
	other.note = "\n".join(gone) or None


def _noted(applications: list[Found]) -> dict[str, None]:
	"""Return the lines that those who referred somebody wrote, each once, in their order."""
	notes = [found.referral.note or "" for found in applications if found.referral]
	return dict.fromkeys(line for note in notes for line in note.split("\n") if line)


def count_anew(record: Document) -> None:
	"""Let the contacts that are a person's own say whether they have answered or never do: all since they came into the pool."""
	if record.state == states.IN_POOL:
		record.state_on = record.captured_on or record.creation or now_datetime()


def _say_again(record: Document, source: Found) -> None:
	said = recording.archived(source)
	if record.applied_for != said.get("applied_for"):
		record.update(dict.fromkeys(PAY_THEN) | recording.pay_then(source))
	record.update({field: said.get(field) for field in ARCHIVED})


def _leave_resume(record: Document, own: list[Found], others: list[Found]) -> None:
	"""Where an application is named, its file is the one; else only what is known to be the other's goes."""
	is_theirs = record.resume in {found.applicant.resume_attachment for found in others}
	if record.job_applicant or is_theirs:
		record.resume = next((file for found in own if (file := found.applicant.resume_attachment)), None)


def _leave_reasons(record: Document, source: Found | None, own: list[Found], others: list[Found]) -> None:
	said = recording.why_said(source) if source else {}
	for field in _REASONS:
		theirs, mine = (
			{recording.why_said(found).get(field) for found in found_of} for found_of in (others, own)
		)
		if record.get(field) in theirs - mine - {None}:
			record.set(field, said.get(field))


def _is_match_of(record: Document, own: list[Found], others: list[Found]) -> bool:
	"""Say whether the other person was matched: by the newest application there was by then. Who is matched now is so by their own."""
	if not record.matched_on or record.state == states.MATCHED:
		return False
	moment = get_datetime(record.matched_on)
	made = [found for found in (*own, *others) if found.applicant.creation <= moment]
	newest = max(made, key=lambda found: found.applicant.creation, default=None)
	return newest is not None and newest in others


def _worked_here(found: Found) -> bool:
	return found.works_here or bool(found.ended.employees)
