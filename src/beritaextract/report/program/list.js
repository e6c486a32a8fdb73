// The list of quotes or articles: only the rows in sight are in the page.

const rows = new Map();
let tops = [0]; // where each row begins, and where the last one ends
let lettersInLine = 80;

/** Lines of a quote or headline as far as its length tells: its row is made for so many, and shows no more. */
function linesOf(n) {
  const item = rowsFound()[n];
  const [letters, most] =
    listView() === "quotes" ? [quotes.end[item] - quotes.start[item], 3] : [articleTitle(item).length * 1.12, 2];
  return Math.max(1, Math.min(most, Math.ceil(letters / lettersInLine)));
}

/** Only on a phone does a post have a line to itself. */
const hasPost = (n) => listView() === "articles" || Boolean(people.post[quotes.speaker[rowsFound()[n]]]);

function layRows() {
  const [bare, lineHeight, postHeight] = ["probe", "probe-line", "probe-post"].map((id) => $(id).offsetHeight);
  const sample = $("probe-text");
  lettersInLine = Math.max(
    10,
    ($("rows").clientWidth - 48) / (sample.offsetWidth / sample.textContent.length || 8) - 4,
  );
  tops = new Float64Array(rowsFound().length + 1);
  for (let n = 0; n < rowsFound().length; n++)
    tops[n + 1] = tops[n] + (bare || 90) + linesOf(n) * lineHeight + (hasPost(n) ? postHeight : 0);
  $("rows").style.height = `${tops[tops.length - 1]}px`;
}

/** The row at a height, by halving. */
function rowAt(height) {
  let [low, high] = [0, rowsFound().length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tops[middle + 1] > height) high = middle;
    else low = middle + 1;
  }
  return low;
}

function showResults() {
  document.body.dataset.view = asked.view;
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const chosen = tab.dataset.view === asked.view;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    const counter = tab.querySelector(".count");
    if (counter) counter.textContent = shown(found[tab.dataset.view].length);
  }
  const told = [
    say("articles", { n: shown(found.articles.length) }),
    say("quotes_n", { n: shown(found.quotes.length) }),
  ];
  $("status").textContent = told.join(", ");
  $("empty").hidden = rowsFound().length > 0;
  $("list").className = `list ${listView()}`;
  $("save").disabled = !found.quotes.length;
  showRows(true);
}

function showRows(anew = false) {
  if (anew) {
    rows.clear();
    $("rows").replaceChildren();
    layRows();
  }
  const top = -$("rows").getBoundingClientRect().top;
  const first = Math.max(0, rowAt(top) - 4);
  const last = Math.min(rowsFound().length, rowAt(top + innerHeight) + 5);
  for (const [n, row] of rows) {
    if ((n < first || n >= last) && !row.contains(document.activeElement)) {
      row.remove();
      rows.delete(n);
    }
  }
  for (let n = first; n < last; n++) if (!rows.has(n)) addRow(n);
}

function addRow(n) {
  const row = listView() === "quotes" ? quoteRow(rowsFound()[n]) : articleRow(rowsFound()[n]);
  setAll(row, { "aria-setsize": rowsFound().length, "aria-posinset": n + 1 });
  row.style.transform = `translateY(${tops[n]}px)`;
  row.style.height = `${tops[n + 1] - tops[n]}px`;
  row.style.setProperty("--lines", linesOf(n));
  row.firstChild.tabIndex = n === current ? 0 : -1;
  row.firstChild.onclick = () => {
    goTo(n, false);
    if (listView() === "quotes") openReader(quotes.article[rowsFound()[n]], rowsFound()[n]);
    else openReader(rowsFound()[n], null);
  };
  row.firstChild.dataset.row = n;
  rows.set(n, row);
  const after = [...rows.keys()].filter((m) => m > n).sort((m, o) => m - o)[0];
  $("rows").insertBefore(row, after === undefined ? null : rows.get(after));
}

function quoteRow(q) {
  const a = quotes.article[q];
  const speaker = quotes.speaker[q];
  const kind = data.kinds[quotes.kind[q]];
  const post = people.post[speaker] ? postIn(a, speaker) : "";
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", className: "row" },
      make("span", { className: `said ${kind}` }, ...marked(line(textOf(a, quotes.start[q], quotes.end[q])))),
      make(
        "span",
        { className: "source" },
        make("b", {}, speaker < 0 ? labels.no_speaker : people.name[speaker]),
        post ? make("span", {}, post) : "",
        make("i", { className: "kind" }, labels[`quote_${kind}`]),
      ),
      make("span", { className: "from" }, aboutArticle(a), make("span", { className: "headline" }, articleTitle(a))),
    ),
  );
}

function articleRow(a) {
  const said = firstQuote[a + 1] - firstQuote[a];
  const topic = articles.topics[a][0];
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", className: "row" },
      make("span", { className: "title" }, ...marked(articleTitle(a))),
      make("span", { className: "snippet" }, ...marked(snippet(a))),
      make(
        "span",
        { className: "from" },
        aboutArticle(a),
        make("span", {}, say("quotes_n", { n: shown(said) })),
        topic === undefined ? "" : make("span", { className: "headline" }, topics.name[topic]),
      ),
    ),
  );
}

const articleTitle = (a) => articles.title[a] ?? articles.id[a];

/** "Kabar Cisadane · 9 Jul 2024" */
function aboutArticle(a) {
  const parts = [
    articles.outlet[a] < 0 ? null : outlets[articles.outlet[a]],
    articles.day[a] === null ? null : dayText(articles.day[a]),
  ];
  return make("span", { className: "about" }, parts.filter(Boolean).join(" · ") || labels.no_date);
}

/** The post an article gives to a person, else their commonest. */
function postIn(a, person) {
  return held(a, "posts").find(([number]) => number === person)?.[1] ?? people.post[person];
}

/** The beginning of the body, or the surroundings of the first word searched for. */
function snippet(a) {
  const words = terms();
  for (const piece of words.length ? held(a, "pieces") : []) {
    const at = Math.min(...words.map((word) => smallPiece(piece).indexOf(word)).filter((n) => n >= 0));
    if (at < Infinity)
      return line(`${at > 60 ? "… " : ""}${piece[1].slice(Math.max(0, piece[1].lastIndexOf(" ", at - 60)), at + 300)}`);
  }
  const body = held(a, "segments").find(([kind]) => kind === "body");
  return body ? line(textOf(a, body[1], body[1] + 300)) : "";
}

/** Text with the words searched for marked, as nodes. */
function marked(text) {
  const words = terms();
  const low = small(text);
  if (!words.length || low.length !== text.length) return [text];
  const nodes = [];
  for (let at = 0; at < text.length;) {
    const hits = words
      .map((word) => [low.indexOf(word, at), word.length])
      .filter(([n]) => n >= 0)
      .sort((m, n) => m[0] - n[0] || n[1] - m[1]);
    if (!hits.length) return [...nodes, text.slice(at)];
    nodes.push(text.slice(at, hits[0][0]), make("mark", {}, text.slice(hits[0][0], hits[0][0] + hits[0][1])));
    at = hits[0][0] + hits[0][1];
  }
  return nodes;
}

/** Makes a row the current one and brings it into sight. */
function goTo(n, focus = true) {
  rows.get(current)?.firstChild.setAttribute("tabindex", -1);
  current = Math.max(0, Math.min(n, rowsFound().length - 1));
  if (focus) {
    const top = $("rows").getBoundingClientRect().top + tops[current];
    const height = tops[current + 1] - tops[current];
    const bar = document.querySelector(".search").offsetHeight + 8;
    if (top < bar) scrollBy(0, top - bar);
    else if (top + height > innerHeight) scrollBy(0, top + height - innerHeight + 8);
    showRows();
    rows.get(current)?.firstChild.focus({ preventScroll: true });
  }
  rows.get(current)?.firstChild.setAttribute("tabindex", 0);
}

function setListHandlers() {
  $("rows").onkeydown = (event) => {
    const at = Number(event.target.closest(".row")?.dataset.row);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 5,
      PageUp: at - 5,
      Home: 0,
      End: rowsFound().length - 1,
    }[event.key];
    if (to === undefined || Number.isNaN(at)) return;
    event.preventDefault();
    goTo(to);
  };
  $("rows").addEventListener("focusin", (event) => {
    const row = event.target.closest(".row");
    if (row && Number(row.dataset.row) !== current) goTo(Number(row.dataset.row), false);
  });
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.onclick = () => {
      asked.view = tab.dataset.view;
      current = 0;
      showResults();
      showPoints();
      showTimeline();
      writeAddress();
    };
    tab.onkeydown = (event) => {
      const seen = tabs.filter((one) => one.offsetParent);
      const to = seen[seen.indexOf(tab) + { ArrowRight: 1, ArrowLeft: -1 }[event.key]];
      if (to) (to.click(), to.focus());
    };
  }
  addEventListener("scroll", () => requestAnimationFrame(() => showRows()), { passive: true });
}
