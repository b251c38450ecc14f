// <date-field data-calendar="jalali">: a month to pick from beside the text field, in the reader's
// calendar. The server reads what stands in the text field, picked or typed.
import * as days from "../calendar-days.js";

const WEEK_BEGINS = { fa: 5, he: 6 };

class DateField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.calendar = this.dataset.calendar;
    this.locale = document.documentElement.lang || "en";
    this.shown = days.fromIso(this.dataset.iso || this.dataset.today);
    this.button = this.querySelector(".open");
    this.button.hidden = false;
    this.button.setAttribute("aria-label", this.input.labels?.[0]?.textContent.trim() || "…");
    this.grid = this.appendChild(Object.assign(document.createElement("div"), { className: "grid", hidden: true }));
    this.button.addEventListener("click", () => this.toggle(this.grid.hidden));
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.toggle(false));
  }

  toggle(open) {
    this.grid.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.draw();
  }

  draw(focus = this.shown) {
    const title = this.make("strong", "", days.monthTitle(this.shown, this.calendar, this.locale));
    const back = this.make("button", "btn", "‹", () => this.move(days.previousMonth(this.shown, this.calendar)));
    const on = this.make("button", "btn", "›", () => this.move(days.nextMonth(this.shown, this.calendar)));
    const head = this.make("div", "head", "");
    head.append(back, title, on);
    const body = this.make("div", "days", "");
    const first = WEEK_BEGINS[this.locale] ?? 0;
    body.append(...days.weekdayNames(first, this.locale).map((name) => this.make("span", "", name)));
    const month = days.daysOfMonth(this.shown, this.calendar);
    const gap = ((month[0].getUTCDay() + 6) % 7) - first;
    body.append(...Array.from({ length: (gap + 7) % 7 }, () => document.createElement("i")));
    body.append(...month.map((day) => this.day(day)));
    this.grid.replaceChildren(head, body);
    this.grid.querySelector(`[data-day="${days.iso(focus)}"]`)?.focus();
  }

  day(date) {
    const button = this.make("button", "", days.dayNumber(date, this.calendar, this.locale), () => this.pick(date));
    const iso = (button.dataset.day = days.iso(date));
    const { today, offers } = this.dataset;
    button.disabled = (offers === "past" && iso > today) || (offers === "ahead" && iso < today);
    if (iso === today) button.setAttribute("aria-current", "date");
    return button;
  }

  pick(date) {
    this.input.value = days.shortDate((this.shown = date), this.calendar, this.locale);
    this.toggle(false);
    this.input.focus();
  }

  move = (date) => this.draw((this.shown = date));

  onKey(event) {
    if (event.key === "Escape") return this.toggle(false);
    const here = event.target.dataset?.day;
    const flip = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const step = { ArrowLeft: -flip, ArrowRight: flip, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (!here || !step) return undefined;
    event.preventDefault();
    return this.move(days.addDays(days.fromIso(here), step));
  }

  make(tag, className, textContent, onClick) {
    const element = Object.assign(document.createElement(tag), { className, textContent });
    if (tag === "button") element.type = "button";
    if (onClick) element.addEventListener("click", onClick);
    return element;
  }
}
customElements.define("date-field", DateField);
