/** Watches a file of contacts being read: takes the newer page's part every second. Without this file there is a link to look again. */

import { sendEachOnce, sendOnce } from "./small_steps.js";

const EVERY_MS = 1000;

async function look() {
	const part = document.querySelector("#import");
	if (!["Waiting", "Running"].includes(part.dataset.state)) return;
	try {
		const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const newer = page.querySelector("#import");
		if (newer?.dataset.state === part.dataset.state && newer.dataset.state === "Running") {
			const [bar, said] = ["progress", "[role=status]"].map((name) => newer.querySelector(name));
			Object.assign(part.querySelector("progress"), { max: bar.max, value: bar.value });
			part.querySelector("[role=status]").textContent = said.textContent;
		} else if (newer && newer.dataset.state !== part.dataset.state) {
			part.replaceWith(newer);
			sendEachOnce(newer);
		}
	} catch {
		// no connection for a moment: the next look may have one
	}
	setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
sendOnce();
