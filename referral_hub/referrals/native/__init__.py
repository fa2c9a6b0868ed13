"""HRMS's own Employee Referral: one submitted there becomes a referral here, once, and both say the same afterwards.

`taking` makes the referral, `standing` keeps status and payment status, `changing` follows cancel, amend and delete,
`applicants` sees to it that there is one applicant, `importing` brings in what was there before the app, `history` each form of it. All of it runs in jobs,
after HR's commit, except the refusal of a second applicant.
"""
