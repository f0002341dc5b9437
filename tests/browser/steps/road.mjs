// The whole road as a list: what is done, by the step that does it.

import { test } from 'node:test';
import * as award from './award.mjs';
import * as call from './call.mjs';
import * as offer from './offer.mjs';
import * as order from './order.mjs';
import { Journey } from './walk.mjs';

const OBJECT = 'Guichet des démarches en logiciel libre';

export const JOINT = {
  name: 'A joint tender of three communes',
  joint: true,
  others: ['Gembloux', 'Marche-en-Famenne'],
  firms: ['Aubier Logiciels', 'Orneau Informatique', 'Semois Systèmes'],
  jury: ['Namur', 'Gembloux'],
  orderer: 'Gembloux',
  scale: 100,
};

/** So much smaller that no surety is due. */
export const ISOLATED = {
  name: 'An isolated tender',
  joint: false,
  others: [],
  firms: ['Lesse Libre', 'Hoyoux Numérique', 'Burdinale Code'],
  jury: ['Namur'],
  orderer: 'Namur',
  scale: 40,
};

/** A file at the start of its road: `vehicle` says who walks it. */
export function roadOf(vehicle, house, options) {
  const managerOf = (firm) => (/^[AEIOU]/.test(firm) ? `Gérant d’${firm}` : `Gérant de ${firm}`);
  return Object.assign(new Journey(house, options), vehicle, { managerOf, object: OBJECT, order: 'Connecteur des permis' });
}

/** A test for each step, of which none is tried once one has failed. */
export function testRoad(vehicle, road, options = {}) {
  let broken = false;
  for (const [what, step] of stepsOf(vehicle)) {
    test(what, options, async (context) => {
      if (broken) return context.skip('a step before this one failed');
      broken = true;
      await step(road);
      broken = false;
    });
  }
}

/** `[what, step]`, in order; a step works on the file that the steps before it left. */
function stepsOf({ joint, others, firms, jury, orderer, scale }) {
  const councils = joint ? ['Namur', ...others] : [];
  return [
    ['Namur describes a need', call.describeNeed],
    ...others.map((commune) => [`${commune} joins it`, (road) => call.joinNeed(road, commune)]),
    ['Namur turns it into a tender', call.planTender],
    ...councils.map((commune) => [`the council of ${commune} adheres`, (road) => call.adhere(road, commune)]),
    ...(joint ? [['the simulator shows what another key would change', call.tryAnotherKey]] : []),
    ['Namur answers what the specification asks', call.writeSpecification],
    ['the finance director gives the opinion, the council adopts', call.adopt],
    ['Namur sends the call out', call.sendCall],
    ['a firm asks, and everybody reads the answer', call.answerQuestion],
    ['another commune does not see the file', call.strangerSeesNothing],

    ...firms.map((firm, place) => [`${firm} deposits its offer`, (road) => offer.deposit(road, firm, scale + place * 5)]),
    ['the clock passes the end of the deposit', (road) => road.passes('Avancer de 31 jours', 31 * 24)],
    ['two persons open the offers', offer.openOffers],

    ['Namur selects the firms', award.select],
    ['Namur finds the offers regular and names who evaluates', award.findRegular],
    ...jury.map((commune) => [`the evaluator of ${commune} scores`, (road) => award.score(road, commune)]),
    ['Namur closes the evaluation and proposes the award', award.propose],
    ['the finance director gives the opinion, the executive decides', award.decide],
    ['every tenderer is told', award.inform],
    ...firms.slice(0, 2).map((firm) => [`${firm} reads its result`, (road) => award.readResult(road, firm)]),
    ['the clock passes the standstill', (road) => road.passes('Avancer de 16 jours', 16 * 24)],
    ['the contract is concluded and starts', award.conclude],

    [`${orderer} draws a voucher`, order.draw],
    ['finance declares the credit', order.declareCredit],
    ['the executive approves', order.approve],
    ['the voucher is sent', order.send],
    ['the firm accepts it and delivers', order.deliver],
    ['the contract manager accepts the delivery', order.accept],
    ['the firm states its invoice', order.invoice],
    ['it is paid, and the voucher closed', order.pay],
  ];
}
