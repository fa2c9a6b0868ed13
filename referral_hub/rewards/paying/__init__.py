"""From a due reward to what the employee holds: paid once, followed through payroll, taxed, never paid a second time.

Called through `rewards.service`, by jobs and tasks; what each kind hands over is in `rewards/kinds/`.
"""
