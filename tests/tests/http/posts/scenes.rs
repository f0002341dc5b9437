//! The people around a record, and what a form about it says.

use chrono::TimeDelta;
use domain::{
    authz::Actor,
    kernel::{Money, ids::VoucherId, time::brussels},
    organisation::{Organisation, OrganisationKind, Role},
    voucher::{Found, VoucherDraft},
};
use service::{
    organisation,
    person::{self, Address},
    store, tender,
    testing::{BUYER, Concluded, SUPPLIER, Ubl, World, a_draft, an_approval},
    voucher::{self, DeliveryDraft, InvoiceDraft},
};

use super::{
    central,
    rows::{At, Post},
    stages::made_at,
};
use crate::site::Site;

/// A record, the people around it, and what a form about it says.
pub(super) struct Scene {
    /// What stands for each `{part}` of an address, and each `@word` of a form.
    pub(super) words: Vec<(&'static str, String)>,
    /// For everybody but the one who received the link.
    pub(super) other_link: bool,
    pub(super) stranger: Actor,
    pub(super) participant: Actor,
    pub(super) auditor: Actor,
    pub(super) rightful: Actor,
}

const OTHER_LINK: &str = "0123456789abcdef";

impl Scene {
    pub(super) fn filled(&self, text: &str) -> String {
        self.words.iter().fold(text.to_owned(), |text, (word, value)| {
            text.replace(&format!("{{{word}}}"), value).replace(&format!("@{word}"), value)
        })
    }

    /// The address, for the one who may and for the others.
    pub(super) fn address(&self, path: &str, is_rightful: bool) -> String {
        let path = if self.other_link && !is_rightful { path.replace("{jeton}", OTHER_LINK) } else { path.to_owned() };
        self.filled(&path)
    }

    /// A whole date is three fields.
    pub(super) fn body(&self, world: &World, body: &[(&str, &str)]) -> Vec<(String, String)> {
        let today = brussels(world.services.now()).date();
        let mut fields = Vec::new();
        for (name, value) in body {
            let days = match *value {
                "@jour" => Some(0),
                "@hier" => Some(-1),
                "@demain" => Some(1),
                "@dans-trois-semaines" => Some(21),
                "@dans-quatre-semaines" => Some(28),
                _ => None,
            };
            match days {
                Some(days) => {
                    let date = today + TimeDelta::days(days);
                    for (part, format) in [("jour", "%d"), ("mois", "%m"), ("annee", "%Y")] {
                        fields.push((format!("{name}-{part}"), date.format(format).to_string()));
                    }
                }
                None => fields.push((self.filled(name), self.filled(value))),
            }
        }
        fields
    }
}

/// Those who are the same for every row.
pub(super) struct Around {
    stranger: Actor,
    other_firm: Actor,
    participant: Actor,
    auditor: Actor,
    coordinator: Actor,
    orders: Concluded,
}

impl Around {
    pub(super) async fn of(world: &World) -> Self {
        let firm = world.organisation(OrganisationKind::Sme, "Autre entreprise").await;
        let region = world.organisation(OrganisationKind::Region, "Région wallonne").await;
        let union = world.organisation(OrganisationKind::Union, "UVCW").await;
        Self {
            stranger: world.officer("Dinant").await,
            other_firm: world.member(&firm, Role::SmeMember).await,
            participant: world.officer("Eghezée").await,
            auditor: world.member(&region, Role::Auditor).await,
            coordinator: world.member(&union, Role::Coordinator).await,
            orders: world.concluded_contract("100000.00").await,
        }
    }

    pub(super) async fn scene(&self, site: &Site, post: &Post) -> Scene {
        if matches!(post.at, At::Nowhere | At::Registered | At::Forgotten | At::Invited) {
            self.of_nobody(&site.world, post).await
        } else if post.at == At::Needed {
            self.of_a_need(site).await
        } else if matches!(post.at, At::Ordering | At::Late | At::Order(_)) {
            self.of_a_voucher(&site.world, post).await
        } else if post.at.is_about_a_body() {
            let others = [&self.stranger, &self.participant, &self.auditor];
            Box::pin(central::scene(&site.world, post.at, others)).await
        } else {
            Box::pin(self.of_a_tender(site, post)).await
        }
    }

    /// A form of one's own organisation, or of nobody's.
    async fn of_nobody(&self, world: &World, post: &Post) -> Scene {
        let commune = world.commune("Namur").await;
        let rightful = if post.role == Role::Coordinator {
            self.coordinator.clone()
        } else {
            world.member(&commune, post.role).await
        };
        let mut words = vec![
            ("personne", rightful.person().to_string()),
            ("organisation", commune.id.to_string()),
            ("cle", "fm.max".to_owned()),
        ];
        let other_link = self.link(world, &commune, post.at).await.map(|link| words.push(("jeton", link))).is_some();
        Scene {
            words,
            other_link,
            stranger: self.stranger.clone(),
            participant: self.participant.clone(),
            auditor: self.auditor.clone(),
            rightful,
        }
    }

    /// The link of a letter that was just sent.
    async fn link(&self, world: &World, commune: &Organisation, at: At) -> Option<String> {
        let from = Address("192.0.2.1".to_owned());
        let email = |text: &str| text.parse().expect("an address");
        let services = &world.services;
        world.post().await;
        if at == At::Registered {
            let registration = organisation::Registration {
                firm: "Scierie du Bocq SRL".to_owned(),
                bce: "1000000318".parse().expect("right check digits"),
                address: "Rue du Canal 1, 5000 Namur".to_owned(),
                email: email("gerant@bocq.example"),
                name: "Marc Gérant".to_owned(),
                password: "seize carpes à la rivière".to_owned(),
            };
            organisation::register(services, registration, &from).await.expect("registered");
        } else if at == At::Forgotten {
            let address = email("claire@namur.example");
            person::create(services, &address, "Claire", commune, Role::Council).await.expect("created");
            world.post().await;
            person::forgotten(services, &address, &from).await.expect("asked");
        } else if at == At::Invited {
            let chief = world.member(commune, Role::ChiefExecutive).await;
            let address = email("luc@namur.example");
            organisation::invite(services, &chief, commune.id, &address, Role::Evaluator).await.expect("invited");
        } else {
            return None;
        }
        world.post().await.first().map(|letter| letter.token().to_owned())
    }

    /// The need of a commune that another one joins; a firm does not see it.
    async fn of_a_need(&self, site: &Site) -> Scene {
        let own = site.world.officer("Namur").await;
        Scene {
            words: vec![("besoin", site.need_of(&own).await.to_string())],
            other_link: false,
            stranger: self.other_firm.clone(),
            participant: own,
            auditor: self.auditor.clone(),
            rightful: self.stranger.clone(),
        }
    }

    async fn of_a_voucher(&self, world: &World, post: &Post) -> Scene {
        let pilot = self.orders.pilot();
        let people = [
            (Role::SmeMember, &self.orders.firm),
            (Role::FinanceDirector, &pilot.director),
            (Role::Executive, &pilot.executive),
            (Role::ContractManager, &pilot.manager),
            (Role::ProcurementOfficer, &pilot.officer),
        ];
        let found = people.into_iter().find(|(role, _)| *role == post.role);
        let rightful = found.expect("a role that has a part in a voucher").1.clone();
        let reference = self.orders.reference.to_string();
        let mut words = vec![("contrat", reference.clone()), ("reference", reference)];
        words.push(("autre-participant", self.orders.parties[2].organisation.id.to_string()));
        if let At::Order(version) = post.at {
            let id = self.voucher_at(world, version, &a_draft(&[("P-02", "1")])).await;
            words.push(("bon", id.to_string()));
            if post.path.contains("{recue}") {
                words.push(("recue", self.waiting_invoice(world, id).await));
            }
        } else if post.at == At::Late {
            words.push(("livraison", self.late_delivery(world).await));
        }
        let found = store::contracts::find(&world.services, pilot.officer.scope(), self.orders.reference).await;
        words.push(("version", found.expect("seen").version.to_string()));
        let of_a_firm = post.role == Role::SmeMember;
        Scene {
            words,
            other_link: false,
            stranger: if of_a_firm { self.other_firm.clone() } else { self.stranger.clone() },
            participant: self.orders.parties[1].officer.clone(),
            auditor: self.auditor.clone(),
            rightful,
        }
    }

    /// Three days of work, two months after they were wanted.
    async fn late_delivery(&self, world: &World) -> String {
        let wanted_on = brussels(world.services.now()).date() - TimeDelta::days(60);
        let draft = VoucherDraft { wanted_on: Some(wanted_on), ..a_draft(&[("P-02", "3")]) };
        let id = self.voucher_at(world, 7, &draft).await;
        world.voucher(&self.orders.pilot().officer, id).await.deliveries[0].id.to_string()
    }

    /// An invoice of work of which nothing is accepted yet.
    async fn waiting_invoice(&self, world: &World, id: VoucherId) -> String {
        world.numbered(self.orders.supplier.id, SUPPLIER).await;
        world.numbered(self.orders.pilot().organisation.id, BUYER).await;
        let order = world.voucher(&self.orders.firm, id).await.number.expect("a number").to_string();
        let file = Ubl { number: "F-9", order: &order, lines: &[("P-02", "1", "600.00")], ..Ubl::default() }.file();
        let received = voucher::receive_invoice(&world.services, &self.orders.firm, id, None, file).await;
        received.expect("kept").to_string()
    }

    /// Work, ordered, and so far on its way.
    async fn voucher_at(&self, world: &World, version: i32, draft: &VoucherDraft) -> VoucherId {
        let (services, pilot, firm) = (&world.services, self.orders.pilot(), &self.orders.firm);
        let today = brussels(services.now()).date();
        let id = voucher::draft(services, &pilot.officer, self.orders.reference, draft).await.expect("drawn");
        for version in 1..version {
            match version {
                1 => voucher::check(services, &pilot.director, id, 1, &world.a_commitment()).await,
                2 => voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.map(drop),
                3 => voucher::send(services, &pilot.officer, id, 3).await,
                4 => voucher::confirm(services, firm, id, 4).await,
                5 => {
                    let quantities = draft.quantities.clone();
                    let brought = DeliveryDraft { on: today, note: String::new(), quantities };
                    voucher::deliver(services, firm, id, 5, &brought).await
                }
                6 => voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await,
                _ => {
                    let (excluding, vat, including) = world.voucher(&pilot.officer, id).await.due().expect("it fits");
                    let draft = InvoiceDraft {
                        number: format!("F-{id}"),
                        issued_on: today,
                        excluding,
                        vat,
                        including,
                        prepaid: Money::ZERO,
                    };
                    voucher::state_invoice(services, firm, id, 7, &draft).await
                }
            }
            .expect("the next step of a voucher");
        }
        id
    }

    async fn of_a_tender(&self, site: &Site, post: &Post) -> Scene {
        let world = &site.world;
        let mut made = Box::pin(made_at(site, post.at, &self.orders.pilot().organisation)).await;
        if post.at == At::PlannedTogether {
            let (services, other) = (&world.services, self.participant.organisation());
            let need = Money::from_cents(100_000);
            tender::invite_participant(services, &made.officer, made.reference, other, need, "1")
                .await
                .expect("invited");
        } else {
            world.took_part(&made.officer, made.reference, &self.participant).await;
        }
        let rightful = if post.role == Role::SmeMember {
            made.firms[0].1.clone()
        } else if post.role == Role::Coordinator {
            self.coordinator.clone()
        } else if post.role == Role::Evaluator {
            made.evaluator.take().expect("a juror is named")
        } else {
            world.member(&made.pilot, post.role).await
        };
        let found = store::tenders::find(&world.services, made.officer.scope(), made.reference).await.expect("found");
        let invited = world.organisation(OrganisationKind::Sme, "Entreprise à inviter").await;
        let mut words = made.words;
        words.extend([
            ("reference", made.reference.to_string()),
            ("section", "identite".to_owned()),
            ("version", found.tender.version.to_string()),
            ("entreprise", invited.id.to_string()),
            ("autre-commune", self.stranger.organisation().to_string()),
            ("evaluateur", world.member(&made.pilot, Role::Evaluator).await.person().to_string()),
        ]);
        let of_a_firm = post.role == Role::SmeMember;
        Scene {
            words,
            other_link: false,
            stranger: if of_a_firm { self.other_firm.clone() } else { self.stranger.clone() },
            participant: self.participant.clone(),
            auditor: self.auditor.clone(),
            rightful,
        }
    }
}
