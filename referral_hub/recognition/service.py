"""Recognition: score, levels, badges. The facade others call; none of it commits."""

from referral_hub.background import start_after_commit
from referral_hub.recognition.badges import NotNow, give, withdraw
from referral_hub.recognition.counting import out_of_date, recount
from referral_hub.recognition.forgetting import forget_employee
from referral_hub.recognition.policy import check, follow_settings

__all__ = [
	"NotNow",
	"check",
	"count_after_commit",
	"follow_settings",
	"forget_employee",
	"give",
	"out_of_date",
	"recount",
	"withdraw",
]


def count_after_commit(employee: str | None) -> None:
	"""Let a job count what an employee's referrals have come to; if the queue is away, the nightly task does."""
	if employee:
		start_after_commit(
			"referral_hub.tasks.count_recognition_of",
			once_as=f"referral_hub_recognize_{employee}",
			employee=employee,
		)
