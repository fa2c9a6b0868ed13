/** An opening: on a wide screen the form to refer opens as a sheet over it; elsewhere the link leads to its page. */

import { enhance } from "./refer.js";
import { sendEachOnce } from "./small_steps.js";

const sheet = document.getElementById("sheet");
const wide = matchMedia("(min-width: 960px)");

document.getElementById("refer").addEventListener("click", (event) => {
	if (!wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	sheet.showModal();
	sheet.querySelector("#candidate_name").focus();
});
document.getElementById("sheet-close").addEventListener("click", () => sheet.close());
sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
enhance(document.getElementById("refer-form"));
sendEachOnce(document);
