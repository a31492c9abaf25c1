// What the page does without the server: events of the HTML parts, scrolling, focus, the clipboard, saving a file.
window.policyAssistant = (() => {
  const narrow = () => window.matchMedia("(max-width: 1023px)").matches;
  let opener = null; // what opened the panel; focus goes back to it
  let awaited = false; // a chip was pressed and the panel's text is on its way

  document.documentElement.lang = "zh-CN";

  // An Enter that only confirms a word of the input method must not send the question.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
    if (event.key === "Escape" && document.body.classList.contains("source-open")) closeSource();
  }, true);

  // Gradio's own messages are English and fixed: what they mean to the visitor, in one Chinese sentence.
  new MutationObserver(() => {
    for (const toast of document.querySelectorAll(".toast-message-text")) {
      const told = /connection|network|fetch/i.test(toast.textContent) ? "与服务器的连接断开了,正在重新连接……"
        : "这一步没有成功,请再试一次;如果一直这样,请联系管理员。";
      if (/[a-z]{4}/i.test(toast.textContent)) toast.textContent = told;
    }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });

  function openSource() {
    if (!narrow()) return;
    document.body.classList.add("source-open");
    document.getElementById("talk").inert = true;
    document.getElementById("masthead").inert = true;
    document.querySelector("#source h2")?.focus({ preventScroll: true });
  }

  function closeSource() {
    document.body.classList.remove("source-open");
    document.getElementById("talk").inert = false;
    document.getElementById("masthead").inert = false;
    (opener?.isConnected ? opener : document.querySelector("#question textarea"))?.focus({ preventScroll: true });
  }

  function showCited() {
    const text = document.querySelector("#source .source-text");
    const place = text?.querySelector("mark") ?? text?.querySelector(".cited");
    if (!text) return;
    if (!place) { text.scrollTop = 0; return; }
    bring(place, text, text.clientHeight / 4);
  }

  // Scrolls `box` so that `part` stands `margin` pixels below its upper edge.
  function bring(part, box, margin) {
    box.scrollTop += part.getBoundingClientRect().top - box.getBoundingClientRect().top - margin;
  }

  async function copy(button) {
    const text = button.dataset.text;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No clipboard on plain http from another machine: the old way still works there.
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.textContent = done ? "已复制" : "复制失败";
    setTimeout(() => { if (button.isConnected) button.textContent = "复制"; }, 2000);
  }

  function reason(trigger, entry, text) {
    trigger("like", { entry, verdict: "down", reason: text });
    document.querySelector("#question textarea")?.focus({ preventScroll: true });
  }

  function transcript(element, trigger, watch) {
    let stamp = "";
    const own = (entry) => [...element.querySelectorAll(".own input")].find((input) => input.dataset.entry === entry);
    const steps = {
      example: (b) => trigger("example_select", { text: b.textContent }),
      cite: (b) => {
        opener = b;
        element.querySelectorAll(".chip[aria-current]").forEach((chip) => chip.removeAttribute("aria-current"));
        b.setAttribute("aria-current", "true");
        if (document.querySelector("#source .source-text")?.dataset.place === b.dataset.target) {
          openSource();
          showCited();
          return;
        }
        awaited = true;
        trigger("select", { entry: b.dataset.entry, shown: b.dataset.shown, place: Number(b.dataset.place) });
      },
      judge: (b) => trigger("like", { entry: b.dataset.entry, verdict: b.dataset.verdict }),
      reason: (b) => reason(trigger, b.dataset.entry, b.textContent),
      "send-reason": (b) => reason(trigger, b.dataset.entry, own(b.dataset.entry).value),
      copy,
      stop: () => trigger("stop"),
      restore: () => trigger("undo"),
    };
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) steps[button.dataset.do]?.(button);
    });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches(".own input")) {
        reason(trigger, event.target.dataset.entry, event.target.value);
      }
    });
    watch("value", () => {
      const turns = element.querySelector(".turns");
      if (turns && turns.dataset.stamp !== stamp) bring(turns.lastElementChild, element.closest("#transcript"), 16);
      stamp = turns?.dataset.stamp ?? "";
      const form = element.querySelector(".why");
      if (form) form.scrollIntoView({ block: "nearest" });
    });
  }

  function panel(element, trigger, watch) {
    element.addEventListener("click", (event) => {
      if (event.target.closest("[data-do=close]")) closeSource();
    });
    watch("value", () => {
      if (awaited) openSource();
      showCited();
      awaited = false;
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest("#open-source")) {
        opener = event.target.closest("#open-source");
        openSource();
      }
    });
  }

  function basis(element, trigger) {
    let sent = "";
    const input = element.querySelector("input");
    const send = () => { if (input.value !== sent) { sent = input.value; trigger("input", { value: sent }); } };
    // While the year is being typed the browser reports years such as 0002; those wait until the field is left.
    input.addEventListener("change", () => { if (input.value >= "1000") send(); });
    input.addEventListener("blur", () => { if (input.value || input.validity.badInput) send(); });
  }

  function scope(element, trigger) {
    element.addEventListener("change", (event) => trigger("input", { value: event.target.value }));
  }

  function save(made) {
    if (!made) return;
    const bytes = Uint8Array.from(atob(made), (character) => character.charCodeAt(0));
    const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = `政策问答记录-${new Date().toLocaleDateString("sv")}.docx`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
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

  return { transcript, panel, basis, scope, save, sure };
})();
