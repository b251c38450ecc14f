// <list-keys> holds the help sheet and lets a list and a complaint be worked by keys.
// Elements marked data-key="r" are what the key does; without a script they are links and fields.
import { isBusy, lineAfter, nameOf, stepOf } from "../list-keys.js";

const WAYS = { r: "?do=referrals#referrals-to", a: "#write-responses" };

class ListKeys extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector("dialog");
    this.listen = (event) => isBusy(event) || this.onKey(event);
    document.addEventListener("keydown", this.listen);
    this.arrive();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  get lines() {
    return [...document.querySelectorAll("main a.row, main .table-of a.row-link")];
  }

  onKey(event) {
    const name = nameOf(event);
    const done = name === "?" ? this.help() : stepOf(name) ? this.move(stepOf(name)) : this.act(name);
    if (done) event.preventDefault();
  }

  help() {
    this.sheet.showModal();
    return true;
  }

  get here() {
    const item = document.activeElement?.closest("li, tr");
    return this.lines.findIndex((line) => item?.contains(line));
  }

  move(step) {
    const line = this.lines[lineAfter(this.here, step, this.lines.length)];
    line?.focus();
    line?.scrollIntoView({ block: "nearest" });
    return Boolean(line);
  }

  act(name) {
    const line = this.lines[this.here];
    if (line && name === "x") return this.tick(line);
    if (line && WAYS[name]) return this.go(line.href + WAYS[name]);
    const place = name === "a" ? WAYS.a : `[data-key="${CSS.escape(name)}"]`;
    return this.reach(document.querySelector(place));
  }

  tick(line) {
    line.closest("li, tr").querySelector("[type=checkbox]")?.click();
    return true;
  }

  go(address) {
    location.assign(address);
    return true;
  }

  reach(element) {
    if (!element) return false;
    if (element.matches("a, button")) return element.click() ?? true;
    element.closest("details")?.setAttribute("open", "");
    element.focus();
    return true;
  }

  arrive() {
    const isField = /^#(write-responses|(referrals|assignments)-to)$/.test(location.hash);
    if (isField) this.reach(document.querySelector(location.hash));
  }
}
customElements.define("list-keys", ListKeys);
