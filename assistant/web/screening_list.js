// The list of reports: narrowing, sorting, and where the focus goes when a row is deleted.
window.policyList = (() => {
  const $ = (selector, part = document) => part.querySelector(selector);
  const $$ = (selector, part = document) => [...part.querySelectorAll(selector)];
  let sorted = { key: "made", down: true };
  let after = null; // the place among the shown rows of the one that is being deleted
  let chosen = []; // what the list is narrowed to: name, condition, verdict; it stays when the list is drawn anew
  const choices = (area) => [".filter", "select.condition", "select.verdict"].map((name) => $(name, area));

  function narrowed() {
    const area = $("#listing .earlier");
    if (!$(".grid", area ?? document)) return;
    chosen = choices(area).map((each) => each.value);
    const words = chosen[0].trim().toLowerCase(), [, condition, verdict] = chosen;
    const rows = $$(".grid tbody tr", area);
    let shown = 0;
    for (const row of rows) {
      const cells = $$(".cell", row).filter((cell) => !condition || cell.dataset.condition === condition);
      const fits = verdict === "issues" ? Number(row.dataset.issues) > 0
        : verdict === "lacking" ? Number(row.dataset.missing) > 0
          : !verdict || cells.some((cell) => cell.dataset.verdict === verdict);
      row.hidden = !(fits && row.dataset.words.toLowerCase().includes(words));
      shown += !row.hidden;
    }
    $(".shown", area).textContent = shown < rows.length ? `${shown} / ${rows.length} 份` : `${shown} 份`;
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

  const shown = () => $$("#listing tbody tr:not([hidden])").map((row) => row.dataset.report);

  function removing(row) {
    after = row ? $$("#listing tbody tr:not([hidden])").indexOf(row) : null;
  }

  function drawn(area) {
    if ($(".grid", area)) choices(area).forEach((each, n) => { each.value = chosen[n] ?? ""; });
    arrange();
    narrowed();
    if (after === null) return;
    const rows = $$("tbody tr:not([hidden])", area);
    const next = rows.length ? $(".open", rows[Math.min(after, rows.length - 1)]) : $(".filter", area) ?? $("#intake h2");
    next?.focus();
    after = null;
  }

  return { narrowed, sort, shown, removing, drawn };
})();
