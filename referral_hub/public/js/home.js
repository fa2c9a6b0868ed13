/** Home: without a connection the portal says so itself (offline_worker.js). */

// There is none on an address without a certificate, and some browsers refuse it in a private window: all else works there, too.
navigator.serviceWorker?.register("/referrals/worker.js", { scope: "/referrals" }).catch(() => {});
