/** Two people of the talent pool with one number: HR says whether they are one. */
(() => {
	frappe.provide("referral_hub.talent");

	const API = "referral_hub.api.desk_talent";

	referral_hub.talent.show_ties = function (frm, ties) {
		if (!ties.length) {
			return;
		}
		const escape = frappe.utils.escape_html;
		const names = ties.map(
			({ name, person_name, email }) =>
				`<a href="${frappe.utils.get_form_link(frm.doctype, name)}" style="text-decoration: underline">${escape(person_name)}</a> ${escape(email || "")}`,
		);
		const said = __("The same number, or a contact from before: {0}. One person, or two?", [
			names.join(", "),
		]);
		frm.dashboard.set_headline_alert(said, "orange");
		const group = __("One or Two", null, "Talent Pool Record");
		ties.forEach((tie) => {
			const label = __("The Same as {0}", [escape(tie.person_name)]);
			frm.add_custom_button(label, () => put_together(frm, tie), group);
		});
		frm.add_custom_button(__("Two People", null, "Talent Pool Record"), () => keep_apart(frm), group);
	};

	function put_together(frm, tie) {
		const words = __(
			"{0} and {1} become one record that knows what both knew. This can't be undone.",
			[frm.doc.person_name, tie.person_name].map(frappe.utils.escape_html),
		);
		frappe.confirm(words, () =>
			frappe
				.call({
					method: `${API}.are_one`,
					args: { record: frm.doc.name, other: tie.name },
					freeze: true,
				})
				.then(({ message }) => {
					const stays = () => frappe.set_route("Form", frm.doctype, message);
					return message === frm.doc.name ? frm.reload_doc() : stays();
				}),
		);
	}

	function keep_apart(frm) {
		return frappe
			.call({ method: `${API}.are_two`, args: { record: frm.doc.name }, freeze: true })
			.then(() => frm.reload_doc());
	}
})();
