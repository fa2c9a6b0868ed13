/** Home: without a connection the portal says so itself (offline_worker.js); what was just done is said once. */

import { sendOnce } from "./small_steps.js";

// There is none on an address without a certificate, and some browsers refuse it in a private window: all else works there, too.
navigator.serviceWorker?.register("/referrals/worker.js", { scope: "/referrals" }).catch(() => {});

// it stands on the page with its Undo; opened again, the page is as it always is
if (new URLSearchParams(location.search).has("put_away")) history.replaceState(null, "", location.pathname);

sendOnce();
