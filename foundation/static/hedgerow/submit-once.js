// A form is sent once, however often the button is pressed, and says that it is being sent.
// Forms marked data-submit-again are left alone. Also fills the key that lets the server know
// a second sending for what it is.

const randomKey = () => crypto.randomUUID?.()
  // crypto.randomUUID is missing on plain http; the same 122 random bits made by hand.
  ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

const fillKeys = (scope) => scope.querySelectorAll("input[data-fresh-key]").forEach((input) => {
  if (!input.value) input.value = randomKey();
});

// What stood on each button that was pressed. Some of it may be for screen readers only, and stays so.
const words = new WeakMap();

const rest = (form) => {
  delete form.dataset.sending;
  form.querySelectorAll("button").forEach((button) => {
    if (!words.has(button)) return;
    button.replaceChildren(...words.get(button));
    words.delete(button);
    button.removeAttribute("aria-disabled");
  });
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "submitAgain" in form.dataset) return;
  if ("sending" in form.dataset) { event.preventDefault(); return; }
  form.dataset.sending = "";
  const button = event.submitter;
  if (button?.tagName !== "BUTTON") return;
  // aria-disabled, not disabled: a disabled button would take its own name out of what is sent.
  words.set(button, [...button.childNodes]);
  button.textContent = button.dataset.sendingWords ?? "Sending…";
  button.setAttribute("aria-disabled", "true");
});

const restAll = () => document.querySelectorAll("form[data-sending]").forEach(rest);
addEventListener("pageshow", restAll);
document.addEventListener("htmx:finally:request", restAll);
document.addEventListener("htmx:after:swap", () => fillKeys(document));
fillKeys(document);
