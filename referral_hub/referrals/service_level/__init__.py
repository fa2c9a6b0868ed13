"""Nobody is left in silence: when a referrer is to hear next, and who is reminded when they did not.

`clock` knows the working days and the service levels, `words` what HR writes to a referrer, `watching` is the job,
`people` knows who answers for a referral, `queue` what waits for them. The rule is rules/sla.py.
"""
