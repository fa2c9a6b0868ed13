"""Tasks that a person has to do so that an employee gets what was promised or bought: who, until when, with what proof.

Knows nothing of why the task is there: `source` names the document it is for, and the flow tells that document's slice.
"""
