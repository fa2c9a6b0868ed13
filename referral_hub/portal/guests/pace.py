"""How long an answer takes says nothing about who is known.

A form that looks people up is answered at the next full step of time after it came in: whether a referral was made, HR was told
or nothing was new, all of it fits in one step. The wait comes after the commit, so it holds no lock. Called by the pages beside it
and, once the answer is made, by the platform's hook.
"""

import time

import frappe

# seconds: several times what the longest way through takes
STEP = 0.5


def even_out() -> None:
	"""From here on this request does what depends on who is known."""
	frappe.flags.referral_hub_even_out_since = time.monotonic()


def wait() -> None:
	"""Hook after_request: hold the answer back until its step is full; any other request passes."""
	since = frappe.flags.referral_hub_even_out_since
	if since is not None:
		time.sleep(rest_of_step(time.monotonic() - since))


def rest_of_step(elapsed: float) -> float:
	return -elapsed % STEP
