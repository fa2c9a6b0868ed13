// Buttons that copy a text of the page; without a script the text can be read and copied by hand.

import { sendOnce } from "./small_steps.js";

for (const button of document.querySelectorAll("button[data-copies]")) {
	button.hidden = !navigator.clipboard;
	button.addEventListener("click", async () => {
		await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
		button.textContent = button.dataset.copied;
	});
}

sendOnce();
