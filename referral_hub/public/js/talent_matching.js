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
					"Chosen by what you confirmed that an opening asks for, else by a draft of its description, and by what words mean, in English and Chinese. It helps to look and proves nothing. Of more than 1,000 people those are compared who name what is looked for, then the likeliest to come back.",
				);

	const link_to = (doctype, name, text) =>
		`<b><a href="${frappe.utils.get_form_link(doctype, name)}">${escape(text || name)}</a></b>`;

	const row = (link, facts, each) =>
		`<li class="mb-3">${link} <span class="text-muted">${facts.filter(Boolean).map(escape).join(" · ")}</span>
		${score_of(each)}<br><small>${[...requirements_of(each), why_of(each)].filter(Boolean).join("<br>")}</small></li>`;

	/** Only an engine that says how much is known says a figure that means something. */
	function score_of({ score, basis, confidence }) {
		if (!basis) return "";
		const known =
			basis === "confirmed"
				? __("{0} % of what is asked is known", [confidence])
				: __("by a draft that nobody confirmed");
		return `<br><b>${__("fits {0} of 100", [score])}</b> <span class="text-muted">· ${known}</span>`;
	}

	const STATES = [
		["met", "✓", () => __("meets: {0}", null, "Match")],
		["missing", "✗", () => __("misses: {0}", null, "Match")],
		["unknown", "?", () => __("not known: {0}", null, "Match")],
	];

	function requirements_of(each) {
		if (!each.basis) return [];
		return STATES.filter(([state]) => each[state]?.length).map(([state, mark, said]) => {
			const names = each[state].map(([name, words]) =>
				state === "met" && words.length ? `${name} (${words.join(", ")})` : name,
			);
			return `${mark} ${said().replace("{0}", escape(names.join(" · ")))}`;
		});
	}

	function why_of({ by, words, notes, met }) {
		const reasons = {
			designation: __("the designation", null, "Match"),
			place: __("the place", null, "Match"),
		};
		const said = new Set((met || []).flatMap(([_name, used]) => used));
		const others = words.filter((word) => !said.has(word)).map(escape);
		const why = [...by.map((each) => reasons[each] || escape(each)), ...others].join(", ");
		const added = (notes || []).map(([scorer, points]) =>
			escape(`${scorer}: ${points > 0 ? "+" : ""}${points}`),
		);
		return [why && __("Fits by: {0}", [why]), ...added].filter(Boolean).join("<br>");
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
			each,
		);

	const opening = (each) =>
		row(
			link_to("Job Opening", each.name, each.title),
			[each.designation, each.department, each.location],
			each,
		);
})();
