use chrono::NaiveDate;

use super::{Fee, Refusal, Standing};
use crate::{
    audit::Stream,
    authz::Subject,
    document::ClauseRef,
    kernel::{
        Money,
        ids::{ContractId, OrganisationId, TenderId},
        reference::TenderRef,
    },
    tender::{Stage, Tender, Vehicle},
};

/// A tender of a central body, offered to its users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    pub tender: TenderId,
    pub reference: TenderRef,
    pub object: String,
    pub body: OrganisationId,
    pub body_name: String,
    /// As stored on the tender.
    pub stage: Stage,
    /// Of the plan, HTVA: the users' parts hold in it until the specification states a maximum.
    pub estimate: Money,
    /// Maximum of the specification, HTVA.
    pub specified: Option<Money>,
    pub offer: Offer,
    /// Once the contract is concluded.
    pub running: Option<Running>,
    /// By name.
    pub users: Vec<User>,
    pub version: i32,
}

/// What the body says of its framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub audience: Audience,
    pub fee: Fee,
    /// How an authority adheres and joins.
    pub how: String,
}

/// Who reads that a framework is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Everybody,
    /// Signed-in authorities.
    Authorities,
}

/// The contract of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    pub contract: ContractId,
    pub supplier_name: String,
    pub ends_on: Option<NaiveDate>,
    /// HTVA.
    pub maximum: Money,
    /// What the body has left of its own part: the parts of late users come out of it.
    pub spare: Money,
    /// The clause versions that the contract rests on.
    pub clauses: Vec<ClauseRef>,
}

/// An authority that is named in a framework, or that wants to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub organisation: OrganisationId,
    pub name: String,
    /// Counted in the maximum before the call, HTVA.
    pub reserved: Option<Money>,
    pub need: Option<Expressed>,
    pub accepted: Option<Accepted>,
    pub version: i32,
}

/// What it says that it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expressed {
    pub on: NaiveDate,
    /// HTVA.
    pub estimate: Money,
    pub quantity: String,
}

/// The body made it an entitled user, with this part of the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    pub on: NaiveDate,
    /// HTVA.
    pub part: Money,
}

impl Audience {
    pub const ALL: [Self; 2] = [Self::Everybody, Self::Authorities];

    pub fn code(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Authorities => "authorities",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.code() == code)
    }
}

impl Tender {
    /// A tender of a central body that goes on is offered to others.
    ///
    /// # Errors
    /// [`Refusal::NotCentral`] or [`Refusal::FrameworkOver`].
    pub fn may_be_offered(&self) -> Result<(), Refusal> {
        match self.plan.vehicle {
            Vehicle::Central if self.stage <= Stage::Executing => Ok(()),
            Vehicle::Central => Err(Refusal::FrameworkOver),
            Vehicle::Isolated | Vehicle::Joint => Err(Refusal::NotCentral),
        }
    }
}

impl Framework {
    pub fn user(&self, organisation: OrganisationId) -> Option<&User> {
        self.users.iter().find(|user| user.organisation == organisation)
    }

    /// Of the contract, or what the call stated, HTVA; before the call it is not public.
    pub fn maximum(&self) -> Option<Money> {
        match &self.running {
            Some(running) => Some(running.maximum),
            None => self.specified.filter(|_| self.stage.is_called_or_later() && self.is_open().is_ok()),
        }
    }

    /// Before the call, what the parts of all users hold in, HTVA.
    fn bound(&self) -> Money {
        self.specified.unwrap_or(self.estimate)
    }

    fn is_open(&self) -> Result<(), Refusal> {
        if self.stage <= Stage::Executing { Ok(()) } else { Err(Refusal::FrameworkOver) }
    }

    /// The body counts an authority and its quantity in the maximum, before the call (CJUE, C-23/20).
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_name(&self, organisation: OrganisationId, part: Money) -> Result<(), Refusal> {
        self.is_open()?;
        if organisation == self.body {
            return Err(Refusal::TheBody);
        }
        if self.stage.is_called_or_later() {
            return Err(Refusal::CalledAlready);
        }
        if self.user(organisation).is_some_and(|user| user.accepted.is_some()) {
            return Err(Refusal::UserAlready);
        }
        self.holds(organisation, part)
    }

    /// An authority that adheres says what it needs: before the call, or later where it was named.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_express(&self, organisation: OrganisationId, standing: Option<Standing>) -> Result<(), Refusal> {
        self.is_open()?;
        match standing {
            Some(Standing::Running) => {}
            Some(Standing::Asked | Standing::Ended) | None => return Err(Refusal::NoAccession),
        }
        let user = self.user(organisation);
        if user.is_some_and(|user| user.accepted.is_some()) {
            return Err(Refusal::UserAlready);
        }
        let named = user.is_some_and(|user| user.reserved.is_some());
        if self.stage.is_called_or_later() && !named { Err(Refusal::NotNamed) } else { Ok(()) }
    }

    /// The body makes an authority that said its need an entitled user, with this part.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_accept(&self, organisation: OrganisationId, part: Money) -> Result<(), Refusal> {
        self.is_open()?;
        let user = self.user(organisation).ok_or(Refusal::NoNeed)?;
        if user.accepted.is_some() {
            return Err(Refusal::UserAlready);
        }
        if user.need.is_none() {
            return Err(Refusal::NoNeed);
        }
        if !self.stage.is_called_or_later() {
            return self.holds(organisation, part);
        }
        let reserved = user.reserved.ok_or(Refusal::NotNamed)?;
        if part > reserved {
            return Err(Refusal::ReservePassed { asked: part, reserved });
        }
        match &self.running {
            Some(running) if part > running.spare => {
                Err(Refusal::MaximumPassed { asked: part, available: running.spare })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The body lowers the part of an accepted user while no contract runs: a conclusion that the parts of the users stop
    /// waits for it.
    ///
    /// # Errors
    /// The first fact that says no.
    pub fn may_lower(&self, organisation: OrganisationId, part: Money) -> Result<(), Refusal> {
        self.is_open()?;
        if self.running.is_some() {
            return Err(Refusal::Concluded);
        }
        let accepted = self.user(organisation).and_then(|user| user.accepted).ok_or(Refusal::NotAccepted)?;
        if part < accepted.part { Ok(()) } else { Err(Refusal::NotLower { part: accepted.part }) }
    }

    /// What is counted for all users holds in the maximum that is adopted and called.
    ///
    /// # Errors
    /// [`Refusal::UsersPassMaximum`].
    pub fn counts_hold(&self) -> Result<(), Refusal> {
        let maximum = self.bound();
        let counted = Money::total(self.users.iter().filter_map(|user| user.reserved));
        let counted = counted.unwrap_or(Money::from_cents(i64::MAX));
        if counted > maximum { Err(Refusal::UsersPassMaximum { counted, maximum }) } else { Ok(()) }
    }

    /// With the parts of all others, this one holds in the maximum.
    fn holds(&self, organisation: OrganisationId, part: Money) -> Result<(), Refusal> {
        let others = self.users.iter().filter(|user| user.organisation != organisation);
        let counted = Money::total(others.filter_map(|user| user.reserved));
        let available = counted.and_then(|counted| self.bound().checked_sub(counted)).unwrap_or(Money::ZERO);
        let available = available.max(Money::ZERO);
        if part > available { Err(Refusal::MaximumPassed { asked: part, available }) } else { Ok(()) }
    }
}

impl Subject for Framework {
    fn stream(&self) -> Stream {
        Stream::Tender(self.tender)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const BODY: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(1));
    const NAMED: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(2));
    const OTHER: OrganisationId = OrganisationId::from_uuid(Uuid::from_u128(3));

    fn money(text: &str) -> Money {
        Money::parse_iso(text).expect("an amount")
    }

    fn need() -> Expressed {
        let on = "2026-11-23".parse().expect("a date");
        Expressed { on, estimate: money("30000.00"), quantity: "40 postes".to_owned() }
    }

    /// Of 100 000 euro the body has 25 000 left.
    fn running() -> Running {
        Running {
            contract: ContractId::from_uuid(Uuid::from_u128(8)),
            supplier_name: String::new(),
            ends_on: None,
            maximum: money("100000.00"),
            spare: money("25000.00"),
            clauses: Vec::new(),
        }
    }

    /// 100 000 euro, of which 40 000 are counted for one user.
    fn framework(stage: Stage) -> Framework {
        let named = User {
            organisation: NAMED,
            name: "Namur".to_owned(),
            reserved: Some(money("40000.00")),
            need: Some(need()),
            accepted: None,
            version: 1,
        };
        Framework {
            tender: TenderId::from_uuid(Uuid::from_u128(9)),
            reference: TenderRef::new(2026, 1).expect("a reference"),
            object: "Postes de travail".to_owned(),
            body: BODY,
            body_name: "Centrale".to_owned(),
            stage,
            estimate: money("100000.00"),
            specified: None,
            offer: Offer { audience: Audience::Everybody, fee: Fee::Free, how: String::new() },
            running: None,
            users: vec![named],
            version: 1,
        }
    }

    #[test]
    fn users_are_named_before_the_call_and_together_within_the_maximum() {
        let before = framework(Stage::Adopted);
        let (asked, available) = (money("60000.01"), money("60000.00"));

        assert_eq!(before.may_name(OTHER, available), Ok(()));
        assert_eq!(before.may_name(OTHER, asked), Err(Refusal::MaximumPassed { asked, available }));
        assert_eq!(before.may_name(NAMED, money("100000.00")), Ok(()), "its own part is replaced");
        assert_eq!(before.may_name(BODY, money("1.00")), Err(Refusal::TheBody));
        assert_eq!(framework(Stage::Called).may_name(OTHER, money("1.00")), Err(Refusal::CalledAlready));
    }

    #[test]
    fn the_parts_hold_in_the_maximum_of_the_specification_where_it_states_one() {
        let stated = |text| Framework { specified: Some(money(text)), ..framework(Stage::Drafting) };
        let (asked, available) = (money("10000.01"), money("10000.00"));

        assert_eq!(stated("50000.00").may_name(OTHER, available), Ok(()));
        let passed = Refusal::MaximumPassed { asked, available };
        assert_eq!(stated("50000.00").may_name(OTHER, asked), Err(passed));
        assert_eq!(stated("40000.00").counts_hold(), Ok(()));
        let (counted, maximum) = (money("40000.00"), money("39999.99"));
        assert_eq!(stated("39999.99").counts_hold(), Err(Refusal::UsersPassMaximum { counted, maximum }));
    }

    #[test]
    fn a_maximum_is_public_from_the_call_on_and_an_estimate_never() {
        let stated = |stage| Framework { specified: Some(money("50000.00")), ..framework(stage) };

        assert_eq!(stated(Stage::Adopted).maximum(), None);
        assert_eq!(stated(Stage::Called).maximum(), Some(money("50000.00")));
        assert_eq!(framework(Stage::Called).maximum(), None);
    }

    #[test]
    fn an_accepted_part_is_lowered_after_the_call_and_until_the_contract_runs() {
        let on = "2026-11-23".parse().expect("a date");
        let part = money("40000.00");
        let mut called = framework(Stage::Called);
        assert_eq!(called.may_lower(NAMED, money("1.00")), Err(Refusal::NotAccepted));

        called.users[0].accepted = Some(Accepted { on, part });

        assert_eq!(called.may_lower(NAMED, money("39999.99")), Ok(()));
        assert_eq!(called.may_lower(NAMED, part), Err(Refusal::NotLower { part }));
        assert_eq!(called.may_lower(OTHER, money("1.00")), Err(Refusal::NotAccepted));
        called.running = Some(running());
        assert_eq!(called.may_lower(NAMED, money("39999.99")), Err(Refusal::Concluded));
    }

    #[test]
    fn after_the_call_only_who_was_named_says_a_need() {
        let running = Some(Standing::Running);

        assert_eq!(framework(Stage::Adopted).may_express(OTHER, running), Ok(()));
        assert_eq!(framework(Stage::Executing).may_express(OTHER, running), Err(Refusal::NotNamed));
        assert_eq!(framework(Stage::Executing).may_express(NAMED, running), Ok(()));
        assert_eq!(framework(Stage::Closed).may_express(NAMED, running), Err(Refusal::FrameworkOver));
    }

    #[test]
    fn who_does_not_adhere_says_no_need() {
        for standing in [None, Some(Standing::Asked), Some(Standing::Ended)] {
            assert_eq!(framework(Stage::Adopted).may_express(OTHER, standing), Err(Refusal::NoAccession));
        }
    }

    #[test]
    fn a_late_user_gets_no_more_than_the_call_counted_nor_than_the_body_has_left() {
        let mut late = framework(Stage::Executing);
        late.running = Some(running());

        let reserved = money("40000.00");
        let above = money("40000.01");
        assert_eq!(late.may_accept(NAMED, above), Err(Refusal::ReservePassed { asked: above, reserved }));
        let refused = Refusal::MaximumPassed { asked: money("25000.01"), available: money("25000.00") };
        assert_eq!(late.may_accept(NAMED, money("25000.01")), Err(refused));
        assert_eq!(late.may_accept(NAMED, money("25000.00")), Ok(()));
    }

    #[test]
    fn a_user_is_accepted_once_and_for_the_need_it_said() {
        let mut framework = framework(Stage::Adopted);
        assert_eq!(framework.may_accept(OTHER, money("1.00")), Err(Refusal::NoNeed));

        let on = "2026-11-23".parse().expect("a date");
        framework.users[0].accepted = Some(Accepted { on, part: money("30000.00") });

        assert_eq!(framework.may_accept(NAMED, money("1.00")), Err(Refusal::UserAlready));
        framework.users[0] = User { need: None, accepted: None, ..framework.users[0].clone() };
        assert_eq!(framework.may_accept(NAMED, money("1.00")), Err(Refusal::NoNeed));
    }
}
