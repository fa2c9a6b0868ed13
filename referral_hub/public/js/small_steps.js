/** What several pages of the portal do alike: copy what stands in a field, and send a form once. */

/** The clipboard needs a secure address; on an inner network without one the old way still works. */
export async function copyFrom(field) {
	try {
		await navigator.clipboard.writeText(field.value);
	} catch {
		field.select();
		document.execCommand("copy");
	}
}

/** A second press sends nothing, and what was pressed shows that it is under way; who comes back by the browser's button sees the page as it is now. */
export function sendOnce() {
	for (const form of document.querySelectorAll("form[method=post]")) {
		form.addEventListener("submit", (event) => {
			if (form.dataset.busy) return event.preventDefault();
			form.dataset.busy = "1";
			event.submitter?.setAttribute("aria-busy", "true");
		});
	}
	window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
