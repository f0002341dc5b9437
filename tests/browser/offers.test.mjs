// A firm's own offer, with its slips: a price that is none, a file of the wrong kind, a deposit that is withdrawn. With and
// without JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pdf } from './steps/offer.mjs';
import { Journey } from './steps/walk.mjs';
import { checkPage, inOrder, shot, useBeffroi, visit, widths } from './support.mjs';

for (const javascript of [true, false]) {
  inOrder(`An offer, ${javascript ? 'with' : 'without'} JavaScript`, () => {
    // A file that is refused is a right answer, though the script asked for it.
    const expected = [/^422 .*\/fichiers$/, /^console: Failed to load.*\/fichiers/];
    const walk = new Journey(useBeffroi(), { javascript, expected });
    let offer;

    test('Semois finishes its draft, sends a file, deposits and reads its receipt', () =>
      walk.as('Gérant de Semois Systèmes', async (page) => {
        await visit(page, '/offres');
        await checkPage(page, { widths });
        await shot(page, 'offres');
        await page.getByRole('link', { name: 'Guichet citoyen en logiciel libre' }).first().click();
        offer = new URL(page.url()).pathname;
        await checkPage(page, { widths });
        await shot(page, 'offre');

        await page.getByRole('link', { name: 'Prix' }).first().click();
        await page.getByLabel('Prix unitaire HTVA').first().fill('mille');
        await page.getByRole('button', { name: 'Enregistrer les prix' }).click();
        await page.getByRole('alert').waitFor();
        await checkPage(page, { widths });
        await shot(page, 'offre-prix-erreur');
        await page.getByLabel('Prix unitaire HTVA').first().fill('1 250,50');
        await page.getByRole('button', { name: 'Enregistrer les prix' }).click();
        await page.getByRole('status').first().waitFor();

        await visit(page, `${offer}/fichiers`);
        await checkPage(page, { widths });
        await page.getByLabel('Ajouter un fichier').setInputFiles({ ...pdf, name: 'methode.docx' });
        await page.getByRole('button', { name: 'Envoyer et sceller' }).click();
        await page.getByRole('alert').waitFor();
        await shot(page, 'offre-fichier-refuse');
        await visit(page, `${offer}/fichiers`);
        await page.getByLabel('Ajouter un fichier').setInputFiles(pdf);
        await page.getByRole('button', { name: 'Envoyer et sceller' }).click();
        await page.getByRole('rowheader', { name: 'methode.pdf' }).waitFor();
        await checkPage(page, { widths });
        await shot(page, 'offre-fichiers');

        await visit(page, `${offer}/verifier`);
        await checkPage(page, { widths });
        await shot(page, 'offre-verifier');
        await page.getByLabel(/J’engage Semois Systèmes/).check();
        await page.getByRole('button', { name: 'Sceller et déposer l’offre' }).click();
        await page.getByRole('heading', { name: 'Votre offre est déposée' }).waitFor();
        await checkPage(page, { widths });
        await shot(page, 'offre-recepisse');
        const receipt = await page.request.get(`${offer}/recepisse.pdf`);
        assert.equal(receipt.status(), 200);
      }));

    test('and withdraws it', () =>
      walk.as('Gérant de Semois Systèmes', async (page) => {
        await visit(page, `${offer}/retirer`);
        await checkPage(page, { widths });
        await page.getByRole('button', { name: 'Retirer l’offre' }).click();
        await page.getByRole('status').first().waitFor();
        await checkPage(page, { widths });
        await shot(page, 'offre-retiree');
      }));

    test('Namur sees how many there are, and no more', () =>
      walk.as('Agent marchés publics de Namur', async (page) => {
        await visit(page, `${offer.replace('/offres/', '/marches/')}/ouverture`);
        await page.getByText('2 offres déposées').waitFor();
        await checkPage(page, { widths });
        await shot(page, 'ouverture-scellee');
      }));
  });
}
