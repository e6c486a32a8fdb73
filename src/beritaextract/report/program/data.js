// Texts, unpacked a chunk at a time; places, and what lies in what.

const chunks = [];
const firstQuote = new Int32Array(count + 1);
for (const article of quotes.article) firstQuote[article + 1]++;
for (let a = 0; a < count; a++) firstQuote[a + 1] += firstQuote[a];

function chunkOf(a) {
  const number = Math.floor(a / data.chunk);
  return (chunks[number] ??= unpacked(`texts-${number}`));
}

/** What the chunk holds of an article: pieces, segments, marks, posts, length, url, author (payload.py's BODY). */
const held = (a, column) => chunkOf(a)[a % data.chunk][data.body.indexOf(column)];

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
