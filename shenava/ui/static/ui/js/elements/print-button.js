// <print-button data-label="Print">: prints the page; without a script the browser's own menu does.
class PrintButton extends HTMLElement {
  connectedCallback() {
    if (this.firstChild) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = this.dataset.label;
    button.addEventListener("click", () => print());
    this.append(button);
  }
}
customElements.define("print-button", PrintButton);
