// All journeys in one process, so that one browser, one demo and one run of the HTML checker serve them all; two at a time.
// One file alone: `node --test tests/browser/sweep.test.mjs`.

import { readdir } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { checkHtmlOfAllPages } from './support.mjs';

const files = (await readdir(new URL('.', import.meta.url))).filter((name) => name.endsWith('.test.mjs')).sort();

describe('Journeys', { concurrency: 2 }, async () => {
  for (const file of files) await import(`./${file}`);
});

test('every page met on the way is valid HTML', async (context) => {
  context.diagnostic(`${await checkHtmlOfAllPages()} pages`);
});
