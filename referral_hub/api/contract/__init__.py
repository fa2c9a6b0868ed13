"""How an operation of the versioned API is said once and then checked, answered and documented from that one place."""
