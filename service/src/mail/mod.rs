//! Letters: promised in the write that causes them, written and sent later by the worker.

mod template;
mod transport;

use domain::kernel::{EmailAddress, ids::LinkId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use template::Template;
pub(crate) use template::written;

use crate::{
    Error, Services,
    store::{links, outbox::Promise},
};

/// A letter to be sent. To add one: a variant of [`Template`] with its facts, and its text file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    to: EmailAddress,
    template: Template,
    link: Option<LinkId>,
}

impl Letter {
    pub fn new(to: EmailAddress, template: Template) -> Self {
        Self { to, template, link: None }
    }

    /// The letter carries this one-time link. Its token is drawn when the letter is written, so that nothing in the
    /// database opens it.
    #[must_use]
    pub fn carrying(mut self, link: LinkId) -> Self {
        self.link = Some(link);
        self
    }
}

impl Promise for Letter {
    const KIND: &'static str = "mail";
}

/// Writes the letter and hands it over; `promise` is its identity for mail servers, so that one sent twice is one.
pub(crate) async fn send(services: &Services, promise: Uuid, letter: &Letter) -> Result<(), Error> {
    let link = match letter.link {
        None => None,
        Some(id) => match links::draw(services, id).await? {
            Some(address) => Some(address),
            // Spent meanwhile, or asked for an address that has no account: there is nothing to write.
            None => return Ok(()),
        },
    };
    let written = letter.template.write(&services.settings().base_url, link.as_deref())?;
    transport::send(services, promise, &letter.to, written).await
}

/// Sends a letter whose words another slice has written.
pub(crate) async fn send_written(
    services: &Services,
    promise: Uuid,
    to: &str,
    subject: String,
    text: String,
) -> Result<(), Error> {
    let to = to.parse().map_err(|_| Error::Mail(format!("{to} is not an address")))?;
    transport::send(services, promise, &to, template::Written { subject, text }).await
}
