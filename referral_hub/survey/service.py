"""What others call of the survey. Nothing here commits."""

from referral_hub.survey.answering import answer, opened_by, opened_for, themes_for, waiting_for
from referral_hub.survey.asking import ask, end_of, end_what_is_over, invite, to_ask
from referral_hub.survey.forgetting import forget, forget_employee

__all__ = [
	"answer",
	"ask",
	"end_of",
	"end_what_is_over",
	"forget",
	"forget_employee",
	"invite",
	"opened_by",
	"opened_for",
	"themes_for",
	"to_ask",
	"waiting_for",
]
