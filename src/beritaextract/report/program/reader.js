// The reader: an article with what was found in it.

const opened = { article: null, quote: null };

function openReader(article, quote) {
  Object.assign(opened, { article, quote });
  $("reader-title").textContent = articleTitle(article);
  showReaderMeta(article);
  $("reader-text").replaceChildren(...readerText(article));
  $("reader-side").replaceChildren(...readerSide(article));
  if (!$("reader").open) $("reader").showModal();
  for (const part of $("reader").querySelectorAll(".readerbody, .readerbody > *")) part.scrollTop = 0;
  document.body.classList.add("reading");
  const row = rowsFound().indexOf(listView() === "quotes" ? (quote ?? firstQuote[article]) : article);
  $("previous").disabled = row <= 0;
  $("next").disabled = row < 0 || row >= rowsFound().length - 1;
  if (quote === null) {
    $("reader-position").textContent = say("characters", { n: shown(held(article, "length")) });
    $("reader-title").focus();
    $("reader-text").querySelector("mark:not(.quote)")?.scrollIntoView({ block: "center" }); // of the search
  } else showQuote(quote);
  writeAddress();
}

function showReaderMeta(a) {
  const author = held(a, "author");
  const parts = [aboutArticle(a), author ? make("span", {}, author) : "", make("span", {}, articles.id[a])];
  const address = held(a, "url");
  if (address && /^https?:/i.test(address))
    parts.push(make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, labels.original));
  $("reader-meta").replaceChildren(...parts);
}

/** Marks a quote in the text, says where it stands and brings it into sight. */
function showQuote(q) {
  opened.quote = q;
  const parts = [...$("reader-text").querySelectorAll("mark.quote")];
  for (const part of parts) part.classList.toggle("current", Number(part.dataset.quote) === q);
  for (const button of $("reader-side").querySelectorAll("[data-quote]"))
    button.setAttribute("aria-current", Number(button.dataset.quote) === q);
  const first = firstQuote[opened.article];
  const where = {
    nth: shown(q - first + 1),
    of: shown(firstQuote[opened.article + 1] - first),
    start: shown(quotes.start[q]),
    end: shown(quotes.end[q]),
    n: shown(held(opened.article, "length")),
  };
  $("reader-position").textContent = say("position", where);
  const part = parts.find((one) => Number(one.dataset.quote) === q);
  if (part) {
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: "center" });
  }
  if ($("reader").open) writeAddress();
}

/** The text in paragraphs; what is no content is grey. */
function readerText(a) {
  const blocks = [];
  const pieces = held(a, "pieces");
  pieces.forEach((piece, number) => {
    const end = pieceEnd(piece);
    const inside = held(a, "segments")
      .map(([kind, s, e]) => [kind, Math.max(s, piece[0]), Math.min(e, end)])
      .filter(([, s, e]) => s < e);
    if (number || piece[0]) blocks.push(make("p", { className: "gap" }, "…"));
    for (const [kind, s, e] of inside.length ? inside : [["body", piece[0], end]]) {
      const noise = !data.content.includes(kind);
      const block = make("p", {
        className: noise ? "noise" : kind,
        title: noise ? `${labels.noise}: ${labels[`segment_${kind}`] ?? kind}` : "",
      });
      fillBlock(block, a, s, e);
      blocks.push(block);
    }
    if (number === pieces.length - 1 && end < held(a, "length")) blocks.push(make("p", { className: "gap" }, "…"));
  });
  return blocks;
}

/** A block's text with quotes, and inside and between them people, places and dates. */
function fillBlock(block, a, from, to) {
  let at = from;
  for (let q = firstQuote[a]; q < firstQuote[a + 1]; q++) {
    const [s, e] = [Math.max(at, quotes.start[q]), Math.min(to, quotes.end[q])];
    if (s >= e) continue;
    fillMarks(block, a, at, s);
    const speaker = quotes.speaker[q] < 0 ? labels.no_speaker : people.name[quotes.speaker[q]];
    const quote = make("mark", {
      className: `quote ${data.kinds[quotes.kind[q]]}`,
      title: `${speaker} (${labels[`quote_${data.kinds[quotes.kind[q]]}`]})`,
    });
    quote.dataset.quote = q;
    quote.onclick = () => showQuote(q);
    fillMarks(quote, a, s, e);
    block.append(quote);
    at = e;
  }
  fillMarks(block, a, at, to);
}

function fillMarks(parent, a, from, to) {
  const flat = held(a, "marks");
  let at = from;
  for (let m = 0; m < flat.length; m += 4) {
    const [kind, s, e, what] = flat.slice(m, m + 4);
    if (s < at || e > to || s >= e) continue;
    const [name, told] = [data.marks[kind], kind < 2 ? personText(a, what) : kind === 2 ? placeText(what) : what];
    parent.append(
      ...marked(textOf(a, at, s)),
      make("span", { className: name, title: told }, ...marked(textOf(a, s, e))),
    );
    at = e;
  }
  if (at < to) parent.append(...marked(textOf(a, at, to)));
}

const personText = (a, person) => [people.name[person], postIn(a, person)].filter(Boolean).join(", ");
const placeText = (p) =>
  [places.name[p], places.in[p], places.code[p] ? `(${places.code[p]})` : ""].filter(Boolean).join(" ");

/** Beside the text: its quotes, officials, places and topics. */
function readerSide(a) {
  const section = (title, items) =>
    items.length
      ? [make("section", {}, make("h3", {}, `${title} (${shown(items.length)})`), make("ul", {}, ...items))]
      : [];
  const leave = (change) => () => ($("reader").close(), ask(change));
  const said = [];
  for (let q = firstQuote[a]; q < firstQuote[a + 1]; q++) {
    const button = make(
      "button",
      { type: "button", onclick: () => showQuote(q) },
      make("b", {}, quotes.speaker[q] < 0 ? labels.no_speaker : people.name[quotes.speaker[q]]),
      make("span", { className: "clip" }, line(textOf(a, quotes.start[q], quotes.end[q]))),
    );
    button.dataset.quote = q;
    said.push(make("li", {}, button));
  }
  const officials = held(a, "posts").map(([person, ...posts]) =>
    make(
      "li",
      {},
      make(
        "button",
        { type: "button", onclick: leave({ person }) },
        make("b", {}, people.name[person]),
        ...posts.map((post) => make("span", {}, post)),
      ),
    ),
  );
  const located = articles.places[a].map((p) =>
    make(
      "li",
      {},
      make(
        "button",
        { type: "button", onclick: leave({ place: placeKey(p) }) },
        make("b", {}, places.name[p]),
        places.in[p] ? make("span", {}, places.in[p]) : "",
      ),
    ),
  );
  const about = articles.topics[a].map((topic) =>
    make("li", {}, make("button", { type: "button", onclick: leave({ topic }) }, topics.name[topic])),
  );
  return [
    ...section(labels.quotes, said),
    ...section(labels.officials, officials),
    ...section(labels.places, located),
    ...section(labels.topics, about),
  ];
}

function setReaderHandlers() {
  const step = (by) => {
    const row =
      rowsFound().indexOf(listView() === "quotes" ? (opened.quote ?? firstQuote[opened.article]) : opened.article) + by;
    if (row < 0 || row >= rowsFound().length) return;
    goTo(row, false);
    if (listView() === "quotes") openReader(quotes.article[rowsFound()[row]], rowsFound()[row]);
    else openReader(rowsFound()[row], null);
  };
  $("previous").onclick = () => step(-1);
  $("next").onclick = () => step(1);
  $("close").onclick = () => $("reader").close();
  $("reader").onclick = (event) => event.target === $("reader") && $("reader").close();
  $("reader").onkeydown = (event) => {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  };
  $("reader").onclose = () => {
    document.body.classList.remove("reading");
    writeAddress();
    if (rowsFound().length && asked.view !== "summary") goTo(current);
  };
}
