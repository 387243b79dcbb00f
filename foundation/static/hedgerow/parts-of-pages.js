// The policy of our pages lets no script make markup or code out of text (trusted types). htmx may make
// parts of pages from what our server sent; a script inside such a part stays empty.
(() => {
  const policy = window.trustedTypes?.createPolicy("hedgerow", { createHTML: (html) => html, createScript: () => "" });
  if (policy) htmx.registerExtension("parts-of-pages", { init: (htmxs) => htmxs.initSecurity(policy) });
})();
