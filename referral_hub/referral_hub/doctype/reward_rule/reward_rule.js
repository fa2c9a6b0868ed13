// Empty means any: what Frappe fills in from the user's defaults is taken out again. The server refuses what is wrong.

frappe.ui.form.on("Reward Rule", {
	setup(frm) {
		frm.reward_kinds = {};
		frappe.call({ method: "referral_hub.api.desk.reward_kinds", type: "GET" }).then(({ message }) => {
			offer_kinds(frm, message || []);
		});
	},
	refresh(frm) {
		say_our_words(frm);
		show_what_counts(frm);
		offer_to_try(frm);
		offer_what_if(frm);
	},
	pays_for(frm) {
		show_what_counts(frm);
	},
	onload_post_render(frm) {
		// not in onload: the field would write what it shows back into the document
		if (frm.is_new() && !frappe.route_options?.company) {
			(frm.doc.milestones || []).forEach(forget_currency);
			frm.set_value("company", "");
		}
	},
});

frappe.ui.form.on("Reward Rule Milestone", {
	milestones_add(frm, cdt, cdn) {
		forget_currency(locals[cdt][cdn]);
	},
	milestones_remove: try_again,
	milestones_delete: try_again,
	kind(frm, cdt, cdn) {
		const row = locals[cdt][cdn];
		if (!frm.reward_kinds[row.kind]?.has_currency && !row.taxable_value && row.currency) {
			frappe.model.set_value(cdt, cdn, "currency", null);
		}
		show_what_the_kind_reads(frm, row);
	},
	form_render(frm, cdt, cdn) {
		show_what_the_kind_reads(frm, locals[cdt][cdn]);
	},
	milestone(frm, cdt, cdn) {
		const row = locals[cdt][cdn];
		if (row.milestone !== "Retained" && row.after_months) {
			frappe.model.set_value(cdt, cdn, "after_months", 0);
		}
	},
});

frappe.ui.form.on("Reward Rule Factor", { factors_remove: try_again, factors_delete: try_again });

/** Rows that are taken away, one or all, change no field: nobody else tells the preview. */
function try_again(frm) {
	frm.trial?.run();
}

/** A grid looks words up without saying whose they are: "Confirmed" would be read as another app says it. */
function say_our_words(frm) {
	const { milestones, factors } = frm.fields_dict;
	const say = (grid, fieldname, words) => grid.update_docfield_property(fieldname, "formatter", words);
	const in_context = (grid) => (value) => __(value, null, grid.doctype);
	say(milestones.grid, "milestone", in_context(milestones.grid));
	say(factors.grid, "factor", in_context(factors.grid));
	say(milestones.grid, "kind", (value) =>
		frappe.utils.escape_html(frm.reward_kinds[value]?.label || value || ""),
	);
}

function forget_currency(row) {
	if (!row.amount) {
		row.currency = "";
	}
}

/** Which kinds there are, the server knows: other apps add theirs. */
function offer_kinds(frm, kinds) {
	frm.reward_kinds = Object.fromEntries(kinds.map((kind) => [kind.value, kind]));
	const options = kinds.map(({ value, label }) => ({ value, label }));
	frm.fields_dict.milestones.grid.update_docfield_property("kind", "options", options);
	frm.refresh_field("milestones");
}

function show_what_the_kind_reads(frm, row) {
	const opened = frm.fields_dict.milestones.grid.get_row(row.name)?.grid_form;
	const read = frm.reward_kinds[row.kind]?.columns || [];
	const all = new Set(Object.values(frm.reward_kinds).flatMap(({ columns }) => columns));
	all.forEach((fieldname) => opened?.fields_dict[fieldname]?.toggle(read.includes(fieldname)));
}

/** How many hires is asked only where several are counted; options and shares only where they are not. */
function show_what_counts(frm) {
	const { grid } = frm.fields_dict.milestones;
	const counts = frm.doc.pays_for === "Several Hires";
	grid.update_docfield_property("hires", "hidden", counts ? 0 : 1);
	["option", "share_percent", "fixed"].forEach((fieldname) => {
		grid.update_docfield_property(fieldname, "hidden", counts ? 1 : 0);
	});
	grid.reset_grid();
}

/** "What If": real referrals under this draft; of a rule in force, without it. */
function offer_what_if(frm) {
	if (frm.is_new()) {
		return;
	}
	frm.add_custom_button(__("What If"), () => {
		const [chosen, other] = frm.doc.enabled ? ["leave_out", "drafts"] : ["drafts", "leave_out"];
		frappe.set_route("query-report", "Reward What If", { [chosen]: [frm.doc.name], [other]: [] });
	});
}

/** "Try It": an opening and an employee are chosen; the server says what the form as it stands would pay them. */
function offer_to_try(frm) {
	const $place = frm.get_field("preview").$wrapper;
	if (!frm.trial || frm.trial.$place[0] !== $place[0]) {
		frm.trial = make_trial(frm, $place);
		["Reward Rule", "Reward Rule Milestone", "Reward Rule Factor"].forEach((doctype) => {
			frappe.model.on(doctype, "*", () => cur_frm === frm && frm.trial.run());
		});
	}
	frm.trial.run();
}

function make_trial(frm, $place) {
	$place.html(
		'<div class="row"><div class="col-sm-6 trial-opening"></div><div class="col-sm-6 trial-employee"></div></div><div class="trial-answer" aria-live="polite"></div>',
	);
	const trial = { $place };
	trial.run = frappe.utils.debounce(() => try_rule(frm, trial), 400);
	trial.opening = link_to(trial, ".trial-opening", "Job Opening", __("Opening", null, "Reward Rule"));
	trial.employee = link_to(trial, ".trial-employee", "Employee", __("Referrer", null, "Reward Rule"));
	return trial;
}

function link_to(trial, place, options, label) {
	return frappe.ui.form.make_control({
		parent: trial.$place.find(place),
		df: {
			fieldtype: "Link",
			fieldname: frappe.scrub(options),
			options,
			label,
			change: () => trial.run(),
		},
		render_input: true,
	});
}

function try_rule(frm, trial) {
	const opening = trial.opening.get_value();
	const employee = trial.employee.get_value();
	const $answer = trial.$place.find(".trial-answer");
	if (!opening || !employee) {
		$answer.html(
			in_paragraphs(
				[__("Choose an opening and an employee to see what they would get.")],
				"text-muted",
			),
		);
		return;
	}
	const args = { rule: JSON.stringify(frm.doc), opening, employee };
	frappe
		.call({ method: "referral_hub.api.desk_rules.try_rule", type: "POST", args })
		.then(({ message }) => message && $answer.html(answer_of(message)));
}

function answer_of({ pays, lines, against, problems }) {
	return (
		in_paragraphs(problems, "text-danger") +
		in_paragraphs(against, "text-warning") +
		in_paragraphs(pays ? [pays] : [], "font-weight-bold") +
		in_paragraphs(lines, "")
	);
}

function in_paragraphs(sentences, look) {
	return sentences.map((words) => `<p class="${look}">${frappe.utils.escape_html(words)}</p>`).join("");
}
