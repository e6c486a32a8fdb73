// Who is quoted most and on what; bars of topics and places.

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
  $("speakers").replaceChildren(
    ...ranked.slice(0, speakersShown).map(([speaker, about]) => speakerItem(speaker, about, most)),
  );
  if (!ranked.length) $("speakers").append(make("li", { className: "none" }, labels.nobody));
  $("more-speakers").hidden = ranked.length <= speakersShown;
}

function speakerItem(speaker, about, most) {
  const on = [...about.on].sort((m, n) => n[1] - m[1]).slice(0, 3);
  const choose = (topic) => () => ask({ person: speaker, view: "quotes", ...(topic === undefined ? {} : { topic }) });
  const who = make(
    "button",
    { type: "button", className: "who", onclick: choose(), "aria-pressed": String(asked.person === speaker) },
    make("span", { className: "name" }, people.name[speaker]),
    ...counted(about.n, "quotes_n"),
    make("span", { className: "beside" }, people.post[speaker]),
  );
  const chips = on.map(([topic, n]) =>
    make(
      "button",
      { type: "button", onclick: choose(topic), title: topics.name[topic] },
      make("span", {}, topicWord(topic)),
      make("b", {}, shown(n)),
    ),
  );
  return make("li", {}, who, meter(about.n / most), make("span", { className: "on" }, ...chips));
}

/** A number as it is seen, and with what it counts as it is heard. */
function counted(n, label) {
  return [
    make("span", { className: "number", "aria-hidden": "true" }, shown(n)),
    make("span", { className: "visually-hidden" }, say(label, { n: shown(n) })),
  ];
}

function meter(share) {
  const bar = make("span", { className: "meter", "aria-hidden": "true" });
  bar.style.setProperty("--share", share);
  return bar;
}

/** The beginning of a topic's long name, for where there is little room: "ekonomi, bisnis, dan keuangan" -> "ekonomi". */
const topicWord = (topic) => topics.name[topic].split(/,| & /)[0].split(` ${labels.and} `)[0];

function barItem(name, beside, n, most, pressed, change) {
  const button = make(
    "button",
    { type: "button", onclick: () => ask(change), "aria-pressed": String(pressed) },
    make("span", { className: "name" }, name),
    beside ? make("span", { className: "beside" }, beside) : "",
    ...counted(n, "articles"),
  );
  return make("li", {}, button, meter(n / most));
}

function showTopics() {
  const ranked = tally((a) => articles.topics[a]);
  const most = ranked[0]?.[1] ?? 1;
  $("topics").replaceChildren(
    ...ranked.map(([topic, n]) =>
      barItem(topics.name[topic], "", n, most, asked.topic === topic, { topic: asked.topic === topic ? null : topic }),
    ),
  );
}
