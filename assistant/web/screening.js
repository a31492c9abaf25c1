// What the pages 材料预审 and 申报自查 do without the server: packages before they are sent, folding, sorting, addresses.
window.policyScreening = (() => {
  const $ = (selector, part = document) => part.querySelector(selector);
  const $$ = (selector, part = document) => [...part.querySelectorAll(selector)];
  const narrow = () => window.matchMedia("(max-width: 1099px)").matches;
  const unfolded = new Set(); // the findings that are open; they stay so when the report is drawn anew
  let send = () => {}; // (event, data): tells the server
  let wanted = ""; // the evidence that was asked for last: its number and how many pages further
  let opener = null; // what opened the evidence; focus goes back to it
  let only = null; // the verdict that the matrix is narrowed to

  // ---- the report

  // A person opens a finding: its first evidence is shown beside it, where there is room beside it.
  function look(row) {
    const open = $(".finding-open", row).getAttribute("aria-expanded") !== "true";
    unfold(row, open);
    const first = $(".finding-row .evidence", row);
    if (open && first && !narrow()) showEvidence(first);
  }

  function unfold(row, open) {
    const button = $(".finding-open", row);
    button.setAttribute("aria-expanded", String(open));
    $(".finding-more", row).hidden = !open;
    unfolded[open ? "add" : "delete"](row.dataset.condition);
    const person = $("input[name=person]", row);
    if (open && person && !person.value) person.value = localStorage.getItem("screening-person") ?? "";
  }

  function narrowMatrix(verdict) {
    only = only === verdict ? null : verdict;
    $$("#report .count").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.verdict === only)));
    $$("#report .finding").forEach((row) => { row.hidden = Boolean(only) && !$(`.finding-row .badge.${only}`, row); });
  }

  async function copy(button) {
    const area = $("textarea", button.closest(".draft"));
    let done = true;
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      area.select();
      done = document.execCommand("copy");
    }
    button.textContent = done ? "已复制" : "复制失败";
    setTimeout(() => { if (button.isConnected) button.textContent = "复制"; }, 2000);
  }

  // ---- the evidence beside it

  function showEvidence(button) {
    if (!button.closest("#evidence")) opener = button;
    wanted = `${button.dataset.exhibit}:${button.dataset.turned ?? 0}`;
    $$("#report [data-do=show][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    $$(`#report [data-do=show][data-exhibit="${button.dataset.exhibit}"]`).forEach((same) => same.setAttribute("aria-current", "true"));
    document.body.classList.add("evidence-open");
    if ($("#viewer .evidence-page")?.dataset.shown === wanted) { arrived(); return; }
    $("#evidence").setAttribute("aria-busy", "true");
    send("option_select", { exhibit: Number(button.dataset.exhibit), turned: Number(button.dataset.turned ?? 0) });
  }

  function closeEvidence() {
    document.body.classList.remove("evidence-open");
    opener?.isConnected && opener.focus({ preventScroll: true });
  }

  function toPlace() {
    const box = $("#viewer .evidence-page"), picture = $("img", box ?? document);
    if (!box) return;
    const scroll = () => {
      const top = picture ? Number($(".page-picture", box).dataset.top) * picture.clientHeight
        : ($("mark", box)?.offsetTop ?? 0) - box.offsetTop;
      box.scrollTop = top - box.clientHeight / 4;
    };
    if (picture && !picture.complete) picture.addEventListener("load", scroll, { once: true });
    else scroll();
  }

  const steps = {
    "pick-files": () => $("#intake input.files").click(),
    "pick-folder": () => $("#intake input.folder").click(),
    start: () => policyPackages.start((told) => send("submit", told)),
    sample: (b) => send("submit", { sample: b.dataset.name, ...policyPackages.chosen() }),
    resume: (b) => send("submit", { resume: b.dataset.application, ...policyPackages.chosen() }),
    drop: (b) => policyAssistant.sure(b, () => send("delete", { application: b.dataset.application })),
    stop: (b) => { b.disabled = true; send("stop"); },
    open: (b) => send("select", { report: b.dataset.report }),
    home: () => send("clear"),
    delete: (b) => policyAssistant.sure(b, () => { policyList.removing(b.closest("tr")); send("delete", { report: b.dataset.report }); }),
    sort: policyList.sort,
    export: () => send("download", { form: "grid", reports: policyList.shown() }),
    download: (b) => send("download", { form: b.dataset.form }),
    unfold: (b) => look(b.closest(".finding")),
    only: (b) => narrowMatrix(b.dataset.verdict),
    jump: (b) => $(b.getAttribute("href")).scrollIntoView({ block: "start" }),
    show: showEvidence,
    turn: showEvidence,
    zoom: (b) => { b.classList.toggle("large"); toPlace(); },
    close: closeEvidence,
    copy,
  };

  function intake(element, trigger, watch) {
    send = trigger;
    watch("value", policyPackages.draw);
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
      document.addEventListener(kind, (event) => {
        const zone = $("#intake .drop");
        if (!zone || !event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        zone.classList.toggle("over", kind === "dragenter" || kind === "dragover");
        if (kind === "drop" && !$("#report .report")) policyPackages.drop(event.dataTransfer.items);
      });
    }
    document.addEventListener("click", (event) => {
      const button = event.target.closest("#screening [data-do]");
      if (!button) return;
      if (button.matches("a")) event.preventDefault();
      steps[button.dataset.do]?.(button);
    });
    document.addEventListener("change", (event) => { if (event.target.matches("#intake input[type=file]")) policyPackages.pick(event.target); });
    document.addEventListener("input", (event) => {
      if (event.target.closest("#listing .tools")) policyList.narrowed();
      const form = event.target.closest("#report .judge");
      if (form) policyJudging.note(form);
    });
    // What is not to be kept is deleted at once; a page that comes back from the browser's memory begins anew.
    addEventListener("pagehide", () => {
      const visit = $("#intake .intake")?.dataset.visit;
      if (visit) fetch(`/uploads/${visit}`, { method: "DELETE", keepalive: true }).catch(() => {});
    });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("#report .judge")) return;
      event.preventDefault();
      policyJudging.judge(event.target, (told) => send("edit", told));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && document.body.classList.contains("evidence-open") && narrow()) closeEvidence();
    });
    addEventListener("popstate", () => {
      const wanted = new URL(location).searchParams.get("report");
      if (wanted) send("select", { report: wanted });
      else send("clear");
    });
  }

  function listing(element, trigger, watch) {
    watch("value", () => policyList.drawn(element));
  }

  function progress(element, trigger, watch) {
    let running = false;
    watch("value", () => {
      const now = Boolean($("[data-do=stop]", element));
      if (now && !running) $(".runs", element).scrollIntoView({ block: "start" });
      running = now;
    });
  }

  function report(element, trigger, watch) {
    let shown = "";
    watch("value", () => {
      const now = $(".report", element)?.dataset.report ?? "";
      if (now !== shown) {
        unfolded.clear();
        policyJudging.forget();
        only = null;
        closeEvidence();
        const address = new URL(location);
        const kept = $(".report", element)?.dataset.address ?? ""; // a report that is not stored has no address
        if ((address.searchParams.get("report") ?? "") !== kept || (now && !kept)) { // “back” leads to the start of the page
          if (kept) address.searchParams.set("report", kept);
          else address.searchParams.delete("report");
          history.pushState(null, "", address);
        }
        $("#desk").scrollTop = 0;
        $(now ? "h2" : "#intake h2", now ? element : document)?.focus({ preventScroll: true });
      }
      shown = now;
      for (const row of $$(".finding", element)) if (unfolded.has(row.dataset.condition)) unfold(row, true);
      if (only) { const kept = only; only = null; narrowMatrix(kept); }
      policyJudging.redrawn(element);
      $(".note[role=alert]", element)?.scrollIntoView({ block: "center" });
    });
  }

  function arrived() {
    const now = $("#viewer .evidence-page")?.dataset.shown;
    if (now && now !== wanted) return; // an answer that another has overtaken
    $("#evidence").removeAttribute("aria-busy");
    if (narrow() && document.body.classList.contains("evidence-open")) $("#viewer h2")?.focus({ preventScroll: true });
    toPlace();
  }

  function viewer(element, trigger, watch) {
    watch("value", arrived);
  }

  function save(made) {
    if (!made) return;
    const { name, type, data } = JSON.parse(made);
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([bytes], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  return { intake, listing, progress, report, viewer, save };
})();
