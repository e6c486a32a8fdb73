// The map: places on the outline of the provinces.

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
    return Object.assign(drawn("path", { d: path, class: "province", "data-code": code }, title), {
      onclick: () => moved || ask({ place: asked.place === code ? null : code }),
    });
  });
  $("map").replaceChildren(
    drawn("path", { d: outline.neighbours, class: "neighbour" }),
    ...provinces,
    pointLayer,
    labelLayer,
  );
}

function showPoints() {
  const ranked = tally((a) => articles.places[a]);
  const located = ranked
    .filter(([p]) => places.at[p] && places.code[p] !== "ID" && inFrame(places.at[p]))
    .slice(0, 1000);
  const most = Math.max(12, located[0]?.[1] ?? 1); // points of a small batch are small
  points = located.map(([p, n], number) => {
    const [lat, lon] = places.at[p];
    const text = `${places.name[p]}${places.in[p] ? `, ${places.in[p]}` : ""}: ${say("articles", { n: shown(n) })}`;
    const title = drawn("title");
    title.textContent = text;
    const point = drawn(
      "circle",
      {
        cx: Math.round((lon - WEST) * UNITS),
        cy: Math.round((NORTH - lat) * UNITS),
        role: "button",
        tabindex: number ? -1 : 0,
        "aria-label": text,
        class: asked.place === placeKey(p) ? "point chosen" : "point",
      },
      title,
    );
    return Object.assign(point, {
      place: p,
      share: n / most,
      onclick: () => moved || ask({ place: asked.place === placeKey(p) ? null : placeKey(p) }),
    });
  });
  pointLayer.replaceChildren(...points);
  for (const province of $("map").querySelectorAll(".province"))
    province.classList.toggle("chosen", asked.place === province.dataset.code);
  const elsewhere = ranked.filter(([p]) => !places.at[p] || !inFrame(places.at[p])).length;
  $("map-note").textContent = elsewhere ? say("off_map", { n: shown(elsewhere) }) : "";
  const listed = tally((a) => [...new Set(articles.places[a].map(placeKey))].filter((key) => key !== "ID")).slice(0, 8);
  $("places").replaceChildren(
    ...listed.map(([key, n]) =>
      barItem(areaName(key), (keyWithin.get(key) ?? "").split(", ")[0], n, listed[0][1], asked.place === key, {
        place: asked.place === key ? null : key,
      }),
    ),
  );
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
    if (
      !seen ||
      named.length >= 9 ||
      taken.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])
    )
      continue;
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
    return [
      view.x + ((event.clientX - box.left) / box.width) * view.w,
      view.y + ((event.clientY - box.top) / box.width) * view.w,
    ];
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
  svg.onpointerup = svg.onpointerleave = svg.onpointercancel = () => (from = null);
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, ...where(event));
    },
    { passive: false },
  );
  svg.ondblclick = (event) => zoom(0.5, ...where(event));
  svg.onkeydown = (event) =>
    rove(
      event,
      points.filter((point) => !point.style.display),
      points.indexOf(event.target),
      (n) => ask({ place: asked.place === placeKey(points[n].place) ? null : placeKey(points[n].place) }),
    );
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
