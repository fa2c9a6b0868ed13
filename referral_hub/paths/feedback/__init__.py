"""A newcomer's question under a clock: `asking` is their side, `answering` the side of the manager and HR, `routing` says who that is,
`clock` until when, `watching` reminds, `goals` adjusts what was agreed, `reading` and `trends` show, `book` writes, `telling` are the messages.
"""
