// Passkeys: add one, sign in with one, or use one as the second check.
// A form says what it is for in data-passkey (add, check or sign-in) and where its question is in
// data-passkey-options (the id of a JSON script); signing in asks the server for its question.
// Needs webauthnJSON, which allauth ships, to read and write what the browser's own part wants.

const sorry = {
  NotAllowedError: "That was stopped, or took too long. Nothing has changed. Press the button to try again.",
  InvalidStateError: "This device has a passkey for you already.",
  SecurityError: "Passkeys only work at the address this system was set up with. Use another way.",
  NotSupportedError: "This device cannot make the kind of passkey that is needed. Use another way.",
};

const ask = {
  add: async (form) => {
    const { creation_options: options } = question(form);
    const alone = form.elements.passwordless?.checked ?? false;
    const wanted = options.publicKey.authenticatorSelection ??= {};
    wanted.residentKey = alone ? "required" : "discouraged";
    wanted.requireResidentKey = alone;
    if (alone) wanted.userVerification = "required";
    return window.webauthnJSON.create(options);
  },
  check: async (form) => window.webauthnJSON.get(question(form).request_options),
  "sign-in": async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("The server gave no question to sign.");
    return window.webauthnJSON.get((await answer.json()).request_options);
  },
};

const question = (form) => JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);

const send = async (form) => {
  const said = form.querySelector("[data-passkey-said]");
  said.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await ask[form.dataset.passkey](form));
    form.submit();
  } catch (problem) {
    said.textContent = sorry[problem.name] ?? "That did not work. Check the connection and try again, or use another way.";
    said.hidden = false;
  }
};

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  });
}
