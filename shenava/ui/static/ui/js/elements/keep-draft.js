// <keep-draft data-url data-kept="Draft kept">form</keep-draft>: keeps what is being written on the server, a moment
// after the last key and when the page is left. Without it the button "Keep as draft" does the same.
const PAUSE = 1500;

class KeepDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.querySelector("textarea");
    this.kept = this.text.value;
    this.onLeave = () => this.keep({ keepalive: true });
    this.addEventListener("input", () => this.soon());
    this.form.addEventListener("submit", () => (this.kept = this.text.value));
    addEventListener("pagehide", this.onLeave);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.onLeave);
    clearTimeout(this.timer);
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep(options = {}) {
    if (this.text.value === this.kept) return;
    const text = this.text.value;
    const body = new FormData(this.form);
    body.delete("files");
    const answer = await fetch(this.dataset.url, { method: "POST", body, ...options }).catch(() => null);
    if (!answer?.ok) return;
    this.kept = text;
    const said = this.querySelector("[data-slot=kept]");
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    said.textContent = text ? `${this.dataset.kept} ${time.format(new Date())}` : "";
  }
}
customElements.define("keep-draft", KeepDraft);
