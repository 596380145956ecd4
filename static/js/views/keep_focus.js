// What is drawn anew must not lose the keyboard: it goes back to what has the same id, and waits beside it until that is there again.

/**
 * @param {HTMLElement} root what is drawn anew, with ids where Tab stops
 * @returns {(draw: () => void) => void}
 */
export function createKeeper(root) {
  root.tabIndex = -1;
  let wanted = "";
  return (draw) => {
    const at = document.activeElement;
    if (!at || !root.contains(at)) return draw();
    if (at !== root) wanted = at.id;
    draw();
    if (at !== root && at.isConnected) return;
    const found = wanted ? root.querySelector(`[id="${wanted}"]`) : null;
    if (found instanceof HTMLElement) found.focus();
    else if (document.activeElement !== root) root.focus({ preventScroll: true });
  };
}
