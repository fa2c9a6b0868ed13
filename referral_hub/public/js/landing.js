/** The page a link leads to: says once that somebody came, and sends the form once. Works without this file too. */

import { sendEachOnce } from "./small_steps.js";

const form = document.getElementById("apply-form");

/** A page that nobody looks at (a preview, a tab in the background) is no visit. */
function tellVisit() {
	if (document.visibilityState !== "visible") return;
	document.removeEventListener("visibilitychange", tellVisit);
	const headers = { "Content-Type": "application/json", Accept: "application/json" };
	if (form.csrf_token.value) headers["X-Frappe-CSRF-Token"] = form.csrf_token.value;
	fetch("/api/method/referral_hub.api.sharing.visit", {
		method: "POST",
		headers,
		body: JSON.stringify({ code: form.dataset.code }),
		keepalive: true,
	}).catch(() => null);
}

document.addEventListener("visibilitychange", tellVisit);
tellVisit();
sendEachOnce(document);

form.addEventListener("submit", (event) => {
	if (form.dataset.busy) {
		event.preventDefault();
		return;
	}
	form.dataset.busy = "1";
	form.querySelector("#send").setAttribute("aria-disabled", "true");
	form.querySelector("#send-status").textContent = form.dataset.sending;
});
window.addEventListener("pageshow", (event) => {
	if (!event.persisted) return;
	for (const each of document.forms) delete each.dataset.busy;
	document.querySelector(".decline [aria-busy]")?.removeAttribute("aria-busy");
	form.querySelector("#send").removeAttribute("aria-disabled");
	form.querySelector("#send-status").textContent = "";
});

const problem = document.getElementById("form-problem");
const wrong = problem.hidden ? form.querySelector("[aria-invalid=true]") : problem;
if (wrong) {
	wrong.closest("details")?.setAttribute("open", "");
	wrong.focus();
}
