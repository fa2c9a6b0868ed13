"""Seals the points accounts that were made before accounts had seals."""

from referral_hub.points import seals


def execute() -> None:
	seals.seal_first_time()
