// What every journey uses: the real program on a fresh folder, a browser, and the checks that run on each page.
//
//   inOrder('…', () => {
//     const house = useBeffroi();
//     test('…', () => house.withPage({ javascript: false }, async (page) => {
//       await visit(page, '/connexion');
//       await checkPage(page);
//     }));
//   });
//
// A page fails its test when its script, its console, its content security policy or its requests go wrong, when it asks
// anything of another host, and when axe finds anything. Every HTML answer is kept; `checkHtmlOfAllPages` reads them all.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe } from 'node:test';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { demoWorld, root, startBeffroi, target } from './program.mjs';

const pagesFolder = path.join(target, 'pages');
const shotsFolder = path.join(target, 'screenshots');

const everything = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/** What may differ between day and night. */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
export const widths = [1280, 390];

/** A `describe` whose tests follow each other, though other journeys run beside it. */
export const inOrder = (name, tests) => describe(name, { concurrency: 1 }, tests);

/**
 * Starts the program before the tests of this `inOrder`, on a copy of the filled demo, and ends it after them as a service
 * manager would. `fresh`: in an empty folder, which it fills itself.
 */
export function useBeffroi({ fresh = false } = {}) {
  const house = {};
  before(async () => {
    Object.assign(house, await startBeffroi(fresh ? {} : { world: await demoWorld() }));
    house.withPage = (options, journey) => withPage(house.address, options, journey);
  });
  after(async () => assert.deepEqual(await house.stop?.(), { code: 0, signal: null }, 'after SIGTERM'));
  return house;
}

// --- The browser -------------------------------------------------------------------------------------------------

export const chromiumPath = process.env.BEFFROI_CHROMIUM || '/usr/bin/chromium';

let browser;

async function theBrowser() {
  browser ??= await chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Nothing but this machine: a page that asks for more fails its test anyway.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      // Chromium has no sandbox for root, and continuous integration often is root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  return browser;
}

after(() => browser?.close());

/**
 * Runs `journey(page)` in a browser of its own (cookies, cache), then fails if anything went wrong on the way.
 * `expected`: patterns of problems that this journey provokes on purpose. `keep: false`: its pages are not for the HTML checker.
 */
export async function withPage(address, options, journey) {
  const { javascript = true, night = false, width = 1280, expected = [], keep = true } = options;
  const context = await (await theBrowser()).newContext({
    baseURL: address,
    javaScriptEnabled: javascript,
    colorScheme: night ? 'dark' : 'light',
    viewport: { width, height: width < 600 ? 844 : 900 },
    locale: 'fr-BE',
    timezoneId: 'Europe/Brussels',
    reducedMotion: 'reduce',
  });
  // Long enough for a machine that also compiles.
  context.setDefaultTimeout(30_000);
  try {
    const page = await context.newPage();
    const watch = watchPage(page, { address, javascript, night, keep });
    await journey(page, context);
    await watch.settled();
    const problems = watch.problems.filter((problem) => !expected.some((pattern) => pattern.test(problem)));
    assert.deepEqual(problems, [], 'what the browser complained of');
  } finally {
    await context.close();
  }
}

const watches = new WeakMap();

function watchPage(page, { address, javascript, night, keep }) {
  const problems = [];
  const reading = new Set();
  const refusals = new Set();
  const watch = {
    javascript,
    scheme: night ? 'dark' : 'light',
    problems,
    settled: async () => {
      while (reading.size > 0) await Promise.all(reading);
    },
  };
  watches.set(page, watch);

  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${address}/`) && !/^(data|blob|about):/.test(url)) problems.push(`asked another host: ${url}`);
  });
  page.on('requestfailed', (request) => {
    // A navigation that became a download, or that the next one overtook, ends this way.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') problems.push(`request: ${reason} ${request.url()}`);
  });
  page.on('response', (response) => {
    const document = response.request().resourceType() === 'document';
    // A refused form answers 4xx with a page: that is a right answer, though the console calls it an error.
    if (document && response.status() < 500) refusals.add(response.url());
    if (response.status() >= (document ? 500 : 400)) problems.push(`${response.status()} ${response.url()}`);
    if (keep && document && isHtml(response)) {
      const kept = keepPage(response)
        // A page that the next click left at once: it is met, and kept, whenever somebody stays on it.
        .catch((error) => /navigated away/.test(error.message) || problems.push(`could not read ${response.url()}: ${error.message}`))
        .finally(() => reading.delete(kept));
      reading.add(kept);
    }
  });
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const ordinary = message.text().startsWith('Failed to load resource') && refusals.has(message.location().url);
    if (!ordinary) problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  return watch;
}

function isHtml(response) {
  const status = response.status();
  const headers = response.headers();
  const redirect = status >= 300 && status < 400;
  return !redirect && /text\/html/.test(headers['content-type'] ?? '') && !/attachment/.test(headers['content-disposition'] ?? '');
}

/** Goes to an address by typing it; the answer is expected to be 200 unless told otherwise. */
export async function visit(page, address, { status = 200 } = {}) {
  await watches.get(page)?.settled();
  const response = await page.goto(address, { waitUntil: 'load' });
  assert.equal(response.status(), status, `status of ${address}`);
  return response;
}

/** One click signs in as a person of the demo; `label` is the text of the button, or a pattern for it. */
export async function signInAs(page, label) {
  await visit(page, '/connexion');
  await page.getByRole('button', { name: label }).first().click();
  await page.waitForURL((url) => url.pathname !== '/connexion');
  await watches.get(page)?.settled();
}

/**
 * What must hold on every page: one h1, a title; nothing to scroll sideways for, on a phone either; axe finds nothing, in
 * both colour schemes, at the given widths.
 */
export async function checkPage(page, { widths: sizes = [page.viewportSize().width], schemes = ['light', 'dark'] } = {}) {
  const watch = watches.get(page);
  await watch?.settled();
  assert.equal(await page.locator('h1').count(), 1, `one h1 on ${page.url()}`);
  assert.notEqual(await page.title(), '', `a title on ${page.url()}`);
  if (watch && !watch.javascript) return;

  const findings = [];
  const before = page.viewportSize();
  for (const width of new Set([...sizes, ...widths])) {
    await page.setViewportSize({ width, height: before.height });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) findings.push(`${width} px: the page is ${overflow} px too wide`);
    if ((await page.locator('h1').boundingBox()).x < 8) findings.push(`${width} px: the title touches the edge`);
    if (!sizes.includes(width)) continue;
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const rules = colorScheme === schemes[0] ? everything : colours;
      for (const finding of await axe(page, rules)) findings.push(`${width} px, ${colorScheme}: ${finding}`);
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: watches.get(page)?.scheme });
  assert.deepEqual([...new Set(findings)], [], `axe on ${page.url()}`);
}

let axeSource;

async function axe(page, rules) {
  axeSource ??= await readFile(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
  // Through the debugger's door, which the page's content security policy does not guard.
  await page.evaluate(`if (!window.axe) { ${axeSource} }`);
  const { violations } = await page.evaluate(
    (runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'] }),
    rules,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 5).map((node) => `${id}: ${help} — ${node.target.join(' ')} — ${node.html.slice(0, 200)}`),
  );
}

/**
 * Pictures of the page, day and night, wide and narrow: `target/screenshots/<name>-<width>[-nuit].png`.
 * Made when SHOTS=1, or always where the README shows them.
 */
export async function shot(page, name, { always = false } = {}) {
  if (!always && process.env.SHOTS !== '1') return;
  await mkdir(shotsFolder, { recursive: true });
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    for (const [colorScheme, suffix] of [['light', ''], ['dark', '-nuit']]) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(shotsFolder, `${name}-${width}${suffix}.png`), fullPage: true });
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: watches.get(page)?.scheme });
}

// --- The HTML of every page met ----------------------------------------------------------------------------------

const met = new Map();

async function keepPage(response) {
  const html = await response.text();
  const hash = createHash('sha256').update(html).digest('hex').slice(0, 16);
  if (met.has(hash)) return;
  const { pathname } = new URL(response.url());
  const name = `${response.request().method()}${pathname}`.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60);
  met.set(hash, { where: `${response.request().method()} ${response.url()} ${response.status()}`, file: `${name}-${hash}.html`, html });
}

/** One run of the Nu HTML checker over all pages met since the last call; gives their number. */
export async function checkHtmlOfAllPages() {
  const pages = [...met.values()];
  met.clear();
  await rm(pagesFolder, { recursive: true, force: true });
  await mkdir(pagesFolder, { recursive: true });
  for (const { file, html } of pages) await writeFile(path.join(pagesFolder, file), withoutMarkers(html));
  const where = new Map(pages.map((page) => [page.file, page.where]));
  const findings = await htmlFindings(pages.map(({ file }) => path.join(pagesFolder, file)));
  assert.deepEqual(findings.map(({ file, text }) => `${where.get(file)}: ${text}`), [], 'findings of the HTML checker');
  return pages.length;
}

/** Leptos marks places between text nodes with `<!>`, which browsers read as an empty comment and the checker calls a bogus one. */
function withoutMarkers(html) {
  return html.replaceAll('<!>', '');
}

export async function htmlFindings(files) {
  if (files.length === 0) return [];
  const vnu = path.join(root, 'node_modules/vnu-jar/build/dist/vnu.jar');
  const { stdout, stderr } = await promisify(execFile)(
    'java',
    ['-Xss1m', '-jar', vnu, '--format', 'json', '--stdout', '--exit-zero-always', ...files],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const { messages } = JSON.parse(stdout || stderr);
  return messages
    .filter(({ type, subType }) => type !== 'info' || subType === 'warning')
    .map(({ url, message, extract, lastLine }) => ({
      file: path.basename(decodeURIComponent(url ?? '')),
      text: `line ${lastLine}: ${message} — ${(extract ?? '').replace(/\s+/g, ' ').trim()}`,
    }));
}

export async function writeHtml(folder, name, html) {
  const file = path.join(folder, name);
  await writeFile(file, withoutMarkers(html));
  return file;
}
