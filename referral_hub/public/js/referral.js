/** One referral: the receipt can be printed, and the word "sent" goes from the address once it was read. */

import { sendOnce } from "./small_steps.js";

const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());

if (new URLSearchParams(location.search).has("sent")) history.replaceState(null, "", location.pathname);

sendOnce();
