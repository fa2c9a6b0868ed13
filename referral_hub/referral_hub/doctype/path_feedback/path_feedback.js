frappe.ui.form.on("Path Feedback", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.state === "Open") {
			frm.add_custom_button(__("Answer"), () => write(frm, "give_answer", __("Answer"))).addClass(
				"btn-primary",
			);
			frm.add_custom_button(__("Hand Over"), () => hand_over(frm));
		}
		if (["Open", "Answered"].includes(frm.doc.state)) {
			frm.add_custom_button(__("Say More", null, "Path Feedback"), () =>
				write(frm, "say", __("Say More", null, "Path Feedback")),
			);
			frm.add_custom_button(__("Adjust a Goal"), () => adjust_goal(frm));
		}
		say_when_due(frm);
		show_talk(frm);
	},
});

function say_when_due(frm) {
	if (frm.doc.state !== "Open" || !frm.doc.due_on) {
		return;
	}
	const late = frm.doc.due_on < frappe.datetime.system_datetime();
	const moment_due = frappe.datetime.str_to_user(frm.doc.due_on);
	const words = late
		? __("An answer was due on {0}.", [moment_due])
		: __("Please answer by {0}.", [moment_due]);
	frm.dashboard.set_headline_alert(words, late ? "red" : "blue");
}

function show_talk(frm) {
	frm.call("conversation").then(({ message }) => {
		const lines = (message || []).map(one_line);
		frm.get_field("talk").$wrapper.html(lines.join(""));
	});
}

function one_line(entry) {
	const escape = frappe.utils.escape_html;
	const said = __(entry.act, null, "Path Feedback Entry");
	const who = entry.by_user ? frappe.user.full_name(entry.by_user) : "";
	const to = entry.to_user ? ` → ${frappe.user.full_name(entry.to_user)}` : "";
	const head = [said + to, who, frappe.datetime.str_to_user(entry.happened_on)].filter(Boolean);
	const words = [...changes(entry), ...(entry.words ? [entry.words] : [])].map(
		(text) => `<div style="white-space: pre-line">${escape(text)}</div>`,
	);
	return `<div class="mb-3"><div class="text-muted small">${escape(head.join(" · "))}</div>${words.join("")}</div>`;
}

function changes(entry) {
	if (!entry.facts) {
		return [];
	}
	const { before, after } = JSON.parse(entry.facts);
	const day = (value) => (value ? frappe.datetime.str_to_user(value) : __("no day"));
	return [
		__("Goal: {0}", [after.goal_name]),
		...(before.goal_name === after.goal_name ? [] : [__("Before: {0}", [before.goal_name])]),
		...(before.end_date === after.end_date
			? []
			: [__("Until {0}, before: {1}", [day(after.end_date), day(before.end_date)])]),
	];
}

function write(frm, method, title) {
	const field = {
		fieldname: "words",
		fieldtype: "Small Text",
		label: __("Words for the Employee", null, "Path Feedback"),
		description: __("The employee reads this as you write it."),
		reqd: 1,
	};
	frappe.prompt([field], (values) => ask(frm, method, values), title, __("Send"));
}

function hand_over(frm) {
	const fields = [
		{
			fieldname: "user",
			fieldtype: "Link",
			options: "User",
			label: __("Answers", null, "Path Feedback"),
			get_query: () => ({
				query: "referral_hub.api.paths.feedback.who_may_take",
				filters: { question: frm.doc.name },
			}),
			reqd: 1,
		},
		{ fieldname: "words", fieldtype: "Small Text", label: __("A word to them", null, "Path Feedback") },
	];
	frappe.prompt(fields, (values) => ask(frm, "hand_to", values), __("Hand Over"), __("Hand Over"));
}

function adjust_goal(frm) {
	frm.call("open_goals").then(({ message }) => {
		const goals = message || [];
		if (!goals.length) {
			frappe.msgprint(__("This employee has no open goal."));
			return;
		}
		const options = goals.map((goal) => ({ value: goal.name, label: goal.goal_name }));
		const fields = [
			{
				fieldname: "goal",
				fieldtype: "Select",
				options,
				label: __("Goal", null, "Path Feedback"),
				reqd: 1,
			},
			{ fieldname: "goal_name", fieldtype: "Data", label: __("The goal in new words") },
			{ fieldname: "end_date", fieldtype: "Date", label: __("Its new day") },
			{ fieldname: "why", fieldtype: "Small Text", label: __("Why"), reqd: 1 },
		];
		frappe.prompt(
			fields,
			(values) => ask(frm, "adjust_goal", values),
			__("Adjust a Goal"),
			__("Adjust the goal"),
		);
	});
}

function ask(frm, method, args) {
	return frm.call({ doc: frm.doc, method, args, freeze: true }).then(() => frm.reload_doc());
}
