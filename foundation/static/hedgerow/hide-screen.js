// Hide this screen: at once, by the button or by pressing Escape twice. Coming back takes two
// deliberate presses. Loaded in the head of confidential pages, before anything is drawn, so that
// a page that was hidden stays hidden when it is loaded again.
(() => {
  const HIDDEN = "hedgerow-hidden"; // a yes or nothing; no word of any record
  const TWICE_WITHIN = 800; // milliseconds between two presses of Escape
  const root = document.documentElement;
  let title = "";
  let cover = null;
  let pressedAt = -Infinity;

  const part = (name, text, className) => {
    const element = document.createElement(name);
    element.textContent = text;
    element.className = className;
    return element;
  };

  const build = () => {
    cover = part("div", "", "hr-cover");
    const box = part("div", "", "hr-cover__box");
    const back = part("button", "Back", "govuk-button govuk-button--secondary");
    const sure = part("button", "Show the page again", "govuk-button");
    back.type = sure.type = "button";
    sure.hidden = true;
    back.addEventListener("click", () => { back.hidden = true; sure.hidden = false; sure.focus(); });
    sure.addEventListener("click", uncover);
    box.append(part("h1", "This screen is resting.", "govuk-heading-l"), back, sure);
    cover.append(box);
    document.body.append(cover);
  };

  const hide = () => {
    root.classList.add("hr-hidden"); // the style covers in the same frame and takes all else out of reach
    try { sessionStorage.setItem(HIDDEN, "yes"); } catch { /* storage switched off */ }
    if (!document.body || cover) return;
    title = document.title;
    document.title = "Resting";
    build();
    cover.querySelector("button").focus();
  };

  const uncover = () => {
    try { sessionStorage.removeItem(HIDDEN); } catch { /* storage switched off */ }
    cover.remove();
    cover = null;
    document.title = title;
    root.classList.remove("hr-hidden");
    // Whoever was signed out meanwhile is asked to sign in: then that is all that can be reached.
    const asked = document.querySelector("[data-session-clock]:not([hidden]) :is(a, button):not([hidden])");
    (asked ?? document.querySelector("[data-hide-screen]"))?.focus();
  };

  try { if (sessionStorage.getItem(HIDDEN)) root.classList.add("hr-hidden"); } catch { /* as above */ }

  document.addEventListener("DOMContentLoaded", () => { if (root.classList.contains("hr-hidden")) hide(); });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-hide-screen]")) return;
    event.preventDefault();
    hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - pressedAt < TWICE_WITHIN) hide();
    pressedAt = event.timeStamp;
  }, true);
})();
