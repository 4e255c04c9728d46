/* SPDX-License-Identifier: MIT */
window.LearningCitizen = window.LearningCitizen || {};

(function (own) {
  "use strict";

  /** Hosts keep plain texts escaped (&amp; for &): what a learner is to read. */
  own.text = function (stored) {
    const text = String(stored === undefined || stored === null ? "" : stored);
    return /[&<]/.test(text) ? new DOMParser().parseFromString(text, "text/html").body.textContent : text;
  };

  /** An element: `text` is its text, a function is what to do on that event, false and undefined are left out. */
  own.make = function (tag, attributes, children) {
    const node = document.createElement(tag);
    Object.entries(attributes || {}).forEach(function ([name, value]) {
      if (name === "text") node.textContent = value;
      else if (typeof value === "function") node.addEventListener(name, value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
    });
    (children || []).filter(Boolean).forEach((child) => node.append(child));
    return node;
  };

  /** A text of several lines, each a paragraph; nothing where there is no text. */
  own.paragraphs = function (stored, className) {
    const lines = own.text(stored).split(/\n+/).filter((line) => line.trim());
    if (!lines.length) return null;
    return own.make("div", { class: className || "lc-text" }, lines.map((line) => own.make("p", { text: line })));
  };

  own.button = function (label, press, attributes) {
    return own.make("button", { type: "button", class: "lc-button", text: label, click: press, ...attributes });
  };

  /** A picture of the content with its words for who cannot see it; nothing where there is none. */
  own.picture = function (picture, contentId) {
    const image = picture && picture.image;
    if (!image || !image.path) return null;
    return own.make("img", {
      class: "lc-picture",
      src: H5P.getPath(image.path, contentId),
      alt: own.text(picture.alt),
      width: image.width,
      height: image.height,
    });
  };

  /** A sentence with its gaps filled: "Card @number of @count". */
  own.fill = function (sentence, values) {
    return own.text(sentence).replace(/@(\w+)/g, (gap, name) => (name in values ? values[name] : gap));
  };
})(window.LearningCitizen);
