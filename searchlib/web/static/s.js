// The page works without this. It adds: answers while one types, suggestions, a range drawn on the
// histogram, keys, the way from mark to mark. Every address is relative, so that it works below any prefix.
"use strict";
(() => {
  const $ = (what, where = document) => where.querySelector(what);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const form = $("form.ask"), input = form && form.elements.q, list = $("#suggested"), note = $("#problem");
  const isComposing = (event) => event.isComposing || event.keyCode === 229;
  let composing = false, waiting = 0, asking = null, suggesting = null, chosen = -1, last = input && input.value;

  const address = (changes) => {
    const now = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(changes)) value ? now.set(name, value) : now.delete(name);
    for (const [name, value] of [...now]) if (!value) now.delete(name, value);
    return "./?" + now;
  };

  // --- answers while one types
  const live = async () => {
    const here = address({});
    asking?.abort();
    const mine = (asking = new AbortController());
    try {
      const said = await fetch(here + "&live=1", { signal: mine.signal, headers: { Accept: "text/html" } });
      const text = await said.text();
      if (asking !== mine) return;
      const problem = !said.ok;
      note.textContent = problem ? text : "";
      input.toggleAttribute("aria-invalid", problem);
      if (problem) return; // the last answer stays
      $("#answer").innerHTML = text;
      $("#said").textContent = $("#answer h1").textContent;
      document.title = $("#status")?.dataset.title || document.title;
      history.replaceState(null, "", here);
      drawable();
    } catch (error) {
      if (error.name !== "AbortError") note.textContent = form.dataset.offline;
    }
  };

  // --- suggestions
  const close = () => {
    suggesting?.abort();
    list.replaceChildren();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const suggest = async () => {
    const typed = input.value;
    suggesting?.abort();
    if (!typed.trim()) return close();
    const mine = (suggesting = new AbortController());
    try {
      const said = await fetch("api/suggest?q=" + encodeURIComponent(typed), { signal: mine.signal });
      const found = said.ok ? (await said.json())[1] : [];
      if (suggesting !== mine || document.activeElement !== input) return;
      close();
      if (!found.length || (found.length === 1 && found[0] === typed)) return;
      list.append(...found.map((text, place) => {
        const item = document.createElement("li");
        item.id = "suggested" + place;
        item.role = "option";
        item.ariaSelected = "false";
        item.textContent = text;
        return item;
      }));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    } catch { /* a newer one is under way, or nobody answers */ }
  };
  const choose = (place) => {
    const items = [...list.children];
    chosen = (place + items.length + 1) % (items.length + 1);
    if (chosen === items.length) chosen = -1;
    items.forEach((item, at) => (item.ariaSelected = String(at === chosen)));
    chosen < 0 ? input.removeAttribute("aria-activedescendant")
      : input.setAttribute("aria-activedescendant", items[chosen].id);
    if (chosen >= 0) items[chosen].scrollIntoView({ block: "nearest" });
  };
  const take = (text) => {
    input.value = text;
    close();
    form.requestSubmit();
  };

  if (input) {
    const typed = () => {
      if (composing || input.value === last) return;
      last = input.value;
      clearTimeout(waiting);
      waiting = setTimeout(() => { if ($("#answer")) live(); suggest(); }, 120);
    };
    input.addEventListener("compositionstart", () => { composing = true; clearTimeout(waiting); });
    input.addEventListener("compositionend", () => { composing = false; typed(); });
    input.addEventListener("input", (event) => { if (!event.isComposing) composing = false; typed(); });
    input.addEventListener("blur", () => setTimeout(() => document.activeElement === input || close(), 150));
    input.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      const isOpen = !list.hidden;
      if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? list.children.length - 1 : chosen - 1);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        take(list.children[chosen].textContent);
      } else if (event.key === "Escape") {
        if (isOpen) event.preventDefault();
        close();
      }
    });
    form.addEventListener("submit", (event) => {
      if (composing) return event.preventDefault();
      clearTimeout(waiting);
      asking?.abort();
      close();
      for (const field of form.elements) if (field.name && !field.value && field !== input) field.disabled = true;
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (item) take(item.textContent);
    });
    addEventListener("pageshow", () => {
      for (const field of form.elements) field.disabled = false;
      asking?.abort();
    });
  }

  // --- a range drawn on a histogram
  const drawable = () => {
    for (const bars of all("form.bars")) {
      if (bars.dataset.drawn) continue;
      bars.dataset.drawn = "1";
      const buttons = all("button", bars);
      let from = -1, to = -1;
      const at = (event) => {
        const near = buttons.findIndex((one) => event.clientX <= one.getBoundingClientRect().right);
        return near < 0 ? buttons.length - 1 : near;
      };
      const show = () => buttons.forEach((one, place) => one.classList.toggle(
        "drawn", from >= 0 && place >= Math.min(from, to) && place <= Math.max(from, to)));
      bars.addEventListener("pointerdown", (event) => {
        if (event.button) return;
        from = to = at(event);
        bars.setPointerCapture(event.pointerId);
      });
      bars.addEventListener("pointermove", (event) => { if (from >= 0) { to = at(event); if (to !== from) show(); } });
      bars.addEventListener("pointercancel", () => { from = -1; show(); });
      bars.addEventListener("pointerup", (event) => {
        if (from < 0) return;
        to = at(event);
        const [first, final] = [Math.min(from, to), Math.max(from, to)];
        from = -1;
        if (first === final) return buttons[first].click();
        location.assign(rangeOf(bars, buttons[first].value, buttons[final].value));
      });
      bars.addEventListener("click", (event) => { if (event.detail && event.isTrusted) event.preventDefault(); });
      // one stop for the Tab key; arrows go from bar to bar
      const now = Math.max(0, buttons.findIndex((one) => one.classList.contains("in")));
      buttons.forEach((one, place) => (one.tabIndex = place === now ? 0 : -1));
      bars.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const next = step && buttons[buttons.indexOf(document.activeElement) + step];
        if (!next) return;
        event.preventDefault();
        document.activeElement.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      });
    }
  };
  const rangeOf = (bars, since, until) => {
    const now = new URLSearchParams(new FormData(bars));
    now.set("since", since);
    now.set("until", until);
    return bars.getAttribute("action") + "?" + now;
  };
  drawable();

  // --- from mark to mark
  const marks = all(".text mark"), counter = $("#counter");
  let mark = -1;
  const goTo = (place) => {
    if (!marks.length) return;
    marks[mark]?.classList.remove("now");
    mark = (place + marks.length) % marks.length;
    marks[mark].classList.add("now");
    marks[mark].scrollIntoView({ block: "center" });
    if (counter) counter.textContent = `${mark + 1} / ${marks.length}`;
  };
  if (marks.length && counter) {
    counter.textContent = `${marks.length}`;
    $("#next")?.addEventListener("click", (event) => { event.preventDefault(); goTo(mark + 1); });
    $("#previous")?.addEventListener("click", (event) => { event.preventDefault(); goTo(mark - 1); });
  }

  // --- keys; none while something is typed or composed
  let hit = -1;
  addEventListener("keydown", (event) => {
    const inside = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && inside) return event.defaultPrevented || inside.blur();
    if (inside) return;
    const hits = all("ol.hits > li > h2 > a, ol.hits > li > h3 > a");
    const does = {
      "/": () => { input?.focus(); input?.select(); },
      j: () => hits.length && hits[(hit = Math.min(hit + 1, hits.length - 1))].focus(),
      k: () => hits.length && hits[(hit = Math.max(hit - 1, 0))].focus(),
      n: () => goTo(mark + 1),
      p: () => goTo(mark - 1),
      u: () => $("#back")?.click(),
      "]": () => $("#later")?.click(),
      "[": () => $("#earlier")?.click(),
    }[event.key];
    if (does) { event.preventDefault(); does(); }
  });

  // --- what is not needed at once
  for (const part of all("[data-load]")) {
    fetch(part.dataset.load).then(async (said) => { if (said.ok) part.innerHTML = await said.text(); }).catch(() => {});
  }
  for (const button of all("button.copy")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.text || location.href);
      button.textContent = button.dataset.done;
    });
  }
  // filters are open where there is room for them
  const filters = $("details.filters");
  if (filters && matchMedia("(max-width: 46rem)").matches) filters.open = false;
})();
