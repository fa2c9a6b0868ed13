"""Whether and how a reward may be paid: approvals, the people on the day, tax, leave years, payroll. Pure."""
