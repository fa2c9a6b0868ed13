"""Goals agreed before joining: `plans` (proposed, talked about, agreed), `editing` (what saving refuses), `links` (the candidate's way in),
`starting` (they become HRMS's Goals, once), `standing` (how far, read from HRMS), `reporting` (the newcomer's progress and words),
`talking` (the manager is asked to talk, each month).
"""
