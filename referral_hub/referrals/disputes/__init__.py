"""Questions of employees about credit and payment: asked with one click, answered by HR under a clock, never deleted.

`asking` is the employee's side, `answering` HR's. The reminders are those of service_level.
"""
