// The control of one setting, in a popover under its word: fields, what a change would mean, and the button that makes it.
// What the server refuses stands under the field it concerns, and nothing typed is lost.

import { h } from "../../dom.js";
import { refusalInTable } from "../../model/draft_wiring.js";
import { askedBy, placeOf } from "../../model/learning/settings_change.js";
import { draftOf, settingOf } from "../../model/learning/settings.js";
import { LIVE } from "../../model/learning/sentence.js";
import { recipe as text } from "../../texts/en_recipe.js";
import { settingField } from "./setting_fields.js";
import { layersForm } from "./setting_layers.js";

/** @typedef {import("../../model/learning/learning.d.ts").Learning} Learning */
/** @typedef {import("../../model/learning/learning.d.ts").LearningDispatch} Dispatch */
/** @typedef {import("../../model/learning/settings_change.js").Asked} Asked */
/** @typedef {import("../../model/types.d.ts").SessionDocument} SessionDocument */

/**
 * @param {HTMLElement} popover
 * @param {{get: () => Learning, dispatch: Dispatch}} page
 */
export function mountSetting(popover, { get, dispatch }) {
  /** @type {HTMLElement|null} */
  let opener = null;
  let open = "";
  /** @type {Record<string, string>} */
  let draft = {};
  /** @type {string|null} */
  let dismissed = null;

  /** @param {string} id @param {SessionDocument} session */
  function meaning(id, session) {
    const isLive = LIVE.has(id) || (id === "ending" && draft.activation === session.network.layers.at(-1)?.activation);
    const { reached, update } = session;
    return { isLive, words: isLive ? (reached > update ? text.live : text.liveNow) : text.anew };
  }

  /** @param {SessionDocument} session @param {string} [focus] the field to go on in */
  function draw(session, focus) {
    if (open === "layers") {
      popover.replaceChildren(h("h2", { id: "setting-title" }, text.titles.layers), layersForm(session, get().catalogue, (network) => void send({ anew: { network } })));
      return;
    }
    const { fields, note, why } = settingOf(open, session, get().catalogue, draft);
    const shown = fields.map((field) => settingField(field, draft, (value, isChoice) => {
      draft = { ...draft, [field.key]: value };
      if (isChoice) { settleCost(session); draw(session, field.key); }
    }));
    const { isLive, words } = meaning(open, session);
    const form = h("form", { novalidate: true, onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); void submit(session); } },
      h("div", { class: fields.length > 2 ? "settings" : "" }, ...shown),
      note ? h("p", { class: "why" }, note) : null,
      why?.length ? h("ul", { class: "why" }, h("li", {}, text.why.title), ...why.map((one) => h("li", {}, one))) : null,
      h("p", { class: "problem", role: "alert", "data-problem": "", hidden: true }),
      h("div", { class: "foot" }, h("p", {}, words), h("button", { class: "button primary", type: "submit" }, isLive ? text.apply : text.begin)));
    popover.replaceChildren(h("h2", { id: "setting-title" }, text.titles[open] ?? ""), form);
    if (focus) /** @type {HTMLElement|null} */ (popover.querySelector(`[name="${focus}"]`))?.focus();
  }

  /** Another output activation may have no room for the cost that was chosen. @param {SessionDocument} session */
  function settleCost(session) {
    const options = settingOf(open, session, get().catalogue, draft).fields.find(({ key }) => key === "cost")?.options;
    if (options && !options.some(([name]) => name === draft.cost)) draft = { ...draft, cost: options.find(([name]) => name.includes("cross_entropy"))?.[0] ?? options[0]?.[0] ?? "" };
  }

  /** @param {SessionDocument} session */
  function submit(session) {
    const { fields } = settingOf(open, session, get().catalogue, draft);
    return send(askedBy(open, get().session ?? session, fields, draft), fields.map(({ key }) => key));
  }

  /** @param {Asked} asked @param {string[]} [keys] */
  async function send(asked, keys = []) {
    if ("problem" in asked) { complain(asked.problem.key, asked.problem.words); return; }
    const problem = /** @type {import("../../model/types.d.ts").Problem|null} */ (
      await dispatch("patch" in asked ? { type: "patch", what: asked.patch } : { type: "anew", recipe: asked.anew }));
    if (!problem) { popover.hidePopover(); return; }
    dispatch({ type: "problem", problem: null });
    const layer = keys.length === 0 ? /\/layers\/(\d+)/.exec(problem.errors?.[0]?.pointer ?? "")?.[1] : undefined;
    const { key, words } = placeOf(problem, keys);
    // A layer has its fields by its number; the output, whose size is the data's, only those of its wiring.
    if (layer === undefined) { complain(key, words); return; }
    const field = ["size", "sources"].map((part) => `${part}-${layer}`).find((name) => popover.querySelector(`[name="${name}"]`));
    complain(field ?? null, text.layer.refused(Number(layer) + 2, refusalInTable(words)));
  }

  /** @param {string|null} key @param {string} words */
  function complain(key, words) {
    for (const one of popover.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    const field = key ? popover.querySelector(`[name="${key}"]`) : null;
    const place = /** @type {HTMLElement|null} */ (popover.querySelector("[data-problem]"));
    if (!place) return;
    place.hidden = false;
    place.textContent = words;
    if (!(field instanceof HTMLElement)) return;
    field.setAttribute("aria-invalid", "true");
    field.closest(".field")?.append(place);
    field.focus();
  }

  function placeIt() {
    const box = opener?.getBoundingClientRect();
    if (!box) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const [width, height] = [popover.offsetWidth, popover.offsetHeight];
    popover.style.left = `${Math.max(12, Math.min(box.left, clientWidth - width - 12))}px`;
    popover.style.top = `${Math.max(12, Math.min(box.bottom + 8, clientHeight - height - 12))}px`;
  }

  popover.setAttribute("role", "dialog");
  popover.setAttribute("aria-labelledby", "setting-title");
  popover.addEventListener("toggle", (event) => {
    const isOpen = /** @type {ToggleEvent} */ (event).newState === "open";
    opener?.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) { popover.replaceChildren(); open = ""; }
  });

  return {
    /** @param {HTMLElement} button @param {string} id */
    opensAt(button, id) {
      // A press on the word of an open control closes it; the click that follows must not open it again.
      button.addEventListener("pointerdown", () => { dismissed = opener === button && open ? id : null; });
      button.addEventListener("click", () => {
        const { session } = get();
        if (!session || dismissed === id) { dismissed = null; return; }
        opener?.setAttribute("aria-expanded", "false");
        [opener, open, draft] = [button, id, draftOf(id, session)];
        draw(session);
        popover.showPopover();
        placeIt();
        /** @type {HTMLElement|null} */ (popover.querySelector("input, select, button"))?.focus();
      });
    },
    /** @param {Learning} state */
    update(state) {
      if (open && (state.ended || !state.session)) popover.hidePopover();
    },
  };
}
