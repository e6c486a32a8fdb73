// The timeline: articles a day, a week, a month or a year.

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
    const bar = drawn(
      "g",
      { role: "button", tabindex: number ? -1 : 0, "aria-label": text, class: "bar" },
      drawn("title", {}),
      drawn("rect", { class: "hit", x: number * each, y: 0, width: each, height: room }),
      drawn("rect", {
        class: "fill",
        x: number * each + Math.min(1, each * 0.1),
        y: room - tall,
        width: Math.max(1, each - Math.min(2, each * 0.2)),
        height: tall,
        rx: 1,
      }),
    );
    bar.firstChild.textContent = text;
    return Object.assign(bar, { day, end: AFTER[step](day) - 1 });
  });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(
    ...bars,
    drawn("line", { x1: 0, x2: width, y1: room, y2: room, class: "axis" }),
    ...timeMarks(step, each, width, height),
  );
  $("timeline-note").textContent = [say(`per_${step}`), undated ? say("undated", { n: shown(undated) }) : ""]
    .filter(Boolean)
    .join(" · ");
}

const stepText = (day, step) =>
  step === "year" ? isoDay(day).slice(0, 4) : step === "month" ? monthFormat.format(day * DAY) : dayText(day);

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
    if (to >= 0)
      bars.forEach((bar, n) => bar.classList.toggle("chosen", n >= Math.min(from, to) && n <= Math.max(from, to)));
  };
  svg.onpointerup = (event) => {
    const to = barOf(event);
    if (from !== null && from >= 0 && to >= 0) choose(from, to);
    from = null;
  };
  svg.onpointerleave = svg.onpointercancel = () => {
    from = null;
    for (const bar of bars) bar.classList.remove("chosen");
  };
  svg.onkeydown = (event) => rove(event, bars, barOf(event), (n) => choose(n, n));
}

/** Arrow keys, Home, End go through elements of which one is in the tab order; Enter and space choose. */
function rove(event, elements, at, choose) {
  const to = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: elements.length - 1,
  }[event.key];
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
