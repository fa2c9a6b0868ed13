/** Openings: choosing a filter searches at once. Without this file the Search button does it. */

const form = document.getElementById("search");
for (const choice of form.querySelectorAll("select")) {
	choice.addEventListener("change", () => form.requestSubmit());
}
form.addEventListener("submit", () => {
	for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
});
window.addEventListener("pageshow", () => {
	for (const field of form.elements) field.disabled = false;
});
