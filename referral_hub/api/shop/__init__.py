"""The points shop for other programs: `portal` for employees, `desk` for HR."""
