"""What the portal says about spending points: the shop, my orders, prize draws."""
