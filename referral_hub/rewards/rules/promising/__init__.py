"""What a rule promises for one referral: checked when it is saved, made larger or smaller, frozen, budgeted. Pure."""
