// A central purchasing body: what it offers, who adheres, who joins, who orders and who does not. With and without JavaScript.

import { test } from 'node:test';
import { done, fillDate, follow, Journey, menu } from './steps/walk.mjs';
import { checkPage, inOrder, shot, useBeffroi, visit } from './support.mjs';

const FRAMEWORK = 'Connecteurs des guichets communaux';
const BODY = 'Union des Villes et Communes de Wallonie';
const LINE = 'Journée de développement, évolutions commandées';

for (const javascript of [true, false]) {
  inOrder(`A central purchasing body, ${javascript ? 'with' : 'without'} JavaScript`, () => {
    const walk = new Journey(useBeffroi(), { javascript });

    test('a visitor reads what is offered', () =>
      walk.asVisitor(async (page) => {
        await visit(page, '/centrale');
        await checkPage(page);
        await shot(page, 'centrales');
        await follow(page, FRAMEWORK);
        await page.getByText('Réservé aux pouvoirs adjudicateurs').waitFor();
        await shot(page, 'accord-cadre');
      }));

    test('a commune that is no user is told why it does not order, and adheres', () =>
      walk.as('Agent marchés publics de Ciney', async (page) => {
        await menu(page, 'Centrales d’achat');
        await follow(page, FRAMEWORK);
        await page.getByText('Vous ne pouvez pas commander').waitFor();
        await follow(page, 'Adhérer à la centrale');
        await fillDate(page, 'deliberation', walk.inDays(-20));
        await page.getByLabel('Numéro de la délibération').fill('2026/131');
        await fillDate(page, 'convention', walk.inDays(-5));
        await page.getByRole('button', { name: 'Enregistrer l’adhésion' }).click();
        await page.getByRole('alert').waitFor();
        await checkPage(page);
        await shot(page, 'adhesion-centrale-avertissement');
        await fillDate(page, 'transmission', walk.inDays(-4));
        await done(page, 'Enregistrer l’adhésion');
        await shot(page, 'adhesion-centrale');
      }));

    test('the body accepts the accession, and the need that waits', () =>
      walk.as('Agent marchés publics de l’UVCW', async (page) => {
        await menu(page, 'Centrales d’achat');
        await follow(page, 'Adhérents');
        await shot(page, 'adherents');
        await done(page, 'Accepter l’adhésion Ciney');
        await menu(page, 'Centrales d’achat');
        await follow(page, FRAMEWORK);
        await follow(page, 'Utilisateurs et besoins');
        await shot(page, 'utilisateurs');
        await done(page, 'Admettre cet utilisateur');
        await menu(page, 'Centrales d’achat');
        await follow(page, FRAMEWORK);
        await follow(page, 'Relevé des redevances');
        await page.getByRole('row', { name: /Gembloux/ }).waitFor();
        await shot(page, 'redevances');
      }));

    test('a commune that adheres, and that the call does not name, still does not order', () =>
      walk.as('Agent marchés publics de Ciney', async (page) => {
        await menu(page, 'Centrales d’achat');
        await follow(page, FRAMEWORK);
        await page.getByText('Vous ne pouvez pas commander').waitFor();
        await page.getByText('n’est pas admise à cet accord-cadre').waitFor();
      }));

    test('a user orders, and reads the fee before', () =>
      walk.as('Agent marchés publics de Wavre', async (page) => {
        await menu(page, 'Centrales d’achat');
        await follow(page, FRAMEWORK);
        await follow(page, 'Rédiger un bon');
        await page.getByText(/du montant commandé HTVA/).waitFor();
        await page.getByLabel('Objet du bon').fill('Connecteur des écoles, 2 journées');
        await page.getByLabel(LINE).fill('2');
        await shot(page, 'bon-centrale');
        await page.getByRole('button', { name: 'Vérifier le bon' }).click();
        await page.locator('h1').waitFor();
        await done(page, 'Enregistrer le brouillon');
      }));

    test('a user that leaves orders no more', () =>
      walk.as('Agent marchés publics de Gembloux', async (page) => {
        await menu(page, 'Centrales d’achat');
        await follow(page, BODY);
        await fillDate(page, 'fin', walk.inDays(0));
        await page.getByRole('button', { name: 'Vérifier le retrait' }).click();
        await page.getByText('Se retirer dès le').waitFor();
        await checkPage(page);
        await shot(page, 'retrait-d-adhesion');
        await done(page, 'Se retirer de la centrale');
        await menu(page, 'Centrales d’achat');
        await follow(page, FRAMEWORK);
        await page.getByText('a pris fin le').waitFor();
        await shot(page, 'fin-d-adhesion');
      }));
  });
}
