"""An applicant names the colleague who told them: the colleague is asked, and nothing counts before they say yes.

`meaning` finds whom their own words mean, `asking` asks once, reminds once, and lets the question lapse; `answering` makes the referral of the applicant that is there already.
`merging` keeps the question that got further where HR merges two. One Named Referrer per applicant and employee. Everything but the answer runs in jobs.
"""
