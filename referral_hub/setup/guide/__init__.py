"""From seven answers to a program, rules, settings and words: planned, shown, made, started."""
