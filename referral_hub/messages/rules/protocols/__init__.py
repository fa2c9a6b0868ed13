"""What services outside ask of us and answer, as they have published it: signatures, codes, limits. Pure; times are given."""
