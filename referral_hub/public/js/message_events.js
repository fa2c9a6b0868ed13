/** What each message is called, in the list and on the form; a message of another app by its own name. */
frappe.provide("referral_hub.messages");

referral_hub.messages.name_of = function (event) {
	return event_names()[event] || frappe.utils.escape_html(event);
};

function event_names() {
	return {
		referral_received: __("Referral received"),
		referral_screening: __("In screening"),
		interview_scheduled: __("Interview scheduled"),
		interview_off: __("Interview is off"),
		terms_discussed: __("Interviews passed"),
		offer_made: __("Offer made"),
		candidate_joined: __("First day at work"),
		candidate_confirmed: __("Probation passed"),
		not_selected: __("Not selected"),
		candidate_withdrew: __("Withdrew"),
		offer_declined: __("Declined the offer"),
		credit_given: __("Credit given"),
		credit_moved_away: __("Credit moved away"),
		reason_given: __("Reason given"),
		word_from_hr: __("Word from HR"),
		word_delayed: __("Word delayed"),
		word_overdue: __("Reminder to the recruiter"),
		word_still_overdue: __("Reminder to the HR Manager"),
		question_asked: __("Question asked"),
		question_overdue: __("Question overdue"),
		question_answered: __("Question answered"),
		refusal_questioned: __("Refusal questioned"),
		refusal_overdue: __("Refusal questioned, overdue"),
		refusal_answered: __("Refusal looked at"),
		named_as_referrer: __("Named as referrer"),
		named_reminder: __("Named as referrer, reminder"),
		referral_matched: __("Matched to an opening"),
		referral_not_taken: __("Not taken over"),
		consent_asked: __("To candidate: may we?"),
		consent_reminder: __("To candidate: may we? (reminder)"),
		candidate_status: __("To candidate: link to their page"),
		candidate_never_answered: __("Candidate never answered"),
		invitation_taken_back: __("Taken back before an answer"),
		digest: __("Digest", null, "Referral Message"),
		reward_earned: __("Reward earned"),
		reward_choice: __("Reward to choose"),
		budget_low: __("Budget is running out"),
		reward_prepared: __("Reward prepared for payroll"),
		reward_paid: __("Reward paid"),
		reward_taken_back: __("Reward taken back"),
		candidate_invited: __("To candidate: invitation"),
		candidate_received: __("To candidate: application received"),
		candidate_interview: __("To candidate: interview date"),
		candidate_interview_off: __("To candidate: interview is off"),
		candidate_result: __("To candidate: result"),
	};
}
