"""What the platform's `docstatus` says of a document. Pure."""

DRAFT, SUBMITTED, CANCELLED = 0, 1, 2
