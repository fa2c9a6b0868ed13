"""HR asks a colleague to write to somebody of the pool: `asking` opens a request, `showing` says what the colleague may read while
it is open, `answering` is what they do, `ending` closes it, `watching` reminds, `telling` are the messages.
"""
