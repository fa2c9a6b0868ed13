// Seven questions, and below them what the answers would make. Nothing is made before HR says so; rules start switched off.

const API = "referral_hub.api.guide.desk";
const PEOPLE = ["operations", "engineering", "managers"];

frappe.ui.form.on("Referral Setup Guide", {
	setup(frm) {
		["operations", "engineering"].forEach((fieldname) =>
			frm.set_query(fieldname, () => ({ filters: { company: frm.doc.company } })),
		);
		frm.set_query("cash_salary_component", () => ({ filters: { type: "Earning", disabled: 0 } }));
	},
	refresh(frm) {
		frm.set_intro(
			__(
				"Seven questions, one minute. Save to see below what they come to; every answer can be changed later.",
			),
		);
		ask_who_is_meant(frm);
		show_result(frm);
	},
	business: ask_who_is_meant,
	company(frm) {
		PEOPLE.slice(0, 2).forEach((fieldname) => frm.set_value(fieldname, null));
	},
});

/** Only the people that the chosen set has rules for. */
async function ask_who_is_meant(frm) {
	const { business } = frm.doc;
	const { message } = business
		? await frappe.call({ method: `${API}.asked_in_setup`, type: "GET", args: { business } })
		: { message: [] };
	PEOPLE.forEach((fieldname) => frm.toggle_display(fieldname, message.includes(fieldname)));
}

async function show_result(frm) {
	frm.clear_custom_buttons();
	frappe.require("/assets/referral_hub/js/learn_to_refer.js", () => referral_hub.learning.add(frm));
	const { company, business } = frm.doc;
	if (!company || !business || frm.is_dirty()) {
		frm.fields_dict.result.html(`<p class="text-muted">${__("Answer and save to see it.")}</p>`);
		return;
	}
	const { message } = await frappe.call({ method: `${API}.preview_setup`, type: "GET" });
	frm.fields_dict.result.html(what_is_next(frm) + as_html(message));
	const { made, off } = message;
	frm.add_custom_button(frm.doc.made_on ? __("Make It Again") : __("Make It"), () =>
		ask_and_make(frm, off),
	);
	if (made.length) {
		frm.add_custom_button(__("Try the Rules on Past Referrals"), () =>
			frappe.set_route("query-report", "Reward What If", { drafts: made, leave_out: [] }),
		);
	}
	if (off.length && !frm.doc.started_on) {
		frm.add_custom_button(__("Start the Rules"), () => start(frm)).addClass("btn-primary");
	}
}

/** What is made is not in force yet; with rules in force an opening is left to describe, and that people know where. */
function what_is_next(frm) {
	if (!frm.doc.made_on) return "";
	if (!frm.doc.started_on)
		return `<p>${__("Made, and not in force yet: press Start the Rules when they are right.")}</p>`;
	const link = (address, words) => `<a href="${address}">${words}</a>`;
	return `<p>${__("The rules are in force. Next: {0}; then tell people of {1}.", [
		link("/app/opening-profile", __("describe an opening")),
		link("/referrals", __("the page where they refer")),
	])}</p>`;
}

function as_html({ program, rules, left_out, settings, in_force }) {
	const safe = frappe.utils.escape_html;
	const list = (lines) => `<ul>${lines.map((line) => `<li>${safe(line)}</li>`).join("")}</ul>`;
	const rule = ({ title, whom, pays }) =>
		`<div class="mb-3"><b>${safe(title)}</b> <span class="text-muted">${safe(whom)}</span>${list(pays)}</div>`;
	const part = (head, body) => `<h5 class="mt-4">${head}</h5>${body}`;
	return [
		part(__("Program", null, "Referral Setup Guide"), `<p>${safe(program)}</p>`),
		rules.length
			? part(__("Reward Rules, switched off until you start them"), rules.map(rule).join(""))
			: "",
		in_force.length ? part(__("In force already, not touched"), list(in_force)) : "",
		left_out.length ? part(__("Left Out"), list(left_out)) : "",
		settings.length ? part(__("Settings that change"), list(settings)) : "",
	].join("");
}

function ask_and_make(frm, off) {
	if (!off.length) {
		make(frm);
		return;
	}
	const words = __(
		"Rules that were made before and are still switched off are made anew: what was changed in them is lost. Rules in force stay as they are.",
	);
	frappe.confirm(words, () => make(frm));
}

function make(frm) {
	frappe.call({ method: `${API}.make_setup`, type: "POST", freeze: true }).then(({ message }) => {
		frappe.show_alert({
			message:
				message.length === 1
					? __("Made: a program and {0} rule. Nothing is in force yet.", [message.length])
					: __("Made: a program and {0} rules. Nothing is in force yet.", [message.length]),
			indicator: "green",
		});
		frm.reload_doc();
	});
}

function start(frm) {
	const words = __(
		"From now on referrals of {0} are promised what these rules say. Promises made before stay as they are.",
		[frappe.utils.escape_html(frm.doc.company)],
	);
	frappe.confirm(words, () =>
		frappe.call({ method: `${API}.start_setup`, type: "POST", freeze: true }).then(({ message }) => {
			frappe.show_alert({
				message:
					message.length === 1
						? __("{0} rule is in force.", [message.length])
						: __("{0} rules are in force.", [message.length]),
				indicator: "green",
			});
			frm.reload_doc();
		}),
	);
}
