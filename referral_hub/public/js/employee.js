// The referral card of an employee who has no user account.

const CARD_API = "referral_hub.api.desk_people.";

frappe.ui.form.on("Employee", {
	refresh(frm) {
		if (frm.is_new() || !frappe.user.has_role(["HR Manager", "HR User", "System Manager"])) {
			return;
		}
		const group = __("Referral Card");
		if (frm.doc.status === "Active") {
			frm.add_custom_button(__("New Card"), () => offer_card(frm), group);
		}
		frm.add_custom_button(__("Revoke Card"), () => revoke_card(frm), group);
	},
});

function offer_card(frm) {
	call_card(frm, "card_of").then(({ message }) => {
		if (!message) {
			make_card(frm);
			return;
		}
		const until = referral_hub.words.day(message.expires_on);
		frappe.confirm(
			__("The card of {0} works until {1}. With a new one it dies. Make a new card?", [
				frappe.utils.escape_html(frm.doc.employee_name),
				until,
			]),
			() => make_card(frm),
		);
	});
}

function make_card(frm) {
	call_card(frm, "issue_card").then(({ message }) => show_card(message));
}

function show_card(card) {
	const dialog = new frappe.ui.Dialog({
		title: __("Referral Card"),
		fields: [{ fieldtype: "HTML", fieldname: "card" }],
		primary_action_label: __("Print"),
		primary_action: () => print_card(card),
	});
	dialog.fields_dict.card.$wrapper.html(card_html(card));
	dialog.show();
}

function card_html(card) {
	const escape = frappe.utils.escape_html;
	const until = referral_hub.words.day(card.valid_until);
	return `
		<div class="referral-card" style="text-align: center">
			<h3>${escape(card.employee_name)}</h3>
			<p>${escape(card.company)}</p>
			<div role="img" aria-label="${__("QR code")}" style="max-width: 260px; margin: auto">${card.svg.replace("<svg ", '<svg style="width: 100%; height: auto" ')}</div>
			<p>${__("Scan it to refer somebody and to see your referrals.")}</p>
			<p>${__("Valid until {0}. If you find this card, please give it to the people in HR.", [until])}</p>
			<p style="overflow-wrap: anywhere"><small>${escape(card.link)}</small></p>
			<p class="text-muted">${__("It is shown this once. Later you can only make a new one.")}</p>
		</div>`;
}

/** On paper it is a card to cut out, in the words and letters of the dialog. */
const ON_PAPER = `
	@page { margin: 15mm; }
	body { margin: 0; font: 11pt/1.4 system-ui, "Noto Sans CJK SC", sans-serif; }
	h3, p { margin: 0 0 3mm; }
	.referral-card { width: 85mm; padding: 6mm; border: 1px dashed #888; border-radius: 4mm; break-inside: avoid; }`;

function print_card(card) {
	const sheet = window.open("", "_blank");
	if (!sheet) {
		frappe.msgprint(__("Please enable pop-ups", null, "Referral Hub"));
		return;
	}
	const { document: paper } = sheet;
	paper.documentElement.lang = frappe.boot.lang;
	paper.title = __("Referral Card");
	paper.body.innerHTML = `<style>${ON_PAPER}</style>${card_html(card)}`;
	paper.querySelector(".text-muted").remove();
	sheet.print();
}

function revoke_card(frm) {
	frappe.confirm(
		__("Let the card of {0} stop working?", [frappe.utils.escape_html(frm.doc.employee_name)]),
		() =>
			call_card(frm, "revoke_card").then(() =>
				frappe.show_alert({ message: __("No card works any more."), indicator: "green" }),
			),
	);
}

function call_card(frm, method) {
	return frappe.call({ method: CARD_API + method, args: { employee: frm.doc.name }, freeze: true });
}
