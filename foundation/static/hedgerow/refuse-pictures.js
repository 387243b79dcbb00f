// A pasted or dropped picture is refused on the spot, and the person is told what to do instead.
// The server refuses it too; this only spares the wait.
const SAYS =
  "Pictures are never kept here, and nothing of it was stored. Leave it where it is. " +
  "Do not copy it, send it or show it to anyone. Tell the safeguarding lead now.";

function holdsPicture(data) {
  if (!data) return false;
  if ([...(data.items || [])].some((item) => item.kind === "file")) return true;
  return /data:image\//i.test(data.getData("text/plain") || "") || /<img/i.test(data.getData("text/html") || "");
}

function refuse(event) {
  const data = event.clipboardData || event.dataTransfer;
  if (!holdsPicture(data)) return;
  event.preventDefault();
  event.stopPropagation();
  let box = document.getElementById("no-pictures");
  if (!box) {
    box = document.createElement("p");
    box.id = "no-pictures";
    box.className = "govuk-error-message hr-no-pictures";
    box.setAttribute("role", "alert");
  }
  const field = event.target.closest(".govuk-form-group") || document.getElementById("main");
  field.append(box);
  box.textContent = SAYS;
}

document.addEventListener("paste", refuse, true);
document.addEventListener("drop", refuse, true);
document.addEventListener("dragover", (event) => {
  if ([...(event.dataTransfer?.types || [])].includes("Files")) event.preventDefault();
});
