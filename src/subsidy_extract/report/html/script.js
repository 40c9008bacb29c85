"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const w = data.words;
  const $ = (q, of = document) => of.querySelector(q);
  const $$ = (q, of = document) => [...of.querySelectorAll(q)];
  const el = (id) => document.getElementById(id);
  const byNumber = new Map(data.programmes.map((p) => [p.n, p]));
  const unseen = new RegExp("[" + data.unseen + "]", "gu");
  // what can't be seen is shown, as on the rest of the page
  const plain = (text) => String(text ?? "").replace(unseen, (c) => "⟨U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "⟩");
  const fill = (words, of) => words.replace(/\{(\w+)\}/g, (_, name) => of[name]);
  const SVG = "http://www.w3.org/2000/svg";
  let current = -1; // the issue we stand at
  let opened = null; // the programme whose record is open
  let back = null; // where the reader was before

  const put = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((c) => c !== null && c !== undefined));
    return element;
  };
  const make = (tag, attributes = {}, ...children) => put(document.createElement(tag), attributes, children);
  const draw = (tag, attributes = {}, ...children) => put(document.createElementNS(SVG, tag), attributes, children);
  const button = (words, run, more = {}) => make("button", { type: "button", on: { click: run }, ...more }, words);
  // the path of the event as it was: what was clicked may be gone from the page by now
  const within = (e, name) => e.composedPath().some((x) => x.classList && x.classList.contains(name));
  const clear = (name) => $$("." + name).forEach((e) => e.classList.remove(name));

  // ── places in the source: boxes on pages, lines, cells of a sheet ──────────────────────────────
  const elementOf = (place) => (place.key && el("b-" + place.key)) || (place.line && el("line-" + place.line)) || null;
  const elementsOf = (places) => places.map(elementOf).filter(Boolean);
  const placesOf = (program, column) => program.texts.filter((t) => !column || t.field === column).flatMap((t) => t.places);

  const reveal = (element) => {
    const pane = el("pane");
    const a = pane.getBoundingClientRect(), b = element.getBoundingClientRect();
    pane.scrollTo({
      top: pane.scrollTop + b.top - a.top - (a.height - Math.min(b.height, a.height)) / 2,
      left: pane.scrollLeft + b.left - a.left - (a.width - Math.min(b.width, a.width)) / 2,
    });
  };

  // the words of a value inside a line or a cell of a sheet; where the browser can, without touching the page
  const lit = (elements, text) => {
    if (!window.CSS || !CSS.highlights || !window.Highlight) return;
    CSS.highlights.delete("value");
    const ranges = [];
    for (const element of text ? elements : []) {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(text);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + text.length);
        ranges.push(range);
      }
    }
    if (ranges.length) CSS.highlights.set("value", new Highlight(...ranges));
  };

  const drawChars = (chars) => {
    $$("g.chars").forEach((g) => g.replaceChildren());
    for (const [page, x, y, width, height] of chars || []) el("chars-" + page)?.append(draw("rect", { x, y, width, height }));
  };

  const show = (all, picked, text, chars) => {
    clear("of");
    clear("picked");
    drawChars(chars);
    elementsOf(all).forEach((e) => e.classList.add("of"));
    const elements = elementsOf(picked);
    elements.forEach((e) => e.classList.add("picked"));
    lit(elements.filter((e) => e.tagName !== "rect"), text);
    const first = elements[0] || elementsOf(all)[0];
    if (first) reveal(first);
    return elements;
  };

  // the cell cut out of the page and shown beside the value
  const crop = (place, chars) => {
    const size = place.box && data.pages[place.page];
    if (!size) return null;
    const [x, y, width, height] = place.box;
    const left = Math.max(0, x - 4), top = Math.max(0, y - 4);
    const right = Math.min(size[0], x + width + 4), bottom = Math.min(size[1], y + height + 4);
    const zoom = 2.1;
    return make("figure", { class: "crop" },
      draw("svg", { viewBox: [left, top, right - left, bottom - top].join(" "), width: Math.round((right - left) * zoom), height: Math.round((bottom - top) * zoom), role: "img", "aria-label": `${w.page} ${place.page}` },
        draw("use", { href: "#picture-" + place.page }),
        ...(chars || []).filter((c) => c[0] === place.page).map((c) => draw("rect", { class: "char", x: c[1], y: c[2], width: c[3], height: c[4] }))),
      make("figcaption", {}, `${w.page} ${place.page}`));
  };

  const said = (place) => (place.line ? fill(w.line, { n: place.line }) : place.cell ? plain(place.cell) : place.page ? `${w.page} ${place.page}` : "");

  const spots = (places, chars) => {
    const crops = places.map((p) => crop(p, chars)).filter(Boolean);
    const where = [...new Set(places.map(said).filter(Boolean))].join(", ");
    const missing = places.some((p) => p.box) && crops.length < places.length;
    return [...crops, crops.length ? null : make("p", { class: "hint" }, where), missing ? make("p", { class: "hint" }, w.no_picture) : null];
  };

  // ── the record ─────────────────────────────────────────────────────────────────────────────────
  const marked = (text, spans) => {
    const parts = [];
    const points = [...text];
    let at = 0;
    for (const [start, end, field] of spans.sort((a, b) => a[0] - b[0])) {
      if (start < at) continue;
      parts.push(plain(points.slice(at, start).join("")), make("mark", { "data-field": field }, plain(points.slice(start, end).join(""))));
      at = end;
    }
    parts.push(plain(points.slice(at).join("")));
    return parts;
  };

  const pick = (n, column, field) => {
    const program = byNumber.get(n);
    const value = field && program.values.find((v) => v.field === field);
    const text = program.texts.find((t) => t.field === (value ? value.column : column));
    const places = value && value.places.length ? value.places : text ? text.places : [];
    show(placesOf(program), places, value ? value.text : text && text.text, value && value.chars);
    $$("#record .value").forEach((e) => {
      e.classList.toggle("picked", e.dataset.field === field);
      e.classList.toggle("near", e.dataset.column === (value ? value.column : column));
      e.setAttribute("aria-pressed", e.dataset.field === field);
    });
    const own = el("of-value");
    if (own) {
      const told = !value || data.issues.some((i) => i.n === n && i.field === field);
      const decide = make("div", { class: "decide" });
      own.replaceChildren(...(told ? [] : [decide]));
      if (!told) offer(decide, { id: program.id, field, sha: value.sha, old: value.old });
    }
    $$("#record dd").forEach((e) => e.classList.toggle("picked", e.dataset.column === (value ? value.column : column)));
    $$("#record mark").forEach((e) => e.classList.toggle("picked", e.dataset.field === field));
    el("spots")?.replaceChildren(...spots(places, value && value.chars).filter(Boolean));
    $$("#spots .crop").forEach((box) => { const char = $(".char", box); if (char) box.scrollTop = char.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2; });
  };

  const matter = (issue) => {
    const decide = make("div", { class: "decide", "data-key": keyOf(issue), hidden: "" });
    const element = make("div", { class: `matter ${issue.severity}` + (issue.i === current ? " now" : "") },
      make("p", {}, make("span", { class: "badge" }, w[issue.severity]), " ", plain(issue.message)),
      issue.suggestion ? make("p", { class: "suggestion" }, make("span", {}, w.suggestion), " ", make("ins", {}, plain(issue.suggestion))) : null, decide);
    if (issue.n && issue.sha) offer(decide, issue);
    return element;
  };

  const steps = () => make("div", { class: "steps" },
    button("‹ " + w.before, () => go(current < 0 ? -1 : current - 1), { class: "step", "aria-keyshortcuts": "p" }),
    make("span", { class: "count" }, current >= 0 ? fill(w.issue_of, { i: current + 1, n: data.issues.length }) : ""),
    button(w.after + " ›", () => go(current + 1), { class: "step", "aria-keyshortcuts": "n" }),
    button(w.back, close, { class: "close", "aria-keyshortcuts": "Escape" }));

  const reading = (on) => {
    document.body.classList.toggle("reading", on);
    el("issues").hidden = on;
    el("record").hidden = !on;
  };

  const into = () => {
    // the top of the record into view, without scrolling a reader about who already sees it
    const at = (matchMedia("(max-width: 900px)").matches ? el("record") : el("bench")).getBoundingClientRect();
    if (at.top < 0 || at.top > innerHeight / 3) scrollBy({ top: at.top - 12, behavior: "instant" });
    el("record").scrollTop = 0;
  };

  const enter = () => {
    if (el("record").hidden) back = { y: scrollY, focus: document.activeElement };
    reading(true);
  };

  // a value that was not read, or the one that is published, written by hand
  const adding = (program) => {
    const decides = program.flat.map((f) => {
      const decide = make("span", { class: "decide", "data-key": `${program.id}/${f.field}` });
      offer(decide, { id: program.id, field: f.field, sha: f.sha, old: f.old, shown: f.shown, quiet: true });
      return make("li", {}, make("span", {}, f.label), make("b", { lang: "ja" }, plain(f.shown) || w.none), decide);
    });
    return make("details", { class: "adding" }, make("summary", {}, w.add), make("ul", {}, decides));
  };

  const open = (n, column, field) => {
    const program = byNumber.get(n);
    if (!program) return;
    enter();
    opened = n;
    const record = el("record");
    const issues = data.issues.filter((i) => i.n === n).sort((a, b) => (b.i === current) - (a.i === current));
    const values = program.values.map((v) =>
      make("button", { type: "button", class: "value" + (v.valid ? "" : " invalid"), "data-field": v.field, "data-column": v.column, "aria-pressed": "false", on: { click: () => pick(n, v.column, v.field) } },
        plain(v.said), make("small", {}, v.label, v.doubt ? ` · ${w.doubt}: ${v.doubt}` : "", program.corrected.some((c) => c.startsWith(v.field)) ? ` · ${w.corrected}` : "")));
    const texts = program.texts.flatMap((t) => {
      const spans = program.values.filter((v) => v.column === t.field).map((v) => [v.start, v.end, v.field]);
      const decide = make("span", { class: "decide small", "data-key": `${program.id}/${t.field}` });
      if (t.sha) offer(decide, { id: program.id, field: t.field, sha: t.sha, old: t.text, long: true });
      return [
        make("dt", {}, plain(t.label), program.corrected.includes(t.field) ? make("small", { class: "corrected" }, ` ${w.corrected}`) : null),
        make("dd", { "data-column": t.field, lang: "ja", on: { click: (e) => { if (!within(e, "decide")) pick(n, t.field, e.target.dataset.field); } } }, ...marked(t.text, spans), decide)];
    });
    const links = program.values.filter((v) => v.href).map((v) => make("li", {}, make("a", { href: v.href, rel: "noreferrer noopener", target: "_blank" }, plain(v.said))));
    const flat = program.corrected.filter((c) => !program.texts.some((t) => t.field === c) && !c.includes("["));
    record.replaceChildren(steps(), ...issues.map(matter),
      make("h3", { lang: "ja" }, make("span", { class: "no" }, `#${n}`), " ", plain(program.name)),
      flat.length ? make("p", { class: "corrected" }, `${w.corrected}: ${flat.join(", ")}`) : "",
      make("div", { class: "spots", id: "spots", "aria-label": w.top_of, role: "group" }),
      program.short ? make("p", { class: "hint" }, w.long_list) : "",
      values.length ? make("h4", {}, w.values) : "", make("div", { class: "values", lang: "ja" }, values), make("div", { id: "of-value" }), program.short ? "" : adding(program),
      program.short ? "" : make("h4", {}, w.texts), make("dl", {}, texts), links.length ? make("ul", { class: "links" }, links) : "");
    $$("#programmes tbody tr").forEach((row) => row.classList.toggle("now", Number(row.dataset.n) === n));
    pick(n, column, field);
    into();
  };

  // an issue that belongs to no programme: a page, a heading
  const openPlace = (issue) => {
    enter();
    opened = null;
    el("record").replaceChildren(steps(), matter(issue), make("div", { class: "spots", id: "spots" }, spots(issue.places, null).filter(Boolean)));
    show([], issue.places);
    const page = el("page-" + issue.page);
    if (!elementsOf(issue.places).length && page) reveal(page);
    into();
  };

  const go = (i) => {
    if (!data.issues.length) return;
    current = (i + data.issues.length) % data.issues.length;
    const issue = data.issues[current];
    clear("now");
    const item = el("issue-" + current);
    item.closest("details").open = true;
    item.classList.add("now");
    item.classList.remove("later");
    if (issue.n && byNumber.has(issue.n)) {
      const program = byNumber.get(issue.n);
      const value = program.values.find((v) => v.field === issue.field);
      const text = program.texts.find((t) => t.field === issue.field);
      open(issue.n, value ? value.column : text ? text.field : "name", value && value.field);
    } else openPlace(issue);
    el("record").focus({ preventScroll: true });
    el("told").textContent = `${fill(w.issue_of, { i: current + 1, n: data.issues.length })}: ${plain(issue.message)}`;
  };

  const close = () => {
    if (el("record").hidden) return;
    reading(false);
    opened = null;
    show([], []);
    if (current >= 0 && back && back.focus && back.focus.closest("main")) el("issue-" + current).scrollIntoView({ block: "center", behavior: "instant" });
    else if (back) scrollTo({ top: back.y, behavior: "instant" });
    const to = current >= 0 ? $("a.where", el("issue-" + current)) : back && back.focus;
    if (to && to.focus) to.focus({ preventScroll: true });
  };

  // ── decisions ──────────────────────────────────────────────────────────────────────────────────
  const decided = new Map();
  let saved = true;
  const keyOf = (of) => `${of.id}/${of.field}`;

  const told = () => {
    $(".saving").hidden = decided.size === 0;
    el("decided").value = decided.size ? `${decided.size} ${w.decided}` : "";
    el("earlier").hidden = !data.corrections.length;
    el("earlier").textContent = fill(w.earlier, { n: data.corrections.length });
  };

  const decide = (of, line) => {
    decided.set(keyOf(of), { id: of.id, field: of.field, source_text_sha256: of.sha, old: of.old ?? null, new: null, by: "", at: "", reason: "", ...line });
    changed(of);
  };
  // one field may be asked about in several places of the page
  const offers = new Map();
  const changed = (of) => {
    saved = false;
    const still = (offers.get(keyOf(of)) || []).filter(([element]) => element.isConnected);
    offers.set(keyOf(of), still);
    still.forEach(([element, each]) => choices(element, each));
    told();
  };
  const offer = (element, of) => {
    offers.set(keyOf(of), [...(offers.get(keyOf(of)) || []).filter(([e]) => e.isConnected || !e.dataset.gone), [element, of]]);
    choices(element, of);
  };

  const asked = (element, of, comment) => {
    const input = make(of.long && !comment ? "textarea" : "input", { "aria-label": comment ? w.comment : w.new_value, placeholder: comment ? w.comment : w.new_value, rows: of.long && !comment ? 3 : null });
    const before = comment ? "" : String(of.shown ?? of.old ?? "");
    input.value = before;
    const why = comment ? null : make("input", { "aria-label": w.why, placeholder: w.why, class: "why" });
    const done = () => {
      const text = input.value.trim();
      if (!text || text === before) return choices(element, of);
      decide(of, comment ? { old: null, reason: text } : { new: text, reason: why.value.trim() });
    };
    const keys = (e) => { if (e.key === "Enter" && !e.isComposing && input.tagName === "INPUT") done(); if (e.key === "Escape") { e.stopPropagation(); choices(element, of); } };
    input.addEventListener("keydown", keys);
    if (why) why.addEventListener("keydown", (e) => { if (e.key === "Enter" && !e.isComposing) done(); if (e.key === "Escape") { e.stopPropagation(); choices(element, of); } });
    element.replaceChildren(input, ...(why ? [why] : []), button("OK", done), button(w.undo, () => choices(element, of)));
    input.focus();
  };

  const choices = (element, of) => {
    element.hidden = false;
    const line = decided.get(keyOf(of));
    if (line) {
      const what = line.new ?? (line.old === null ? line.reason : w.removed);
      element.replaceChildren(make("span", { class: "decided" }, `✓ ${plain(what)}`), button(w.undo, () => { decided.delete(keyOf(of)); changed(of); }));
      return;
    }
    element.replaceChildren(
      ...(of.suggestion ? [button(w.accept, () => decide(of, { new: of.suggestion, reason: of.rule }), { class: "accept" })] : []),
      button(w.write, () => asked(element, of, false)),
      ...(of.field.endsWith("]") ? [button(w.remove, () => decide(of, { new: null, reason: of.rule || "" }))] : []),
      ...(of.long || of.quiet ? [] : [button(w.comment, () => asked(element, of, true))]));
  };

  const save = () => {
    const by = el("who").value.trim();
    const at = new Date().toISOString();
    const lines = [...data.corrections, ...[...decided.values()].map((line) => ({ ...line, by, at }))].map((line) => JSON.stringify(line) + "\n");
    const url = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
    make("a", { href: url, download: "corrections.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    saved = true;
    el("how").hidden = false;
  };
  el("save").addEventListener("click", save);
  window.addEventListener("beforeunload", (e) => { if (!saved && decided.size) e.preventDefault(); });

  // ── the list of issues ─────────────────────────────────────────────────────────────────────────
  data.issues.forEach((issue) => {
    const element = el("issue-" + issue.i);
    element.addEventListener("click", (e) => {
      if (within(e, "decide")) return;
      e.preventDefault();
      go(issue.i);
    });
    if (issue.n && issue.sha) offer($(".decide", element), issue);
  });
  $$("details.group").forEach((group) => {
    const later = $$(".later", group);
    if (later.length) group.append(button(fill(w.all_of_them, { n: later.length }), (e) => { later.forEach((x) => x.classList.remove("later")); e.target.remove(); }, { class: "more" }));
  });

  // ── the table ──────────────────────────────────────────────────────────────────────────────────
  const body = $("#programmes tbody");
  const rows = $$("tr", body);
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const haystack = new Map(data.programmes.map((p) => [p.n, folded([p.name, p.office, ...p.texts.map((t) => t.text)].join("\n"))]));
  const filter = () => {
    const words = folded(el("search").value).split(/\s+/).filter(Boolean);
    const kind = el("filter").value;
    let shown = 0;
    for (const row of rows) {
      const program = byNumber.get(Number(row.dataset.n));
      const fits = words.every((x) => haystack.get(program.n).includes(x)) && (kind !== "issues" || row.classList.contains("flagged")) && (kind !== "cap" || program.cap !== null);
      row.hidden = !fits;
      shown += fits;
    }
    el("shown").textContent = shown === rows.length ? String(shown) : `${shown} / ${rows.length}`;
  };
  $(".filters").hidden = false;
  el("search").addEventListener("input", filter);
  el("filter").addEventListener("change", filter);
  rows.forEach((row) => {
    const head = $("th", row);
    head.replaceChildren(make("button", { type: "button", class: "name" }, head.textContent));
  });
  $$("#programmes th[data-sort]").forEach((th) => {
    th.replaceChildren(button(th.textContent, () => {
      const down = th.getAttribute("aria-sort") === "ascending";
      $$("#programmes th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      th.setAttribute("aria-sort", down ? "descending" : "ascending");
      const of = (row) => byNumber.get(Number(row.dataset.n))[th.dataset.sort];
      const order = (a, b) => {
        const x = of(a), y = of(b);
        if (x === null || x === "") return y === null || y === "" ? 0 : 1;
        if (y === null || y === "") return -1;
        return (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "ja")) * (down ? -1 : 1);
      };
      body.append(...rows.sort(order));
    }));
  });
  const from = (n) => { current = -1; clear("now"); open(n, "name"); el("record").focus({ preventScroll: true }); };
  body.addEventListener("click", (e) => { const row = e.target.closest("tr"); if (row) from(Number(row.dataset.n)); });
  $$(".dot").forEach((dot) => dot.addEventListener("click", () => from(Number(dot.dataset.n))));

  // ── the source: a cell shows its values ────────────────────────────────────────────────────────
  el("pane").addEventListener("click", (e) => {
    const at = e.target.closest("[data-n]");
    const line = e.target.closest("li[id^=line-]");
    const numbers = at ? at.dataset.n.split(" ").map(Number) : line ? data.programmes.filter((p) => placesOf(p).some((x) => "line-" + x.line === line.id)).map((p) => p.n) : [];
    if (!numbers.length) return;
    const n = numbers.includes(opened) ? opened : numbers[0];
    if (n !== opened) current = -1;
    open(n, at ? at.dataset.column : "name");
  });
  const zoom = $(".zoom");
  if (zoom) {
    let step = 0;
    const set = (to) => { step = Math.max(0, Math.min(3, to)); $$(".page").forEach((p) => { p.className = "page" + (step ? ` zoom${step}` : ""); }); const picked = $(".cell.picked"); if (picked) reveal(picked); };
    zoom.hidden = false;
    el("larger").addEventListener("click", () => set(step + 1));
    el("smaller").addEventListener("click", () => set(step - 1));
  }

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (e.key === "Escape") { if (typing) document.activeElement.blur(); else close(); return; }
    if (typing) return;
    if (e.key === "n" || e.key === "j") go(current + 1);
    else if (e.key === "p" || e.key === "k") go(current < 0 ? -1 : current - 1);
    else if (e.key === "/") { e.preventDefault(); el("search").focus(); }
  });
})();
