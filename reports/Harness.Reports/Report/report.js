// Copies the line that replays a trial. Without a script the buttons stay hidden, and the line can be selected.
for (const button of document.querySelectorAll("button.copy")) {
  const line = button.parentElement.querySelector("code");
  button.setAttribute("aria-label", "Copy: " + line.textContent);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(line.textContent);
      button.textContent = "Copied";
    } catch {
      // No permission: the line is selected, so that the reader's own copy key does it.
      getSelection().selectAllChildren(line);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}

// The contents, where a page has a place for them: every section with a heading.
const contents = document.querySelector("nav.contents");
if (contents) {
  for (const heading of document.querySelectorAll("main > section[id] > h2")) {
    const link = contents.appendChild(document.createElement("a"));
    link.href = "#" + heading.parentElement.id;
    link.textContent = heading.textContent;
  }
  contents.hidden = false;
}

// Chooses among claims. The choice is the query of the address, the place in the page its fragment: both can be linked at once.
const filter = document.getElementById("filter");
if (filter) {
  const fields = ["text", "paper", "procedure", "verdict"].map(name => filter.elements[name]);
  const claims = [...document.querySelectorAll("article.claim")].map(article => ({
    article,
    words: [...article.querySelectorAll(".overline, h3, .statement, .status, .meaning, .mutants")].map(e => e.textContent).join(" ").toLowerCase(),
  }));

  const isChosen = ({ article, words }) => fields.every(({ name, value }) =>
    value === "" || (name === "text" ? value.toLowerCase().split(/\s+/).every(word => words.includes(word)) : article.dataset[name] === value));

  const show = () => {
    const chosen = new Set(claims.filter(isChosen).map(claim => claim.article.dataset.claim));
    for (const element of document.querySelectorAll("[data-claim]")) element.hidden = !chosen.has(element.dataset.claim);
    for (const group of document.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-claim]:not([hidden])");
    const given = fields.filter(field => field.value !== "").map(field => field.name === "text" ? `“${field.value}”` : `${field.name} ${field.selectedOptions[0].textContent}`);
    filter.classList.toggle("is-chosen", given.length > 0);
    filter.elements.shown.value = given.length > 0 ? `${chosen.size} of ${claims.length} claims are shown: ${given.join(", ")}.` : `All ${claims.length} claims are shown.`;
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields) field.value = query.get(field.name) ?? "";
    // A value that this report does not have would choose nothing that can be seen or undone in its list.
    for (const field of fields) if (field.selectedIndex === -1) field.value = "";
    show();
  };

  const write = () => {
    const address = new URL(location);
    address.search = new URLSearchParams(fields.filter(field => field.value !== "").map(field => [field.name, field.value]));
    try {
      history.replaceState(null, "", address);
    } catch {
      // A page inside another one may have no address of its own; the choice works all the same.
    }
  };

  // A link to a claim that is not chosen shows everything again.
  const reveal = fragment => {
    const target = fragment.length > 1 && document.getElementById(decodeURIComponent(fragment.slice(1)));
    if (!target || !target.closest("[hidden]")) return;
    for (const field of fields) field.value = "";
    show();
    write();
    target.scrollIntoView();
  };

  filter.addEventListener("input", () => { show(); write(); });
  filter.addEventListener("reset", event => {
    // The event comes before the fields change: they are cleared here, so that what is shown is what they say.
    event.preventDefault();
    for (const field of fields) field.value = "";
    show();
    write();
  });
  filter.addEventListener("submit", event => event.preventDefault());
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href^='#'], a[href^='?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.hash && !link.getAttribute("href").startsWith("?")) {
      reveal(link.hash);
      return;
    }
    // A view of this page: as a link does, but without loading the page again.
    try {
      history.pushState(null, "", link.href);
    } catch {
      return;
    }
    event.preventDefault();
    read();
    document.getElementById(link.hash.slice(1)).scrollIntoView();
  });
  addEventListener("hashchange", () => reveal(location.hash));
  addEventListener("popstate", read);
  filter.hidden = false;
  read();
  reveal(location.hash);
}
