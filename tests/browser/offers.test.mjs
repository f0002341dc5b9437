// The road of an offer: written, deposited and withdrawn by a firm, opened by two communes. With and without JavaScript.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkPage, shot, signInAs, useBeffroi, visit, widths } from './support.mjs';

const pdf = { name: 'methode.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n') };

for (const javascript of [true, false]) {
  describe(`An offer, ${javascript ? 'with' : 'without'} JavaScript`, () => {
    const house = useBeffroi();
    let offer;
    let tender;

    const as = (person, journey) =>
      // A file that is refused is a right answer, though the script asked for it.
      house.withPage({ javascript, expected: [/^422 .*\/fichiers$/, /^console: Failed to load.*\/fichiers/] }, async (page) => {
        await signInAs(page, person);
        await journey(page);
      });

    test('Semois finishes its draft, sends a file, deposits and reads its receipt', () =>
      as('Gérant de Semois Systèmes', async (page) => {
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
      as('Gérant de Semois Systèmes', async (page) => {
        await visit(page, `${offer}/retirer`);
        await checkPage(page, { widths });
        await page.getByRole('button', { name: 'Retirer l’offre' }).click();
        await page.getByRole('status').first().waitFor();
        await checkPage(page, { widths });
        await shot(page, 'offre-retiree');
      }));

    test('Namur sees how many there are, and no more', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, `${offer.replace('/offres/', '/marches/')}/ouverture`);
        await page.getByText('2 offres déposées').waitFor();
        await checkPage(page, { widths });
        await shot(page, 'ouverture-scellee');
      }));

    test('Gembloux is present once the hour has passed', () =>
      as('Agent marchés publics de Gembloux', async (page) => {
        await visit(page, '/marches');
        await page.getByRole('link', { name: 'Réservation de salles' }).first().click();
        tender = new URL(page.url()).pathname;
        await checkPage(page, { widths });
        await shot(page, 'marche-depot-clos');
        await page.getByRole('link', { name: 'Ouvrir les offres' }).first().click();
        await checkPage(page, { widths });
        await page.getByRole('button', { name: 'Signaler ma présence' }).click();
        await page.getByRole('status').first().waitFor();
        await checkPage(page, { widths });
      }));

    test('Andenne opens, and both read', () =>
      as('Agent marchés publics d’Andenne', async (page) => {
        await visit(page, `${tender}/ouverture`);
        await checkPage(page, { widths });
        await shot(page, 'ouverture-a-deux');
        await page.getByRole('button', { name: 'Ouvrir les offres' }).click();
        await page.getByText('En présence de').waitFor();
        await checkPage(page, { widths });
        await shot(page, 'ouverture-faite');
        const minutes = await page.request.get(`${tender}/ouverture.pdf`);
        assert.equal(minutes.status(), 200);

        await page.getByRole('link', { name: 'Voir les offres' }).click();
        await checkPage(page, { widths });
        await shot(page, 'offres-ouvertes');
        await page.getByRole('link', { name: /^Offre 1/ }).click();
        await checkPage(page, { widths });
        await shot(page, 'offre-ouverte');
      }));
  });
}
