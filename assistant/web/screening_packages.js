// Packages on the pages 材料预审 and 申报自查 before they are started: what was put in, and sending it.
window.policyPackages = (() => {
  const $ = (selector, part = document) => part.querySelector(selector);
  let packages = []; // { id, title, files: [{ name, file, sent }] }
  let sending = null;

  const isZip = (name) => /\.zip$/i.test(name);
  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

  function put(title, files) {
    if (files.length) packages.push({ id: key(), title, files: files.map((f) => ({ ...f, sent: false })) });
  }

  // Every ZIP is a package; loose files that came together are one.
  function putLoose(files) {
    for (const file of files.filter((f) => isZip(f.name))) put(file.name.replace(/\.zip$/i, ""), [{ name: file.name, file }]);
    const rest = files.filter((f) => !isZip(f.name));
    const first = rest[0]?.name.replace(/\.[^.]*$/, "");
    put(rest.length > 1 ? `${first} 等 ${rest.length} 个文件` : first, rest.map((file) => ({ name: file.name, file })));
  }

  const entries = (folder) => new Promise((resolve, reject) => {
    const reader = folder.createReader();
    const found = [];
    const next = () => reader.readEntries((part) => {
      if (!part.length) resolve(found);
      else { found.push(...part); next(); }
    }, reject);
    next();
  });

  async function within(folder, path) {
    const found = [];
    for (const entry of await entries(folder)) {
      if (entry.isDirectory) found.push(...await within(entry, `${path}${entry.name}/`));
      else found.push({ name: path + entry.name, file: await new Promise((yes, no) => entry.file(yes, no)) });
    }
    return found;
  }

  async function gather(items) {
    const given = [...items].map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
    const loose = [];
    for (const each of given.filter(Boolean)) {
      if (each instanceof File) loose.push(each);
      else if (each.isDirectory) put(each.name, await within(each, ""));
      else loose.push(await new Promise((yes, no) => each.file(yes, no)));
    }
    putLoose(loose);
    draw();
  }

  function drop(items) {
    if (!sending) gather(items).catch(() => fault("拖入的内容读不出来,请改用“选择文件”。"));
  }

  function pick(input) {
    if (input.matches(".folder")) {
      const files = [...input.files];
      const title = files[0]?.webkitRelativePath.split("/")[0] ?? "";
      put(title, files.map((file) => ({ name: file.webkitRelativePath.split("/").slice(1).join("/"), file })));
    } else putLoose([...input.files]);
    input.value = "";
    draw();
  }

  function fault(text) {
    const place = $("#intake .intake-fault");
    if (!place) return;
    place.hidden = !text;
    place.textContent = text;
  }

  function draw() {
    const list = $("#intake .packages");
    if (!list) return;
    list.replaceChildren(...packages.map((each) => {
      const row = document.createElement("li");
      const bytes = each.files.reduce((sum, f) => sum + f.file.size, 0);
      const title = Object.assign(document.createElement("input"), { value: each.title, maxLength: 120 });
      title.setAttribute("aria-label", "申报包名称");
      title.addEventListener("input", () => { each.title = title.value; });
      const told = Object.assign(document.createElement("span"), { textContent: `${each.files.length} 个文件,${size(bytes)}` });
      const bar = Object.assign(document.createElement("progress"), { max: bytes || 1, value: 0, hidden: !sending });
      bar.setAttribute("aria-label", `上传 ${each.title}`);
      const remove = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "移除" });
      remove.disabled = Boolean(sending);
      remove.addEventListener("click", () => { packages = packages.filter((other) => other !== each); draw(); });
      row.append(title, told, bar, remove);
      each.bar = bar;
      return row;
    }));
    $("#intake .start").hidden = !packages.length;
    const start = $("#intake [data-do=start]");
    start.disabled = Boolean(sending);
    start.dataset.label ??= start.textContent;
    start.textContent = sending ? "正在上传……" : packages.length > 1 ? `${start.dataset.label}(${packages.length} 个申报包)` : start.dataset.label;
    if (packages.length && !sending) fault("");
  }

  const sendFile = (visit, id, name, file, progress) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/uploads/${visit}/${id}?name=${encodeURIComponent(name)}`);
    request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("load", () => request.status === 204 ? resolve() : reject(new Error(request.responseText || "上传没有成功,请再试一次。")));
    request.addEventListener("error", () => reject(new Error("与服务器的连接断开了,请稍后再试。")));
    request.send(file);
  });

  async function start(submit) {
    const area = $("#intake .intake");
    const most = Number(area.dataset.most) * 1e6;
    for (const each of packages) {
      const large = each.files.find((f) => f.file.size > most);
      if (large) return fault(`“${large.name}”超过 ${area.dataset.most} MB,请压缩或拆分后再上传。`);
      if (each.files.length > Number(area.dataset.files)) return fault(`“${each.title}”超过 ${area.dataset.files} 个文件,请分批上传。`);
    }
    sending = packages;
    draw();
    try {
      for (const each of packages) {
        let before = 0;
        for (const f of each.files) {
          if (!f.sent) await sendFile(area.dataset.visit, each.id, f.name, f.file, (loaded) => { each.bar.value = before + loaded; });
          f.sent = true;
          before += f.file.size;
          each.bar.value = before;
        }
      }
      submit({ packages: packages.map(({ id, title }) => ({ id, title })), ...chosen() });
      packages = [];
    } catch (error) {
      fault(error.message);
    }
    sending = null;
    draw();
  }

  const chosen = () => ({
    as_of: $("#intake .as-of")?.value, policy: $("#intake .policy")?.value, save: $("#intake .save")?.checked ?? false,
  });

  return { draw, drop, pick, start, chosen };
})();
