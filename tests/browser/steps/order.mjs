// A voucher, from its drawing on a contract to its payment.

import assert from 'node:assert/strict';
import { checkPage, shot } from '../support.mjs';
import { officer } from './call.mjs';
import { done, follow, menu, task } from './walk.mjs';

const LINE = 'Journée de développement, évolutions commandées';

export function draw(road) {
  return road.as(officer(road.orderer), async (page) => {
    await menu(page, 'Contrats');
    await checkPage(page);
    await follow(page, road.object);
    await page.getByRole('heading', { name: 'Bordereau des prix' }).waitFor();
    await shot(page, 'contrat');
    await follow(page, 'Rédiger un bon');
    await page.getByLabel('Objet du bon').fill(road.order);
    await page.getByLabel(LINE).fill('2,5');
    await page.getByRole('button', { name: 'Vérifier le bon' }).click();
    await page.getByRole('heading', { name: 'Vérifier le bon avant de l’enregistrer' }).waitFor();
    await checkPage(page);
    await shot(page, 'bon-verification');
    await done(page, 'Enregistrer le brouillon');
    road.voucher = new URL(page.url()).pathname;
    assert.match(road.voucher, /^\/bons\/[0-9a-f-]{36}$/);
    await shot(page, 'bon-brouillon');
  });
}

export function declareCredit(road) {
  return road.as(`Directeur financier de ${road.orderer}`, async (page) => {
    await task(page, 'Contrôler le crédit et les plafonds', road.order);
    await page.getByLabel('Article budgétaire', { exact: true }).fill('104/123-13');
    await page.getByLabel('Crédit disponible sur l’article, TVAC', { exact: true }).fill('5 000,00');
    await page.getByLabel('Numéro de l’engagement').fill('2026-002001');
    await shot(page, 'bon-controle');
    await done(page, 'Enregistrer le contrôle');
  });
}

export function approve(road) {
  return road.as(`Collège communal de ${road.orderer}`, async (page) => {
    await task(page, 'Approuver le bon', road.order);
    await page.getByLabel('Le collège', { exact: true }).check();
    await page.getByLabel('Numéro de la décision').fill('2026/320');
    await shot(page, 'bon-approbation');
    await done(page, 'Approuver le bon');
    await page.getByText(/BC-\d{4}-\d{6}/).first().waitFor();
  });
}

export function send(road) {
  return road.as(officer(road.orderer), async (page) => {
    await task(page, 'Envoyer le bon à l’entreprise', road.order);
    await done(page, 'Envoyer le bon');
    await shot(page, 'bon-envoye');
    const address = await page.getByRole('link', { name: 'Bon (PDF)' }).getAttribute('href');
    const file = await page.request.get(address);
    assert.equal(file.headers()['content-type'], 'application/pdf');
  });
}

export function deliver(road) {
  return road.as(road.managerOf(road.firms[0]), async (page) => {
    await task(page, 'Accepter ou refuser le bon', road.order);
    await page.getByLabel('Accepter le bon').check();
    await shot(page, 'bon-reponse');
    await done(page, 'Envoyer la réponse');
    await follow(page, 'Annoncer une livraison');
    await shot(page, 'bon-livraison');
    await done(page, 'Annoncer la livraison');
  });
}

export function accept(road) {
  return road.as(`Fonctionnaire dirigeant de ${road.orderer}`, async (page) => {
    await task(page, 'Réceptionner la livraison', road.order);
    if (road.joint) {
      await page.getByLabel('Réceptionnée en partie').check();
      await page.getByLabel(LINE).fill('2');
      await page.getByLabel('Motifs').fill('Le rapport de la dernière demi-journée manque.');
    } else {
      await page.getByLabel('Réceptionnée en totalité').check();
    }
    await shot(page, 'bon-reception');
    await done(page, 'Enregistrer la réception');
    if (!road.joint) return;
    const minutes = await page.getByRole('link', { name: 'Procès-verbal (PDF)' }).getAttribute('href');
    assert.equal((await page.request.get(minutes)).status(), 200);
  });
}

export function invoice(road) {
  return road.as(road.managerOf(road.firms[0]), async (page) => {
    if (road.joint) {
      // What was not accepted is still to be delivered: the invoice is one of the voucher's other actions.
      await task(page, 'Livrer', road.order);
      await follow(page, road.order);
      await follow(page, 'Encoder la facture');
    } else {
      await task(page, 'Facturer ce qui est réceptionné', road.order);
    }
    await page.getByLabel('Numéro de la facture').fill('AL-2026-077');
    await shot(page, 'bon-facture');
    await done(page, 'Encoder la facture');
  });
}

export async function pay(road) {
  await road.as(`Directeur financier de ${road.orderer}`, async (page) => {
    await task(page, 'Payer la facture', road.order);
    await shot(page, 'bon-paiement');
    await done(page, 'Constater le paiement');
  });
  await road.as(officer(road.orderer), async (page) => {
    // Of the joint road a part was refused: the firm may deliver it again, so that closing is nobody's task, but possible.
    if (road.joint) {
      await menu(page, /^Bons/);
      await follow(page, road.order);
    } else {
      await task(page, 'Solder le bon', road.order);
    }
    await done(page, 'Solder le bon');
    await shot(page, 'bon-solde');
    await menu(page, /^Bons/);
    await follow(page, road.order);
    await page.getByText('Soldé').first().waitFor();
  });
}
