/** The form to refer somebody: tells what is wrong before anything is sent, keeps drafts, shows the upload.
 *  Without this file the form works the same way through the page itself. */

import { once } from "./small_steps.js";

const DRAFT_DAYS = 14;
const DRAFTED = ["candidate_name", "email", "phone", "relation", "note"];
const ANSWER = "meets-"; // a choice for one row of what is looked for
const MEGABYTE = 1024 * 1024;

const MAGIC = {
	pdf: (bytes) => includes(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d]),
	doc: (bytes) => startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
	docx: (bytes) => startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]),
};

/** Makes the form on this page work; `done` is called with the address of the receipt. */
export function enhance(form, done = (address) => location.assign(address)) {
	const words = JSON.parse(form.dataset.words);
	restoreDraft(form);
	form.addEventListener("input", (event) => {
		keepDraft(form);
		clearError(form, event.target.name);
	});
	form.resume.addEventListener("change", async () =>
		showError(form, "resume", await resumeProblem(form, words)),
	);
	acceptDrops(form);
	form.addEventListener("submit", (event) => {
		if (event.submitter?.name === "ask") return once(event); // a question to HR is a page of its own
		event.preventDefault();
		send(form, words, done);
	});
	window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}

async function send(form, words, done) {
	if (form.dataset.busy) return;
	form.dataset.busy = "1";
	try {
		const errors = await findErrors(form, words);
		showErrors(form, errors, "");
		if (Object.keys(errors).length) return;
		setBusy(form, true, words.sending);
		let answer = await post(form, words);
		if (answer.stale && (await renewToken(form))) answer = await post(form, words);
		if (answer.page) {
			localStorage.removeItem(form.dataset.draft);
			say(form, words.sent);
			done(answer.page);
			return;
		}
		setBusy(form, false, "");
		if (answer.submission_key) form.submission_key.value = answer.submission_key;
		form.querySelector("#ask-hr").hidden = !answer.may_ask;
		showErrors(form, answer.errors || {}, answer.problem || "");
	} finally {
		delete form.dataset.busy;
	}
}

async function findErrors(form, words) {
	const errors = {};
	const email = form.email.value.trim();
	if (!form.candidate_name.value.trim()) errors.candidate_name = words.name_missing;
	if (!email && !form.phone.value.trim()) errors.email = words.contact_missing;
	else if (email && form.email.validity.typeMismatch) errors.email = words.email_invalid;
	const resume = await resumeProblem(form, words);
	if (resume) errors.resume = resume;
	return errors;
}

/** Looks at size, name and first bytes, before a slow upload is in vain. The server looks again. */
async function resumeProblem(form, words) {
	const file = form.resume.files[0];
	if (!file) return "";
	const limit = Number(form.dataset.maxMb);
	if (!file.size) return words.empty_file;
	if (limit && file.size > limit * MEGABYTE) {
		const size = (Math.ceil((file.size / MEGABYTE) * 10) / 10).toString();
		return words.too_large.replace("{size}", size).replace("{limit}", limit);
	}
	const claimed = file.name.split(".").pop().toLowerCase();
	if (!(claimed in MAGIC)) return words.wrong_type;
	const bytes = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
	return MAGIC[claimed](bytes) ? "" : words.mislabelled;
}

function post(form, words) {
	return new Promise((resolve) => {
		const request = new XMLHttpRequest();
		const progress = form.querySelector("#upload");
		request.open("POST", form.dataset.api);
		request.setRequestHeader("X-Frappe-CSRF-Token", form.csrf_token.value);
		request.setRequestHeader("Accept", "application/json");
		request.upload.addEventListener("progress", (event) => {
			progress.hidden = !form.resume.files.length;
			progress.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
		});
		request.addEventListener("load", () => resolve(read(request, words)));
		request.addEventListener("error", () => resolve({ problem: words.offline }));
		request.addEventListener("timeout", () => resolve({ problem: words.offline }));
		request.send(contents(form));
	});
}

/** All that was typed; what was tapped goes as one field, by the row it is about. */
function contents(form) {
	const data = new FormData(form);
	const said = Object.fromEntries(
		tapped(form).map((choice) => [choice.name.slice(ANSWER.length), choice.value]),
	);
	if (Object.keys(said).length) data.append("assessment", JSON.stringify(said));
	return data;
}

const tapped = (form) => [...form.querySelectorAll(`[name^="${ANSWER}"]:checked`)];

function read(request, words) {
	if (request.status === 413) return { errors: { resume: words.server_too_large } };
	if ([400, 401, 403].includes(request.status)) return { problem: words.signed_out, stale: true };
	try {
		return JSON.parse(request.responseText).message || { problem: words.failed };
	} catch {
		return { problem: words.failed };
	}
}

/** Whoever signed in again, here or in another tab, has a new token: takes it from a fresh page. */
async function renewToken(form) {
	const response = await fetch(form.action).catch(() => null);
	if (!response?.ok || response.redirected) return false;
	const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
	const token = fresh.querySelector("[name=csrf_token]")?.value;
	if (!token || token === form.csrf_token.value) return false;
	form.csrf_token.value = token;
	return true;
}

/* ---- what the form shows ---- */

function showErrors(form, errors, problem) {
	for (const line of form.querySelectorAll(".error")) showError(form, line.id.replace(/-error$/, ""), "");
	for (const [name, text] of Object.entries(errors)) showError(form, name, text);
	const box = form.querySelector("#form-problem");
	box.hidden = !problem;
	box.querySelector("p").textContent = problem;
	const first = problem ? box : form.querySelector("[aria-invalid=true]");
	if (!first) return;
	first.closest("details")?.setAttribute("open", "");
	first.focus();
}

function showError(form, name, text) {
	const line = form.querySelector(`#${name}-error`);
	if (!line) return;
	line.textContent = text;
	if (text) form.elements[name].setAttribute("aria-invalid", "true");
	else form.elements[name].removeAttribute("aria-invalid");
}

function clearError(form, name) {
	showError(form, name, "");
	if (name === "phone") showError(form, "email", "");
}

function setBusy(form, busy, text) {
	const button = form.querySelector("#send");
	button.disabled = busy;
	form.querySelector("#upload").hidden = !busy || !form.resume.files.length;
	form.setAttribute("aria-busy", busy);
	say(form, text);
}

function say(form, text) {
	form.querySelector("#send-status").textContent = text;
}

function acceptDrops(form) {
	const zone = form.querySelector("#drop");
	for (const name of ["dragenter", "dragover"]) {
		zone.addEventListener(name, (event) => {
			event.preventDefault();
			zone.classList.add("over");
		});
	}
	for (const name of ["dragleave", "drop"])
		zone.addEventListener(name, () => zone.classList.remove("over"));
	zone.addEventListener("drop", (event) => {
		event.preventDefault();
		if (!event.dataTransfer.files.length) return;
		form.resume.files = event.dataTransfer.files;
		form.resume.dispatchEvent(new Event("change"));
	});
}

/* ---- drafts: on this device only, for two weeks ---- */

function keepDraft(form) {
	const values = Object.fromEntries(DRAFTED.map((name) => [name, form.elements[name].value]));
	for (const choice of tapped(form)) values[choice.name] = choice.value;
	const store = () => localStorage.setItem(form.dataset.draft, JSON.stringify({ at: Date.now(), values }));
	if (Object.values(values).some((value) => value.trim())) quietly(store);
	else quietly(() => localStorage.removeItem(form.dataset.draft));
}

function restoreDraft(form) {
	const draft = quietly(() => JSON.parse(localStorage.getItem(form.dataset.draft)));
	const typed = DRAFTED.some((name) => form.elements[name].value);
	if (!draft || typed || Date.now() - draft.at > DRAFT_DAYS * 86400000) return;
	for (const name of DRAFTED) form.elements[name].value = draft.values[name] || "";
	const chosen = [...form.querySelectorAll(`[name^="${ANSWER}"]`)];
	for (const choice of chosen) choice.checked = draft.values[choice.name] === choice.value;
	if (draft.values.relation || draft.values.note || tapped(form).length)
		form.querySelector("details.more").open = true;
	const note = form.querySelector("#draft-note");
	note.hidden = false;
	note.querySelector("button").addEventListener("click", () => {
		localStorage.removeItem(form.dataset.draft);
		for (const name of DRAFTED) form.elements[name].value = "";
		for (const choice of tapped(form)) choice.checked = false;
		note.hidden = true;
		form.candidate_name.focus();
	});
}

/** Storage may be switched off or full; the form then works without drafts. */
function quietly(action) {
	try {
		return action();
	} catch (error) {
		if (error instanceof DOMException || error instanceof SyntaxError) return null;
		throw error;
	}
}

const startsWith = (bytes, head) => head.every((byte, index) => bytes[index] === byte);
const includes = (bytes, part) =>
	bytes.some((_, start) => part.every((byte, index) => bytes[start + index] === byte));

const page = document.querySelector("main > .narrow #refer-form");
if (page) enhance(page);
