"""What a wallet shows of itself. Pure."""
