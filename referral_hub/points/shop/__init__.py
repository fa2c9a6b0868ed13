"""The points shop: items, orders and pools of codes. Stock and points are held in one transaction.

Locks are taken in one order: the item, its order, the task of who hands it over, the wallet. Called by the flow and the API.
"""
