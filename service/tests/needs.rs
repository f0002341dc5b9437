//! Needs, on both databases.

use domain::{
    audit::{Outcome, Stream},
    fault::Fault,
    kernel::{ids::NeedId, money::Money},
    need::{NeedDraft, ShareDraft},
    organisation::{OrganisationKind, Role},
    procedure::Nature,
    refusal::Refusal,
    tender::{Plan, Vehicle},
};
use service::{
    Error, FieldErrors, FormKey, need, on_both_databases,
    store::{
        self,
        needs::{Filter, State},
    },
    tender::{self, PlanDraft},
    testing::quiet_plan,
};

fn a_counter() -> NeedDraft {
    NeedDraft {
        object: "Guichet citoyen".to_owned(),
        description: "Un guichet en logiciel libre".to_owned(),
        cpv: "72212000".to_owned(),
        nature: Nature::Services,
        estimate: Money::from_cents(12_800_000),
        quantity: "1".to_owned(),
        wanted_on: None,
    }
}

fn a_share() -> ShareDraft {
    ShareDraft { estimate: Money::from_cents(100), quantity: "1".to_owned(), remark: String::new() }
}

/// The key of one form, with this typed in it.
fn a_key(object: &str) -> FormKey {
    FormKey::read("00000000-0000-0000-0000-0000000000ff", [("objet", object.as_bytes())]).expect("a key")
}

fn planning(need: NeedId, vehicle: Vehicle) -> PlanDraft {
    let plan = Plan { vehicle, ..quiet_plan("Guichet citoyen") };
    PlanDraft { own_need: Money::from_cents(100), plan, quantity: "1".to_owned(), need: Some(need), reason: None }
}

on_both_databases! {
    async fn an_officer_describes_a_need_and_the_trail_tells_it(world: World) {
        let officer = world.officer("Namur").await;

        let id = need::describe(&world.services, &officer, &a_counter()).await.expect("described");

        let found = store::needs::find(&world.services, officer.scope(), id).await.expect("found");
        assert_eq!(found.need.draft, a_counter());
        let told = world.last_audit(Stream::Organisation(officer.organisation())).await;
        assert_eq!((told.action.as_str(), told.outcome), ("need.describe", Outcome::Done));
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn a_finance_director_may_not_describe_a_need_and_the_attempt_is_recorded(world: World) {
        let namur = world.commune("Namur").await;
        let director = world.member(&namur, Role::FinanceDirector).await;

        let denied = need::describe(&world.services, &director, &a_counter()).await;

        assert!(matches!(denied, Err(Error::Denied(_))));
        let told = world.last_audit(Stream::Organisation(namur.id)).await;
        assert_eq!((told.action.as_str(), told.outcome), ("need.describe", Outcome::Denied));
        assert_eq!(store::needs::list(&world.services, director.scope()).await.expect("listed"), []);
    }

    async fn a_firm_does_not_see_a_need(world: World) {
        let officer = world.officer("Namur").await;
        let firm = world.organisation(OrganisationKind::Sme, "PME A").await;
        let member = world.member(&firm, Role::SmeMember).await;
        let id = need::describe(&world.services, &officer, &a_counter()).await.expect("described");

        let joined = need::join(&world.services, &member, id, &a_share()).await;

        assert!(matches!(joined, Err(Error::NotFound)));
        assert_eq!(store::needs::list(&world.services, member.scope()).await.expect("listed"), []);
    }

    async fn joining_twice_is_refused_and_recorded(world: World) {
        let namur = world.officer("Namur").await;
        let gembloux = world.officer("Gembloux").await;
        let id = need::describe(&world.services, &namur, &a_counter()).await.expect("described");
        need::join(&world.services, &gembloux, id, &a_share()).await.expect("joined");

        let again = need::join(&world.services, &gembloux, id, &a_share()).await;

        assert!(matches!(again, Err(Error::Refused(Refusal::AlreadyDone))));
        let told = world.last_audit(Stream::Organisation(namur.organisation())).await;
        assert_eq!((told.action.as_str(), told.outcome), ("need.join", Outcome::Refused));
    }

    async fn a_need_is_wanted_today_or_later_and_under_a_known_code(world: World) {
        let officer = world.officer("Namur").await;
        world.now_is("2026-11-24 00:30");
        let on = |text: &str| text.parse().ok();
        let describe = async |draft: NeedDraft| need::describe(&world.services, &officer, &draft).await;

        let late = describe(NeedDraft { wanted_on: on("2026-11-23"), ..a_counter() }).await;
        let earliest = on("2026-11-24").expect("a date");
        assert!(
            matches!(late, Err(Error::Invalid(errors)) if errors == FieldErrors::one("debut", Fault::Before { earliest }))
        );
        let unknown = describe(NeedDraft { cpv: "99999999".to_owned(), ..a_counter() }).await;
        assert!(
            matches!(unknown, Err(Error::Invalid(errors)) if errors == FieldErrors::one("cpv", Fault::UnknownCpv))
        );
        assert!(describe(NeedDraft { wanted_on: on("2026-11-24"), ..a_counter() }).await.is_ok());
        assert_eq!(store::needs::list(&world.services, officer.scope()).await.expect("listed").len(), 1);
    }

    async fn a_list_is_filtered_by_words_by_whose_and_by_state(world: World) {
        let namur = world.officer("Namur").await;
        let gembloux = world.officer("Gembloux").await;
        let counter = need::describe(&world.services, &namur, &a_counter()).await.expect("described");
        let trees = NeedDraft { object: "Inventaire des arbres".to_owned(), cpv: "48326000".to_owned(), ..a_counter() };
        need::describe(&world.services, &namur, &trees).await.expect("described");
        need::join(&world.services, &gembloux, counter, &a_share()).await.expect("joined");
        let objects = async |filter: Filter| {
            let (found, count) =
                store::needs::page(&world.services, namur.scope(), &filter, 0, 25).await.expect("listed");
            assert_eq!(u64::try_from(found.len()), Ok(count));
            found.into_iter().map(|found| found.need.draft.object).collect::<Vec<_>>()
        };
        let text = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };

        assert_eq!(objects(Filter::default()).await, ["Inventaire des arbres", "Guichet citoyen"]);
        assert_eq!(objects(text("CITOYEN namur")).await, ["Guichet citoyen"]);
        assert_eq!(objects(text("4832")).await, ["Inventaire des arbres"]);
        assert_eq!(objects(text("rien de tel")).await, [""; 0]);
        let mine = Filter { of: Some(gembloux.organisation()), ..Filter::default() };
        assert_eq!(objects(mine).await, ["Guichet citoyen"]);
        assert_eq!(objects(Filter { state: State::Taken, ..Filter::default() }).await, [""; 0]);
        assert_eq!(objects(Filter { state: State::Free, ..Filter::default() }).await.len(), 2);
    }

    async fn a_second_page_holds_what_the_first_left(world: World) {
        let namur = world.officer("Namur").await;
        for _ in 0..3 {
            need::describe(&world.services, &namur, &a_counter()).await.expect("described");
        }

        let second = store::needs::page(&world.services, namur.scope(), &Filter::default(), 1, 2).await;

        assert_eq!(second.map(|(found, count)| (found.len(), count)).expect("listed"), (1, 3));
    }

    async fn needs_that_look_alike_are_shown_the_nearest_first(world: World) {
        let namur = world.officer("Namur").await;
        let described = async |object: &str, cpv: &str| {
            let draft = NeedDraft { object: object.to_owned(), cpv: cpv.to_owned(), ..a_counter() };
            need::describe(&world.services, &namur, &draft).await.expect("described")
        };
        let id = described("Guichet citoyen", "72212000").await;
        described("Inventaire des arbres", "48326000").await;
        described("Comptabilité", "72212200").await;
        described("Un guichet pour les citoyens", "48000000").await;

        let need = store::needs::find(&world.services, namur.scope(), id).await.expect("found").need;
        let near = store::needs::near(&world.services, namur.scope(), &need, 4).await.expect("looked up");

        let objects: Vec<_> = near.into_iter().map(|found| found.need.draft.object).collect();
        assert_eq!(objects, ["Un guichet pour les citoyens", "Comptabilité"]);
    }

    async fn the_total_counts_every_share(world: World) {
        let namur = world.officer("Namur").await;
        let gembloux = world.officer("Gembloux").await;
        let id = need::describe(&world.services, &namur, &a_counter()).await.expect("described");
        need::join(&world.services, &gembloux, id, &a_share()).await.expect("joined");

        let found = store::needs::find(&world.services, namur.scope(), id).await.expect("found");

        assert_eq!(found.total(), Some(Money::from_cents(12_800_100)));
    }

    async fn a_form_sent_twice_describes_one_need(world: World) {
        let officer = world.officer("Namur").await;
        let key = a_key("Guichet citoyen");

        let first = need::describe_once(&world.services, &officer, Some(&key), &a_counter()).await.expect("described");
        let second = need::describe_once(&world.services, &officer, Some(&key), &a_counter()).await.expect("the same");

        assert_eq!(first, second);
        assert_eq!(store::needs::list(&world.services, officer.scope()).await.expect("listed").len(), 1);
    }

    async fn a_form_that_comes_back_with_other_words_is_refused_and_recorded(world: World) {
        let officer = world.officer("Namur").await;
        let other = NeedDraft { object: "Guichet des entreprises".to_owned(), ..a_counter() };
        let describe = async |typed: &str, draft: &NeedDraft| {
            need::describe_once(&world.services, &officer, Some(&a_key(typed)), draft).await
        };
        describe("Guichet citoyen", &a_counter()).await.expect("described");

        let spent = describe("Guichet des entreprises", &other).await;

        assert!(matches!(spent, Err(Error::Refused(Refusal::FormSpent))));
        let told = world.last_audit(Stream::Organisation(officer.organisation())).await;
        assert_eq!((told.action.as_str(), told.outcome), ("need.describe", Outcome::Refused));
        assert_eq!(store::needs::list(&world.services, officer.scope()).await.expect("listed").len(), 1);
    }

    async fn the_key_of_somebody_elses_form_answers_nothing_of_theirs(world: World) {
        let namur = world.officer("Namur").await;
        let gembloux = world.officer("Gembloux").await;
        let key = a_key("Guichet citoyen");
        need::describe_once(&world.services, &namur, Some(&key), &a_counter()).await.expect("described");

        let copied = need::describe_once(&world.services, &gembloux, Some(&key), &a_counter()).await;

        assert!(matches!(copied, Err(Error::Refused(Refusal::FormSpent))));
    }

    async fn only_who_announced_the_need_plans_it_and_its_author_reads_what_became_of_it(world: World) {
        let namur = world.officer("Namur").await;
        let gembloux = world.officer("Gembloux").await;
        let wavre = world.officer("Wavre").await;
        let id = need::describe(&world.services, &namur, &a_counter()).await.expect("described");
        need::join(&world.services, &gembloux, id, &a_share()).await.expect("joined");

        let by_a_stranger = tender::plan(&world.services, &wavre, &planning(id, Vehicle::Joint)).await;
        let for_one_alone = tender::plan(&world.services, &gembloux, &planning(id, Vehicle::Isolated)).await;
        let reference = tender::plan(&world.services, &gembloux, &planning(id, Vehicle::Joint)).await.expect("planned");

        assert!(matches!(by_a_stranger, Err(Error::Refused(Refusal::NeedNotJoined))));
        assert!(matches!(for_one_alone, Err(Error::Refused(Refusal::NeedIsShared))));
        let told = world.last_audit(Stream::Organisation(namur.organisation())).await;
        assert_eq!((told.action.as_str(), told.outcome), ("tender.plan", Outcome::Done));
        assert_eq!(told.facts["reference"], reference.to_string());
        let seen = store::tenders::find(&world.services, namur.scope(), reference).await.expect("the author is invited");
        assert_eq!(seen.tender.participants.len(), 2);
        assert_eq!(store::audit::first_broken(world.store()).await.expect("verified"), None);
    }

    async fn its_author_plans_a_need_that_nobody_joined_alone(world: World) {
        let namur = world.officer("Namur").await;
        let id = need::describe(&world.services, &namur, &a_counter()).await.expect("described");

        tender::plan(&world.services, &namur, &planning(id, Vehicle::Isolated)).await.expect("planned");
    }
}
