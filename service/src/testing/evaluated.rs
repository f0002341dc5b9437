use domain::{
    authz::Actor,
    evaluation::{Debts, Exclusion, Grounds, Irregularity, Regularity, Selection},
    kernel::reference::TenderRef,
    organisation::{Organisation, Role},
    score::Points,
};

use crate::{
    evaluation::{self, RegularityDraft, SelectionDraft, SheetDraft, SheetLine},
    testing::{Opened, World},
};

/// A tender whose evaluation is closed: the ranking stands.
pub struct Evaluated {
    pub reference: TenderRef,
    pub officer: Actor,
    pub pilot: Organisation,
    /// In the order of the offers.
    pub firms: Vec<(Organisation, Actor)>,
    /// Who scored, of the pilot.
    pub evaluator: Actor,
}

/// Nothing stands against the tenderer.
pub fn clear_grounds() -> Grounds {
    Grounds { obligatory: Exclusion::None, debts: Debts::None, optional: Exclusion::None, criteria_met: true }
}

/// The sheet of one juror: one list of points per offer, one entry per criterion of quality, in their order.
pub fn a_sheet(version: i32, quality: &[&[&str]]) -> SheetDraft {
    let lines = quality.iter().zip(1..).flat_map(|(points, offer)| {
        points.iter().zip(1..).map(move |(points, criterion)| SheetLine {
            offer,
            criterion,
            points: Points::parse_iso(points).expect("points"),
            reason: "La note méthodologique répond aux attentes".to_owned(),
        })
    });
    SheetDraft { version, lines: lines.collect() }
}

impl World {
    /// Everybody is selected and every offer regular: the tender stands at its evaluation, nobody has scored.
    pub async fn compared_tender(&self, commune: &str, totals: &[&str]) -> Opened {
        let opened = self.opened_tender(commune, totals).await;
        self.compared(&opened, totals.len()).await;
        opened
    }

    /// The same for a tender whose offers, so many, are opened.
    pub async fn compared(&self, opened: &Opened, offers: usize) {
        let (services, officer, reference) = (&self.services, &opened.officer, opened.reference);
        evaluation::start_selection(services, officer, reference).await.expect("started");
        for offer in (1..).take(offers) {
            let selection = Selection { selected: true, grounds: clear_grounds() };
            let draft = SelectionDraft { offer, version: 0, selection, reason: String::new() };
            evaluation::select(services, officer, reference, &draft).await.expect("selected");
        }
        evaluation::start_regularity(services, officer, reference).await.expect("everybody is decided");
        for offer in (1..).take(offers) {
            let draft = RegularityDraft { offer, version: 0, regularity: Regularity::Regular, reason: String::new() };
            evaluation::decide_regularity(services, officer, reference, &draft).await.expect("regular");
        }
        evaluation::evaluate(services, officer, reference).await.expect("every offer is decided");
    }

    /// Four offers: two regular ones, the third void, the fourth of somebody who is not selected; nobody has scored.
    async fn half_compared_tender(&self, commune: &str, totals: &[&str; 4]) -> Opened {
        let opened = self.opened_tender(commune, totals).await;
        let (services, officer, reference) = (&self.services, &opened.officer, opened.reference);
        evaluation::start_selection(services, officer, reference).await.expect("started");
        for offer in 1..=4 {
            let selected = offer != 4;
            let selection = Selection { selected, grounds: Grounds { criteria_met: selected, ..clear_grounds() } };
            let reason = if selected { "" } else { "Deux références sur les trois demandées" }.to_owned();
            let draft = SelectionDraft { offer, version: 0, selection, reason };
            evaluation::select(services, officer, reference, &draft).await.expect("decided");
        }
        evaluation::start_regularity(services, officer, reference).await.expect("everybody is decided");
        for offer in 1..=3 {
            let void = Regularity::Substantial(Irregularity::Minimum);
            let (regularity, reason) =
                if offer == 3 { (void, "Pas de code source") } else { (Regularity::Regular, "") };
            let draft = RegularityDraft { offer, version: 0, regularity, reason: reason.to_owned() };
            evaluation::decide_regularity(services, officer, reference, &draft).await.expect("decided");
        }
        evaluation::evaluate(services, officer, reference).await.expect("every offer is decided");
        opened
    }

    /// The same with its evaluation closed: the first offer wins.
    pub(super) async fn half_evaluated_tender(&self, commune: &str, totals: &[&str; 4]) -> Evaluated {
        let opened = self.half_compared_tender(commune, totals).await;
        self.scored(opened, &[&["22", "18", "14"], &["17", "14", "9"]]).await
    }

    /// A juror of the pilot, named, who declared no conflict.
    pub async fn juror(&self, opened: &Opened) -> Actor {
        let evaluator = self.member(&opened.pilot, Role::Evaluator).await;
        let (services, reference) = (&self.services, opened.reference);
        evaluation::name_juror(services, &opened.officer, reference, evaluator.person()).await.expect("named");
        evaluation::declare_interests(services, &evaluator, reference, false, "Aucun intérêt").await.expect("declared");
        evaluator
    }

    /// A tender of a new commune with its evaluation closed: offers at these totals, with these points of quality
    /// (method of 25, team of 20, free software of 15).
    pub async fn evaluated_tender(&self, commune: &str, totals: &[&str], quality: &[&[&str]]) -> Evaluated {
        let opened = self.compared_tender(commune, totals).await;
        self.scored(opened, quality).await
    }

    pub(super) async fn scored(&self, opened: Opened, quality: &[&[&str]]) -> Evaluated {
        let evaluator = self.juror(&opened).await;
        let services = &self.services;
        evaluation::score(services, &evaluator, opened.reference, &a_sheet(0, quality)).await.expect("scored");
        evaluation::close(services, &opened.officer, opened.reference).await.expect("closed");
        let Opened { reference, officer, pilot, firms } = opened;
        Evaluated { reference, officer, pilot, firms, evaluator }
    }
}
