// The preview's page: hears of every save, and puts the new report in place of the old one.
const element = (id) => document.getElementById(id);
const make = (tag, text = '', attributes = {}) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(text);
  return made;
};
const set = (id, text) => { if (element(id).textContent !== text) element(id).textContent = text; };
const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`).value;
// A sentence begins with a capital letter, but not one that begins with a file's name.
const capital = (text) => text.replace(/^[a-z](?=[a-z]*(?: |$))/, (first) => first.toUpperCase());
// What stands between backticks is code, as in every message of the program.
const told = (text) => text.split('`').map((part, n) => (n % 2 ? make('code', part) : part));
const fill = (id, ...parts) => element(id).replaceChildren(...parts.flat(Infinity));

let state = null; // the last that was told
let frame = null; // the frame that shows the report
let shown = { page: '', difference: '', turn: 0 };
let places = [];
let place = null; // the number of the place that was chosen
let findings = '';
const hint = [...element('place').childNodes];

// The report in its frame ------------------------------------------------------------------------

const report = () => frame?.contentDocument;

// The rules for the report's frame, whose own policy allows no style from elsewhere.
function styled(target) {
  const layers = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules])
    .filter((rule) => rule instanceof CSSLayerBlockRule && rule.name === 'report');
  const sheet = new target.defaultView.CSSStyleSheet();
  sheet.replaceSync(layers.flatMap(({ cssRules }) => [...cssRules]).map((r) => r.cssText).join('\n'));
  target.adoptedStyleSheets = [sheet];
}

// What is being read: the first part of the page whose beginning can be seen, or that fills it.
function reading() {
  const view = report()?.defaultView;
  if (!view) return null;
  let at = null;
  for (const each of report().querySelectorAll('main [id], main tr, main > p, footer [id]')) {
    const { top, height } = each.getBoundingClientRect();
    if (!height) continue;
    if (top > view.innerHeight && at) break;
    at = { each, id: each.id, top };
    if (top >= 0) break;
  }
  return { ...at, y: view.scrollY, focus: report().activeElement?.dataset.place };
}

function goBackTo(was) {
  if (!was) return;
  const stays = was.each?.isConnected && was.each.ownerDocument === report();
  const now = stays ? was.each : was.id && report().getElementById(was.id);
  const view = report().defaultView;
  const top = !was.y ? 0 : now ? view.scrollY + now.getBoundingClientRect().top - was.top : was.y;
  view.scrollTo({ top, behavior: 'instant' });
}

const isOurs = (name, node) => ['data-place', 'data-chosen'].includes(name)
  || (name === 'tabindex' && node.hasAttribute('data-place'));
const alike = (one, other) => one.nodeName === other.nodeName && one.textContent === other.textContent;

// Makes a part of the page like a fresh one, and leaves alone all that stays: what is focused,
// selected or scrolled stays so.
function become(old, fresh) {
  if (old.nodeType !== 1) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isOurs(name, old)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const [ours, theirs] = [[...old.childNodes], [...fresh.childNodes]];
  const kept = [];
  while (ours.length && theirs.length && alike(ours[0], theirs[0])) kept.push([ours.shift(), theirs.shift()]);
  while (ours.length && theirs.length && alike(ours.at(-1), theirs.at(-1))) kept.push([ours.pop(), theirs.pop()]);
  for (const pair of kept) become(...pair);
  const after = ours.length ? ours.at(-1).nextSibling : (kept.find(([, f]) => f === theirs.at(-1)?.nextSibling)?.[0] ?? null);
  while (ours.length && theirs.length && ours[0].nodeName === theirs[0].nodeName) become(ours.shift(), theirs.shift());
  for (const gone of ours) gone.remove();
  for (const come of theirs) old.insertBefore(old.ownerDocument.adoptNode(come), after);
}

// A page's own policy names its style sheets by their hashes, so that one tells of another.
const policy = (html) => /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1];
let allowed = null; // the policy of the page in the frame

async function show(html, name) {
  // Without its head: the policy here, which a parsed page comes under, knows none of its styles.
  const fresh = new DOMParser().parseFromString(html.slice(html.indexOf('<body')), 'text/html');
  const was = reading();
  const isStyled = policy(html)?.includes('style-src-attr');
  if (!frame || allowed !== policy(html) || isStyled) await load(name, was);
  allowed = policy(html);
  become(report().body, fresh.body);
  look();
  goBackTo(was);
}

// Another style sheet: the frame's policy knows the old one only, so a new frame takes its place.
function load(name, was) {
  return new Promise((done) => {
    const next = make('iframe', '', { title: 'The report', className: 'is-coming' });
    next.addEventListener('load', () => {
      frame?.remove();
      frame = next;
      next.className = '';
      styled(report());
      report().documentElement.style.overflowAnchor = 'none';
      report().addEventListener('click', onClick);
      report().addEventListener('keydown', onKey);
      goBackTo(was);
      done();
    }, { once: true });
    next.src = name;
    element('stage').append(next);
  });
}

// Its number among the places of a new page: by its own id, or by its words and its order among
// those that have the same; changed in place, by those above and below it. Null if it is gone.
function followed(number, before, after) {
  const find = (n) => {
    if (n < 0 || n >= before.length) return n < 0 ? -1 : after.length;
    const { id, same } = before[n];
    const isSame = (each) => (id ? each.id === id : each.same === same);
    const order = before.slice(0, n).filter(isSame).length;
    return [...after.keys()].filter((k) => isSame(after[k]))[order] ?? null;
  };
  const found = find(number);
  if (found !== null) return found;
  const [above, below] = [find(number - 1), find(number + 1)];
  return above !== null && below === above + 2 ? above + 1 : null;
}

// Where things stand -----------------------------------------------------------------------------

function bind() {
  const now = new Map();
  places.forEach(({ selector, index }, number) => {
    const found = [...report().querySelectorAll(selector)];
    for (const each of index === null ? found : found.slice(index, index + 1)) now.set(each, number);
  });
  for (const old of report().querySelectorAll('[data-place]')) {
    delete old.dataset.chosen;
    if (now.has(old)) continue; // to lose its place would be to lose the focus
    delete old.dataset.place;
    old.removeAttribute('tabindex');
  }
  for (const [each, number] of now) {
    each.dataset.place = number;
    each.tabIndex = -1;
  }
  const current = placed(place) ?? report().querySelector('[data-place]');
  if (current) current.tabIndex = 0;
  if (placed(place)) placed(place).dataset.chosen = '';
}

const placed = (number) => (number === null ? null : report()?.querySelector(`[data-place="${number}"]`));

function link(to, where) {
  return make('a', `Open ${where} in VS Code`, { href: to });
}

function choose(target, { focus = false } = {}) {
  const number = Number(target.dataset.place);
  for (const old of report().querySelectorAll('[data-chosen]')) delete old.dataset.chosen;
  for (const old of report().querySelectorAll('[data-place][tabindex="0"]')) old.tabIndex = -1;
  place = number;
  target.dataset.chosen = '';
  target.tabIndex = 0;
  tellPlace(target);
  if (focus) element('place').querySelector('a').focus();
}

function tellPlace(target) {
  const { what, where, link: to } = places[place];
  const parts = [make('p', make('strong', what)), make('p', link(to, where))];
  const own = [...target.querySelectorAll('[data-figure]')]
    .filter((each) => each.closest('[data-place]:not([data-figure])') === target);
  const figures = [...new Set(own.map(({ dataset }) => dataset.place))].filter((n) => n !== undefined);
  if (figures.length) {
    const list = make('ul');
    for (const n of figures) list.append(make('li', `${places[n].what}: `), '\n');
    figures.forEach((n, i) => list.children[i].append(link(places[n].link, places[n].where)));
    parts.push(make('p', 'Figures in it:'), list);
  }
  if (state.isOld) parts.push(make('p', 'The page is old, and this is the line in the file as it was then: it may have moved since.'));
  fill('place', parts);
}

function tellPlaceAgain() {
  if (placed(place)) tellPlace(placed(place));
  else {
    place = null;
    fill('place', hint);
  }
}

function onClick(event) {
  const to = event.target.closest('a[href]');
  if (to && !to.getAttribute('href').startsWith('#')) {
    event.preventDefault();
    if (to.type === 'application/pdf') choosePane('pdf');
    else window.open(to.href, '_blank', 'noopener');
    return;
  }
  const target = event.target.closest('[data-place]');
  if (!target || to) return;
  choose(target);
  element('place').scrollIntoView({ block: 'nearest', behavior: 'instant' });
}

function onKey(event) {
  const target = event.target.closest?.('[data-place]');
  if (!target || event.altKey || event.ctrlKey || event.metaKey || event.target !== target) return;
  const isDown = ['ArrowDown', 'ArrowRight'].includes(event.key);
  const every = [...report().querySelectorAll('[data-place]')];
  const coarse = every.filter((each) => !each.dataset.figure || each === target);
  const among = ['ArrowUp', 'ArrowDown'].includes(event.key) ? coarse : every;
  const at = among.indexOf(target);
  const to = {
    ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: among.length - 1,
  }[event.key];
  if (event.key === 'Enter') choose(target, { focus: true });
  else if (to === undefined) return;
  else if (among[to]) {
    target.tabIndex = -1;
    among[to].tabIndex = 0;
    among[to].focus({ preventScroll: true });
    among[to].scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }
  if (isDown || to !== undefined || event.key === 'Enter') event.preventDefault();
}

function goTo(number) {
  if (chosen('show') === 'pdf') choosePane('page', panes);
  const target = placed(number);
  if (!target) return;
  target.scrollIntoView({ block: 'center', behavior: 'instant' });
  choose(target);
  target.focus({ preventScroll: true });
}

element('place').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') placed(place)?.focus();
});

// The state --------------------------------------------------------------------------------------

function tellProblem() {
  const { problem, isOld, refused, pdf } = state;
  element('problem').hidden = !problem;
  element('problem_old').hidden = !isOld;
  element('page_old').hidden = !isOld;
  element('pdf_old').hidden = !pdf.name || !(isOld || pdf.state === 'failed');
  element('refused').hidden = !refused;
  set('refused_told', refused);
  document.body.classList.toggle('is-old', isOld);
  if (problem) {
    fill('problem_message', told(capital(problem.message)));
    fill('problem_fix', problem.fix ? ['To mend it: ', told(problem.fix)] : []);
  }
}

function tellFindings() {
  const now = JSON.stringify(state.findings);
  const counts = state.findings.length ? `${capital(state.tally)}.` : 'Nothing: no errors, no warnings.';
  const hasError = state.findings.some(({ kind }) => kind === 'error');
  const unchecked = 'Why the page cannot be built is said above; the file could not be checked.';
  set('tally', state.problem && !hasError ? unchecked : counts);
  if (now === findings) return;
  findings = now;
  const list = element('findings');
  const at = [...list.querySelectorAll('a, button')].indexOf(document.activeElement);
  list.replaceChildren(...state.findings.map(finding));
  if (at >= 0) (list.querySelectorAll('a, button')[at] ?? element('findings_heading')).focus();
}

function finding(found, number) {
  const item = make('li', '', { className: `finding finding--${found.kind}` });
  const kind = make('strong', `${capital(found.kind)} ${found.code}: `, { className: 'finding__kind' });
  const says = make('p', kind, { id: `finding_${number}` });
  says.append(...told(found.message));
  item.append(says);
  if (found.fix) {
    const fix = make('p', found.kind === 'accepted' ? 'Because: ' : 'To mend it: ');
    fix.append(...told(found.fix));
    item.append(fix);
  }
  const ways = make('p', link(found.link, found.where));
  if (found.place !== null) {
    const button = make('button', 'Show it in the page', { type: 'button' });
    button.setAttribute('aria-describedby', says.id);
    button.addEventListener('click', () => goTo(found.place));
    ways.prepend(button, ' ');
  }
  item.append(ways);
  return item;
}

function tellPdf() {
  const { name, state: how, told: size, problem } = state.pdf;
  const words = {
    waiting: 'waits for the page', drawing: name ? `${size}; being drawn again` : 'being drawn', ready: size, failed: name ? 'could not be drawn; this is the last that could' : 'could not be drawn',
  };
  set('pdf_told', `(${words[how]})`);
  element('pdf_problem').hidden = !problem;
  if (problem) {
    fill('pdf_message', told(capital(problem.message)));
    fill('pdf_fix', problem.fix ? ['To mend it: ', told(problem.fix)] : []);
  }
  element('pdf_link').hidden = !name;
  if (!name) return;
  element('pdf_link').href = name;
  const old = element('pdf_stage').firstElementChild;
  if (element('pdf_pane').hidden || old?.getAttribute('src') === name) return;
  element('pdf_stage').replaceChildren(make('iframe', '', { title: 'The PDF', src: name }));
}

function tellNews(text) {
  const time = new Date().toLocaleTimeString('en-GB');
  element('news').textContent = `${text} at ${time}`;
}

// The newest page, one at a time: what comes meanwhile is taken next.
let isUpdating = false;
async function update() {
  if (isUpdating) return;
  isUpdating = true;
  try {
    for (;;) {
      const page = state.page;
      const difference = element('difference').value;
      const isLast = !difference || state.turn === shown.turn;
      if (!page || (page === shown.page && difference === shown.difference && isLast)) break;
      const done = await fetched(page, difference);
      if (!done && state.page === page) break; // it is gone, and another will be told of
    }
  } finally {
    isUpdating = false;
  }
}

async function fetched(page, difference) {
  const name = `page-${page}.html`;
  const { turn } = state;
  const answer = await fetch(difference ? `${difference}-${page}.json` : name).catch(() => null);
  if (!answer?.ok) return false;
  const found = difference ? await answer.json() : { html: await answer.text() };
  if (difference !== element('difference').value) return true;
  const plain = found.html ?? await (await fetch(name)).text();
  const listed = await fetch(`places-${page}.json`).catch(() => null);
  if (!listed?.ok) return false;
  const fresh = await listed.json();
  await show(plain, name);
  const wasChosen = place !== null;
  if (wasChosen) place = followed(place, places, fresh);
  places = fresh;
  bind();
  if (wasChosen) tellPlaceAgain();
  const isFirst = !shown.page;
  const isNew = shown.page !== page;
  shown = { page, difference, turn };
  tellDifference(found);
  document.body.dataset.page = page;
  if (isNew && !state.problem) tellNews(isFirst ? 'Built' : 'Updated');
  return true;
}

// Differences ------------------------------------------------------------------------------------

function tellDifference({ told: says, problem, fix }) {
  element('compared').hidden = !shown.difference;
  element('compared_key').hidden = Boolean(problem);
  const isMarked = changes().length > 0;
  for (const id of ['change_before', 'change_after']) element(id).hidden = !isMarked;
  if (problem) fill('compared_told', told(`${capital(problem)}.`), fix ? [' To mend it: ', told(`${fix}.`)] : []);
  else fill('compared_told', told(says ?? ''));
}

const changes = () => [...(report()?.querySelectorAll('ins.put-in, del.taken-out') ?? [])];
let change = -1;

function goToChange(step) {
  const all = changes();
  if (!all.length) return;
  report().querySelector('.is-now-at')?.classList.remove('is-now-at');
  change = (Math.max(change, step > 0 ? -1 : 0) + step + all.length) % all.length;
  all[change].classList.add('is-now-at');
  all[change].scrollIntoView({ block: 'center', behavior: 'instant' });
  set('news', `Change ${change + 1} of ${all.length}: ${all[change].textContent}`);
}

element('change_before').addEventListener('click', () => goToChange(-1));
element('change_after').addEventListener('click', () => goToChange(1));
element('difference').addEventListener('change', () => { change = -1; update(); });

// Switches ---------------------------------------------------------------------------------------

const isDark = matchMedia('(prefers-color-scheme: dark)');

function look() {
  const how = chosen('look');
  document.body.classList.toggle('look-print', how === 'print');
  document.body.classList.toggle('look-phone', how === 'phone');
  if (!report()) return;
  for (const sheet of report().querySelectorAll('style[media]')) {
    sheet.dataset.media ??= sheet.media;
    const paper = sheet.dataset.media === 'print' ? 'all' : 'not all';
    const wanted = how === 'print' ? paper : sheet.dataset.media;
    if (sheet.media !== wanted) sheet.media = wanted;
  }
  const root = report().documentElement;
  root.style.colorScheme = how === 'print' ? 'only light' : '';
  root.style.padding = how === 'print' ? '15mm' : '';
  root.classList.toggle('is-dark', isDark.matches && how !== 'print');
}

function panes() {
  const which = chosen('show');
  element('page_pane').classList.toggle('is-away', which === 'pdf');
  element('pdf_pane').hidden = which === 'page';
  if (state) tellPdf();
}

const keepingPlace = (turn) => () => {
  const was = reading();
  turn();
  if (was && report()) requestAnimationFrame(() => goBackTo(was));
};
function choosePane(which, turn = keepingPlace(panes)) {
  document.querySelector(`input[name="show"][value="${which}"]`).checked = true;
  turn();
}

for (const input of document.querySelectorAll('input[name="show"]')) input.addEventListener('change', keepingPlace(panes));
for (const input of document.querySelectorAll('input[name="look"]')) input.addEventListener('change', keepingPlace(look));
isDark.addEventListener('change', look);

// Listening --------------------------------------------------------------------------------------

let source = null;

function listen() {
  source?.close();
  source = new EventSource('events');
  source.addEventListener('message', ({ data }) => {
    const before = state;
    state = JSON.parse(data);
    update();
    set('year', state.year);
    document.title = `${state.isOld ? 'Old: ' : state.problem ? 'No page yet: ' : ''}Preview ${state.year}`;
    tellProblem();
    if (place !== null && before?.isOld !== state.isOld) tellPlaceAgain();
    tellFindings();
    tellPdf();
    if (state.problem && JSON.stringify(state.problem) !== JSON.stringify(before?.problem)) tellNews('The page cannot be built');
    else if (!state.problem && before?.problem) tellNews('Mended');
    if (state.refused && !before?.refused) tellNews('Updated, but a build would refuse it,');
  });
  source.addEventListener('error', () => {
    set('news', 'The preview has ended: start it again, and open the address it prints.');
  });
  source.addEventListener('open', () => { if (state) set('news', 'Connected again.'); });
}

// What was done in another window, as a commit in a terminal, may have changed what is compared.
let wasElsewhere = false;
addEventListener('blur', () => setTimeout(() => { wasElsewhere ||= !document.hasFocus(); }));
addEventListener('focus', () => {
  if (!wasElsewhere || !state) return;
  wasElsewhere = false;
  shown.turn = null;
  update();
});

// A browser has six connections to one server: a page that nobody looks at needs none.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) source?.close();
  else listen();
});
listen();
