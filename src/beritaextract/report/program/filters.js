// The filters: their fields, the chips of those in use, and fields that offer what fits the words typed.

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
    chips.push(
      make(
        "button",
        { type: "button", onclick: () => ask(change), "aria-label": say("remove", { what: text }) },
        text,
        make("span", { "aria-hidden": "true" }, "×"),
      ),
    );
  if (asked.q) chip(`“${asked.q}”`, { q: "" });
  if (asked.person !== null) chip(people.name[asked.person], { person: null });
  if (asked.place !== null) chip(areaName(asked.place), { place: null });
  if (asked.topic !== null) chip(topics.name[asked.topic], { topic: null });
  if (asked.outlet !== null) chip(outlets[asked.outlet], { outlet: null });
  if (asked.from || asked.to) chip(rangeText(), { from: "", to: "" });
  if (chips.length > 1)
    chips.push(
      make(
        "button",
        { type: "button", className: "all", onclick: () => ask({ ...start, view: asked.view, sort: asked.sort }) },
        labels.remove_all,
      ),
    );
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
  $(id).replaceChildren(
    make("option", { value: "" }, everything),
    ...order.map((n) => make("option", { value: n }, names[n])),
  );
  $(id).onchange = () => ask({ [id]: $(id).value === "" ? null : Number($(id).value) });
}

/** A field that offers what fits the words typed; options() gives [value, name, beside, how many], the commonest first. */
class Combobox {
  constructor(id, options) {
    Object.assign(this, { id, options, field: $(id), list: $(`${id}-list`), offered: [], at: -1 });
    this.field.oninput = () => this.open();
    this.field.onclick = () => this.list.hidden && (this.field.select(), this.open());
    this.field.onblur = () => this.leave();
    this.field.onkeydown = (event) => this.press(event);
  }

  open() {
    const words = small(this.field.value).split(" ").filter(Boolean);
    const fits = ([, name, beside]) => words.every((word) => small(`${name} ${beside}`).includes(word));
    this.offered = this.options().filter(fits).slice(0, 40);
    this.at = -1;
    this.list.replaceChildren(...this.offered.map((option, n) => this.item(option, n)));
    if (!this.offered.length) this.list.append(make("li", { className: "none" }, labels.no_choice));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
  }

  item([, name, beside, times], n) {
    const parts = [
      ["name", name],
      ["number", shown(times)],
      ["beside", beside],
    ];
    const item = make("li", { id: `${this.id}-${n}`, role: "option", "aria-selected": "false" });
    item.append(...parts.map(([className, text]) => make("span", { className }, text)));
    item.onmousedown = (event) => {
      event.preventDefault(); // the field keeps the focus
      this.choose(n);
    };
    return item;
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  leave() {
    this.close();
    if (!this.field.value.trim() && asked[this.id] !== null) ask({ [this.id]: null });
    else showFields();
  }

  choose(n) {
    this.close();
    ask({ [this.id]: this.offered[n][0] });
  }

  move(to) {
    if (!this.offered.length) return;
    this.at = (to + this.offered.length) % this.offered.length;
    const items = [...this.list.children];
    items.forEach((item, n) => item.setAttribute("aria-selected", n === this.at));
    items[this.at].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", items[this.at].id);
  }

  press(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.open();
      this.move(event.key === "ArrowDown" ? this.at + 1 : Math.max(this.at, 0) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!this.field.value.trim()) ask({ [this.id]: null });
      else if (!this.list.hidden && this.offered.length) this.choose(Math.max(this.at, 0));
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.close();
      showFields();
    }
  }
}

/** How often each key of the articles found occurs, the commonest first. */
function tally(keysOf) {
  const times = new Map();
  for (const a of found.articles) for (const key of keysOf(a)) times.set(key, (times.get(key) ?? 0) + 1);
  return [...times].sort((m, n) => n[1] - m[1]);
}

const personOptions = () =>
  tally((a) => articlePeople[a]).map(([person, n]) => [person, people.name[person], people.post[person], n]);
const placeOptions = () =>
  tally((a) => articleKeys[a]).map(([key, n]) => [key, areaName(key), keyWithin.get(key) ?? "", n]);
