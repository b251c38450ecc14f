// What a key means on a list or on a complaint. Plain functions, no page.
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const BY_PLACE = { KeyJ: "j", KeyK: "k", KeyX: "x", KeyR: "r", KeyA: "a", KeyN: "n" };
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const OWN_KEYS = `${TYPING}, [type=radio], date-field, dialog`;

// Whoever writes, holds a modifier or composes a letter is left alone.
export const isBusy = (event, target = event.target) =>
  event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || Boolean(target.closest?.(OWN_KEYS));

// By the letter, or by the place of the key where the keyboard writes Persian or Hebrew.
export const nameOf = ({ key, code, shiftKey }) => {
  if (key === "?" || key === "؟") return "?";
  if (key in STEPS) return key;
  return shiftKey ? "" : (BY_PLACE[code] || key);
};

export const stepOf = (name) => STEPS[name] || 0;

// The line to go to from one of so many; -1 is before the first. It stops at both ends.
export const lineAfter = (here, step, count) => {
  if (!count) return -1;
  if (here < 0) return step > 0 ? 0 : count - 1;
  return Math.min(Math.max(here + step, 0), count - 1);
};
