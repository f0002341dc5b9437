// Order vouchers beside the road: what is left of a contract, a quantity that is none, an order that is cancelled. With and
// without JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { done, follow, Journey, menu } from './steps/walk.mjs';
import { checkPage, inOrder, shot, useBeffroi } from './support.mjs';

const CONTRACT = 'Guichet citoyen mutualisé';

for (const javascript of [true, false]) {
  inOrder(`Order vouchers, ${javascript ? 'with' : 'without'} JavaScript`, () => {
    const walk = new Journey(useBeffroi(), { javascript });

    test('the contract shows what is left to everybody in it', () =>
      walk.as('Agent marchés publics de Gembloux', async (page) => {
        await menu(page, 'Contrats');
        await checkPage(page);
        await shot(page, 'contrats');
        await follow(page, CONTRACT);
        await page.getByRole('heading', { name: 'Bordereau des prix' }).waitFor();
        await shot(page, 'contrat-commun');
      }));

    test('a quantity in words is told at its field, and nothing typed is lost', () =>
      walk.as('Agent marchés publics de Namur', async (page) => {
        await menu(page, /^Bons/);
        await follow(page, 'Rédiger un bon de commande');
        await follow(page, CONTRACT);
        await page.getByLabel('Objet du bon').fill('Connecteur des permis, 2 journées et demie');
        await page.getByLabel('Journée de développement, évolutions commandées').fill('deux');
        await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
        await page.getByRole('alert').waitFor();
        assert.equal(await page.getByLabel('Objet du bon').inputValue(), 'Connecteur des permis, 2 journées et demie');
        await checkPage(page);
        await shot(page, 'bon-erreur');
        await page.getByLabel('Journée de développement, évolutions commandées').fill('2,5');
        await done(page, 'Enregistrer le brouillon');
        await page.getByText('1\u202f050,00\u00a0€').first().waitFor();
      }));

    test('an order is cancelled with its reason', () =>
      walk.as('Agent marchés publics de Namur', async (page) => {
        await menu(page, /^Bons/);
        await follow(page, 'Prise de rendez-vous, 15 journées');
        await follow(page, 'Annuler le bon');
        await page.getByLabel('Raison de l’annulation').fill('Le service reporte ce projet.');
        await shot(page, 'bon-annulation');
        await done(page, 'Annuler le bon');
      }));
  });
}
