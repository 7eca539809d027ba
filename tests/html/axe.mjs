// node axe.mjs NODE_MODULES CHROMIUM PAGE.html ...
// Opens each page in Chromium, offline, puts it into each context in turn, runs axe-core there and
// prints one JSON object a page and context. What a page asked for or complained of is told in that
// context and all later ones. Its exit code is 2 where axe passed no rule: it saw nothing then.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { faint } from './contrast.mjs';

const [modules, executablePath, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/from-here.js`));
const { chromium } = require('playwright-core');
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

const wide = { width: 1280, height: 900 };
const plain = { colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference' };
const CONTEXTS = {
  wide: { viewport: wide, media: plain },
  // 320 px is also what 1280 px are at 400 %: WCAG 2.2, 1.4.10
  narrow: { viewport: { width: 320, height: 640 }, media: plain },
  dark: { viewport: wide, media: { ...plain, colorScheme: 'dark' } },
  forced: { viewport: wide, media: { ...plain, forcedColors: 'active', reducedMotion: 'reduce' } },
};
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const options = {
  runOnly: { type: 'tag', values: tags },
  resultTypes: ['violations', 'incomplete'], // of what passed, one element a rule
  selectors: false, // which take most of the time
};
// Of a drawing's inside axe can only tell that it cannot tell: contrast.mjs can.
const CONTEXT = { include: ['html'], exclude: ['.chart__drawing > *'] };
const toldOf = ({ id, nodes }) => nodes.map(({ html, any, all, none }) => {
  const because = [...any, ...all, ...none].map(({ message }) => message).join('; ');
  return { rule: id, html: html.slice(0, 200), because };
});

// As root, as which a container's tests run, Chromium has no sandbox.
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const args = ['--disable-dev-shm-usage', '--disable-gpu', ...sandbox];
const browser = await chromium.launch({ executablePath, args });

// What a screen reader says before each list item.
async function markers(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes.filter(({ role }) => role?.value === 'ListMarker').map(({ name }) => name.value.trim());
}

async function look(page, file, name, { viewport, media }, told) {
  await page.setViewportSize(viewport);
  await page.emulateMedia(media);
  const overflow = await page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
  const spoken = name === 'wide' ? await markers(page) : [];
  // Contrast takes half the time. At 320 px the colours are the same, forced ones are the reader's
  // own, and contrast.mjs looks at every context.
  const rules = { 'color-contrast': { enabled: name === 'wide' || name === 'dark' } };
  const given = { ...options, rules };
  const found = await page.evaluate(([c, o]) => globalThis.axe.run(c, o), [CONTEXT, given]);
  const { texts, unreadable } = await page.evaluate(faint);
  console.log(JSON.stringify({
    file, context: name, passes: found.passes.length, ...told, overflow, spoken,
    violations: found.violations.flatMap(toldOf), incomplete: found.incomplete.flatMap(toldOf),
    texts, faint: unreadable,
  }));
  return found.passes.length > 0;
}

const sighted = [];
const context = await browser.newContext({ viewport: wide, offline: true });
for (const file of files) {
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const [requests, complaints] = [[], []];
  page.on('request', (request) => request.url() === address || requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(address);
  await page.evaluate(axe);
  for (const [name, settings] of Object.entries(CONTEXTS)) {
    sighted.push(await look(page, file, name, settings, { requests, complaints }));
  }
  await page.close();
}
await browser.close();
process.exitCode = sighted.every(Boolean) ? 0 : 2;
