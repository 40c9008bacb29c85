"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const w = data.words;
  const $ = (q, of = document) => of.querySelector(q);
  const $$ = (q, of = document) => [...of.querySelectorAll(q)];
  const byNumber = new Map(data.programmes.map((p) => [p.n, p]));
  const decided = new Map();
  let current = -1;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((c) => c !== null && c !== undefined));
    return element;
  };

  const clear = (name) => $$("." + name).forEach((e) => e.classList.remove(name));

  // the places of a programme's column in the source: boxes on pages, lines, or rows of cells
  const places = (n, column) => {
    const drawn = $$(`[data-n="${n}"][data-column]`, $(".source")).filter((e) => !column || e.dataset.column === column);
    const program = byNumber.get(n);
    const lines = (program ? program.texts : [])
      .filter((t) => !column || t.field === column)
      .flatMap((t) => t.places.map((p) => p.line && document.getElementById("line-" + p.line)));
    return [...drawn, ...lines.filter(Boolean)];
  };

  const show = (n, column) => {
    clear("of");
    clear("picked");
    places(n).forEach((e) => e.classList.add("of"));
    const picked = column ? places(n, column) : [];
    picked.forEach((e) => e.classList.add("picked"));
    const first = picked[0] || places(n)[0];
    if (first) first.scrollIntoView({ block: "center", inline: "nearest" });
  };

  const marked = (text, spans) => {
    const parts = [];
    let at = 0;
    const points = [...text];
    for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
      if (start < at) continue;
      parts.push(points.slice(at, start).join(""), make("mark", {}, points.slice(start, end).join("")));
      at = end;
    }
    parts.push(points.slice(at).join(""));
    return parts;
  };

  const pick = (n, column, value) => {
    show(n, column);
    $$("#record .value").forEach((e) => e.classList.toggle("picked", value !== undefined && e.dataset.field === value));
    $$("#record dd").forEach((e) => e.classList.toggle("picked", e.dataset.column === column));
  };

  const open = (n, column, value) => {
    const program = byNumber.get(n);
    const record = $("#record");
    if (!program) return;
    record.hidden = false;
    const values = program.values.map((v) =>
      make("button", { type: "button", class: "value" + (v.valid ? "" : " invalid"), "data-field": v.field, "data-column": v.column, on: { click: () => pick(n, v.column, v.field) } },
        v.said, make("small", {}, v.label, v.doubt ? ` · ${w.doubt}: ${v.doubt}` : "")));
    const texts = program.texts.flatMap((t) => {
      const spans = program.values.filter((v) => v.column === t.field).map((v) => [v.start, v.end]);
      return [make("dt", {}, t.label), make("dd", { "data-column": t.field, on: { click: () => pick(n, t.field) } }, ...marked(t.text, spans))];
    });
    const links = program.values.filter((v) => v.href).map((v) => make("li", {}, make("a", { href: v.href, rel: "noreferrer noopener", target: "_blank" }, v.said)));
    record.replaceChildren(
      make("button", { type: "button", class: "close", on: { click: () => { record.hidden = true; clear("of"); clear("picked"); } } }, w.close),
      make("h3", {}, `#${n} ${program.name}`, program.corrected.length ? make("small", {}, ` ${w.corrected}: ${program.corrected.join(", ")}`) : null),
      values.length ? make("h4", {}, w.values) : null, make("div", { class: "values" }, ...values),
      make("h4", {}, w.texts), make("dl", {}, ...texts), links.length ? make("ul", {}, ...links) : null);
    $$("#programmes tbody tr").forEach((row) => row.classList.toggle("now", Number(row.dataset.n) === n));
    pick(n, column, value);
  };

  const go = (i) => {
    if (!data.issues.length) return;
    current = (i + data.issues.length) % data.issues.length;
    clear("now");
    const element = document.getElementById("issue-" + current);
    const issue = data.issues[current];
    element.closest("details").open = true;
    element.classList.add("now");
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
    if (issue.n) {
      const program = byNumber.get(issue.n);
      const value = program && program.values.find((v) => v.field === issue.field);
      open(issue.n, value ? value.column : program && program.texts.some((t) => t.field === issue.field) ? issue.field : "name", value && value.field);
    } else {
      const place = document.getElementById(issue.line ? "line-" + issue.line : "page-" + issue.page);
      if (place) place.scrollIntoView({ block: "start" });
    }
  };

  // ── corrections ──────────────────────────────────────────────────────────────────────────────
  const source = (issue) => {
    const program = byNumber.get(issue.n);
    if (!program) return "";
    const value = program.values.find((v) => v.field === issue.field);
    const text = program.texts.find((t) => t.field === issue.field);
    return value ? value.sha : text ? text.sha : program.flat[issue.field] ? program.flat[issue.field].sha : (program.texts[0] || { sha: "" }).sha;
  };

  const told = () => {
    $(".saving").hidden = decided.size === 0;
    $("#decided").value = decided.size ? `${decided.size} ${w.decided}` : "";
  };

  const decide = (issue, line, element) => {
    decided.set(issue.i, { id: issue.id, field: issue.field, source_text_sha256: source(issue), old: issue.raw, new: null, by: "", at: "", reason: "", ...line });
    element.replaceChildren(make("span", { class: "decided" }, `✓ ${line.new ?? line.reason}`),
      make("button", { type: "button", on: { click: () => { decided.delete(issue.i); choices(issue, element); told(); } } }, w.undo));
    told();
  };

  const asked = (issue, element, comment) => {
    const input = make("input", { "aria-label": comment ? w.comment : w.new_value, value: comment ? "" : issue.raw || "" });
    const why = comment ? null : make("input", { "aria-label": w.why, placeholder: w.why });
    const done = () => input.value && decide(issue, comment ? { old: null, reason: input.value } : { new: input.value, reason: why.value }, element);
    input.addEventListener("keydown", (e) => e.key === "Enter" && done());
    element.replaceChildren(input, ...(why ? [why] : []), make("button", { type: "button", on: { click: done } }, "OK"),
      make("button", { type: "button", on: { click: () => choices(issue, element) } }, w.undo));
    input.focus();
  };

  const choices = (issue, element) => {
    element.hidden = false;
    element.replaceChildren(
      ...(issue.raw_suggestion ? [make("button", { type: "button", class: "accept", on: { click: () => decide(issue, { new: issue.raw_suggestion, reason: issue.rule }, element) } }, w.accept)] : []),
      make("button", { type: "button", on: { click: () => asked(issue, element, false) } }, w.write),
      make("button", { type: "button", on: { click: () => asked(issue, element, true) } }, w.comment));
  };

  const save = () => {
    const by = $("#who").value;
    const at = new Date().toISOString();
    const lines = [...decided.values()].map((line) => JSON.stringify({ ...line, by, at }) + "\n");
    const url = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
    make("a", { href: url, download: "corrections.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  data.issues.forEach((issue) => {
    const element = document.getElementById("issue-" + issue.i);
    element.addEventListener("click", (e) => {
      if (e.target.closest(".decide")) return;
      e.preventDefault();
      go(issue.i);
    });
    if (issue.n && issue.field) choices(issue, $(".decide", element));
  });
  $("#save").addEventListener("click", save);

  // ── the table ────────────────────────────────────────────────────────────────────────────────
  const body = $("#programmes tbody");
  const rows = $$("tr", body);
  const haystack = new Map(data.programmes.map((p) => [p.n, [p.name, p.office, ...p.texts.map((t) => t.text)].join("\n").normalize("NFKC").toLowerCase()]));
  const filter = () => {
    const words = $("#search").value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const kind = $("#filter").value;
    let shown = 0;
    for (const row of rows) {
      const program = byNumber.get(Number(row.dataset.n));
      const fits = words.every((x) => haystack.get(program.n).includes(x)) && (kind !== "issues" || row.classList.contains("flagged")) && (kind !== "cap" || program.cap !== null);
      row.hidden = !fits;
      shown += fits;
    }
    $("#shown").textContent = shown === rows.length ? String(shown) : `${shown} / ${rows.length}`;
  };
  $(".filters").hidden = false;
  $("#search").addEventListener("input", filter);
  $("#filter").addEventListener("change", filter);
  $$("#programmes th[data-sort]").forEach((th) => {
    const button = make("button", { type: "button" }, th.textContent);
    th.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = th.getAttribute("aria-sort") === "ascending";
      $$("#programmes th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      th.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = th.dataset.sort;
      const of = (row) => byNumber.get(Number(row.dataset.n))[key];
      const order = (a, b) => {
        const x = of(a), y = of(b);
        if (x === null || x === "") return 1;
        if (y === null || y === "") return -1;
        return (typeof x === "number" ? x - y : String(x).localeCompare(String(y), "ja")) * (down ? -1 : 1);
      };
      body.append(...rows.sort(order));
    });
  });
  body.addEventListener("click", (e) => { const row = e.target.closest("tr"); if (row) open(Number(row.dataset.n), "name"); });
  $$(".dot").forEach((dot) => dot.addEventListener("click", () => open(Number(dot.dataset.n), "name")));
  $(".source").addEventListener("click", (e) => {
    const at = e.target.closest("[data-n]");
    if (at) return open(Number(at.dataset.n), at.dataset.column);
    const line = e.target.closest("li[id^=line-]");
    const number = line && Number(line.id.slice(5));
    const program = line && data.programmes.find((p) => p.texts.some((t) => t.places.some((x) => x.line === number)));
    if (program) open(program.n, "name");
  });

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") { $("#record").hidden = true; clear("of"); clear("picked"); document.activeElement.blur(); return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    if (e.key === "n" || e.key === "j") go(current + 1);
    else if (e.key === "p" || e.key === "k") go(current - 1);
    else if (e.key === "/") { e.preventDefault(); $("#search").focus(); }
  });
})();
