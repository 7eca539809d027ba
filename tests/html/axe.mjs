// node axe.mjs NODE_MODULES CHROMIUM PAGE.html ...
// Opens each page in Chromium in each context, offline, runs axe-core there and prints one JSON
// object a page and context. Its exit code is 2 where axe passed no rule: it saw nothing then.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { faint } from './contrast.mjs';

const [modules, executablePath, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/from-here.js`));
const { chromium } = require('playwright-core');
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

const wide = { width: 1280, height: 900 };
const CONTEXTS = {
  wide: { viewport: wide },
  narrow: { viewport: { width: 320, height: 640 } }, // also 1280 px at 400 %: WCAG 2.2, 1.4.10
  dark: { viewport: wide, colorScheme: 'dark' },
  forced: { viewport: wide, forcedColors: 'active', reducedMotion: 'reduce' },
};
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const options = {
  runOnly: { type: 'tag', values: tags },
  resultTypes: ['violations', 'incomplete'], // of what passed, one element a rule
  selectors: false, // which take most of the time
};
// Of a drawing's inside axe can only tell that it cannot tell: contrast.mjs can.
const CONTEXT = { include: ['html'], exclude: ['.chart__drawing > *'] };
const told = ({ id, nodes }) => nodes.map(({ html, any, all, none }) => {
  const because = [...any, ...all, ...none].map(({ message }) => message).join('; ');
  return { rule: id, html: html.slice(0, 200), because };
});

// As root, as which a container's tests run, Chromium has no sandbox.
const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const browser = await chromium.launch({ executablePath, args });

// What a screen reader says before each list item.
async function markers(context, page) {
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes.filter(({ role }) => role?.value === 'ListMarker').map(({ name }) => name.value.trim());
}

async function look(context, page, name, file) {
  const address = pathToFileURL(file).href;
  const [requests, complaints] = [[], []];
  page.on('request', (request) => request.url() === address || requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(address);
  const overflow = await page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
  const spoken = name === 'wide' ? await markers(context, page) : [];
  await page.evaluate(axe);
  // Contrast takes half the time. At 320 px the colours are the same, forced ones are the reader's
  // own, and contrast.mjs looks at every context.
  const rules = { 'color-contrast': { enabled: name === 'wide' || name === 'dark' } };
  const given = { ...options, rules };
  const found = await page.evaluate(([c, o]) => globalThis.axe.run(c, o), [CONTEXT, given]);
  const { texts, unreadable } = await page.evaluate(faint);
  page.removeAllListeners();
  console.log(JSON.stringify({
    file, context: name, passes: found.passes.length, requests, complaints, overflow, spoken,
    violations: found.violations.flatMap(told), incomplete: found.incomplete.flatMap(told),
    texts, faint: unreadable,
  }));
  return found.passes.length > 0;
}

const sighted = [];
for (const [name, settings] of Object.entries(CONTEXTS)) {
  const context = await browser.newContext({ ...settings, offline: true });
  const page = await context.newPage();
  for (const file of files) sighted.push(await look(context, page, name, file));
}
await browser.close();
process.exitCode = sighted.every(Boolean) ? 0 : 2;
