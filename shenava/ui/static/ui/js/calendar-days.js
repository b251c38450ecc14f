// Days of a month in the reader's calendar, by Intl alone. Plain functions, no page.
const UTC = { timeZone: "UTC" };
const NAMES = { jalali: "persian", gregorian: "gregory", hebrew: "gregory" };
const DAY = 86400000;

const formatter = (calendar, locale, options) =>
  new Intl.DateTimeFormat(`${locale}-u-ca-${NAMES[calendar] || "gregory"}`, { ...UTC, ...options });

const numbers = (calendar) => formatter(calendar, "en", { year: "numeric", month: "numeric", day: "numeric" });

export function partsOf(date, calendar) {
  const found = {};
  for (const { type, value } of numbers(calendar).formatToParts(date)) found[type] = parseInt(value, 10);
  return { year: found.year || found.relatedYear, month: found.month, day: found.day };
}

export const addDays = (date, days) => new Date(date.getTime() + days * DAY);
export const iso = (date) => date.toISOString().slice(0, 10);
export const fromIso = (text) => new Date(`${text}T00:00:00Z`);

export const firstOfMonth = (date, calendar) => addDays(date, 1 - partsOf(date, calendar).day);

export function daysOfMonth(date, calendar) {
  const first = firstOfMonth(date, calendar);
  const { month } = partsOf(first, calendar);
  const days = [];
  for (let day = first; partsOf(day, calendar).month === month; day = addDays(day, 1)) days.push(day);
  return days;
}

export const nextMonth = (date, calendar) => addDays(daysOfMonth(date, calendar).at(-1), 1);
export const previousMonth = (date, calendar) => firstOfMonth(addDays(firstOfMonth(date, calendar), -1), calendar);

// Month before year in every language: ICU turns them round in Persian.
export function monthTitle(date, calendar, locale) {
  const found = {};
  for (const { type, value } of formatter(calendar, locale, { year: "numeric", month: "long" }).formatToParts(date)) found[type] = value;
  return `${found.month} ${found.year || found.relatedYear}`;
}

export const dayNumber = (date, calendar, locale) =>
  new Intl.NumberFormat(locale, { useGrouping: false }).format(partsOf(date, calendar).day);

export const weekdayNames = (first, locale) =>
  [...Array(7).keys()].map((step) => formatter("gregorian", locale, { weekday: "narrow" }).format(addDays(fromIso("2026-11-23"), first + step)));

export function shortDate(date, calendar, locale) {
  const { year, month, day } = partsOf(date, calendar);
  const two = (number) => String(number).padStart(2, "0");
  const text = `${year}/${two(month)}/${two(day)}`;
  return locale.startsWith("fa") ? text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : text;
}
