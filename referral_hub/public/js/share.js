/** The page Share: copies the link, hands it to another app where the device can. Without this file the link can be selected. */

const field = document.getElementById("my-link");
const status = document.getElementById("share-status");
const copy = document.getElementById("copy");
const share = document.getElementById("share");

if (field) {
	field.addEventListener("focus", () => field.select());
	copy.hidden = false;
	copy.addEventListener("click", async () => {
		await copied();
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

/** The clipboard needs a secure address; on an inner network without one the old way still works. */
async function copied() {
	try {
		await navigator.clipboard.writeText(field.value);
	} catch {
		field.select();
		document.execCommand("copy");
	}
}

for (const form of document.querySelectorAll("form[method=post]")) {
	form.addEventListener("submit", (event) => {
		if (form.dataset.busy) event.preventDefault();
		form.dataset.busy = "1";
	});
}
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

const problem = document.getElementById("form-problem");
(problem.hidden ? document.querySelector("[aria-invalid=true]") : problem)?.focus();
