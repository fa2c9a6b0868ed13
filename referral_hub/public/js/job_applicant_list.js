// In the list and on the board: who was referred, by whom, since when, and whether the referrer waits. The rest is HRMS's.
(function () {
	const settings = (frappe.listview_settings["Job Applicant"] ??= {});
	const refresh = settings.refresh;
	settings.add_fields = [
		...(settings.add_fields || []),
		"referral_hub_referred",
		"referral_hub_reason",
		"status",
	];
	settings.button ??= {
		show: (doc) =>
			doc.referral_hub_referred &&
			doc.status === "Rejected" &&
			!doc.referral_hub_reason &&
			referral_hub.may_see_referrals(),
		get_label: () => __("Give a Reason"),
		get_description: (doc) => __("Tell the referrer of {0} why", [frappe.utils.escape_html(doc.name)]),
		action: (doc) => referral_hub.ask_reason({ applicant: doc.name }),
	};
	settings.refresh = (view) => {
		refresh?.(view);
		show_referrers(view);
	};

	async function show_referrers(view) {
		mark_referred(view);
		const found = await referral_hub.referred(view.data.map((doc) => doc.name));
		for (const place of places(view)) {
			const name = decodeURIComponent(place.dataset.name);
			if (found[name] && !place.querySelector(".referral-hub-note")) add_note(place, found[name]);
		}
	}

	/** A long name is cut at its end, so the mark stands before it. */
	function mark_referred(view) {
		const referred = new Set(view.data.filter((doc) => doc.referral_hub_referred).map((doc) => doc.name));
		for (const place of places(view)) {
			const is_marked = place.querySelector(".referral-hub-mark");
			if (referred.has(decodeURIComponent(place.dataset.name)) && !is_marked) add_mark(place);
		}
	}

	function add_mark(place) {
		const mark = document.createElement("span");
		mark.className = "referral-hub-mark indicator-pill blue no-indicator-dot";
		mark.textContent = __("Referred");
		mark.style.cssText = "flex:none;margin-inline-end:8px";
		const title = place.querySelector(".level-item.bold, .kanban-card-title, .kanban-title-area");
		title ? title.before(mark) : place.prepend(mark);
	}

	function places(view) {
		if (view.view_name === "Kanban") return view.$result.find(".kanban-card-wrapper").get();
		return view.$result.find(".list-row-checkbox[data-name]").get().map(subject_of).filter(Boolean);
	}

	function subject_of(checkbox) {
		const subject = checkbox.closest(".list-subject");
		if (subject) subject.dataset.name = encodeURIComponent(checkbox.dataset.name);
		return subject;
	}

	function add_note(place, found) {
		const note = document.createElement("span");
		note.className = `referral-hub-note small ${found.late ? "text-danger" : "text-muted"}`;
		note.textContent = referral_hub.note(found);
		note.title = note.textContent;
		const card = place.querySelector(".kanban-card-doc, .kanban-card-body");
		if (card) {
			note.style.display = "block";
			card.after(note);
			return;
		}
		note.style.cssText =
			"margin-inline-start:8px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap";
		place.append(note);
	}
})();
