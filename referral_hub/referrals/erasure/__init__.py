"""A person is forgotten: everything this app wrote about them or caused to be written, wherever the platform put it.

`person` finds whom and where, `hrms` empties HRMS's own papers where HR says so, `words` takes the person out of what others
wrote, `traces` deletes what the platform keeps beside a record. Numbers stay: the ledger and the statistics are true as before.
Called by `flow.erase_person`.
"""
