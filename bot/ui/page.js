// Shows a passage when its number or card is clicked. Everything it shows is on the page already.
(() => {
  document.documentElement.lang = "zh-CN";

  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  function open(id) {
    const passage = document.getElementById("p-" + id);
    if (!passage) return;
    each(".dw-turn-sources", (turn) => { turn.hidden = turn.dataset.turn !== passage.dataset.turn; });
    each("[data-none]", (note) => { note.hidden = true; });
    each(".dw-passage", (other) => { other.hidden = other !== passage; });
    each("[data-open]", (link) => { link.classList.toggle("dw-active", link.dataset.open === id); });
    const text = passage.querySelector(".dw-text");
    const mark = passage.querySelector("mark");
    if (mark) {
      const above = mark.getBoundingClientRect().top - text.getBoundingClientRect().top;
      text.scrollTop += above - text.clientHeight / 3;
    }
    const panel = document.getElementById("dw-sources");
    if (panel && panel.scrollHeight > panel.clientHeight) panel.scrollTop = 0;
    const box = passage.getBoundingClientRect();
    if (narrow()) showNarrow(passage, mark);
    else if (box.top < 0 || box.bottom > window.innerHeight) passage.scrollIntoView({ block: "nearest" });
    passage.focus({ preventScroll: true });
  }

  // On a narrow page the whole passage stands open: the quote may lie screens below its head.
  function showNarrow(passage, mark) {
    const far = mark && mark.getBoundingClientRect().top - passage.getBoundingClientRect().top > window.innerHeight * 0.6;
    if (far) mark.scrollIntoView({ block: mark.offsetHeight > window.innerHeight / 2 ? "start" : "center" });
    else passage.scrollIntoView({ block: "start" });
  }

  function close(turn) {
    each(".dw-passage", (passage) => { passage.hidden = true; });
    each("[data-open]", (link) => link.classList.remove("dw-active"));
    const asked = document.getElementById(turn);
    if (asked && narrow()) asked.scrollIntoView({ block: "start" });
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    const closer = event.target.closest("[data-close]");
    if (opener) open(opener.dataset.open);
    else if (closer) close(closer.dataset.close);
  });

  // A growing answer stays in view, unless the reader has scrolled up since to read something else.
  let nearEnd = true;
  let watched = null;
  let newest = "";
  let following = false; // a narrow page stays at the newest question until its reader scrolls away
  ["wheel", "touchmove", "keydown"].forEach((moved) =>
    window.addEventListener(moved, () => { following = false; }, { passive: true })
  );
  const narrow = () => window.innerWidth <= 800; // as in style.css

  // Gradio tells of a lost server in English, and knows no way out.
  const LOST = "与服务的连接断了。请确认运行 python -m bot serve 的窗口还开着，然后刷新本页面再问。";
  const NOT_READ = "这里只能选 .docx、.txt、.md 文件；其他格式请在办公软件里另存为 .docx 再选。";
  const isChinese = (text) => /[\u4e00-\u9fff]/.test(text);
  function translate() {
    each(".toast-body.error", (toast) => {
      const title = toast.querySelector(".toast-title");
      const text = toast.querySelector("[data-testid=toast-text]");
      if (text && /file type/i.test(text.textContent)) {
        if (title) title.textContent = "没有读这个文件";
        text.textContent = NOT_READ;
        return;
      }
      if (title && !isChinese(title.textContent)) title.textContent = "没有得到回答";
      if (text && !isChinese(text.textContent)) text.textContent = LOST;
      each(".dw-turn:last-of-type .dw-muted.dw-writing", (waiting) => {
        waiting.classList.remove("dw-writing");
        waiting.textContent = "没有得到回答：" + LOST;
      });
    });
  }

  function watch() {
    translate();
    document.body?.classList.remove("dark"); // the page is paper in every colour scheme
    const box = document.getElementById("dw-conversation");
    if (!box || box === watched) return;
    watched = box;
    box.addEventListener("scroll", () => {
      nearEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 120;
    });
    new MutationObserver(() => {
      const last = box.querySelector(".dw-turn:last-of-type");
      if (last && last.id !== newest) following = true;
      if (last && narrow() && following) {
        last.scrollIntoView({ block: "start" }); // the page itself scrolls: begin at the new question, as far as there is room
      }
      if (last && last.id !== newest) nearEnd = true; // who asks wants to see the answer, wherever they were reading
      newest = last ? last.id : "";
      if (!last || !nearEnd || narrow()) return;
      const room = box.scrollHeight - box.clientHeight;
      box.scrollTop = Math.min(room, box.scrollTop + last.getBoundingClientRect().top - box.getBoundingClientRect().top);
    }).observe(box, { childList: true, subtree: true, characterData: true });
  }
  new MutationObserver(watch).observe(document.body || document.documentElement, { childList: true, subtree: true });
})();
