// The few behaviours we borrow, started on the page and on every piece htmx brings in.
import {
  createAll, Checkboxes, ErrorSummary, PasswordInput, Radios, ServiceNavigation,
} from "govuk-frontend";

const parts = [Checkboxes, ErrorSummary, PasswordInput, Radios, ServiceNavigation];
const start = (scope) => parts.forEach((part) => createAll(part, undefined, { scope, onError() {} }));

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
start(document);
document.addEventListener("htmx:after:swap", (event) => start(event.detail?.ctx?.target ?? document));
