/** Links that were sent to people of the talent pool: HR takes back those that still open something. */
(() => {
	frappe.provide("referral_hub.talent");

	const API = "referral_hub.api.talent.links";
	const PURPOSES = {
		"Talent Pool": () => __("Their Own Page", null, "Talent Pool Record"),
		"Pictures and Voices": () => __("Pictures and Voices"),
		Path: () => __("The Performance Path", null, "Talent Pool Record"),
	};
	const tell = (number) =>
		frappe.show_alert({
			message: __("Links that open nothing any more: {0}", [number]),
			indicator: "green",
		});

	/** `links`: how many of each purpose still open something. */
	referral_hub.talent.show_links = function (frm, links) {
		if (Object.keys(links).length) {
			const more = __("More", null, "Talent Pool Record");
			frm.add_custom_button(__("Take Back Links"), () => take_back(frm, links), more);
		}
	};

	function take_back(frm, links) {
		const fields = [
			{
				fieldtype: "HTML",
				options: `<p>${__("Whoever has these links sees nothing by them any more. New ones can be sent.")}</p>`,
			},
			{
				fieldname: "purposes",
				fieldtype: "MultiCheck",
				label: __("Links", null, "Talent Pool Record"),
				columns: 1,
				options: Object.entries(links).map(([value, number]) => ({
					value,
					label: `${PURPOSES[value]()} (${number})`,
					checked: 1,
				})),
			},
		];
		const chosen = ({ purposes }) =>
			frappe
				.call({
					method: `${API}.take_back`,
					args: { record: frm.doc.name, purposes: purposes || [] },
					freeze: true,
				})
				.then(({ message }) => {
					tell(message);
					return frm.reload_doc();
				});
		frappe.prompt(fields, chosen, __("Take Back Links"), __("Take Back", null, "Talent Pool Record"));
	}

	/** Of a template: links by which people see what went to them with its words. */
	referral_hub.talent.show_links_of_template = async function (frm) {
		const args = { template: frm.doc.name };
		const { message: people } = await frappe.call({
			method: `${API}.live_of_template`,
			args,
			type: "GET",
		});
		if (!people || frm.doc.name !== args.template) {
			return;
		}
		const words =
			people === 1
				? __(
						"{0} person has a link that shows what was sent to them with words of this template. It shows nothing any more; with the next words they get a new one.",
						[people],
					)
				: __(
						"{0} people have a link that shows what was sent to them with words of this template. It shows nothing any more; with the next words they get a new one.",
						[people],
					);
		frm.add_custom_button(__("Take Back Links"), () =>
			frappe.confirm(words, () =>
				frappe
					.call({ method: `${API}.take_back_of_template`, args, freeze: true })
					.then(({ message }) => {
						tell(message);
						return frm.reload_doc();
					}),
			),
		);
	};
})();
