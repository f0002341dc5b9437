//! The table, as it is printed.

use std::{collections::BTreeMap, fs, marker::PhantomData};

use domain::{
    authz::{Action, Actor},
    organisation::{OrganisationKind, Role},
    tender::{Stage, Tender},
    voucher::Voucher,
};
use tests::root;

use crate::samples::{actor, id, other_organisation, tender, voucher};

type Rule = Box<dyn Fn(&Actor) -> bool>;

/// One action, in the situations that make a difference.
pub(crate) struct Row {
    pub(crate) action: &'static str,
    words: &'static str,
    /// At which stages of a tender it is possible; `None` for what is not done to a tender.
    guard: Option<fn(&Tender) -> bool>,
    situations: Vec<(&'static str, Rule)>,
}

/// A row whose subjects' type is still known.
pub(crate) struct RowOf<A: Action> {
    row: Row,
    action: PhantomData<A>,
}

impl Row {
    pub(crate) fn of<A: Action + 'static>(words: &'static str) -> RowOf<A> {
        let row = Self { action: A::NAME, words, guard: None, situations: Vec::new() };
        RowOf { row, action: PhantomData }
    }

    pub(crate) fn of_tender<A: Action<Subject = Tender> + 'static>(
        words: &'static str,
        guard: fn(&Tender) -> bool,
    ) -> Self {
        let mut of = Self::of::<A>(words)
            .on("pilote", |actor| tender(actor.organisation(), &[actor.organisation()], Stage::Needs))
            .on("participant", |actor| tender(other_organisation().id, &[actor.organisation()], Stage::Needs))
            .on("ni l’un ni l’autre", |_| tender(other_organisation().id, &[], Stage::Needs));
        of.row.guard = Some(guard);
        of.into()
    }

    pub(crate) fn of_voucher<A: Action<Subject = Voucher> + 'static>(words: &'static str) -> Self {
        Self::of::<A>(words)
            .on("de sa propre organisation", |actor| voucher(actor.organisation(), id(3)))
            .on("reçu par sa propre organisation", |actor| voucher(id(3), actor.organisation()))
            .on("d’autres", |_| voucher(id(3), id(9)))
            .into()
    }

    /// `S01 à S04, S07`: the stages where the guard lets pass.
    fn stages(&self) -> String {
        let Some(guard) = self.guard else { return "–".to_owned() };
        let stored = Stage::ALL.into_iter().filter(|stage| !stage.is_made_by_time());
        let marked: Vec<_> = stored.map(|stage| (stage, guard(&tender(other_organisation().id, &[], stage)))).collect();
        let runs: Vec<_> = marked.chunk_by(|one, next| one.1 == next.1).filter(|run| run[0].1).map(words_of).collect();
        if runs.is_empty() { "–".to_owned() } else { runs.join(", ") }
    }
}

fn words_of(run: &[(Stage, bool)]) -> String {
    match run {
        [] => String::new(),
        [(only, _)] => only.code().to_owned(),
        [(first, _), .., (last, _)] => format!("{} à {}", first.code(), last.code()),
    }
}

impl<A: Action + 'static> RowOf<A> {
    pub(crate) fn on(mut self, situation: &'static str, subject: impl Fn(&Actor) -> A::Subject + 'static) -> Self {
        self.row.situations.push((situation, Box::new(move |actor| A::permits(actor, &subject(actor)))));
        self
    }
}

impl<A: Action> From<RowOf<A>> for Row {
    fn from(of: RowOf<A>) -> Self {
        of.row
    }
}

pub(crate) fn table(rows: &[Row]) -> String {
    let names = role_names();
    let head = format!("| Action | Situation | Étapes | {} |", names.join(" | "));
    let rule = format!("|---|---|---|{}", ":-:|".repeat(names.len()));
    let lines =
        rows.iter().flat_map(|row| row.situations.iter().map(|(situation, permits)| line(row, situation, permits)));
    [INTRODUCTION.to_owned(), head, rule].into_iter().chain(lines).map(|line| line + "\n").collect()
}

const INTRODUCTION: &str = "\
# Qui peut faire quoi

Cette table est écrite par un test (`tests/tests/roles/rows.rs`) à partir des règles du programme ; elle ne se corrige pas à la main.
✓ : permis. – : refusé, et la tentative est notée dans l’historique. Entre parenthèses : les seules organisations où c’est permis.
Ce qu’une personne ne peut pas voir n’existe pas pour elle : la réponse est alors « introuvable », et non « refusé ».
Étapes : celles d’un marché où l’action est possible (S01 besoins, S02 adhésions, S03 rédaction, S04 avis de légalité,
S05 conditions adoptées, S06 avis du coordinateur, S07 appel lancé, S10 offres ouvertes… ; voir `domain/src/tender/stage.rs`).
";

fn line(row: &Row, situation: &str, permits: &Rule) -> String {
    let cells: Vec<_> = Role::ALL.into_iter().map(|role| cell(role, permits)).collect();
    format!("| {} (`{}`) | {situation} | {} | {} |", row.words, row.action, row.stages(), cells.join(" | "))
}

/// The role is tried in every kind of organisation where it exists.
fn cell(role: Role, permits: &Rule) -> String {
    let kinds: Vec<_> = OrganisationKind::ALL.into_iter().filter(|kind| kind.roles().contains(&role)).collect();
    let permitted: Vec<_> = kinds.iter().copied().filter(|kind| permits(&actor(*kind, role))).collect();
    match permitted.len() {
        0 => "–".to_owned(),
        all if all == kinds.len() => "✓".to_owned(),
        _ => format!("✓ ({})", permitted.iter().map(|kind| kind_name(*kind)).collect::<Vec<_>>().join(", ")),
    }
}

fn role_names() -> Vec<String> {
    let file = fs::read_to_string(root().join("app/locales/fr/role.json")).expect("the roles have French names");
    let names: BTreeMap<String, String> = serde_json::from_str(&file).expect("a list of names");
    Role::ALL.into_iter().map(|role| names[role.code()].clone()).collect()
}

fn kind_name(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Commune => "commune",
        OrganisationKind::Cpas => "CPAS",
        OrganisationKind::Intercommunale => "intercommunale",
        OrganisationKind::Union => "UVCW",
        OrganisationKind::Region => "Région",
        OrganisationKind::Sme => "entreprise",
        OrganisationKind::OtherPublic => "autre pouvoir public",
    }
}
