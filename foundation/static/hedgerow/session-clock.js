// Keeps the session open while someone is really working, asks before the idle lock signs them
// out, and covers the page once it has. Typing counts as working even before anything is sent.
// The address in data-stay-url answers a GET with {"csrf": token}, and with no 200 once signed out. It
// says whose page this is: to anybody else who signs in on this screen the page stays covered.

const WARN_BEFORE = 120; // seconds of warning
const GONE = "";
const QUIET = "Nobody used this screen for a while.";
const LEFT = "You signed out, or somebody else signed in on this screen.";
const panel = document.querySelector("[data-session-clock]");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("hedgerow-session") : null;

const start = () => {
  const root = document.documentElement;
  const whose = panel.dataset.stayUrl;
  const idle = Number(panel.dataset.idleSeconds) * 1000;
  const warnAfter = Math.max(idle - WARN_BEFORE * 1000, idle / 2);
  const title = panel.querySelector("[data-session-title]");
  const text = panel.querySelector("[data-session-text]");
  const left = panel.querySelector("[data-session-left]");
  const stay = panel.querySelector("[data-session-stay]");
  const signIn = panel.querySelector("[data-session-sign-in]");
  const asking = { title: title.textContent, before: text.firstChild.textContent, after: text.lastChild.textContent };
  let heardAt = Date.now(); // when the server last heard from this person
  let workedAt = heardAt; // when this person last touched the page
  let over = false;
  let focusBefore = null;

  const open = (focusOn) => {
    if (!panel.hidden) return;
    focusBefore = document.activeElement;
    panel.hidden = false;
    focusOn.focus();
  };

  const close = () => {
    if (panel.hidden) return;
    over = false;
    panel.hidden = signIn.hidden = true;
    root.classList.remove("hr-signed-out");
    title.textContent = asking.title;
    text.replaceChildren(asking.before, left, asking.after);
    stay.textContent = "Stay signed in";
    focusBefore?.focus();
  };

  const askServer = async () => {
    try {
      const answer = await fetch(whose, { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } });
      if (answer.status === 409) end(LEFT);
      if (!answer.ok) return false;
      const { csrf } = await answer.json();
      if (csrf) document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = csrf; });
      heardAt = Date.now();
      tabs?.postMessage(whose);
      return true;
    } catch { return false; } // no network: the next tick asks again
  };

  const warn = (leftOver) => {
    const minutes = Math.ceil(leftOver / 60_000);
    const words = minutes > 1 ? `${minutes} minutes` : "less than a minute";
    if (left.textContent !== words) left.textContent = words;
    open(stay);
  };

  // Signed out. What was typed stays in the page, behind the cover, until the person is back.
  const end = (why) => {
    over = true;
    root.classList.add("hr-signed-out");
    title.textContent = "You have been signed out";
    text.textContent = `${why} What you typed is still here. Sign in in the new tab that opens, then come back and carry on.`;
    stay.textContent = "Carry on";
    signIn.hidden = false;
    if (panel.hidden) open(signIn); else signIn.focus();
  };

  const tick = () => {
    if (over) return;
    const now = Date.now();
    const quiet = now - Math.max(heardAt, workedAt);
    if (quiet >= idle) end(QUIET);
    else if (quiet >= warnAfter) warn(idle - quiet);
    else {
      close();
      if (workedAt > heardAt && now - heardAt > idle / 5) askServer();
    }
  };

  stay.addEventListener("click", async () => {
    if (await askServer()) { workedAt = Date.now(); close(); }
    else if (over) text.textContent = "You are not signed in yet. Sign in in the other tab, then come back and press Carry on.";
    else text.textContent = "Hedgerow could not be reached. Check the connection and press the button again.";
  });
  ["keydown", "pointerdown", "input"].forEach((kind) => addEventListener(kind, () => { if (panel.hidden) workedAt = Date.now(); }, { passive: true }));
  tabs?.addEventListener("message", ({ data }) => {
    if (data !== whose) { end(LEFT); return; }
    heardAt = Date.now();
    if (!over) close();
  });
  tabs?.postMessage(whose);
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-signs-out]")) tabs?.postMessage(GONE); });
  document.addEventListener("htmx:after:request", () => { heardAt = Date.now(); });
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, Math.min(5000, idle / 10));
};

if (panel?.dataset.stayUrl && Number(panel.dataset.idleSeconds) > 0) start();
