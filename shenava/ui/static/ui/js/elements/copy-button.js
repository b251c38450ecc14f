// <copy-button>text</copy-button>: a button beside the text that copies it.
class CopyButton extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const text = this.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn noprint";
    button.dataset.kind = "bare";
    button.textContent = this.dataset.label || "⧉";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = this.dataset.done || "✓";
    });
    this.append(" ", button);
  }
}
customElements.define("copy-button", CopyButton);
