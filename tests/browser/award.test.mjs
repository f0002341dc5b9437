// From the opened offers of a small tender to its running contract, as its people fill in the pages, with and without
// JavaScript.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkPage, shot, signInAs, useBeffroi, visit } from './support.mjs';

const OBJECT = 'Cartographie des cimetières';

for (const javascript of [true, false]) {
  describe(`An award, ${javascript ? 'with' : 'without'} JavaScript`, () => {
    const house = useBeffroi();
    let tender;

    const as = (person, journey) =>
      house.withPage({ javascript }, async (page) => {
        await signInAs(page, person);
        await journey(page);
      });

    test('the officer selects both firms', () =>
      as('Agent marchés publics de Ciney', async (page) => {
        await visit(page, '/marches');
        await page.getByRole('link', { name: OBJECT }).first().click();
        await page.getByRole('heading', { level: 1, name: OBJECT }).waitFor();
        tender = new URL(page.url()).pathname;
        await visit(page, `${tender}/selection`);
        await checkPage(page);
        await page.getByRole('button', { name: 'Commencer la sélection' }).click();
        await page.getByRole('status').first().waitFor();
        for (const offer of [1, 2]) {
          await visit(page, `${tender}/selection?offre=${offer}`);
          await checkPage(page);
          await page.locator('[name="obligatoire"][value="none"]').check();
          await page.locator('[name="dettes"][value="none"]').check();
          await page.locator('[name="facultatif"][value="none"]').check();
          await page.getByLabel('Atteints', { exact: true }).check();
          await page.getByLabel('Sélectionné', { exact: true }).check();
          await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
          await page.getByRole('status').first().waitFor();
        }
        await visit(page, `${tender}/selection`);
        await shot(page, 'selection');
        await page.getByRole('button', { name: 'Terminer la sélection' }).click();
        await page.getByRole('status').first().waitFor();
      }));

    test('finds both offers regular and names an evaluator', () =>
      as('Agent marchés publics de Ciney', async (page) => {
        for (const offer of [1, 2]) {
          await visit(page, `${tender}/regularite?offre=${offer}`);
          await checkPage(page);
          await page.locator('[name="resultat"][value="regular"]').check();
          await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
          await page.getByRole('status').first().waitFor();
        }
        await visit(page, `${tender}/regularite`);
        await page.getByRole('button', { name: 'Passer à l’évaluation' }).click();
        await page.getByRole('status').first().waitFor();
        await visit(page, `${tender}/evaluation/jury`);
        await checkPage(page);
        await page.locator('[name="evaluateur"]').selectOption({ index: 1 });
        await page.getByRole('button', { name: 'Désigner', exact: true }).click();
        await page.getByRole('status').first().waitFor();
      }));

    test('the evaluator declares no interest and scores', () =>
      as('Évaluateur de Ciney', async (page) => {
        await visit(page, `${tender}/evaluation/fiche`);
        await checkPage(page);
        await page.locator('[name="interets"]').first().check();
        await page.getByRole('button', { name: 'Déclarer mes intérêts' }).click();
        await page.getByRole('status').first().waitFor();
        await checkPage(page);
        for (const field of await page.locator('input[name^="points-"]').all()) await field.fill('12,5');
        for (const field of await page.locator('textarea[name^="motif-"]').all()) await field.fill('Répond aux attentes.');
        await page.getByRole('button', { name: 'Enregistrer ma fiche' }).click();
        await page.getByRole('status').first().waitFor();
        await checkPage(page);
        await shot(page, 'fiche');
      }));

    test('the officer closes the evaluation and proposes the award', () =>
      as('Agent marchés publics de Ciney', async (page) => {
        await visit(page, `${tender}/evaluation`);
        await checkPage(page);
        await page.getByRole('button', { name: 'Clôturer l’évaluation' }).click();
        await page.getByRole('status').first().waitFor();
        for (const file of ['rapport.pdf', 'comparaison.xlsx', 'comparaison.csv']) {
          assert.equal((await page.request.get(`${tender}/evaluation/${file}`)).status(), 200, file);
        }
        await visit(page, `${tender}/attribution`);
        await checkPage(page);
        await page.getByRole('button', { name: 'Enregistrer la proposition' }).click();
        await page.getByRole('status').first().waitFor();
        await page.getByRole('button', { name: 'Demander l’avis de légalité' }).click();
        await page.getByRole('status').first().waitFor();
      }));

    test('the finance director gives the opinion, the executive decides', async () => {
      await as('Directeur financier de Ciney', async (page) => {
        await visit(page, `${tender}/avis`);
        await checkPage(page);
        await page.getByLabel('Favorable', { exact: true }).check();
        await page.getByLabel('Motivation').fill('Le crédit couvre la dépense.');
        await page.getByRole('button', { name: 'Rendre l’avis' }).click();
        await page.getByRole('status').first().waitFor();
      });
      await as('Collège communal de Ciney', async (page) => {
        await visit(page, `${tender}/attribution`);
        await checkPage(page);
        await fillToday(page, 'decision');
        await page.locator('[name="numero"]').fill('2026/1204');
        await giveReason(page);
        await page.getByRole('button', { name: 'Enregistrer la décision' }).click();
        await page.getByRole('status').first().waitFor();
        await checkPage(page);
      });
    });

    test('every tenderer is told, and nothing is concluded before the end of the wait', () =>
      as('Agent marchés publics de Ciney', async (page) => {
        await visit(page, `${tender}/informations`);
        await checkPage(page);
        await page.getByRole('button', { name: 'Envoyer les courriers' }).click();
        await page.getByRole('status').first().waitFor();
        await visit(page, `${tender}/tutelle`);
        await checkPage(page);
        await fillToday(page, 'envoi');
        await page.getByRole('button', { name: 'Enregistrer la transmission' }).click();
        await page.getByRole('status').first().waitFor();
        await visit(page, `${tender}/conclusion`);
        await checkPage(page);
        await shot(page, 'conclusion');
      }));

    test('the demo’s clock passes the standstill, and the contract is concluded and starts', async () => {
      await house.withPage({ javascript }, async (page) => {
        await visit(page, '/demonstration');
        await checkPage(page);
        await page.getByRole('button', { name: 'Avancer de 16 jours' }).click();
        await page.getByRole('status').first().waitFor();
      });
      await as('Agent marchés publics de Ciney', async (page) => {
        await visit(page, `${tender}/conclusion`);
        await checkPage(page);
        await giveReason(page);
        await page.getByRole('button', { name: 'Conclure le contrat' }).click();
        await page.getByRole('status').first().waitFor();
        await visit(page, `${tender}/cautionnement`);
        await checkPage(page);
        await page.getByRole('button', { name: 'Commencer l’exécution' }).click();
        await page.getByRole('status').first().waitFor();
        await visit(page, tender.replace('/marches/', '/contrats/'));
        await checkPage(page);
        await shot(page, 'contrat');
      });
    });

    test('the firms read their own result', async () => {
      for (const firm of [/Gérant de Lesse Libre/, /Gérant de Burdinale Code/]) {
        await as(firm, async (page) => {
          await visit(page, `${tender.replace('/marches/', '/offres/')}/resultat`);
          await checkPage(page);
          await shot(page, 'resultat');
        });
      }
    });
  });
}

/** The day of the demo's clock, which is at least the machine's, as the page proposes it or as Brussels has it. */
async function fillToday(page, field) {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Brussels' });
  const [year, month, day] = today.split('-').map(Number);
  await page.locator(`[name="${field}-jour"]`).fill(String(day));
  await page.locator(`[name="${field}-mois"]`).fill(String(month));
  await page.locator(`[name="${field}-annee"]`).fill(String(year));
}

/** Where the law warns, the page asks why one goes on. */
async function giveReason(page) {
  const reason = page.locator('textarea[name="raison"]');
  if ((await reason.count()) > 0) await reason.fill('Le montant est confirmé ; la tutelle a le dossier.');
}
