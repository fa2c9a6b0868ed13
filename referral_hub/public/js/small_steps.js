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

/** A second press sends nothing, and what was pressed shows that it is under way. */
export function once(event) {
	const form = event.target;
	if (form.dataset.busy) return event.preventDefault();
	form.dataset.busy = "1";
	event.submitter?.setAttribute("aria-busy", "true");
}

/** Every form of a part of the page goes once, but those that a module of their own sends. */
export function sendEachOnce(part) {
	for (const form of part.querySelectorAll("form[method=post]:not([data-own-module])"))
		form.addEventListener("submit", once);
}

/** So it is with the whole page; who comes back by the browser's button sees the page as it is now. */
export function sendOnce() {
	sendEachOnce(document);
	window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
