// <process-diagram data-here="320">: brings what is under way into view, and says of a step what it knows beneath it.
class ProcessDiagram extends HTMLElement {
  connectedCallback() {
    const frame = this.querySelector(".drawn");
    const told = this.querySelector(".told");
    if (!frame || !told) return;
    const here = Number(this.dataset.here);
    if (here >= 0) {
      const rtl = getComputedStyle(frame).direction === "rtl";
      const from = rtl ? here - frame.scrollWidth : here;
      frame.scrollLeft = from + (rtl ? 1 : -1) * frame.clientWidth / 2;
    }
    const say = (event) => {
      const node = event.target.closest(".node[aria-label]");
      if (node) told.textContent = node.getAttribute("aria-label");
    };
    this.addEventListener("focusin", say);
    this.addEventListener("pointerover", say);
  }
}
customElements.define("process-diagram", ProcessDiagram);
