// Every public page, as a visitor meets it: with and without JavaScript, day and night, wide and narrow.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPage, inOrder, shot, useBeffroi, visit, widths } from './support.mjs';

const publicAddresses = ['/', '/connexion', '/appels', '/parametres', '/calcul'];

inOrder('Public pages', () => {
  const house = useBeffroi();

  for (const address of publicAddresses) {
    test(`${address} with JavaScript`, () =>
      house.withPage({}, async (page) => {
        await visit(page, address);
        await checkPage(page, { widths });
        await shot(page, `public${address.replaceAll('/', '-').replace(/-$/, '')}`);
      }));

    test(`${address} without JavaScript`, () =>
      house.withPage({ javascript: false }, async (page) => {
        await visit(page, address);
        await checkPage(page);
      }));
  }

  test('the current tab of the calculator is in sight on a phone', () =>
    house.withPage({ javascript: false, width: 390 }, async (page) => {
      await visit(page, '/calcul?calcul=modification');
      const tab = await page.locator('.tabs [aria-current]').boundingBox();
      assert.ok(tab.x >= 0 && tab.x + tab.width <= 390, `from ${tab.x} to ${tab.x + tab.width}`);
    }));
});
