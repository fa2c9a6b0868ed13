"""*Learn to Refer* in one's onboarding: done when one has seen how referring works."""

from pydantic import Field

from referral_hub.announcing import learning
from referral_hub.api.contract import caller
from referral_hub.api.contract.operations import changes
from referral_hub.api.contract.shapes import Shape


class Learned(Shape):
	completed: bool = Field(description="A task of one's onboarding waited for this and is done now.")


@changes
def learned() -> Learned:
	"""Say that one has seen how to refer; the task of HRMS's onboarding is completed where there is one."""
	return {"completed": learning.complete(caller.employee().name)}
