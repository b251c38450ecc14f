// <live-complaint data-url data-seq>: asks every three seconds whether the complaint has changed and who is
// writing; brings in what changed without touching what is being written. Without it one reloads the page.
import htmx from "htmx";

const EVERY = 3000;
const PARTS = ["live-head", "live-tasks", "live-timeline", "live-properties"];

class LiveComplaint extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => document.hidden || this.ask(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async ask() {
    const answer = await fetch(this.dataset.url).catch(() => null);
    if (!answer) return undefined;
    if (answer.status === 403) return this.refresh();
    if (!answer.ok) return undefined;
    const { seq, writing } = await answer.json();
    this.say("writing", writing.length ? this.dataset.writing.replace("{names}", writing.join(", ")) : "");
    return seq > Number(this.dataset.seq) ? this.refresh() : undefined;
  }

  async refresh() {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "live" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return clearInterval(this.timer);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("live-complaint");
    const hasChanged = Number(fresh.dataset.seq) > Number(this.dataset.seq);
    for (const id of PARTS) this.replace(document.getElementById(id), page.getElementById(id));
    Object.assign(this.dataset, { seq: fresh.dataset.seq, url: fresh.dataset.url });
    return hasChanged && this.say("changed", this.dataset.changed);
  }

  replace(old, fresh) {
    const isBusy = old?.querySelector("details[open]") || old?.contains(document.activeElement);
    if (!old || !fresh || isBusy) return;
    old.replaceWith(document.adoptNode(fresh));
    htmx.process(fresh);
  }

  say(slot, text) {
    const place = this.querySelector(`[data-slot=${slot}]`);
    if (place.textContent === text) return;
    place.textContent = text;
    place.hidden = !text;
  }
}
customElements.define("live-complaint", LiveComplaint);
