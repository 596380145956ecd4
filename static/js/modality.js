// How the focus came to where it is: by Tab, or by mouse, finger or pen.
// The browser's own :focus-visible turns true with the very key that is asked about, so it cannot tell.

let pointer = false;

addEventListener("pointerdown", () => { pointer = true; }, { capture: true, passive: true });
addEventListener("keydown", ({ key }) => { if (key === "Tab") pointer = false; }, { capture: true });

/** Whether the person came here by pointer, so that Space still means the next step. */
export function cameByPointer() {
  return pointer;
}
