// The forms in which a person decides on a finding: what is asked before it is sent, and what is kept until it is saved.
window.policyJudging = (() => {
  const $ = (selector, part = document) => part.querySelector(selector);
  const $$ = (selector, part = document) => [...part.querySelectorAll(selector)];
  const drafts = new Map(); // condition → what was typed into its form and is not saved
  let judged = ""; // the condition whose verdict is being saved

  function judge(form, submit) {
    const told = Object.fromEntries(new FormData(form));
    const verdict = $("input[type=radio]:checked", form)?.value;
    const place = $(".form-fault", form);
    const wrong = !verdict ? "请选择核定的结论。" : !told.reason.trim() ? "请写明理由。" : !told.person.trim() ? "请填写经办人。" : "";
    place.hidden = !wrong;
    place.textContent = wrong;
    if (wrong) return;
    localStorage.setItem("screening-person", told.person.trim());
    judged = form.dataset.condition;
    submit({ condition: form.dataset.condition, seen: Number(form.dataset.seen), verdict, reason: told.reason, person: told.person });
  }

  function note(form) {
    const verdict = $("input[type=radio]:checked", form)?.value;
    drafts.set(form.dataset.condition, { verdict, reason: $("textarea", form).value });
  }

  // The report was drawn anew: what was not saved is typed in again, a fault of saving stands where it was asked for.
  function redrawn(element) {
    const fault = judged ? $(".report > .note[role=alert]", element) : null;
    if (judged && !fault) drafts.delete(judged);
    for (const form of $$(".judge", element)) {
      const draft = drafts.get(form.dataset.condition);
      if (!draft) continue;
      $("textarea", form).value = draft.reason;
      const choice = $$("input[type=radio]", form).find((each) => each.value === draft.verdict);
      if (choice) choice.checked = true;
    }
    const row = $$(".finding", element).find((each) => each.dataset.condition === judged);
    judged = "";
    if (!row) return;
    if (fault) {
      const place = $(".form-fault", row);
      place.textContent = fault.textContent;
      place.hidden = false;
      fault.remove();
      $("textarea", row).focus({ preventScroll: true });
      place.scrollIntoView({ block: "nearest" });
    } else $(".finding-open", row).focus({ preventScroll: true });
  }

  const forget = () => drafts.clear();

  return { judge, note, redrawn, forget };
})();
