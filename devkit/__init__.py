"""The workshop behind ./dev: makes a bench, sites and servers, and runs tests, benchmarks and linters.

Standard library only, because it runs before anything is installed. Only `devkit/inside/` is run by the bench's own
Python and may import frappe. Nothing here is imported by the app.
"""
