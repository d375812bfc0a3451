// Wakes the islands of a page. The page has its text and its forms without it.
//
// 1. The code of the islands is loaded: its WebAssembly and the module around it, both at once. Where they are, the
//    page says in `data-app` and `data-wasm` of the script element of this module.
// 2. `hydrate` starts the reactive system that all islands share.
// 3. Each island is woken, in the order of the document, so that an outer one is awake before those within it. An
//    island among the children of another belongs to its reactive owner, which `$$on_hydrate` makes the current one.
// 4. The document is marked as awake.

const { app, wasm } = document.querySelector("script[data-app][data-wasm]").dataset;

const code = fetch(wasm);
const islands = await import(app);
await islands.default({ module_or_path: code });
islands.hydrate();

for (const island of document.querySelectorAll("leptos-island")) {
  const wake = islands[island.dataset.component];
  if (wake) {
    island.closest("leptos-children")?.$$on_hydrate?.();
    await wake(island);
  } else {
    console.error(`The bundle has no island ${island.dataset.component}; run \`cargo xtask bundle\`.`);
  }
}

// Forms are answered by islands from here on, and no longer by page loads. Whoever drives the page can see that.
document.documentElement.dataset.awake = "";
