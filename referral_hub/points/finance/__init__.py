"""What the ledger says to the books. Reads alone, in few queries whatever the number of wallets."""
