"""Bench commands."""

commands = []
