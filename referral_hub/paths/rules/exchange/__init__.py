"""Paths as files: CSV for tables, JSON for everything; what was written is read back the same. Pure.

What can't be read is said with its line or its place, all at once, and nothing of such a file is taken. Whether levels hang together
is for `ladder.flaws` to say. docs/performance-path.md describes both for people.
"""
