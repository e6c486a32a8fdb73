// Everything gets its handlers, and the page shows what its address asks for.

function showTotals() {
  const days = articles.day.filter((day) => day !== null); // the newest first
  const parts = [
    say("articles", { n: shown(count) }),
    say("quotes_n", { n: shown(quoteCount) }),
    outlets.length ? say("outlets_n", { n: shown(outlets.length) }) : "",
    days.length ? `${dayText(days[days.length - 1])} – ${dayText(days[0])}` : "",
  ];
  $("totals").textContent = parts.filter(Boolean).join(" · ");
  const told = [
    data.in_batch > count ? say("not_all", { n: shown(count), all: shown(data.in_batch) }) : "",
    data.whole ? "" : labels.only_passages,
  ];
  $("notice").textContent = told.filter(Boolean).join(" ");
  $("notice").hidden = !$("notice").textContent;
}

function later(action, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
}

function begin() {
  showTotals();
  drawMap();
  fillSelect("topic", labels.any_topic, topics.name);
  fillSelect("outlet", labels.any_outlet, outlets);
  new Combobox("person", personOptions);
  new Combobox("place", placeOptions);
  $("query").oninput = later(() => $("query").value !== asked.q && ask({ q: $("query").value }), 120);
  for (const name of ["from", "to"]) $(name).onchange = () => ask({ [name]: $(name).value });
  $("sort").onchange = () => ask({ sort: $("sort").value });
  $("save").onclick = saveQuotes;
  $("more").onclick = () => $("more").setAttribute("aria-expanded", $("filters").classList.toggle("open"));
  $("more-speakers").onclick = () => {
    speakersShown += 12;
    showSpeakers();
  };
  setTimelineHandlers();
  setMapHandlers();
  setListHandlers();
  setReaderHandlers();
  document.onkeydown = (event) => {
    if (event.key !== "/" || $("reader").open || /INPUT|SELECT/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    $("query").focus();
  };
  const openAt = (wanted) => wanted && openReader(wanted.article, wanted.quote);
  addEventListener("hashchange", () => {
    const wanted = readAddress();
    refresh();
    openAt(wanted);
  });
  let width = innerWidth; // a phone's keyboard changes only the height
  const fit = () => width !== innerWidth && ((width = innerWidth), showTimeline(), setView(), showRows(true));
  addEventListener("resize", later(fit, 100));
  const wanted = readAddress();
  refresh();
  openAt(wanted);
  performance.mark("ready");
  prepareSearch(0);
}

/** Unpacks texts while nothing else is to be done, so that the first search need not wait. */
function prepareSearch(first) {
  if (first >= count) return;
  const idle = globalThis.requestIdleCallback ?? ((action) => setTimeout(action, 50));
  const next = first + data.chunk;
  idle(() => {
    for (let a = first; a < Math.min(next, count); a++) held(a, "pieces").forEach(smallPiece);
    prepareSearch(next);
  });
}

begin();
