"use strict";
// The report's page: search, filters, timeline, speakers, map, topics, the list of quotes or articles, and the reader.
// It reads the columns that payload.py packed. Articles, quotes, people, places and topics are numbers into these columns;
// text of the batch reaches the page only through textContent and attributes, never as HTML.

const $ = (id) => document.getElementById(id);
const unpacked = (id) => JSON.parse($(id).textContent);

const data = unpacked("index");
const outline = unpacked("outline");
const { articles, quotes, people, places, topics, outlets, areas, labels } = data;
const locale = data.lang === "en" ? "en-GB" : "id-ID";
const count = articles.id.length;
const quoteCount = quotes.article.length;
const DAY = 864e5;

// ---------------------------------------------------------------- words, numbers, elements

const numbers = new Intl.NumberFormat(locale);
const shown = (n) => numbers.format(n);
const dayFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const monthFormat = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });
const dayText = (day) => dayFormat.format(day * DAY);
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayNumber = (iso) => Math.floor(Date.parse(iso) / DAY);
const line = (text) => text.replace(/\s+/g, " ").trim();

/** A label with its {places} filled in. */
const say = (key, filled = {}) => labels[key].replace(/\{(\w+)\}/g, (_, name) => filled[name]);

/** An element with properties (or attributes, when the name has a hyphen or is "role") and children. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  setAll(element, properties);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function setAll(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
}

// ---------------------------------------------------------------- texts, unpacked a chunk at a time

const chunks = [];
const firstQuote = new Int32Array(count + 1);
for (const article of quotes.article) firstQuote[article + 1]++;
for (let a = 0; a < count; a++) firstQuote[a + 1] += firstQuote[a];

function chunkOf(a) {
  const number = Math.floor(a / data.chunk);
  return (chunks[number] ??= unpacked(`texts-${number}`));
}

/** What the chunk holds of an article: pieces, segments, marks, posts, length, url, author. */
function held(a, column) {
  return chunkOf(a)[column][a % data.chunk];
}

/** Where a character of a piece is in JavaScript's string, which counts characters beyond U+FFFF twice. */
function unit(piece, offset) {
  const [start, text] = piece;
  if (piece.astral === undefined) piece.astral = /[\ud800-\udfff]/.test(text);
  if (!piece.astral) return offset - start;
  piece.units ??= [...text].reduce((ends, letter) => (ends.push(ends[ends.length - 1] + letter.length), ends), [0]);
  return piece.units[Math.min(offset - start, piece.units.length - 1)];
}

function pieceEnd(piece) {
  return (piece.end ??= piece[0] + (/[\ud800-\udfff]/.test(piece[1]) ? [...piece[1]].length : piece[1].length));
}

function pieceAt(a, offset) {
  const pieces = held(a, "pieces");
  return pieces.findLast((piece) => piece[0] <= offset) ?? pieces[0];
}

/** The characters from start to end of an article's text. */
function textOf(a, start, end) {
  const piece = pieceAt(a, start);
  return piece ? piece[1].slice(unit(piece, start), unit(piece, end)) : "";
}

/** A piece in small letters for the search, of the same length. */
const small = (text) => text.toLowerCase().replace(/[\s\u00a0]/g, " ");
function smallPiece(piece) {
  const low = (piece.small ??= small(piece[1]));
  return low.length === piece[1].length ? low : piece[1];
}

// ---------------------------------------------------------------- places: keys and what lies in what

const placeKey = (p) => places.code[p] ?? places.name[p];
const areaName = (key) => areas[key] ?? outline.provinces[key]?.[0] ?? keyNames.get(key) ?? key;
const keyNames = new Map(places.name.map((name, p) => [placeKey(p), name]));
const keyWithin = new Map(places.in.map((within, p) => [placeKey(p), within]));

/** The place itself and the areas round it: 36.73.01 lies in 36.73, 36 and ID. */
const placeKeys = places.name.map((_, p) => {
  const key = placeKey(p);
  if (!/^\d/.test(places.code[p] ?? "")) return [key];
  const parts = key.split(".");
  return [...parts.map((_, n) => parts.slice(0, parts.length - n).join(".")), "ID"];
});
if (places.code.some((code) => /^\d/.test(code ?? ""))) keyNames.set("ID", "Indonesia");

const speakersOf = (a) => quotes.speaker.slice(firstQuote[a], firstQuote[a + 1]).filter((speaker) => speaker >= 0);
const articlePeople = articles.officials.map((officials, a) => [...new Set([...officials, ...speakersOf(a)])]);
const articleKeys = articles.places.map((found) => [...new Set(found.flatMap((p) => placeKeys[p]))]);

// ---------------------------------------------------------------- what is asked for

const asked = { q: "", person: null, place: null, topic: null, outlet: null, from: "", to: "", view: "", sort: "new" };
const start = { ...asked, view: quoteCount ? "quotes" : "articles" };
Object.assign(asked, start);
let found = { articles: [], quotes: [] };
let current = 0; // the row that the keyboard is on

const listView = () => (asked.view === "articles" || (asked.view === "summary" && !quoteCount) ? "articles" : "quotes");
const rowsFound = () => found[listView()];

/** "jalan rusak" lubang -> the phrase and the word, in small letters. */
function terms() {
  return [...asked.q.matchAll(/"([^"]+)"|([^\s"]+)/g)].map((match) => small(match[1] ?? match[2]).trim()).filter(Boolean);
}

function articleFits(a) {
  const day = articles.day[a];
  if (asked.from && (day === null || day < dayNumber(asked.from))) return false;
  if (asked.to && (day === null || day > dayNumber(asked.to))) return false;
  if (asked.person !== null && !articlePeople[a].includes(asked.person)) return false;
  if (asked.place !== null && !articleKeys[a].includes(asked.place)) return false;
  if (asked.topic !== null && !articles.topics[a].includes(asked.topic)) return false;
  return asked.outlet === null || articles.outlet[a] === asked.outlet;
}

function articleSays(a, words) {
  const title = small(articles.title[a] ?? "");
  return words.every((word) => title.includes(word) || held(a, "pieces").some((piece) => smallPiece(piece).includes(word)));
}

function quoteSays(q, words) {
  const a = quotes.article[q];
  const piece = pieceAt(a, quotes.start[q]);
  const low = smallPiece(piece).slice(unit(piece, quotes.start[q]), unit(piece, quotes.end[q]));
  const round = small(`${people.name[quotes.speaker[q]] ?? ""}\n${articles.title[a] ?? ""}`);
  return words.every((word) => low.includes(word) || round.includes(word));
}

function find() {
  const words = terms();
  const fitting = [];
  for (let a = 0; a < count; a++) if (articleFits(a)) fitting.push(a);
  const hits = words.length ? fitting.filter((a) => articleSays(a, words)) : fitting;
  const said = [];
  for (const a of hits) {
    for (let q = firstQuote[a]; q < firstQuote[a + 1]; q++) {
      if (asked.person !== null && quotes.speaker[q] !== asked.person) continue;
      if (!words.length || quoteSays(q, words)) said.push(q);
    }
  }
  found = { articles: hits, quotes: said };
  if (asked.sort === "old") sortOldest();
}

/** Articles from the oldest on, those without a day still last; the quotes of an article stay in their order. */
function sortOldest() {
  const day = (a) => articles.day[a] ?? Infinity;
  const older = (a, b) => (day(a) === day(b) ? a - b : day(a) - day(b));
  found.articles.sort(older);
  found.quotes.sort((p, q) => older(quotes.article[p], quotes.article[q]) || p - q);
}

/** Changes what is asked for and shows it. */
function ask(change) {
  const at = document.activeElement;
  Object.assign(asked, change);
  refresh();
  if (!at.isConnected) $("results").focus({ preventScroll: true }); // what was pressed is gone
}

function refresh() {
  find();
  current = 0;
  showFields();
  showChips();
  showTimeline();
  showSpeakers();
  showPoints();
  showTopics();
  showResults();
  writeAddress();
}

// ---------------------------------------------------------------- the address: what is asked for can be sent on

function writeAddress() {
  const told = new URLSearchParams();
  const tell = (name, value, usual) => value !== null && value !== usual && told.set(name, value);
  tell("q", asked.q, "");
  if (asked.person !== null) told.set("person", people.name[asked.person]);
  tell("place", asked.place, null);
  if (asked.topic !== null) told.set("topic", topics.code[asked.topic]);
  if (asked.outlet !== null) told.set("outlet", outlets[asked.outlet]);
  for (const name of ["from", "to", "view", "sort"]) tell(name, asked[name], start[name]);
  if ($("reader").open) {
    told.set("article", opened.article + 1);
    if (opened.quote !== null) told.set("quote", opened.quote - firstQuote[opened.article] + 1);
  }
  const address = `#${told}`;
  if (location.hash !== address && (location.hash || address !== "#")) history.replaceState(null, "", address);
}

function readAddress() {
  const told = new URLSearchParams(location.hash.slice(1));
  const numberIn = (list, name) => (told.has(name) && list.indexOf(told.get(name)) >= 0 ? list.indexOf(told.get(name)) : null);
  const day = (name) => (/^\d{4}-\d\d-\d\d$/.test(told.get(name) ?? "") ? told.get(name) : "");
  const oneOf = (name, ...values) => (values.includes(told.get(name)) ? told.get(name) : start[name]);
  Object.assign(asked, {
    q: told.get("q") ?? "",
    person: numberIn(people.name, "person"),
    place: told.get("place"),
    topic: numberIn(topics.code, "topic"),
    outlet: numberIn(outlets, "outlet"),
    from: day("from"),
    to: day("to"),
    view: oneOf("view", "quotes", "articles", "summary"),
    sort: oneOf("sort", "new", "old"),
  });
  const article = Number(told.get("article")) - 1;
  const quote = Number(told.get("quote")) - 1;
  if (!Number.isInteger(article) || article < 0 || article >= count) return null;
  const q = firstQuote[article] + quote;
  return { article, quote: quote >= 0 && q < firstQuote[article + 1] ? q : null };
}

// ---------------------------------------------------------------- filters

function showFields() {
  if ($("query").value !== asked.q) $("query").value = asked.q;
  $("person").value = asked.person === null ? "" : people.name[asked.person];
  $("place").value = asked.place === null ? "" : areaName(asked.place);
  $("topic").value = asked.topic ?? "";
  $("outlet").value = asked.outlet ?? "";
  $("from").value = asked.from;
  $("to").value = asked.to;
  $("sort").value = asked.sort;
}

function showChips() {
  const chips = [];
  const chip = (text, change) =>
    chips.push(make("button", { type: "button", onclick: () => ask(change), "aria-label": say("remove", { what: text }) }, text, make("span", { "aria-hidden": "true" }, "×")));
  if (asked.q) chip(`“${asked.q}”`, { q: "" });
  if (asked.person !== null) chip(people.name[asked.person], { person: null });
  if (asked.place !== null) chip(areaName(asked.place), { place: null });
  if (asked.topic !== null) chip(topics.name[asked.topic], { topic: null });
  if (asked.outlet !== null) chip(outlets[asked.outlet], { outlet: null });
  if (asked.from || asked.to) chip(rangeText(), { from: "", to: "" });
  if (chips.length > 1) chips.push(make("button", { type: "button", className: "all", onclick: () => ask({ ...start, view: asked.view, sort: asked.sort }) }, labels.remove_all));
  $("chips").replaceChildren(...chips);
  const set = chips.length > 1 ? chips.length - 1 : chips.length;
  $("more").textContent = set ? `${labels.filters} (${shown(set)})` : labels.filters;
}

function rangeText() {
  const [from, to] = [asked.from, asked.to].map((iso) => (iso ? dayText(dayNumber(iso)) : "…"));
  return from === to ? from : `${from} – ${to}`;
}

function fillSelect(id, everything, names) {
  const order = names.map((_, n) => n).sort((m, n) => names[m].localeCompare(names[n], locale));
  $(id).replaceChildren(make("option", { value: "" }, everything), ...order.map((n) => make("option", { value: n }, names[n])));
  $(id).onchange = () => ask({ [id]: $(id).value === "" ? null : Number($(id).value) });
}

/** A field that offers what fits the words typed; options() gives [value, name, beside, how many], the commonest first. */
function combobox(id, options, clear) {
  const [field, list] = [$(id), $(`${id}-list`)];
  let offered = [];
  let at = -1;
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const move = (to) => {
    at = (to + offered.length) % offered.length;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", n === at));
    list.children[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const choose = (n) => {
    close();
    ask({ [id]: offered[n][0] });
  };
  const offer = () => {
    const words = small(field.value).split(" ").filter(Boolean);
    offered = options().filter(([, name, beside]) => words.every((word) => small(`${name} ${beside}`).includes(word))).slice(0, 40);
    at = -1;
    list.replaceChildren(
      ...offered.map(([, name, beside, n], number) =>
        make("li", { id: `${id}-${number}`, role: "option", "aria-selected": "false", onmousedown: (event) => (event.preventDefault(), choose(number)) },
          make("span", { className: "name" }, name), make("span", { className: "number" }, shown(n)), make("span", { className: "beside" }, beside)))
    );
    if (!offered.length) list.append(make("li", { className: "none" }, labels.no_choice));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };
  field.oninput = offer;
  field.onclick = () => list.hidden && (field.select(), offer());
  field.onblur = () => {
    close();
    if (!field.value.trim() && asked[id] !== null) ask({ [id]: null });
    else showFields();
  };
  field.onkeydown = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) offer();
      if (offered.length) move(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!field.value.trim()) ask({ [id]: clear });
      else if (!list.hidden && offered.length) choose(Math.max(at, 0));
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
      showFields();
    }
  };
}

/** How often each key of the articles found occurs, the commonest first. */
function tally(keysOf) {
  const times = new Map();
  for (const a of found.articles) for (const key of keysOf(a)) times.set(key, (times.get(key) ?? 0) + 1);
  return [...times].sort((m, n) => n[1] - m[1]);
}

const personOptions = () => tally((a) => articlePeople[a]).map(([person, n]) => [person, people.name[person], people.post[person], n]);
const placeOptions = () => tally((a) => articleKeys[a]).map(([key, n]) => [key, areaName(key), keyWithin.get(key) ?? "", n]);

// ---------------------------------------------------------------- timeline

const STEPS = {
  day: (day) => day,
  week: (day) => day - ((day + 3) % 7), // 1970-01-01 was a Thursday
  month: (day) => dayNumber(`${isoDay(day).slice(0, 7)}-01`),
  year: (day) => dayNumber(`${isoDay(day).slice(0, 4)}-01-01`),
};
const AFTER = {
  day: (day) => day + 1,
  week: (day) => day + 7,
  month: (day) => STEPS.month(day + 32),
  year: (day) => STEPS.year(day + 367),
};
let bars = [];

/** The days of a list of articles in steps that leave every bar at least four pixels. */
function timeSteps(days, width) {
  let [first, last] = [Infinity, -Infinity];
  for (const day of days) [first, last] = [Math.min(first, day), Math.max(last, day)];
  const room = Math.max(20, width / 4);
  const span = last - first + 1;
  const step = span <= room ? "day" : span / 7 <= room ? "week" : span / 30 <= room ? "month" : "year";
  const steps = new Map();
  for (let day = STEPS[step](first); day <= last; day = AFTER[step](day)) steps.set(day, 0);
  for (const day of days) steps.set(STEPS[step](day), steps.get(STEPS[step](day)) + 1);
  return { step, steps };
}

function showTimeline() {
  const svg = $("timeline");
  const days = found.articles.map((a) => articles.day[a]).filter((day) => day !== null);
  const undated = found.articles.length - days.length;
  const width = svg.clientWidth || 600;
  const height = svg.clientHeight || 90;
  bars = [];
  if (!days.length) {
    svg.replaceChildren();
    $("timeline-note").textContent = found.articles.length ? labels.no_dates : "";
    return;
  }
  const { step, steps } = timeSteps(days, width);
  const most = Math.max(...steps.values());
  const each = Math.min(width / steps.size, 48);
  const room = height - 18;
  bars = [...steps].map(([day, n], number) => {
    const tall = n ? Math.max(2, (n / most) * (room - 4)) : 0;
    const text = `${stepText(day, step)}: ${say("articles", { n: shown(n) })}`;
    const bar = drawn("g", { role: "button", tabindex: number ? -1 : 0, "aria-label": text, class: "bar" },
      drawn("title", {}),
      drawn("rect", { class: "hit", x: number * each, y: 0, width: each, height: room }),
      drawn("rect", { class: "fill", x: number * each + Math.min(1, each * 0.1), y: room - tall, width: Math.max(1, each - Math.min(2, each * 0.2)), height: tall, rx: 1 }));
    bar.firstChild.textContent = text;
    return Object.assign(bar, { day, end: AFTER[step](day) - 1 });
  });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(...bars, drawn("line", { x1: 0, x2: width, y1: room, y2: room, class: "axis" }), ...timeMarks(step, each, width, height));
  $("timeline-note").textContent = [say(`per_${step}`), undated ? say("undated", { n: shown(undated) }) : ""].filter(Boolean).join(" · ");
}

const stepText = (day, step) => (step === "year" ? isoDay(day).slice(0, 4) : step === "month" ? monthFormat.format(day * DAY) : dayText(day));

/** Dates under the bars, as many as there is room for. */
function timeMarks(step, each, width, height) {
  const every = Math.max(1, Math.ceil(110 / each));
  return bars.flatMap((bar, n) => {
    if (n % every || (n && n * each + 80 > width)) return [];
    const text = drawn("text", { x: n * each + 1, y: height - 4 });
    text.textContent = stepText(bar.day, step);
    return [text];
  });
}

function setTimelineHandlers() {
  const svg = $("timeline");
  let from = null;
  const barOf = (event) => bars.indexOf(event.target.closest(".bar"));
  const choose = (m, n) => ask({ from: isoDay(bars[Math.min(m, n)].day), to: isoDay(bars[Math.max(m, n)].end) });
  svg.onpointerdown = (event) => (from = barOf(event));
  svg.onpointermove = (event) => {
    if (from === null || from < 0) return;
    const to = barOf(event);
    if (to >= 0) bars.forEach((bar, n) => bar.classList.toggle("chosen", n >= Math.min(from, to) && n <= Math.max(from, to)));
  };
  svg.onpointerup = (event) => {
    const to = barOf(event);
    if (from !== null && from >= 0 && to >= 0) choose(from, to);
    from = null;
  };
  svg.onpointerleave = () => {
    from = null;
    for (const bar of bars) bar.classList.remove("chosen");
  };
  svg.onkeydown = (event) => rove(event, bars, barOf(event), (n) => choose(n, n));
}

/** Arrow keys, Home, End go through elements of which one is in the tab order; Enter and space choose. */
function rove(event, elements, at, choose) {
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: elements.length - 1 }[event.key];
  if (at >= 0 && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    choose(at);
  } else if (to !== undefined) {
    event.preventDefault();
    const next = elements[Math.max(0, Math.min(to, elements.length - 1))];
    for (const element of elements) element.setAttribute("tabindex", element === next ? 0 : -1);
    next.focus();
  }
}

// ---------------------------------------------------------------- who is quoted most, and on what

let speakersShown = 6;

function showSpeakers() {
  const said = new Map();
  for (const q of found.quotes) {
    const speaker = quotes.speaker[q];
    if (speaker < 0) continue;
    if (!said.has(speaker)) said.set(speaker, { n: 0, on: new Map() });
    const about = said.get(speaker);
    about.n++;
    const topic = articles.topics[quotes.article[q]][0];
    if (topic !== undefined) about.on.set(topic, (about.on.get(topic) ?? 0) + 1);
  }
  const ranked = [...said].sort((m, n) => n[1].n - m[1].n);
  const most = ranked[0]?.[1].n ?? 1;
  $("speakers").replaceChildren(...ranked.slice(0, speakersShown).map(([speaker, about]) => speakerItem(speaker, about, most)));
  if (!ranked.length) $("speakers").append(make("li", { className: "none" }, labels.nobody));
  $("more-speakers").hidden = ranked.length <= speakersShown;
}

function speakerItem(speaker, about, most) {
  const name = people.name[speaker];
  const on = [...about.on].sort((m, n) => n[1] - m[1]).slice(0, 3);
  const meter = make("span", { className: "meter", "aria-hidden": "true" });
  meter.style.setProperty("--share", about.n / most);
  return make("li", {},
    make("button", { type: "button", className: "who", onclick: () => ask({ person: speaker, view: "quotes" }), "aria-label": `${name}: ${say("quotes_n", { n: shown(about.n) })}`, "aria-pressed": String(asked.person === speaker) },
      make("span", { className: "name" }, name), make("span", { className: "number" }, shown(about.n)), make("span", { className: "beside" }, people.post[speaker])),
    meter,
    make("span", { className: "on" }, ...on.map(([topic, n]) =>
      make("button", { type: "button", onclick: () => ask({ person: speaker, topic, view: "quotes" }), title: topics.name[topic], "aria-label": say("on_topic", { name, topic: topics.name[topic], n: shown(n) }) },
        make("span", {}, topicWord(topic)), make("b", {}, shown(n))))));
}

/** The beginning of a topic's long name, for where there is little room: "ekonomi, bisnis, dan keuangan" -> "ekonomi". */
const topicWord = (topic) => topics.name[topic].split(/,| & /)[0].split(` ${labels.and} `)[0];

// ---------------------------------------------------------------- bars of places and topics

function barItem(name, beside, n, most, pressed, change) {
  const meter = make("span", { className: "meter", "aria-hidden": "true" });
  meter.style.setProperty("--share", n / most);
  return make("li", {},
    make("button", { type: "button", onclick: () => ask(change), "aria-pressed": String(pressed), "aria-label": `${name}: ${say("articles", { n: shown(n) })}` },
      make("span", { className: "name" }, name), beside ? make("span", { className: "beside" }, beside) : "", make("span", { className: "number" }, shown(n))),
    meter);
}

function showTopics() {
  const ranked = tally((a) => articles.topics[a]);
  const most = ranked[0]?.[1] ?? 1;
  $("topics").replaceChildren(...ranked.map(([topic, n]) =>
    barItem(topics.name[topic], "", n, most, asked.topic === topic, { topic: asked.topic === topic ? null : topic })));
}

// ---------------------------------------------------------------- map

const frame = outline.frame;
const view = { x: 0, y: 0, w: frame[2] };
const [WEST, NORTH, UNITS] = outline.origin;
let points = [];
const pointLayer = drawn("g");
const labelLayer = drawn("g", { class: "labels", "aria-hidden": "true" });

function drawMap() {
  const provinces = Object.entries(outline.provinces).map(([code, [name, path]]) => {
    const title = drawn("title");
    title.textContent = name;
    return Object.assign(drawn("path", { d: path, class: "province", "data-code": code }, title), { onclick: () => moved || ask({ place: asked.place === code ? null : code }) });
  });
  $("map").replaceChildren(drawn("path", { d: outline.neighbours, class: "neighbour" }), ...provinces, pointLayer, labelLayer);
}

function showPoints() {
  const ranked = tally((a) => articles.places[a]);
  const located = ranked.filter(([p]) => places.at[p] && places.code[p] !== "ID" && inFrame(places.at[p])).slice(0, 1000);
  const most = Math.max(12, located[0]?.[1] ?? 1); // points of a small batch are small
  points = located.map(([p, n], number) => {
    const [lat, lon] = places.at[p];
    const text = `${places.name[p]}${places.in[p] ? `, ${places.in[p]}` : ""}: ${say("articles", { n: shown(n) })}`;
    const title = drawn("title");
    title.textContent = text;
    const point = drawn("circle", { cx: Math.round((lon - WEST) * UNITS), cy: Math.round((NORTH - lat) * UNITS), role: "button", tabindex: number ? -1 : 0, "aria-label": text, class: asked.place === placeKey(p) ? "point chosen" : "point" }, title);
    return Object.assign(point, { place: p, share: n / most, onclick: () => moved || ask({ place: asked.place === placeKey(p) ? null : placeKey(p) }) });
  });
  pointLayer.replaceChildren(...points);
  for (const province of $("map").querySelectorAll(".province")) province.classList.toggle("chosen", asked.place === province.dataset.code);
  const elsewhere = ranked.filter(([p]) => !places.at[p] || !inFrame(places.at[p])).length;
  $("map-note").textContent = elsewhere ? say("off_map", { n: shown(elsewhere) }) : "";
  const listed = tally((a) => [...new Set(articles.places[a].map(placeKey))].filter((key) => key !== "ID")).slice(0, 8);
  $("places").replaceChildren(...listed.map(([key, n]) =>
    barItem(areaName(key), (keyWithin.get(key) ?? "").split(", ")[0], n, listed[0][1], asked.place === key, { place: asked.place === key ? null : key })));
  setView();
}

function inFrame([lat, lon]) {
  const [x, y] = [(lon - WEST) * UNITS, (NORTH - lat) * UNITS];
  return x >= 0 && y >= 0 && x <= frame[2] && y <= frame[3];
}

/** Sizes are kept in pixels, however near the map is looked at. */
function setView() {
  const svg = $("map");
  const h = (view.w * frame[3]) / frame[2];
  view.x = Math.max(0, Math.min(view.x, frame[2] - view.w));
  view.y = Math.max(0, Math.min(view.y, frame[3] - h));
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${h}`);
  svg.classList.toggle("near", view.w < frame[2]);
  const pixel = view.w / (svg.clientWidth || 400);
  const room = (150 * frame[2]) / view.w; // the nearer, the more points
  points.forEach((point, n) => {
    point.setAttribute("r", (2 + 11 * Math.sqrt(point.share)) * pixel);
    point.style.display = n < room ? "" : "none";
  });
  svg.style.setProperty("--pixel", pixel);
  showNames(pixel);
}

/** Names of the most frequent places, where there is room beside their points. */
function showNames(pixel) {
  const taken = [];
  const named = [];
  for (const point of points.slice(0, 40)) {
    const [cx, cy, r] = ["cx", "cy", "r"].map((name) => Number(point.getAttribute(name)));
    const name = places.name[point.place];
    const box = [cx + r + 3 * pixel, cy - 8 * pixel, cx + r + (3 + name.length * 6.4) * pixel, cy + 6 * pixel];
    const seen = cx > view.x && cx < view.x + view.w && box[2] < view.x + view.w;
    if (!seen || named.length >= 9 || taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])) continue;
    taken.push(box, [cx - r, cy - r, cx + r, cy + r]);
    const text = drawn("text", { x: box[0], y: cy + 4 * pixel, "font-size": 11 * pixel, "stroke-width": 3 * pixel });
    text.textContent = name;
    named.push(text);
  }
  labelLayer.replaceChildren(...named);
}

function zoom(factor, cx = view.x + view.w / 2, cy = view.y + (view.w * frame[3]) / frame[2] / 2) {
  const w = Math.max(frame[2] / 16, Math.min(frame[2], view.w * factor));
  Object.assign(view, { x: cx - ((cx - view.x) * w) / view.w, y: cy - ((cy - view.y) * w) / view.w, w });
  setView();
}

let moved = false; // a drag that ends on a province does not choose it

function setMapHandlers() {
  const svg = $("map");
  let from = null;
  const where = (event) => {
    const box = svg.getBoundingClientRect();
    return [view.x + ((event.clientX - box.left) / box.width) * view.w, view.y + ((event.clientY - box.top) / box.width) * view.w];
  };
  svg.onpointerdown = (event) => {
    from = where(event);
    moved = false;
  };
  svg.onpointermove = (event) => {
    if (!from || !event.buttons || view.w >= frame[2]) return;
    const [x, y] = where(event);
    if (Math.hypot(x - from[0], y - from[1]) > (4 * view.w) / svg.clientWidth) moved = true;
    Object.assign(view, { x: view.x + from[0] - x, y: view.y + from[1] - y });
    setView();
  };
  svg.onpointerup = svg.onpointerleave = () => (from = null);
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, ...where(event));
  }, { passive: false });
  svg.ondblclick = (event) => zoom(0.5, ...where(event));
  svg.onkeydown = (event) => rove(event, points.filter((point) => !point.style.display), points.indexOf(event.target), (n) => ask({ place: asked.place === placeKey(points[n].place) ? null : placeKey(points[n].place) }));
  $("zoom-in").onclick = () => zoom(0.6);
  $("zoom-out").onclick = () => zoom(1 / 0.6);
  $("zoom-all").onclick = () => zoom(Infinity);
  $("wide").onclick = () => {
    const wide = document.body.classList.toggle("wide");
    $("wide").setAttribute("aria-pressed", wide);
    setView();
    showRows(true);
  };
}

// ---------------------------------------------------------------- the list: only the rows in sight are in the page

const rows = new Map();
let tops = [0]; // where each row begins, and where the last one ends
let lettersInLine = 80;

/** Lines of a quote or headline as far as its length tells: its row is made for so many, and shows no more. */
function linesOf(n) {
  const item = rowsFound()[n];
  const [letters, most] = listView() === "quotes" ? [quotes.end[item] - quotes.start[item], 3] : [articleTitle(item).length * 1.12, 2];
  return Math.max(1, Math.min(most, Math.ceil(letters / lettersInLine)));
}

/** Only on a phone does a post have a line to itself. */
const hasPost = (n) => listView() === "articles" || Boolean(people.post[quotes.speaker[rowsFound()[n]]]);

function layRows() {
  const [bare, lineHeight, postHeight] = ["probe", "probe-line", "probe-post"].map((id) => $(id).offsetHeight);
  const sample = $("probe-text");
  lettersInLine = Math.max(10, ($("rows").clientWidth - 48) / (sample.offsetWidth / sample.textContent.length || 8) - 4);
  tops = new Float64Array(rowsFound().length + 1);
  for (let n = 0; n < rowsFound().length; n++) tops[n + 1] = tops[n] + (bare || 90) + linesOf(n) * lineHeight + (hasPost(n) ? postHeight : 0);
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
  const told = [say("articles", { n: shown(found.articles.length) }), say("quotes_n", { n: shown(found.quotes.length) })];
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
  return make("li", {}, make("button", { type: "button", className: "row" },
    make("span", { className: `said ${kind}` }, ...marked(line(textOf(a, quotes.start[q], quotes.end[q])))),
    make("span", { className: "source" }, make("b", {}, speaker < 0 ? labels.no_speaker : people.name[speaker]), post ? make("span", {}, post) : "", make("i", { className: "kind" }, labels[`quote_${kind}`])),
    make("span", { className: "from" }, aboutArticle(a), make("span", { className: "headline" }, articleTitle(a)))));
}

function articleRow(a) {
  const said = firstQuote[a + 1] - firstQuote[a];
  const topic = articles.topics[a][0];
  return make("li", {}, make("button", { type: "button", className: "row" },
    make("span", { className: "title" }, ...marked(articleTitle(a))),
    make("span", { className: "snippet" }, ...marked(snippet(a))),
    make("span", { className: "from" }, aboutArticle(a), make("span", {}, say("quotes_n", { n: shown(said) })), topic === undefined ? "" : make("span", { className: "headline" }, topics.name[topic]))));
}

const articleTitle = (a) => articles.title[a] ?? articles.id[a];

/** "Kabar Cisadane · 9 Jul 2024" */
function aboutArticle(a) {
  const parts = [articles.outlet[a] < 0 ? null : outlets[articles.outlet[a]], articles.day[a] === null ? null : dayText(articles.day[a])];
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
    if (at < Infinity) return line(`${at > 60 ? "… " : ""}${piece[1].slice(Math.max(0, piece[1].lastIndexOf(" ", at - 60)), at + 300)}`);
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
  for (let at = 0; at < text.length; ) {
    const hits = words.map((word) => [low.indexOf(word, at), word.length]).filter(([n]) => n >= 0).sort((m, n) => m[0] - n[0] || n[1] - m[1]);
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
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 5, PageUp: at - 5, Home: 0, End: rowsFound().length - 1 }[event.key];
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
      if (to) to.click(), to.focus();
    };
  }
  addEventListener("scroll", () => requestAnimationFrame(() => showRows()), { passive: true });
}

// ---------------------------------------------------------------- the reader: an article with what was found in it

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
  } else showQuote(quote);
  writeAddress();
}

function showReaderMeta(a) {
  const author = held(a, "author");
  const parts = [aboutArticle(a), author ? make("span", {}, author) : "", make("span", {}, articles.id[a])];
  const address = held(a, "url");
  if (address && /^https?:/i.test(address)) parts.push(make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, labels.original));
  $("reader-meta").replaceChildren(...parts);
}

/** Marks a quote in the text, says where it stands and brings it into sight. */
function showQuote(q) {
  opened.quote = q;
  const parts = [...$("reader-text").querySelectorAll("mark.quote")];
  for (const part of parts) part.classList.toggle("current", Number(part.dataset.quote) === q);
  for (const button of $("reader-side").querySelectorAll("[data-quote]")) button.setAttribute("aria-current", Number(button.dataset.quote) === q);
  const first = firstQuote[opened.article];
  const where = { nth: shown(q - first + 1), of: shown(firstQuote[opened.article + 1] - first), start: shown(quotes.start[q]), end: shown(quotes.end[q]), n: shown(held(opened.article, "length")) };
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
    const inside = held(a, "segments").map(([kind, s, e]) => [kind, Math.max(s, piece[0]), Math.min(e, end)]).filter(([, s, e]) => s < e);
    if (number || piece[0]) blocks.push(make("p", { className: "gap" }, "…"));
    for (const [kind, s, e] of inside.length ? inside : [["body", piece[0], end]]) {
      const noise = !data.content.includes(kind);
      const block = make("p", { className: noise ? "noise" : kind, title: noise ? `${labels.noise}: ${labels[`segment_${kind}`] ?? kind}` : "" });
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
    const quote = make("mark", { className: `quote ${data.kinds[quotes.kind[q]]}`, title: `${speaker} (${labels[`quote_${data.kinds[quotes.kind[q]]}`]})` });
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
    const [name, told] = [data.marks[kind], kind === 0 ? officialText(a, what) : kind === 1 ? placeText(what) : what];
    parent.append(textOf(a, at, s), make("span", { className: name, title: told }, textOf(a, s, e)));
    at = e;
  }
  if (at < to) parent.append(textOf(a, at, to));
}

const officialText = (a, person) => [people.name[person], postIn(a, person)].filter(Boolean).join(", ");
const placeText = (p) => [places.name[p], places.in[p], places.code[p] ? `(${places.code[p]})` : ""].filter(Boolean).join(" ");

/** Beside the text: its quotes, officials, places and topics. */
function readerSide(a) {
  const section = (title, items) => (items.length ? [make("section", {}, make("h3", {}, `${title} (${shown(items.length)})`), make("ul", {}, ...items))] : []);
  const leave = (change) => () => ($("reader").close(), ask(change));
  const said = [];
  for (let q = firstQuote[a]; q < firstQuote[a + 1]; q++) {
    const button = make("button", { type: "button", onclick: () => showQuote(q) },
      make("b", {}, quotes.speaker[q] < 0 ? labels.no_speaker : people.name[quotes.speaker[q]]),
      make("span", { className: "clip" }, line(textOf(a, quotes.start[q], quotes.end[q]))));
    button.dataset.quote = q;
    said.push(make("li", {}, button));
  }
  const officials = held(a, "posts").map(([person, ...posts]) =>
    make("li", {}, make("button", { type: "button", onclick: leave({ person }) }, make("b", {}, people.name[person]), ...posts.map((post) => make("span", {}, post)))));
  const located = articles.places[a].map((p) =>
    make("li", {}, make("button", { type: "button", onclick: leave({ place: placeKey(p) }) }, make("b", {}, places.name[p]), places.in[p] ? make("span", {}, places.in[p]) : "")));
  const about = articles.topics[a].map((topic) => make("li", {}, make("button", { type: "button", onclick: leave({ topic }) }, topics.name[topic])));
  return [...section(labels.quotes, said), ...section(labels.officials, officials), ...section(labels.places, located), ...section(labels.topics, about)];
}

function setReaderHandlers() {
  const step = (by) => {
    const row = rowsFound().indexOf(listView() === "quotes" ? (opened.quote ?? firstQuote[opened.article]) : opened.article) + by;
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

// ---------------------------------------------------------------- the quotes found as a table for a spreadsheet

/** A cell in quotation marks; what a spreadsheet would take for a formula is kept a text. */
const cell = (value) => `"${String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;

function saveQuotes() {
  const header = ["article", "title", "published", "outlet", "url", "speaker", "post", "kind", "quote", "start", "end"];
  const lines = found.quotes.map((q) => {
    const [a, speaker] = [quotes.article[q], quotes.speaker[q]];
    const article = [articles.id[a], articles.title[a], articles.day[a] === null ? "" : isoDay(articles.day[a]), outlets[articles.outlet[a]], held(a, "url")];
    const source = speaker < 0 ? ["", ""] : [people.name[speaker], postIn(a, speaker)];
    return [...article, ...source, data.kinds[quotes.kind[q]], line(textOf(a, quotes.start[q], quotes.end[q])), quotes.start[q], quotes.end[q]].map(cell).join(",");
  });
  const address = URL.createObjectURL(new Blob(["\ufeff", [header.join(","), ...lines].join("\r\n"), "\r\n"], { type: "text/csv" }));
  make("a", { href: address, download: `${labels.file_name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// ---------------------------------------------------------------- begin

function showTotals() {
  const days = articles.day.filter((day) => day !== null); // the newest first
  const parts = [say("articles", { n: shown(count) }), say("quotes_n", { n: shown(quoteCount) }), outlets.length ? say("outlets_n", { n: shown(outlets.length) }) : "", days.length ? `${dayText(days[days.length - 1])} – ${dayText(days[0])}` : ""];
  $("totals").textContent = parts.filter(Boolean).join(" · ");
  const told = [data.in_batch > count ? say("not_all", { n: shown(count), all: shown(data.in_batch) }) : "", data.whole ? "" : labels.only_passages];
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
  combobox("person", personOptions, null);
  combobox("place", placeOptions, null);
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
  addEventListener("resize", later(() => (showTimeline(), setView(), showRows(true)), 100));
  const wanted = readAddress();
  refresh();
  openAt(wanted);
  performance.mark("ready");
  prepareSearch(0);
}

/** Unpacks texts while nothing else is to be done, so that the first search need not wait. */
function prepareSearch(number) {
  if (number * data.chunk >= count) return;
  const idle = globalThis.requestIdleCallback ?? ((action) => setTimeout(action, 50));
  idle(() => {
    for (const pieces of chunkOf(number * data.chunk).pieces) pieces.forEach(smallPiece);
    prepareSearch(number + 1);
  });
}

begin();
