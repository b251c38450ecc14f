// <search-box>form</search-box>: Ctrl+K (⌘K) goes into the search field from anywhere; without room for it, to the page.
class SearchBox extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    document.addEventListener("keydown", (event) => this.answer(event), { signal: this.listening.signal });
  }
  disconnectedCallback() {
    this.listening.abort();
  }
  answer(event) {
    if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const fields = [this.querySelector("input"), document.getElementById("search-words")];
    const field = fields.find((one) => one?.checkVisibility());
    if (!field) return location.assign(this.querySelector("form").action);
    field.focus();
    field.select();
  }
}
customElements.define("search-box", SearchBox);
