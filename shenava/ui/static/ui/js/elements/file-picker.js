// <file-picker>: says before sending which files were chosen, and which are too large or too many.
class FilePicker extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = document.createElement("ul");
    this.list.className = "files";
    this.append(this.list);
    this.input.addEventListener("change", () => this.show());
  }

  show() {
    const limit = Number(this.dataset.megabytes) * 1024 * 1024;
    const files = [...this.input.files];
    const tooLarge = files.find((file) => file.size > limit);
    const tooMany = files.length > Number(this.dataset.count);
    const problem = tooMany ? this.dataset.tooMany : tooLarge ? `${this.dataset.tooLarge} ${tooLarge.name}` : "";
    this.input.setCustomValidity(problem);
    this.list.replaceChildren(...files.map((file) => this.chip(file, file.size > limit)));
    if (problem) this.list.append(this.fault(problem));
  }

  chip(file, isTooLarge) {
    const item = document.createElement("li");
    item.className = "file";
    const name = document.createElement("bdi");
    name.textContent = file.name;
    const size = document.createElement("span");
    const megabytes = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    size.textContent = `${megabytes.format(file.size / 1024 / 1024)} MB`;
    item.append(name, size);
    if (isTooLarge) item.dataset.faulty = "";
    return item;
  }

  fault(text) {
    const item = document.createElement("li");
    item.className = "error";
    item.setAttribute("role", "alert");
    item.textContent = text;
    return item;
  }
}
customElements.define("file-picker", FilePicker);
