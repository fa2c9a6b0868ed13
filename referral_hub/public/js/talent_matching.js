/** Who fits what, to look at: the best people for an opening, the best openings for somebody, who is like somebody; with why. */
(() => {
	frappe.provide("referral_hub.talent");

	const API = "referral_hub.api.desk_pool";
	const escape = frappe.utils.escape_html;

	referral_hub.talent.best_people = (opening, title) =>
		show("best_people", { opening }, __("Best People for {0}", [escape(title || opening)]), person);

	referral_hub.talent.similar_people = (frm) =>
		show(
			"similar_people",
			{ record: frm.doc.name },
			__("People Like {0}", [escape(frm.doc.person_name)]),
			person,
		);

	referral_hub.talent.best_openings = (frm) =>
		show(
			"best_openings",
			{ record: frm.doc.name },
			__("Best Openings for {0}", [escape(frm.doc.person_name)]),
			opening,
		);

	referral_hub.talent.choose_opening = function () {
		const field = {
			fieldname: "opening",
			fieldtype: "Link",
			options: "Job Opening",
			reqd: 1,
			label: __("Job Opening", null, "Referral Hub"),
			get_query: () => ({ filters: { status: "Open" } }),
		};
		frappe.prompt(
			[field],
			async (values) => {
				const { message } = await frappe.db.get_value("Job Opening", values.opening, "job_title");
				referral_hub.talent.best_people(values.opening, message?.job_title);
			},
			__("Best People for an Opening"),
			__("Show", null, "Talent Pool Record"),
		);
	};

	async function show(method, args, title, row_of) {
		const get = (name, given) =>
			frappe.call({ method: `${API}.${name}`, args: given, type: "GET", freeze: true });
		const [{ message: found }, { message: engine }] = await Promise.all([
			get(method, args),
			get("match_engine"),
		]);
		const dialog = new frappe.ui.Dialog({ title, size: "large" });
		const none = `<p>${__("Nobody and nothing fits what is known. Skills, wishes and a designation say more.")}</p>`;
		const rows = found.length ? `<ol class="pl-4 mb-0">${found.map(row_of).join("")}</ol>` : none;
		dialog.$body.html(`<p class="text-muted">${rests_on(engine)}</p>${rows}`);
		dialog.$body.on("click", "a", () => dialog.hide());
		dialog.show();
	}

	const rests_on = (engine) =>
		engine
			? __("Chosen by the match engine of the app {0}.", [escape(engine)])
			: __(
					"Chosen by what words mean, in English and Chinese (designation, place, skills, notes). It helps to look and proves nothing. The likeliest to come back are compared.",
				);

	const link_to = (doctype, name, text) =>
		`<b><a href="${frappe.utils.get_form_link(doctype, name)}">${escape(text || name)}</a></b>`;

	const row = (link, facts, why) =>
		`<li class="mb-3">${link} <span class="text-muted">${facts.filter(Boolean).map(escape).join(" · ")}</span><br>
		<small>${why ? __("Fits by: {0}", [why]) : ""}</small></li>`;

	function why_of({ by, words }) {
		const reasons = {
			designation: __("the designation", null, "Match"),
			place: __("the place", null, "Match"),
		};
		return [...by.map((each) => reasons[each] || escape(each)), ...words.map(escape)].join(", ");
	}

	const person = (each) =>
		row(
			link_to("Talent Pool Record", each.name, each.person_name),
			[
				each.designation,
				each.reason && __(each.reason, null, "Talent Pool Record"),
				each.happened_on && frappe.datetime.str_to_user(each.happened_on),
				each.likelihood ? __("likely to come back: {0} of 100", [each.likelihood]) : "",
			],
			why_of(each),
		);

	const opening = (each) =>
		row(
			link_to("Job Opening", each.name, each.title),
			[each.designation, each.department, each.location],
			why_of(each),
		);
})();
