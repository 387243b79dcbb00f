// Waits until the records are open, then goes on. Without it there is a link.

const look = async () => {
  try {
    const answer = await fetch("/health/", { cache: "no-store" });
    const { state } = await answer.json();
    if (state === "open" || state === "read-only" || state === "file-only") location.replace("/");
  } catch { /* nobody answers for a moment: that is expected */ }
};

setInterval(look, 1500);
