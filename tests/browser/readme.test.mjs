// The pictures that the README shows: small, of the demo. SHOTS=1 writes them into docs/screenshots.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { root } from './program.mjs';
import { signInAs, useBeffroi, visit } from './support.mjs';

const MOST_BYTES = 100_000;

/** Who looks, at what: `open` leads from the page after signing in to the one that is shown. */
const pictures = [
  { name: 'accueil', person: 'Agent marchés publics d’Andenne', open: async () => {} },
  { name: 'marche', person: 'Agent marchés publics de Namur', open: file('Guichet citoyen en logiciel libre') },
  {
    name: 'comparaison',
    person: 'Agent marchés publics d’Andenne',
    open: async (page) => {
      await file('Signalement des incidents de voirie')(page);
      await visit(page, `${new URL(page.url()).pathname}/evaluation`);
    },
  },
  {
    name: 'bon-nuit',
    person: 'Directeur financier de Namur',
    night: true,
    open: async (page) => {
      await visit(page, '/bons');
      await page.getByRole('link', { name: 'Maintenance, premier semestre' }).click();
    },
  },
  {
    name: 'recepisse-390',
    person: 'Gérant d’Aubier Logiciels',
    width: 390,
    open: async (page) => {
      await visit(page, '/offres');
      await page.getByRole('link', { name: 'Guichet citoyen en logiciel libre' }).first().click();
      await page.getByRole('link', { name: 'Voir le récépissé' }).click();
    },
  },
];

describe('The pictures of the README', () => {
  const house = useBeffroi();

  for (const { name, person, open, night = false, width = 1280 } of pictures) {
    test(name, () =>
      house.withPage({ night, width }, async (page) => {
        await signInAs(page, person);
        await open(page);
        await page.getByRole('heading', { level: 1 }).waitFor();

        const picture = await webp(page);

        assert.ok(picture.length < MOST_BYTES, `${name} has ${picture.length} bytes`);
        if (process.env.SHOTS === '1') await writeFile(path.join(root, 'docs/screenshots', `${name}.webp`), picture);
      }));
  }
});

function file(object) {
  return async (page) => {
    await visit(page, '/marches');
    await page.getByRole('link', { name: object }).first().click();
  };
}

/** What the window shows, in a format that Playwright itself does not write. */
async function webp(page) {
  const debuggers = await page.context().newCDPSession(page);
  const { data } = await debuggers.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  return Buffer.from(data, 'base64');
}
