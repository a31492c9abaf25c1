// What the pages 材料预审 and 申报自查 do without the server: packages before they are sent, folding, sorting, addresses.
window.policyScreening = (() => {
  const $ = (selector, part = document) => part.querySelector(selector);
  const $$ = (selector, part = document) => [...part.querySelectorAll(selector)];
  const narrow = () => window.matchMedia("(max-width: 1099px)").matches;
  const unfolded = new Set(); // the findings that are open; they stay so when the report is drawn anew
  let send = () => {}; // (event, data): tells the server
  let wanted = ""; // the evidence that was asked for last: its number and how many pages further
  let opener = null; // what opened the evidence; focus goes back to it
  let sorted = { key: "made", down: true };
  let only = null; // the verdict that the matrix is narrowed to

  // ---- the list of reports

  function narrowed() {
    const area = $("#listing .earlier");
    if (!$(".grid", area ?? document)) return;
    const words = $(".filter", area).value.trim().toLowerCase();
    const condition = $("select.condition", area).value, verdict = $("select.verdict", area).value;
    let shown = 0;
    for (const row of $$(".grid tbody tr", area)) {
      const cells = $$(".cell", row).filter((cell) => !condition || cell.dataset.condition === condition);
      const fits = verdict === "issues" ? Number(row.dataset.issues) > 0
        : verdict === "lacking" ? Number(row.dataset.missing) > 0
          : !verdict || cells.some((cell) => cell.dataset.verdict === verdict);
      row.hidden = !(fits && row.dataset.words.toLowerCase().includes(words));
      shown += !row.hidden;
    }
    $(".shown", area).textContent = `${shown} 份`;
    $("[data-do=export]", area).disabled = !shown;
  }

  function sort(button) {
    sorted = { key: button.dataset.key, down: sorted.key === button.dataset.key ? !sorted.down : false };
    arrange();
  }

  function arrange() {
    for (const table of $$("#listing .grid")) {
      const heads = $$("thead th", table);
      const at = heads.findIndex((th) => $("button", th)?.dataset.key === sorted.key);
      if (at < 0) continue;
      heads.forEach((th, n) => th.setAttribute("aria-sort", n === at ? (sorted.down ? "descending" : "ascending") : "none"));
      const value = (row) => row.children[at].dataset.sort ?? "";
      const order = new Intl.Collator("zh-CN", { numeric: true });
      const rows = $$("tbody tr", table).sort((a, b) => order.compare(value(a), value(b)) * (sorted.down ? -1 : 1));
      $("tbody", table).append(...rows);
    }
  }

  // ---- the report

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

  function judge(form) {
    const told = Object.fromEntries(new FormData(form));
    const verdict = $("input[type=radio]:checked", form)?.value;
    const place = $(".form-fault", form);
    const wrong = !verdict ? "请选择核定的结论。" : !told.reason.trim() ? "请写明理由。" : !told.person.trim() ? "请填写经办人。" : "";
    place.hidden = !wrong;
    place.textContent = wrong;
    if (wrong) return;
    localStorage.setItem("screening-person", told.person.trim());
    send("edit", { condition: form.dataset.condition, seen: Number(form.dataset.seen), verdict, reason: told.reason, person: told.person });
  }

  // Asks once more on the button itself; a second press within five seconds means yes.
  function sure(button, act) {
    if (button.dataset.asked) { act(); return; }
    button.dataset.asked = button.textContent;
    button.textContent = "确认删除?";
    setTimeout(() => {
      if (!button.isConnected) return;
      button.textContent = button.dataset.asked;
      delete button.dataset.asked;
    }, 5000);
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
    $$(".evidence[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    $$(`#report .evidence[data-exhibit="${button.dataset.exhibit}"]`).forEach((same) => same.setAttribute("aria-current", "true"));
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
    drop: (b) => sure(b, () => send("delete", { application: b.dataset.application })),
    stop: (b) => { b.disabled = true; send("stop"); },
    open: (b) => send("select", { report: b.dataset.report }),
    home: () => send("clear"),
    delete: (b) => sure(b, () => send("delete", { report: b.dataset.report })),
    sort,
    export: () => send("download", { form: "grid", reports: $$("#listing tbody tr:not([hidden])").map((row) => row.dataset.report) }),
    download: (b) => send("download", { form: b.dataset.form }),
    unfold: (b) => unfold(b.closest(".finding"), b.getAttribute("aria-expanded") !== "true"),
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
    document.addEventListener("input", (event) => { if (event.target.closest("#listing .tools")) narrowed(); });
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("#report .judge")) return;
      event.preventDefault();
      judge(event.target);
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
    watch("value", () => { arrange(); narrowed(); });
  }

  function report(element, trigger, watch) {
    let shown = "";
    watch("value", () => {
      const now = $(".report", element)?.dataset.report ?? "";
      if (now !== shown) {
        unfolded.clear();
        only = null;
        closeEvidence();
        const address = new URL(location);
        if ((address.searchParams.get("report") ?? "") !== now) {
          if (now) address.searchParams.set("report", now);
          else address.searchParams.delete("report");
          history.pushState(null, "", address);
        }
        $("#desk").scrollTop = 0;
        $(now ? "h2" : "#intake h2", now ? element : document)?.focus({ preventScroll: true });
      }
      shown = now;
      for (const row of $$(".finding", element)) if (unfolded.has(row.dataset.condition)) unfold(row, true);
      if (only) { const kept = only; only = null; narrowMatrix(kept); }
      $(".note", element)?.scrollIntoView({ block: "center" });
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

  return { intake, listing, report, viewer, save };
})();
