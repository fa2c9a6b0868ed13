"""Malls outside: what they are told and what they say. Each order is a message that waits until a mall has answered it."""
