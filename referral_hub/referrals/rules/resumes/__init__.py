"""Is a file a resume? Judged by what is inside. Pure."""
