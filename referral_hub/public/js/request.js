/** The page of a recall request: copies the message for a messenger. Without this file it can be selected and copied by hand. */

import { copyFrom, sendOnce } from "./small_steps.js";

const copy = document.getElementById("copy");

copy.hidden = false;
copy.addEventListener("click", async () => {
	await copyFrom(document.getElementById("words"));
	document.getElementById("copy-status").textContent = copy.dataset.copied;
});

sendOnce();

const problem = document.getElementById("form-problem");
if (!problem.hidden) problem.focus();
