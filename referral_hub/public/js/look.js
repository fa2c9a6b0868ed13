/** The page of our openings: says once that somebody looked, as the page tells them. */

const form = document.getElementById("looked");

/** A page that nobody looks at (a preview, a tab in the background) was not looked at. */
function tell() {
	if (document.visibilityState !== "visible") return;
	document.removeEventListener("visibilitychange", tell);
	fetch(form.action, {
		method: "POST",
		body: new URLSearchParams(new FormData(form)),
		redirect: "manual",
		keepalive: true,
	}).catch(() => null);
}

document.addEventListener("visibilitychange", tell);
tell();
