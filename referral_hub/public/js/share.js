/** The page Share: copies the link, hands it to another app where the device can. Without this file the link can be selected. */

import { copyFrom, sendOnce } from "./small_steps.js";

const field = document.getElementById("my-link");
const status = document.getElementById("share-status");
const copy = document.getElementById("copy");
const share = document.getElementById("share");

if (field) {
	field.addEventListener("focus", () => field.select());
	copy.hidden = false;
	copy.addEventListener("click", async () => {
		await copyFrom(field);
		status.textContent = copy.dataset.copied;
	});
	if (navigator.share) {
		share.hidden = false;
		share.addEventListener("click", () =>
			navigator
				.share({ title: share.dataset.title, text: share.dataset.text, url: field.value })
				.catch(() => null),
		);
	}
}

const theme = document.getElementById("theme");

/** The poster that is shown, and the one to print, have the picture that is chosen. */
const showChosen = () => {
	for (const [id, attribute] of [
		["poster", "src"],
		["poster-svg", "href"],
	]) {
		const element = document.getElementById(id);
		const address = new URL(element[attribute]);
		address.searchParams.set("theme", theme.value);
		element[attribute] = address.href;
	}
};

if (theme) {
	theme.addEventListener("change", showChosen);
	if (theme.selectedIndex > 0) showChosen();
}

sendOnce();

const problem = document.getElementById("form-problem");
(problem.hidden ? document.querySelector("[aria-invalid=true]") : problem)?.focus();
