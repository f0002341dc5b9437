// Every public page, as a visitor meets it: with and without JavaScript, day and night, wide and narrow.

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
});
