"use strict";
(() => {
  const form = document.querySelector(".filters");
  if (!form) return;
  form.hidden = false;
  const cards = [...document.querySelectorAll("#programmes article")].map((el) => ({
    el, status: el.dataset.status, kinds: el.dataset.kinds.split(" "), words: el.textContent.normalize("NFKC").toLowerCase(),
  }));
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const buttons = [...form.querySelectorAll("button")];
  const show = () => {
    const words = search.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const on = (name) => buttons.filter((b) => b.dataset[name] && b.getAttribute("aria-pressed") === "true").map((b) => b.dataset[name]);
    const statuses = on("status"), kinds = on("kind");
    let count = 0;
    for (const card of cards) {
      const fits = (!statuses.length || statuses.includes(card.status)) && (!kinds.length || kinds.some((k) => card.kinds.includes(k))) && words.every((w) => card.words.includes(w));
      card.el.hidden = !fits;
      count += fits;
    }
    shown.textContent = count === cards.length ? String(count) : count + " / " + cards.length;
  };
  form.addEventListener("submit", (e) => e.preventDefault());
  search.addEventListener("input", show);
  for (const b of buttons) b.addEventListener("click", () => { b.setAttribute("aria-pressed", String(b.getAttribute("aria-pressed") !== "true")); show(); });
  addEventListener("hashchange", () => {
    const to = document.getElementById(location.hash.slice(1));
    if (to && to.hidden) { for (const b of buttons) b.setAttribute("aria-pressed", "false"); search.value = ""; show(); to.scrollIntoView(); }
  });
})();
