use std::fmt::Display;

use domain::kernel::EmailAddress;
use lettre::{
    Address, AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Body, Mailbox,
        header::{ContentTransferEncoding, ContentType, MIME_VERSION_1_0},
    },
};
use uuid::Uuid;

use super::template::Written;
use crate::{Error, MailMode, Services};

/// Under the data directory.
const FOLDER: &str = "mails";

pub(super) async fn send(services: &Services, promise: Uuid, to: &EmailAddress, letter: Written) -> Result<(), Error> {
    let message = message(services, promise, to, letter)?;
    match &services.settings().mail {
        MailMode::Files => {
            let folder = services.settings().data_dir.join(FOLDER);
            tokio::fs::create_dir_all(&folder).await?;
            AsyncFileTransport::<Tokio1Executor>::new(folder).send(message).await.map_err(mail)?;
        }
        MailMode::Smtp(url) => {
            let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(mail)?.build();
            transport.send(message).await.map_err(mail)?;
        }
    }
    Ok(())
}

fn message(services: &Services, promise: Uuid, to: &EmailAddress, letter: Written) -> Result<Message, Error> {
    let host = host(&services.settings().base_url);
    let from = Address::new("ne-pas-repondre", host).map_err(mail)?;
    let to: Address = to.as_str().parse().map_err(mail)?;
    let body = Body::new_with_encoding(letter.text, ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| Error::Mail("the text can't be encoded".to_owned()))?;
    Message::builder()
        .message_id(Some(format!("<{promise}@{host}>")))
        .date(services.now().into())
        .from(Mailbox::new(Some("Beffroi".to_owned()), from))
        .to(Mailbox::new(None, to))
        .subject(letter.subject)
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(mail)
}

/// The name under which the site is known; `localhost` where it has none.
fn host(base_url: &str) -> &str {
    let address = base_url.split_once("://").map_or(base_url, |(_, address)| address);
    let host = address.split(['/', ':']).next().unwrap_or_default();
    let is_name = host.contains('.') && host.chars().any(|letter| letter.is_ascii_alphabetic());
    if is_name { host } else { "localhost" }
}

fn mail(error: impl Display) -> Error {
    Error::Mail(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_from_the_name_of_the_site() {
        assert_eq!(host("https://beffroi.example.be"), "beffroi.example.be");
        assert_eq!(host("https://beffroi.example.be:8443/x"), "beffroi.example.be");
        assert_eq!(host("http://127.0.0.1:3000"), "localhost");
        assert_eq!(host("http://[::1]:3000"), "localhost");
    }
}
