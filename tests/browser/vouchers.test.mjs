// An order voucher, from its drawing to its payment, as each of its people handles it: with and without JavaScript.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkPage, shot, signInAs, useBeffroi, visit } from './support.mjs';

for (const javascript of [true, false]) {
  describe(`An order voucher, ${javascript ? 'with' : 'without'} JavaScript`, () => {
    const house = useBeffroi();
    let voucher;

    const as = (person, journey) =>
      house.withPage({ javascript }, async (page) => {
        await signInAs(page, person);
        await journey(page);
      });
    const done = async (page, button) => {
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByRole('status').first().waitFor();
      await checkPage(page);
    };

    test('the contract shows what is left to everybody in it', () =>
      as('Agent marchés publics de Gembloux', async (page) => {
        await visit(page, '/contrats');
        await checkPage(page);
        await shot(page, 'contrats');
        await page.getByRole('link', { name: 'Guichet citoyen mutualisé' }).click();
        await page.getByRole('heading', { name: 'Bordereau des prix' }).waitFor();
        await checkPage(page);
        await shot(page, 'contrat');
      }));

    test('the officer draws it', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, '/bons/nouveau');
        await checkPage(page);
        await page.getByRole('link', { name: 'Guichet citoyen mutualisé' }).click();
        await page.getByLabel('Objet du bon').fill('Connecteur des permis, 2 journées et demie');
        await page.getByLabel('Journée de développement, évolutions commandées').fill('deux');
        await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click();
        await page.getByRole('alert').waitFor();
        assert.equal(await page.getByLabel('Objet du bon').inputValue(), 'Connecteur des permis, 2 journées et demie');
        await checkPage(page);
        await shot(page, 'bon-erreur');
        await page.getByLabel('Journée de développement, évolutions commandées').fill('2,5');
        await done(page, 'Enregistrer le brouillon');
        voucher = new URL(page.url()).pathname;
        assert.match(voucher, /^\/bons\/[0-9a-f-]{36}$/);
        await page.getByText('1\u202f050,00\u00a0€').first().waitFor();
        await shot(page, 'bon-brouillon');
      }));

    test('the finance director checks the credit', () =>
      as('Directeur financier de Namur', async (page) => {
        await page.getByRole('link', { name: 'Contrôler le crédit et les plafonds' }).first().waitFor();
        await checkPage(page);
        await shot(page, 'accueil-directeur');
        await visit(page, `${voucher}/controle`);
        await checkPage(page);
        await page.getByLabel('Article budgétaire').fill('104/123-13');
        await page.getByLabel('Crédit disponible sur l’article, TVAC').fill('5 000,00');
        await page.getByLabel('Numéro de l’engagement').fill('2026-002001');
        await shot(page, 'bon-controle');
        await done(page, 'Enregistrer le contrôle');
      }));

    test('the executive approves it', () =>
      as('Collège communal de Namur', async (page) => {
        await visit(page, `${voucher}/approbation`);
        await checkPage(page);
        await page.getByLabel('Le collège', { exact: true }).check();
        await page.getByLabel('Numéro de la décision').fill('2026/320');
        await shot(page, 'bon-approbation');
        await done(page, 'Approuver le bon');
        await page.getByText(/BC-\d{4}-000005/).first().waitFor();
      }));

    test('the officer sends it', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, voucher);
        await checkPage(page);
        await done(page, 'Envoyer le bon');
        await shot(page, 'bon-envoye');
        const file = await page.request.get(`${voucher}/bon.pdf`);
        assert.equal(file.headers()['content-type'], 'application/pdf');
      }));

    test('the firm accepts it and delivers', () =>
      as('Gérant d’Aubier Logiciels', async (page) => {
        await visit(page, `${voucher}/reponse`);
        await checkPage(page);
        await page.getByLabel('Accepter le bon').check();
        await shot(page, 'bon-reponse');
        await done(page, 'Envoyer la réponse');
        await visit(page, `${voucher}/livraison`);
        await checkPage(page);
        await shot(page, 'bon-livraison');
        await done(page, 'Annoncer la livraison');
      }));

    test('the contract manager accepts a part', () =>
      as('Fonctionnaire dirigeant de Namur', async (page) => {
        await visit(page, `${voucher}/reception`);
        await checkPage(page);
        await page.getByLabel('Réceptionnée en partie').check();
        await page.getByLabel('Journée de développement, évolutions commandées').fill('2');
        await page.getByLabel('Motifs').fill('Le rapport de la dernière demi-journée manque.');
        await shot(page, 'bon-reception');
        await done(page, 'Enregistrer la réception');
        await page.getByRole('link', { name: 'Procès-verbal (PDF)' }).waitFor();
      }));

    test('the firm states its invoice', () =>
      as('Gérant d’Aubier Logiciels', async (page) => {
        await visit(page, `${voucher}/facture`);
        await checkPage(page);
        await page.getByLabel('Numéro de la facture').fill('AL-2026-077');
        await shot(page, 'bon-facture');
        await done(page, 'Encoder la facture');
      }));

    test('the finance director marks it paid and the officer closes it', async () => {
      await as('Directeur financier de Namur', async (page) => {
        await visit(page, `${voucher}/paiement`);
        await checkPage(page);
        await shot(page, 'bon-paiement');
        await done(page, 'Constater le paiement');
      });
      await as('Agent marchés publics de Namur', async (page) => {
        await visit(page, voucher);
        await done(page, 'Solder le bon');
        await shot(page, 'bon-solde');
        await visit(page, '/bons?etat=closed');
        await page.getByRole('link', { name: 'Connecteur des permis, 2 journées et demie' }).waitFor();
        await checkPage(page);
        await shot(page, 'bons');
      });
    });

    test('another is cancelled with its reason', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, '/bons?etat=sent');
        await page.getByRole('link', { name: 'Prise de rendez-vous, 15 journées' }).click();
        await page.getByRole('link', { name: 'Annuler le bon' }).click();
        await page.getByLabel('Raison de l’annulation').waitFor();
        await checkPage(page);
        await page.getByLabel('Raison de l’annulation').fill('Le service reporte ce projet.');
        await shot(page, 'bon-annulation');
        await done(page, 'Annuler le bon');
      }));
  });
}
