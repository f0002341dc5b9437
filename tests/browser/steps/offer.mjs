// From the call to the opened offers.

import assert from 'node:assert/strict';
import { checkPage, shot } from '../support.mjs';
import { officer } from './call.mjs';
import { done, follow, task } from './walk.mjs';

export const pdf = { name: 'methode.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n') };

/** Unit prices of the six lines that the officer wrote, in whole euros: 71,600 for the presumed quantities. */
const PRICES = [4_000, 12_000, 300, 310, 1_500, 290];

/** Priced at `percent` of the prices above, with a file, checked and deposited. */
export function deposit(road, firm, percent) {
  return road.as(road.managerOf(firm), async (page) => {
    await task(page, road.object, road.reference);
    await follow(page, 'Préparer votre offre');
    await follow(page, 'Prix');
    const fields = await page.getByLabel('Prix unitaire HTVA').all();
    assert.equal(fields.length, PRICES.length, 'a price for each line of the inventory');
    for (const [line, field] of fields.entries()) await field.fill(String((PRICES[line] * percent) / 100).replace('.', ','));
    await done(page, 'Enregistrer les prix');
    await follow(page, 'Fichiers');
    await page.getByLabel('Ajouter un fichier').setInputFiles(pdf);
    await page.getByRole('button', { name: 'Envoyer et sceller' }).click();
    await page.getByRole('rowheader', { name: pdf.name }).waitFor();
    await checkPage(page);
    await follow(page, 'Votre offre');
    await shot(page, 'offre');
    await follow(page, /^Vérifier/);
    await page.getByLabel(`J’engage ${firm}`).check();
    await page.getByRole('button', { name: 'Sceller et déposer l’offre' }).click();
    await page.getByRole('heading', { name: 'Votre offre est déposée' }).waitFor();
    await checkPage(page);
    await shot(page, 'offre-recepisse');
    assert.equal((await page.request.get(`/offres/${road.reference}/recepisse.pdf`)).status(), 200);
  });
}

/** Before two persons: of different communes when the tender is joint. */
export async function openOffers(road) {
  await road.as(officer('Namur'), async (page) => {
    await task(page, 'Ouvrir les offres', road.reference);
    await done(page, 'Signaler ma présence');
    await shot(page, 'ouverture-a-deux');
  });
  const second = road.joint ? officer(road.others[0]) : 'Directeur général de Namur';
  await road.as(second, async (page) => {
    await task(page, 'Ouvrir les offres', road.reference);
    await page.getByRole('button', { name: 'Ouvrir les offres' }).click();
    await page.getByText('En présence de').waitFor();
    await checkPage(page);
    await shot(page, 'ouverture-faite');
    assert.equal((await page.request.get(`/marches/${road.reference}/ouverture.pdf`)).status(), 200);
    await follow(page, 'Voir les offres');
    await shot(page, 'offres-ouvertes');
    await follow(page, /^Offre 1/);
    await shot(page, 'offre-ouverte');
  });
}
