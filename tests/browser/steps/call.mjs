// From the need to the published call.

import assert from 'node:assert/strict';
import { checkPage, shot, visit } from '../support.mjs';
import { exampleAnswers, fillSection } from './example.mjs';
import { done, fillDate, follow, menu, record, task } from './walk.mjs';

export const officer = (commune) => `Agent marchés publics de ${commune}`;

export function describeNeed(road) {
  return road.as(officer('Namur'), async (page) => {
    await follow(page, 'Décrire un besoin');
    await page.getByLabel('Objet').fill(road.object);
    await page.getByLabel('Description').fill('Démarches en ligne des habitants.');
    await page.getByLabel('Code CPV').fill('72212000');
    await page.getByLabel('Estimation, hors TVA').fill('64 000,00');
    await page.getByLabel('Quantité').fill('1 guichet');
    await done(page, 'Enregistrer le besoin');
    await shot(page, 'besoin');
  });
}

export function joinNeed(road, commune) {
  return road.as(officer(commune), async (page) => {
    await menu(page, 'Besoins');
    await follow(page, road.object);
    await page.getByLabel('Estimation, hors TVA').fill('20 000');
    await page.getByLabel('Quantité').fill('1 guichet');
    await done(page, 'Se joindre à ce besoin');
  });
}

export function planTender(road) {
  return road.as(officer('Namur'), async (page) => {
    await menu(page, 'Besoins');
    await follow(page, road.object);
    await follow(page, 'Lancer un marché');
    await page.getByLabel('Estimation, hors TVA').fill('104 000,00');
    await page.getByLabel('Besoin propre, hors TVA').fill('64 000,00');
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByText('Étape 2 sur 3').waitFor();
    await checkPage(page);
    await page.getByLabel('Procédure', { exact: true }).selectOption({ label: 'Procédure négociée sans publication préalable' });
    await page.getByRole('button', { name: 'Relire avant de créer' }).click();
    await page.getByText('Étape 3 sur 3').waitFor();
    await checkPage(page);
    await shot(page, 'marche-relire');
    await done(page, 'Créer le marché');
    const { pathname } = new URL(page.url());
    assert.match(pathname, /^\/marches\/MP-\d{4}-\d{4}$/);
    road.reference = pathname.split('/').pop();
    if (road.joint) await done(page, 'Envoyer aux conseils');
    await shot(page, 'marche');
  });
}

export function adhere(road, commune) {
  return road.as(officer(commune), async (page) => {
    await task(page, 'Joindre la délibération et répondre à l’invitation', road.reference);
    await page.getByLabel('Le conseil adhère au marché conjoint', { exact: true }).check();
    await page.getByLabel('Jour').first().fill('20');
    await page.getByLabel('Mois').first().fill('10');
    await page.getByLabel('Année').first().fill('2025');
    await page.getByLabel('Numéro de la délibération').fill('2025/147');
    await fillDate(page, 'mandat', new Date(2025, 10, 3));
    await page.getByLabel('Article budgétaire').fill('104/742-53');
    await done(page, 'Enregistrer la réponse');
  });
}

/** What another key of the shares would change. */
export function tryAnotherKey(road) {
  return road.as(officer('Namur'), async (page) => {
    await record(page, road.object);
    await visit(page, `/marches/${road.reference}/participants?cle=egal&part=`);
    await checkPage(page);
    assert.match(await page.locator('main').innerText(), /34\s666,67/u);
    await shot(page, 'simulateur');
  });
}

export function writeSpecification(road) {
  return road.as(officer('Namur'), async (page) => {
    await task(page, 'Ouvrir la rédaction du cahier spécial des charges', road.reference);
    await page.getByRole('button', { name: /rédaction/ }).click();
    await page.getByRole('status').waitFor();
    await checkPage(page);
    await shot(page, 'cahier');

    const answers = await exampleAnswers();
    answers.set('pnspp_motif', ['La dépense à approuver n’atteint pas le montant fixé pour cette procédure.']);
    const met = new Set();
    const finished = page.getByText('Rien ne manque');
    // The page names the next question without an answer; a yes may open more of them.
    for (let step = 0; step < 60 && !(await finished.isVisible()); step += 1) {
      await page.locator('main').getByRole('link', { name: 'Question suivante' }).click();
      await page.getByRole('button', { name: 'Enregistrer et revenir à la liste' }).waitFor();
      const { pathname } = new URL(page.url());
      if (!met.has(pathname)) await checkPage(page);
      met.add(pathname);
      await fillSection(page, answers);
      await page.getByRole('button', { name: 'Enregistrer et revenir à la liste' }).click();
      await page.getByRole('status').waitFor();
    }
    await finished.waitFor();
    await follow(page, 'Relire le document');
  });
}

export function giveOpinion(road) {
  return road.as('Directeur financier de Namur', async (page) => {
    await task(page, 'Rendre l’avis de légalité', road.reference);
    await page.getByLabel('Favorable', { exact: true }).check();
    await page.getByLabel('Motivation').fill('Les crédits sont inscrits au budget.');
    await done(page, 'Rendre l’avis');
  });
}

export async function adopt(road) {
  await road.as(officer('Namur'), async (page) => {
    await task(page, 'Compléter le cahier spécial des charges', road.reference);
    await record(page, road.object);
    await done(page, 'Demander l’avis de légalité');
  });
  await giveOpinion(road);
  await road.as('Conseil communal de Namur', async (page) => {
    await task(page, 'Adopter les conditions du marché', road.reference);
    await page.getByLabel('Conseil communal', { exact: true }).check();
    await fillDate(page, 'decision', road.today);
    await page.getByLabel('Numéro de la délibération').fill('2025/201');
    if (!road.joint) await page.getByLabel('Article budgétaire').fill('104/742-53');
    await done(page, 'Adopter les conditions');
  });
}

export function sendCall(road) {
  return road.as(officer('Namur'), async (page) => {
    await task(page, 'Lancer l’appel', road.reference);
    await fillDate(page, 'depot', road.inDays(30));
    for (const firm of road.firms) await page.getByLabel(firm).check();
    await page.getByRole('button', { name: 'Vérifier avant d’envoyer' }).click();
    await page.getByRole('button', { name: 'Lancer l’appel' }).waitFor();
    await checkPage(page);
    await shot(page, 'appel-verifier');
    await done(page, 'Lancer l’appel');
  });
}

/** A firm asks, Namur answers everybody, and nobody reads who asked. */
export async function answerQuestion(road) {
  const [firm] = road.firms;
  await road.as(road.managerOf(firm), async (page) => {
    await task(page, road.object, road.reference);
    await follow(page, 'Poser une question');
    await page.getByLabel('Votre question').fill('Le paiement en ligne passe-t-il par un prestataire déjà choisi ?');
    await done(page, 'Poser la question');
    await visit(page, `/marches/${road.reference}`, { status: 404 });
  });
  await road.as(officer('Namur'), async (page) => {
    await task(page, 'Répondre à 1 question', road.reference);
    assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(firm), 'the file does not name who asked');
    await page.getByLabel(/Réponse à la question 1/).fill('Non : le choix revient à l’adjudicataire.');
    await page.getByRole('button', { name: 'Publier la réponse' }).first().click();
    await page.getByRole('status').waitFor();
  });
  await road.asVisitor(async (page) => {
    await menu(page, 'Appels');
    await page.getByLabel('Mots ou référence').fill(road.reference);
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await checkPage(page);
    await shot(page, 'appels');
    await follow(page, road.object);
    await page.getByText('Non : le choix revient à l’adjudicataire.').waitFor();
    assert.doesNotMatch(await page.content(), new RegExp(firm), 'nobody reads who asked');
    await shot(page, 'appel');
    const pdf = await page.request.get(`/appels/${road.reference}/cahier.pdf`);
    assert.match((await pdf.body()).subarray(0, 5).toString(), /^%PDF-/);
  });
}

export function strangerSeesNothing(road) {
  return road.as(officer('Wavre'), async (page) => {
    await visit(page, `/marches/${road.reference}`, { status: 404 });
    await checkPage(page);
  });
}
