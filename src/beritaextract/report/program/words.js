"use strict";
// The report's page: search, filters, timeline, speakers, map, topics, the list of quotes or articles, and the reader. The
// files of this folder are one program, in the order of page.py's PROGRAM. It reads the columns that payload.py packed:
// articles, quotes, people, places and topics are numbers into these columns. Text of the batch reaches the page only
// through textContent and attributes, never as HTML.

const $ = (id) => document.getElementById(id);
const unpacked = (id) => JSON.parse($(id).textContent);

const data = unpacked("index");
const outline = unpacked("outline");
const { articles, quotes, people, places, topics, outlets, areas, labels } = data;
const locale = data.lang === "en" ? "en-GB" : "id-ID";
const count = articles.id.length;
const quoteCount = quotes.article.length;
const DAY = 864e5;

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
