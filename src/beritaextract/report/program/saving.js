// The quotes found as a table for a spreadsheet.

/** A cell in quotation marks; what a spreadsheet would take for a formula is kept a text. */
const cell = (value) =>
  `"${String(value ?? "")
    .replace(/^[=+\-@\t\r\n]/, "'$&")
    .replaceAll('"', '""')}"`;

function saveQuotes() {
  const header = ["article", "title", "published", "outlet", "url", "speaker", "post", "kind", "quote", "start", "end"];
  const lines = found.quotes.map((q) => {
    const [a, speaker] = [quotes.article[q], quotes.speaker[q]];
    const article = [
      articles.id[a],
      articles.title[a],
      articles.day[a] === null ? "" : isoDay(articles.day[a]),
      outlets[articles.outlet[a]],
      held(a, "url"),
    ];
    const source = speaker < 0 ? ["", ""] : [people.name[speaker], postIn(a, speaker)];
    return [
      ...article,
      ...source,
      data.kinds[quotes.kind[q]],
      line(textOf(a, quotes.start[q], quotes.end[q])),
      quotes.start[q],
      quotes.end[q],
    ]
      .map(cell)
      .join(",");
  });
  const address = URL.createObjectURL(
    new Blob(["\ufeff", [header.join(","), ...lines].join("\r\n"), "\r\n"], { type: "text/csv" }),
  );
  make("a", { href: address, download: `${labels.file_name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
