
'use strict';
// Finds words in all paragraphs, headings and rows. The index is a script beside the page: a page that was opened
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
    ? text.toLowerCase().replace(/[^\x00-\x7f]/g, (c) => (
      { '’': "'", '‘': "'", '“': '"', '”': '"', '–': '-', '‑': '-' }[c]
      ?? c.normalize('NFD')[0]))
    : text;
  const entries = index.entries.map(([page, number, heading, anchor, text]) => (
    { page, number, heading, anchor, text, folded: fold(text), head: fold(heading) }));

  const isLetter = (c) => c !== undefined && /[\p{L}\p{N}]/u.test(c);
  function places(folded, word) {
    const found = [];
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      if (!isLetter(word[0]) || !isLetter(folded[at - 1])) found.push([at, at + word.length]);
    }
    return found;
  }

  // Words, and those in quotation marks as one, which follow each other where they are found.
  function terms(typed) {
    const found = fold(typed).matchAll(/"([^"]*)"?|(?<!\S)'([^']*)'(?!\S)|[^\s"]+/g);
    const asked = [...found].map(([whole, one, other]) => (
      (one ?? other ?? whole.replace(/^'/, '')).trim().replace(/\s+/g, ' ')));
    return [...new Set(asked)].filter(Boolean);
  }

  const inOrder = (spots) => spots.flat().sort(([a], [b]) => a - b);
  function search(asked) {
    const found = [];
    for (const entry of entries) {
      const spots = asked.map((word) => places(entry.folded, word));
      const heads = asked.map((word) => places(entry.head, word));
      if (asked.every((_, at) => spots[at].length || heads[at].length)) {
        found.push({ entry, spots: inOrder(spots), heads: inOrder(heads) });
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

  // A stretch of a text, what was found in it marked.
  function marked(text, spots, from, to) {
    const pieces = [];
    let last = from;
    for (const [start, end] of spots) {
      if (start < last || end > to) continue;
      pieces.push(text.slice(last, start), element('mark', '', text.slice(start, end)));
      last = end;
    }
    return [...pieces, text.slice(last, to)];
  }

  function excerpt({ text }, spots) {
    const [first, end] = spots[0] ?? [0, 0]; // nothing: it was found in the heading
    let from = Math.max(0, first - AROUND);
    let to = Math.min(text.length, end + AROUND);
    if (from > 0) from = text.indexOf(' ', from) + 1 || from;
    if (from > first) from = first;
    if (to < text.length) to = Math.max(text.lastIndexOf(' ', to), end);
    return element('p', 'results__words', from > 0 ? '… ' : '',
      ...marked(text, spots, from, to), to < text.length ? ' …' : '');
  }

  function result({ entry, spots, heads }) {
    const { heading } = entry;
    const [label, address] = index.pages[entry.page];
    const where = entry.number ? `${label}, paragraph ${entry.number}` : label;
    const link = element('a', '', where);
    if (heading) link.append(': ', ...marked(heading, heads, 0, heading.length));
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
    const asked = terms(typed);
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
