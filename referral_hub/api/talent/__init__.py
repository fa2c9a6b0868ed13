"""The desk of the talent pool, a file per use: `calls` asks people to call, finds words, notes signals."""
