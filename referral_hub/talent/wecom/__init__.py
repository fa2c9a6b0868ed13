"""WeCom and the people of the pool: as which contact they are known there, what a colleague writes to them, what came of it."""
