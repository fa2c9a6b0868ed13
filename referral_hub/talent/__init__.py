"""People worth calling again: the talent pool. `service` is what others call; `pool` writes the records."""
