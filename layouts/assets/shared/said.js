// @ts-check
// Says what was done, for some seconds, at the foot of the window.
import { make } from "./elements.js";

const SECONDS = 8;

/**
 * Say something; actions are what somebody may do about it.
 * @param {string} words
 * @param {[label: string, act: () => void][]} actions
 */
export const say = (words, ...actions) => {
  /** @type {HTMLElement} */
  const box =
    document.querySelector(".said") ??
    document.body.appendChild(make("div", { className: "said", role: "status" }));
  const buttons = actions.map(([label, act]) => {
    const button = make("button", { type: "button", textContent: label });
    button.onclick = () => {
      box.hidden = true;
      act();
    };
    return button;
  });
  const said = make("span", {}, words);
  box.hidden = false;
  box.replaceChildren(said, ...buttons);
  const leave = () => {
    if (!said.isConnected) return; // something else is said by now
    if (box.matches(":hover, :focus-within")) setTimeout(leave, 2000);
    else box.hidden = true;
  };
  setTimeout(leave, SECONDS * 1000);
};
