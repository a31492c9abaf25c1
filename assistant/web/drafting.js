// What the pages 意见起草 and 期限推算 do without the server: the form's values, the card of a sentence, focus, addresses.
window.policyDrafting = (() => {
  const $ = (selector, part = document) => part.querySelector(selector);
  const $$ = (selector, part = document) => [...part.querySelectorAll(selector)];
  const PERSON = "screening-person"; // the name that was typed last, on either page
  let send = () => {}; // (event, data): tells the server
  let opener = null; // the sentence whose card is shown
  let returning = false; // the focus goes back to a sentence: its card stays shut
  let pinned = false; // the card stays until it is shut
  let changing = null; // place and version of the paragraph that was sent: the focus goes back there
  let focused = null; // how to find again what had the focus when the bench was drawn

  // ---- what was filled in

  function values(part) {
    const told = {};
    for (const control of $$("[data-field]", part)) {
      if (control.closest("[data-rows]")) continue;
      told[control.dataset.field] = value(control);
    }
    for (const table of $$("[data-rows]", part)) {
      told[table.dataset.rows] = $$("tbody tr", table).map((row) =>
        Object.fromEntries($$("[data-field]", row).map((control) => [control.dataset.field, value(control)])));
    }
    return told;
  }

  // A date or number that was only half filled in reads as empty: it must not pass for one that was left open.
  const value = (control) => (control.validity.badInput ? "没有填完整" : control.value);

  const chosen = () => ({
    kind: $("#bench [data-do=kind]")?.value ?? "",
    reports: $$("#bench input[name=report]:checked").map((each) => each.value),
    form: values($("#bench .fields") ?? document.createElement("i")),
  });

  function person(part = $("#bench")) {
    const field = $("input[name=person]", part);
    const name = field?.value.trim() ?? "";
    if (name) localStorage.setItem(PERSON, name);
    else field?.focus();
    return name;
  }

  const version = () => Number($("#bench .draft")?.dataset.version);
  const edit = (told) => send("edit", { version: version(), person: person(), ...told });

  function row(button) {
    const body = $("tbody", button.closest("[data-rows]"));
    const next = body.lastElementChild.cloneNode(true);
    for (const control of $$("[data-field]", next)) {
      control.value = "";
      control.setAttribute("aria-label", control.getAttribute("aria-label").replace(/第\d+行/, `第${body.rows.length + 1}行`));
    }
    body.append(next);
    $("[data-field]", next).focus();
  }

  function every(button) {
    const boxes = $$("input[name=report]", button.closest("fieldset")).filter((each) => !each.closest("li").hidden);
    const all = boxes.every((each) => each.checked);
    boxes.forEach((each) => { each.checked = !all; });
  }

  // ---- the card with the sources of a sentence

  const card = () => $("#drafting-dialogs .said-card");

  function show(said, pin) {
    if (pinned && !pin) return;
    const told = $(`#sources-${said.dataset.sources}`) ?? null;
    const box = card();
    $$("#paper .said.now").forEach((each) => each.classList.remove("now"));
    if (said.dataset.said) $$(`#paper .said[data-said="${said.dataset.said}"]`).forEach((each) => each.classList.add("now"));
    $(".told", box).replaceChildren(...(told ? [told.cloneNode(true)] : []));
    $(".told > ul", box)?.removeAttribute("id");
    $("[data-do=change]", box).hidden = !said.closest("[data-place]");
    $(".tools", box).hidden = !pin;
    box.hidden = false;
    opener = said;
    pinned = pin;
    place(box, said);
    if (pin) $("[data-do=change]:not([hidden]), [data-do=shut]", box).focus({ preventScroll: true });
  }

  // Below the sentence, or above it where there is no room; never over its own words while there is a choice.
  function place(box, said) {
    const parts = said.dataset.said ? $$(`#paper .said[data-said="${said.dataset.said}"]`) : [said];
    const near = parts.map((each) => each.getBoundingClientRect()).filter((each) => each.bottom > 0 && each.top < innerHeight);
    const top = Math.min(...near.map((each) => each.top)), bottom = Math.max(...near.map((each) => each.bottom));
    const high = box.offsetHeight, left = Math.min(...near.map((each) => each.left));
    const below = bottom + 8 + high < innerHeight || top < high + 12;
    box.style.top = `${Math.max(8, below ? Math.min(bottom + 8, innerHeight - high - 8) : top - high - 8)}px`;
    box.style.left = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
  }

  // Letters of a font that stands in for 仿宋 can be wider than half a character: such a line is set closer.
  function fit(element) {
    for (const line of $$(".part .line", element)) {
      const over = line.scrollWidth - line.clientWidth;
      if (over > 0) line.style.letterSpacing = `${-((over + 1) / line.textContent.length / parseFloat(getComputedStyle(line).fontSize) + 0.013).toFixed(4)}em`;
    }
  }

  // Gives the focus back to a sentence, whose card was seen already.
  function home(said) {
    returning = true;
    if (said?.isConnected) said.focus({ preventScroll: true });
    returning = false;
  }

  function hide(back) {
    const box = card();
    if (!box || box.hidden) return;
    box.hidden = true;
    pinned = false;
    $$("#paper .said.now").forEach((each) => each.classList.remove("now"));
    if (back) home(opener);
  }

  // ---- changing a paragraph

  function change() {
    const held = opener.closest("[data-place]");
    const parts = $$(`#paper [data-place="${held.dataset.place}"]`);
    const heading = held.matches("[class*=heading]");
    let text = parts.map((each) => each.textContent).join("");
    if (heading) text = text.replace(/^([一二三四五六七八九十百]+、|（[一二三四五六七八九十百\d]+）|\d+\.)/, "");
    const box = $("#drafting-dialogs dialog.change");
    Object.assign(box.dataset, { place: held.dataset.place, version: version() });
    hide(false);
    $("textarea", box).value = text;
    $("input[name=person]", box).value = $("#bench input[name=person]")?.value || localStorage.getItem(PERSON) || "";
    fault(box, "");
    box.showModal();
    $("textarea", box).focus();
  }

  function fault(box, told) {
    $(".dialog-fault", box).hidden = !told;
    $(".dialog-fault", box).textContent = told;
  }

  function words() {
    const box = $("#drafting-dialogs dialog.change");
    const name = person(box);
    if (!name) { fault(box, "请填写经办人。"); return; }
    changing = { place: box.dataset.place, version: box.dataset.version };
    send("edit", { act: "words", place: box.dataset.place, version: Number(box.dataset.version), text: $("textarea", box).value, person: name });
  }

  const steps = {
    draft: () => send("submit", { ...chosen(), person: person() }),
    open: (b) => send("select", { what: "draft", draft: b.dataset.draft }),
    home: () => send("select", { what: "home" }),
    delete: (b) => policyAssistant.sure(b, () => send("delete", { draft: b.dataset.draft })),
    check: () => send("select", { what: "check" }),
    compare: (b) => send("select", { what: "compare", ...Object.fromEntries($$("select", b.parentElement).map((each) => [each.name, Number(each.value)])) }),
    download: (b) => send("download", { form: b.dataset.form }),
    undo: () => edit({ act: "undo" }),
    polish: () => edit({ act: "polish" }),
    restore: (b) => edit({ act: "restore", number: Number(b.dataset.number) }),
    fields: (b) => edit({ act: "fields", fields: values(b.closest("details")) }),
    sign: (b) => send("edit", { act: "sign", version: version(), person: $("input[name=signs]", b.closest("details")).value, stays: $("input[name=stays]", b.closest("details"))?.checked ?? false }),
    larger: (b) => b.setAttribute("aria-pressed", String($("#paper-side").classList.toggle("larger"))),
    shut: () => hide(true),
    leave: () => $("#drafting-dialogs dialog.change").close(),
    row, every, change, words,
  };

  // Another draft is shown, or none: its address, its beginning.
  function arrived(element, draft) {
    const address = new URL(location);
    address.searchParams.delete("report");
    if (draft) address.searchParams.set("draft", draft); else address.searchParams.delete("draft");
    if (String(address) !== location.href) history.pushState(null, "", address);
    for (const each of ["#drafting", "#bench-side", "#paper-side"]) $(each).scrollTop = 0;
    $("h2", element)?.focus({ preventScroll: true });
  }

  function bench(element, trigger, watch) {
    send = (event, told) => {
      const now = document.activeElement?.closest("#bench [data-do]");
      focused = now ? `#bench [data-do="${now.dataset.do}"]${now.dataset.form ? `[data-form="${now.dataset.form}"]` : ""}` : focused;
      kept = $$("details", element).map((each) => ({ open: each.open, typed: typed(each).map((control) => [control.value, control.checked]) }));
      trigger(event, told);
    };
    document.addEventListener("click", (event) => {
      const button = event.target.closest("#drafting [data-do], #drafting-dialogs [data-do]");
      if (button) { if (!button.matches("select")) steps[button.dataset.do]?.(button); return; }
      const said = event.target.closest("#paper .said, #paper [class*=heading][data-place]");
      if (said) show(said, true);
      else if (!event.target.closest(".said-card")) hide(false);
    });
    document.addEventListener("change", (event) => {
      if (event.target.matches("#bench [data-do=kind]")) send("select", { what: "kind", ...chosen() });
    });
    document.addEventListener("input", (event) => {
      if (!event.target.matches("#bench .filter")) return;
      const wanted = event.target.value.trim().toLowerCase();
      $$("#bench .reports li").forEach((each) => { each.hidden = !each.dataset.words.toLowerCase().includes(wanted); });
    });
    addEventListener("popstate", () => {
      const draft = new URL(location).searchParams.get("draft");
      send("select", draft ? { what: "draft", draft } : { what: "home" });
    });
    let before = null, kept = [];
    const typed = (part) => $$("input, select, textarea", part);
    const drawn = () => {
      const name = $("input[name=person]", element);
      if (name && !name.value) name.value = localStorage.getItem(PERSON) ?? "";
      const now = $(".draft", element)?.dataset.draft ?? "";
      const told = $(".note[role=alert]", element), dialog = $("#drafting-dialogs dialog.change");
      if (before !== null && now !== before) arrived(element, now);
      else if (dialog?.open) {
        if (told) fault(dialog, told.textContent);
        else dialog.close();
      } else {
        unfold(element, Boolean(told));
        if (told) told.scrollIntoView({ block: "nearest" });
        else if (focused) $(focused)?.focus({ preventScroll: true });
      }
      if (name || now) before = now;
      focused = null;
    };
    // What was folded open stays so; after a fault, what was typed is there again.
    const unfold = (part, again) => $$("details", part).forEach((each, n) => {
      each.open ||= Boolean(kept[n]?.open);
      if (again && kept[n]) typed(each).forEach((control, m) => { if (kept[n].typed[m]) [control.value, control.checked] = kept[n].typed[m]; });
    });
    watch("value", drawn);
  }

  function paper(element, trigger, watch) {
    element.addEventListener("mouseover", (event) => { const said = event.target.closest(".said"); if (said) show(said, false); });
    element.addEventListener("mouseout", (event) => { if (!pinned && !event.relatedTarget?.closest?.(".said")) hide(false); });
    element.addEventListener("focusin", (event) => { const said = event.target.closest(".said"); if (said && !returning) show(said, false); });
    element.addEventListener("focusout", () => { if (!pinned) hide(false); });
    element.addEventListener("keydown", (event) => {
      const said = event.target.closest(".said, [class*=heading][data-place]");
      if (said && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); show(said, true); }
    });
    watch("value", () => {
      fit(element);
      const place = changing?.place;
      hide(false);
      if ($(".sheets", element)?.dataset.version.endsWith(`.${changing?.version}`)) return;
      changing = null;
      if (place) home($(`#paper [data-place="${place}"] .said[tabindex], #paper [data-place="${place}"][tabindex]`));
    });
  }

  function dialogs(element) {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !card()?.hidden) { event.preventDefault(); hide(true); }
    });
    addEventListener("resize", () => hide(false));
  }

  function deadline(element, trigger) {
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      trigger("submit", Object.fromEntries(new FormData(event.target)));
    });
  }

  return { bench, paper, dialogs, deadline };
})();
