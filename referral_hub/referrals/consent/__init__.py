"""What candidates decide about themselves: whether they may be referred, what we hold, whether they go on.

`asking` sends links and reminders, `answering` takes a yes or a no, `leaving` a withdrawal, `correcting` their contact,
`held` says what we hold, `erasing` removes it, `office` tells HR. A candidate is whoever holds a signed link (`tokens`).
Called by the pages in portal/guests, by the desk's API, by flow and by tasks. Nothing here commits.
"""
