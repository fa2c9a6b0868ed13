"""The employee portal's own machinery: rendering, words for dates and amounts, who is looking.

Pages are modules in www/referrals, their templates are in templates/portal.
"""
