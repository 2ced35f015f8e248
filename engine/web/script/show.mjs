// The page holds every sentence that may be needed, hidden; a script shows one by its name: <p data-when="lost" hidden>.

export function show(name) {
  for (const part of document.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(name);
}

// Runs a page's script; what goes wrong stands on the page, never only in the console.
export async function run(deed) {
  try {
    await deed();
  } catch (error) {
    show("failed");
    for (const place of document.querySelectorAll("[data-error]")) place.textContent = String(error);
  }
}
