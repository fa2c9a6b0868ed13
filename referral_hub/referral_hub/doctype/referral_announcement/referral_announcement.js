// Announce, take back, end; look at it first, as an employee would; and what became of it, in numbers.

const ANNOUNCING = "referral_hub.api.announcing.desk.";

frappe.ui.form.on("Referral Announcement", {
	setup(frm) {
		frm.set_query("job_opening", "openings", () => ({ filters: { status: "Open" } }));
		frm.set_query("kind", "audience", () => ({
			filters: { name: ["in", ["Department", "Designation", "Branch"]] },
		}));
	},
	refresh(frm) {
		frm.trigger("offer_ways");
		if (frm.is_new()) return;
		frm.add_custom_button(__("Preview", null, "Referral Announcement"), () => preview(frm));
		frm.add_custom_button(__("Send a Test to Me"), () => send_test(frm));
		const steps = {
			Draft: [
				[
					__("Announce", null, "Referral Announcement"),
					"announce",
					__("From now on for whom and by which ways can't be changed. Announce it?"),
				],
			],
			Scheduled: [
				[__("Make It a Draft Again"), "take_back", __("It then does not go out by itself. Go on?")],
			],
			Out: [
				[
					__("End", null, "Referral Announcement"),
					"end",
					__("The banner and the note are taken away; it stays among the news. End it?"),
				],
			],
		};
		(steps[frm.doc.state] || []).forEach(([label, method, question]) =>
			frm
				.add_custom_button(label, () => when_saved(frm, () => step(frm, method, question)))
				.addClass("btn-primary"),
		);
		frm.trigger("show_numbers");
	},
	async offer_ways(frm) {
		if (!frm.perm[0]?.write || !frm.fields_dict.channels) return;
		frm.ways = frm.ways || (await read("ways"));
		const grid = frm.fields_dict.channels.grid;
		const options = frm.ways.map(({ channel, words, why_off }) => ({
			value: channel,
			label: why_off ? `${words} (${why_off})` : words,
		}));
		grid.update_docfield_property("channel", "fieldtype", "Autocomplete");
		grid.update_docfield_property("channel", "options", options);
	},
	async show_numbers(frm) {
		if (!["Out", "Over"].includes(frm.doc.state)) return;
		const found = await read("numbers", { announcement: frm.doc.name });
		const said = [
			found.meant === 1
				? __("For {0} employee", [found.meant])
				: __("For {0} employees", [found.meant]),
			__("told by message: {0}", [found.told]),
			...(found.opened === "hidden"
				? [__("what fewer than ten people did with it is not counted")]
				: [
						__("opened it: {0}", [in_words(found.opened)]),
						__("went on to an opening: {0}", [in_words(found.followed)]),
						__("put the banner away: {0}", [in_words(found.put_away)]),
					]),
		];
		frm.set_intro(said.join(" · "), "blue");
	},
});

// A number, unless too few did it, or did not: that would say who.
function in_words(told) {
	return { few: __("fewer than five"), "nearly all": __("all but fewer than five") }[told] ?? told;
}

function read(method, args = {}) {
	return frappe.call({ method: ANNOUNCING + method, type: "GET", args }).then(({ message }) => message);
}

function when_saved(frm, next) {
	if (!frm.is_dirty()) return next();
	frappe.msgprint(__("Please save first."));
}

function step(frm, method, question) {
	frappe.confirm(question, () =>
		frappe
			.call({
				method: ANNOUNCING + method,
				args: { announcement: frm.doc.name },
				freeze: true,
			})
			.then(() => frm.reload_doc()),
	);
}

function send_test(frm) {
	when_saved(frm, () =>
		frappe
			.xcall(`${ANNOUNCING}send_test`, { announcement: frm.doc.name })
			.then(() =>
				frappe.show_alert({ message: __("It is on its way to you alone."), indicator: "green" }),
			),
	);
}

function preview(frm) {
	when_saved(frm, () => {
		const dialog = new frappe.ui.Dialog({
			title: __("Preview", null, "Referral Announcement"),
			size: "extra-large",
			fields: [
				{
					fieldname: "employee",
					fieldtype: "Link",
					options: "Employee",
					label: __("As This Employee Sees It"),
					description: __("Empty: as you see it, or the first it is for."),
					get_query: () => ({ filters: { status: "Active" } }),
					onchange: () => show_preview(frm, dialog),
				},
				{ fieldtype: "Column Break" },
				{
					fieldname: "language",
					fieldtype: "Select",
					label: __("Language"),
					options: [
						{ value: "en", label: "English" },
						{ value: "zh", label: "中文" },
					],
					default: frappe.boot.lang.startsWith("zh") ? "zh" : "en",
					onchange: () => show_preview(frm, dialog),
				},
				{ fieldtype: "Section Break" },
				{ fieldname: "shown", fieldtype: "HTML" },
			],
		});
		dialog.show();
		show_preview(frm, dialog);
	});
}

async function show_preview(frm, dialog) {
	const { employee, language } = dialog.get_values(true) || {};
	const $shown = dialog.get_field("shown").$wrapper;
	const asked = (dialog.asked = (dialog.asked || 0) + 1);
	const found = await read("preview", {
		announcement: frm.doc.name,
		language: language || "en",
		employee: employee || "",
	}).catch(() => null);
	if (asked !== dialog.asked) return;
	$shown.empty();
	if (!found) return;
	const frame = document.createElement("iframe");
	frame.setAttribute("sandbox", "allow-same-origin");
	frame.title = __("The page on the portal");
	frame.style.cssText = "width: 100%; height: 55vh; border: 1px solid var(--border-color)";
	frame.srcdoc = found.page;
	const mail = document.createElement("iframe");
	mail.setAttribute("sandbox", "");
	mail.title = __("The message");
	mail.style.cssText =
		"width: 100%; height: 30vh; border: 1px solid var(--border-color); background: white";
	mail.srcdoc = found.mail;
	$shown.append(
		$("<h5>").text(__("The page on the portal")),
		frame,
		$("<h5 class='mt-4'>").text(__("The message: {0}", [found.subject])),
		mail,
	);
}
