
'use strict';
// Finds words in all paragraphs. The index is a script beside the page: a page that was opened
// from a folder may fetch nothing. Texts are put in as texts, never as HTML.
(() => {
  const MOST = 30; // results that are shown at once
  const AROUND = 110; // characters on either side of the first word that was found
  const LATER = 200; // milliseconds after the last key, so that not every letter is announced

  const index = self.searchIndex;
  if (!index) return; // without it the page is as it is without a script
  const part = (name) => document.getElementById(`search_${name}`);
  const [form, words, status, results, more] = ['form', 'words', 'status', 'results', 'more'].map(part);

  // One character for one, so that a place in the folded text is that place in the text itself.
  const fold = (text) => text.toLowerCase().length === text.length
    ? text.toLowerCase().replace(/[^\x00-\x7f]/g, (c) => ({ '’': "'", '‘': "'", '–': '-', '‑': '-' }[c]
      ?? c.normalize('NFD')[0]))
    : text;
  const entries = index.entries.map(([page, number, heading, anchor, text]) => (
    { page, number, heading, anchor, text, folded: fold(text) }));

  const isLetter = (c) => c !== undefined && /[\p{L}\p{N}]/u.test(c);
  function places(folded, word) {
    const found = [];
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      if (!isLetter(word[0]) || !isLetter(folded[at - 1])) found.push([at, at + word.length]);
    }
    return found;
  }

  function search(asked) {
    const found = [];
    for (const entry of entries) {
      const spots = asked.map((word) => places(entry.folded, word));
      if (spots.every((each) => each.length)) {
        found.push({ entry, spots: spots.flat().sort(([a], [b]) => a - b) });
      }
    }
    return found;
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function excerpt({ text }, spots) {
    let from = Math.max(0, spots[0][0] - AROUND);
    let to = Math.min(text.length, spots[0][1] + AROUND);
    if (from > 0) from = text.indexOf(' ', from) + 1 || from;
    if (from > spots[0][0]) from = spots[0][0];
    if (to < text.length) to = Math.max(text.lastIndexOf(' ', to), spots[0][1]);
    const pieces = [from > 0 ? '… ' : ''];
    let last = from;
    for (const [start, end] of spots) {
      if (start < last || end > to) continue;
      pieces.push(text.slice(last, start), element('mark', '', text.slice(start, end)));
      last = end;
    }
    pieces.push(text.slice(last, to), to < text.length ? ' …' : '');
    return element('p', 'results__words', ...pieces);
  }

  function result({ entry, spots }) {
    const [label, address] = index.pages[entry.page];
    const where = entry.number ? `${label}, paragraph ${entry.number}` : label;
    const link = element('a', '', entry.heading ? `${where}: ${entry.heading}` : where);
    link.href = `${address}#${entry.anchor}`;
    return element('li', '', link, excerpt(entry, spots));
  }

  let found = [];
  let shown = 0;
  function show() {
    const first = shown;
    shown = Math.min(found.length, shown + MOST);
    results.append(...found.slice(first, shown).map(result));
    more.hidden = shown === found.length;
    return results.children[first];
  }

  let before = '';
  function update() {
    const typed = words.value.trim();
    if (typed === before) return;
    before = typed;
    history.replaceState({ words: typed }, ''); // for a reader who comes back to the page
    const asked = [...new Set(fold(typed).split(/\s+/))].filter(Boolean);
    found = asked.some((word) => word.length > 1) ? search(asked) : [];
    shown = 0;
    results.replaceChildren();
    show();
    if (!typed) status.textContent = '';
    else if (!asked.some((word) => word.length > 1)) status.textContent = 'Type two letters or more.';
    else if (!found.length) status.textContent = `Nothing found for “${typed}”.`;
    else {
      const number = found.length === 1 ? '1 place' : `${found.length.toLocaleString('en-GB')} places`;
      const part = shown < found.length ? ` The first ${shown} are shown.` : '';
      status.textContent = `${number} found for “${typed}”, newest year first.${part}`;
    }
  }

  let waiting;
  words.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, LATER);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    update();
  });
  more.addEventListener('click', () => {
    const next = show();
    status.textContent = `${shown} of ${found.length.toLocaleString('en-GB')} places are shown.`;
    next.querySelector('a').focus();
  });

  form.hidden = false;
  words.value = history.state?.words ?? new URLSearchParams(location.hash.slice(1)).get('q') ?? '';
  update();
})();
