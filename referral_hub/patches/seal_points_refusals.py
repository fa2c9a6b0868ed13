"""Seals the refusals that were kept before there were seals, as they are."""

from referral_hub.points import refusal_seals


def execute() -> None:
	refusal_seals.seal_unsealed()
