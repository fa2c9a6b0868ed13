"""Who belongs in the pool, read from what HRMS holds: `facts` gathers, `rules.reasons` decides, `looking` goes through applicants,
`recording` writes one record per person.
"""
