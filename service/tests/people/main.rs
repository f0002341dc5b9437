//! People, their links and their letters, on both databases.

mod letters;
mod members;
mod registration;
mod signing_in;

use domain::{
    fault::Fault,
    kernel::EmailAddress,
    organisation::{Organisation, Role},
};
use service::{
    Error, Services,
    person::{self, Address},
    testing::World,
};

const EMAIL: &str = "claire@namur.example";
const GOOD: &str = "beffroi de Namur 1388 !";
const OTHER: &str = "cloche fêlée de Gembloux 7";

fn email(text: &str) -> EmailAddress {
    text.parse().expect("a test writes an address")
}

fn from() -> Address {
    Address("192.0.2.1".to_owned())
}

async fn sign_in(services: &Services, email: &str, password: &str) -> Result<domain::kernel::ids::PersonId, Error> {
    person::sign_in(services, email, password.to_owned(), &from()).await
}

fn is(error: &Error, field: &str, fault: &Fault) -> bool {
    matches!(error, Error::Invalid(errors) if errors.of(field) == Some(fault))
}

fn not_recognised<T>(result: Result<T, Error>) -> bool {
    result.is_err_and(|error| is(&error, "courriel", &Fault::NotRecognised))
}

/// A commune, and somebody with a password in it.
async fn somebody(world: &World) -> Organisation {
    let namur = world.commune("Namur").await;
    let link = person::create(&world.services, &email(EMAIL), "Claire", &namur, Role::ChiefExecutive).await;
    let link = link.expect("created");
    let token = link.rsplit('/').next().expect("a link has a token");
    person::choose_password(&world.services, token, GOOD.to_owned(), &from()).await.expect("chosen");
    namur
}
