// What is asked for, what is found, and the address that keeps it.

const asked = { q: "", person: null, place: null, topic: null, outlet: null, from: "", to: "", view: "", sort: "new" };
const start = { ...asked, view: quoteCount ? "quotes" : "articles" };
Object.assign(asked, start);
let found = { articles: [], quotes: [] };
let current = 0; // the row that the keyboard is on

const listView = () => (asked.view === "articles" || (asked.view === "summary" && !quoteCount) ? "articles" : "quotes");
const rowsFound = () => found[listView()];

/** "jalan rusak" lubang -> the phrase and the word, in small letters. */
function terms() {
  return [...asked.q.matchAll(/"([^"]+)"|([^\s"]+)/g)]
    .map((match) => small(match[1] ?? match[2]).trim())
    .filter(Boolean);
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
  return words.every(
    (word) => title.includes(word) || held(a, "pieces").some((piece) => smallPiece(piece).includes(word)),
  );
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
  const above = $("results").getBoundingClientRect().top - document.querySelector(".search").offsetHeight;
  if (above < 0) scrollBy(0, above); // from amid a list to the beginning of the new one
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
  const numberIn = (list, name) =>
    told.has(name) && list.indexOf(told.get(name)) >= 0 ? list.indexOf(told.get(name)) : null;
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
