// The browser may keep a page in memory for the Back button, even after signing out.
// So a page is blanked as it is left, and asked for again if it is brought back.
addEventListener("pagehide", () => document.documentElement.classList.add("hr-gone"));
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
