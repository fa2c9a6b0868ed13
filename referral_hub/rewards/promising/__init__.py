"""What a success would pay: rules read, edited, tried and said in words; what is offered, frozen and taken of a budget.

Pays nothing. Called through `rewards.service`, by the rule's form and by the daily count of budgets.
"""
