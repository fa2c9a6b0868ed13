"""My path: where am I, what does the next step need?"""

from frappe import _

from referral_hub.portal import page
from referral_hub.portal.growth import path_words


@page.for_employees
def get_context(context):
	context.update(told=path_words.tell(context.employee.name), title=_("My path"), section="path")
