// The entry: htmx and our elements. Every page works without any of it.
import "htmx";
import "./once.js";
import "./fragment-token.js";
import "./elements/copy-button.js";
import "./elements/print-button.js";
import "./elements/file-picker.js";
import "./elements/date-field.js";
import "./elements/live-complaint.js";
import "./elements/keep-draft.js";
import "./elements/list-keys.js";
import "./elements/search-box.js";
import "./elements/process-diagram.js";
