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
        await page.getByRole('button', { name: 'Vérifier le bon' }).click();
        await page.getByRole('alert').waitFor();
        assert.equal(await page.getByLabel('Objet du bon').inputValue(), 'Connecteur des permis, 2 journées et demie');
        await checkPage(page);
        await shot(page, 'bon-erreur');
        await page.getByLabel('Journée de développement, évolutions commandées').fill('2,5');
        await page.getByRole('button', { name: 'Vérifier le bon' }).click();
        await page.getByText('1\u202f050,00\u00a0€').first().waitFor();
        await checkPage(page);
        await follow(page, 'Modifier la saisie');
        assert.equal(await page.getByLabel('Journée de développement, évolutions commandées').inputValue(), '2,5');
        await page.getByRole('button', { name: 'Vérifier le bon' }).click();
        await done(page, 'Enregistrer le brouillon');
        await page.getByText('1\u202f050,00\u00a0€').first().waitFor();
      }));

    test('the list is filtered, and its file holds what it shows', () =>
      walk.as('Agent marchés publics de Namur', async (page) => {
        await menu(page, /^Bons/);
        await page.getByLabel('Numéro ou mots de l’objet').fill('CONNECTEUR DE L’ETAT CIVIL');
        await page.getByLabel('Autorité').selectOption({ label: 'Namur' });
        await page.getByRole('button', { name: 'Filtrer' }).click();
        await page.getByRole('link', { name: 'Retirer les filtres' }).waitFor();
        await checkPage(page);
        await shot(page, 'bons-filtres');
        const shown = await page.locator('table tbody tr').count();
        assert.ok(shown > 0);
        const text = await (
          await page.request.get(await page.getByRole('link', { name: 'Télécharger (CSV)' }).getAttribute('href'))
        ).text();
        assert.equal(text.trim().split('\n').length, shown + 2, 'heads, each voucher, the sums');
        assert.ok(text.includes('Connecteur de l’état civil') && !text.includes('Maintenance'));
        const xlsx = await page.request.get(
          await page.getByRole('link', { name: 'Télécharger (XLSX)' }).getAttribute('href'),
        );
        assert.equal((await xlsx.body()).subarray(0, 2).toString(), 'PK');
        await page.getByRole('link', { name: 'Retirer les filtres' }).click();
        await page.getByText('Maintenance, premier semestre').first().waitFor();
      }));

    test('an earlier order is taken up again', () =>
      walk.as('Agent marchés publics de Namur', async (page) => {
        await menu(page, /^Bons/);
        await follow(page, 'Connecteur de l’état civil, 5 journées');
        await follow(page, 'Reprendre ce bon');
        const line = page.getByLabel('Journée de développement, évolutions commandées');
        assert.equal(await line.inputValue(), '5');
        await line.fill('1');
        await page.getByLabel('Objet du bon').fill('Connecteur de l’état civil, suite');
        await shot(page, 'bon-repris');
        await page.getByRole('button', { name: 'Vérifier le bon' }).click();
        await done(page, 'Enregistrer le brouillon');
      }));

    test('approved orders are ticked, named, and sent at once', () =>
      walk.as('Agent marchés publics de Gembloux', async (page) => {
        await menu(page, /^Bons/);
        await page.getByLabel('État').selectOption({ label: 'Approuvé' });
        await page.getByRole('button', { name: 'Filtrer' }).click();
        const ticks = page.getByRole('checkbox', { name: /^Choisir le bon/ });
        await ticks.first().waitFor();
        await checkPage(page);
        await shot(page, 'bons-choix');
        await ticks.first().check();
        await page.getByRole('button', { name: 'Envoyer les bons choisis…' }).click();
        await page.getByText('Assistance à la réversibilité, 2 journées').first().waitFor();
        await checkPage(page);
        await shot(page, 'bons-envoi');
        await done(page, 'Envoyer 1 bon');
        await page.getByText('1 bon envoyé sur 1').waitFor();
        await shot(page, 'bons-envoyes');
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
