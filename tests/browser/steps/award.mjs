// From the opened offers to the contract that runs.

import assert from 'node:assert/strict';
import { checkPage, shot, visit } from '../support.mjs';
import { giveOpinion, officer } from './call.mjs';
import { done, fillDate, follow, home, record, task } from './walk.mjs';

export function select(road) {
  return road.as(officer('Namur'), async (page) => {
    await task(page, 'Commencer la sélection des soumissionnaires', road.reference);
    await done(page, 'Commencer la sélection');
    for (const firm of road.firms) {
      await follow(page, `Examiner, ${firm}`);
      await page.locator('[name="obligatoire"][value="none"]').check();
      await page.locator('[name="dettes"][value="none"]').check();
      await page.locator('[name="facultatif"][value="none"]').check();
      await page.getByLabel('Atteints', { exact: true }).check();
      await page.getByLabel('Sélectionné', { exact: true }).check();
      await done(page, 'Enregistrer la décision');
    }
    await shot(page, 'selection');
    await done(page, 'Terminer la sélection');
  });
}

/** Every offer is regular, and one person of each participant evaluates, two at most. */
export function findRegular(road) {
  return road.as(officer('Namur'), async (page) => {
    await task(page, 'Décider de la régularité de chaque offre', road.reference);
    for (const firm of road.firms) {
      await follow(page, `Examiner, ${firm}`);
      await page.locator('[name="resultat"][value="regular"]').check();
      await done(page, 'Enregistrer la décision');
    }
    await shot(page, 'regularite');
    await done(page, 'Passer à l’évaluation');
    await follow(page, 'Comité');
    for (const commune of road.jury) {
      await page.getByLabel('Évaluateur', { exact: true }).selectOption({ label: `Évaluateur de ${commune}, ${commune}` });
      await done(page, 'Désigner');
    }
    await shot(page, 'comite');
  });
}

export function score(road, commune) {
  return road.as(`Évaluateur de ${commune}`, async (page) => {
    await task(page, 'Déclarer vos intérêts avant de coter', road.reference);
    await page.locator('[name="interets"]').first().check();
    await done(page, 'Déclarer mes intérêts');
    for (const field of await page.locator('input[name^="points-"]').all()) await field.fill('12,5');
    for (const field of await page.locator('textarea[name^="motif-"]').all()) await field.fill('Répond aux attentes.');
    await done(page, 'Enregistrer ma fiche');
    await shot(page, 'fiche');
  });
}

export function propose(road) {
  return road.as(officer('Namur'), async (page) => {
    await task(page, 'Comparer les offres et clôturer l’évaluation', road.reference);
    await shot(page, 'comparaison');
    await done(page, 'Clôturer l’évaluation');
    for (const file of ['rapport.pdf', 'comparaison.xlsx', 'comparaison.csv']) {
      const answer = await page.request.get(`/marches/${road.reference}/evaluation/${file}`);
      assert.equal(answer.status(), 200, file);
    }
    await record(page, road.object);
    await follow(page, 'Attribution');
    await page.getByLabel('Motifs du choix').fill('L’offre obtient le total le plus élevé.');
    await done(page, 'Enregistrer la proposition');
    await done(page, 'Demander l’avis de légalité');
    await shot(page, 'attribution');
  });
}

export async function decide(road) {
  await giveOpinion(road);
  await road.as('Collège communal de Namur', async (page) => {
    await task(page, 'Décider l’attribution', road.reference);
    await fillDate(page, 'decision', road.today);
    await page.locator('[name="numero"]').fill('2026/1204');
    await giveReason(page);
    await done(page, 'Enregistrer la décision');
    await shot(page, 'decision');
  });
}

/** The joint award is above the amount from which the Region sees it. */
export function inform(road) {
  return road.as(officer('Namur'), async (page) => {
    await task(page, 'Informer tous les soumissionnaires', road.reference);
    await done(page, 'Envoyer les courriers');
    await shot(page, 'courriers');
    if (road.joint) {
      await home(page);
      await task(page, 'Transmettre l’attribution à la tutelle', road.reference);
      await fillDate(page, 'envoi', road.today);
      await done(page, 'Enregistrer la transmission');
    }
    await record(page, road.object);
    await follow(page, 'Conclusion');
    await shot(page, 'conclusion');
  });
}

/** By the link of the mail that brings it. */
export async function readResult(road, firm) {
  const address = `/offres/${road.reference}/resultat`;
  await road.mail(address);
  await road.as(road.managerOf(firm), async (page) => {
    await visit(page, address);
    await checkPage(page);
    await page.getByRole('link', { name: 'Télécharger le courrier' }).waitFor();
    await shot(page, firm === road.firms[0] ? 'resultat' : 'resultat-autre');
  });
}

/** With the surety where the amount asks for one. */
export function conclude(road) {
  return road.as(officer('Namur'), async (page) => {
    await record(page, road.object);
    await follow(page, 'Conclusion');
    await giveReason(page);
    await done(page, 'Conclure le contrat');
    await follow(page, 'Cautionnement');
    if (road.joint) {
      await done(page, 'Attendre le cautionnement');
      await fillDate(page, 'constitution', road.today);
      await page.locator('[name="numero"]').fill('CDC-2026-004501');
      await done(page, 'Enregistrer le cautionnement');
    } else {
      await done(page, 'Commencer l’exécution');
    }
    await shot(page, 'cautionnement');
  });
}

/** Where the law warns, the page asks why one goes on. */
async function giveReason(page) {
  const reason = page.locator('textarea[name="raison"]');
  if ((await reason.count()) > 0) await reason.fill('Le montant est confirmé ; la tutelle a reçu le dossier.');
}
